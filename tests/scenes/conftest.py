"""Scenes speak whichever language a test asks for; the next suite begins without one."""

import pytest

from pages.shared import words


@pytest.fixture(autouse=True)
def _language_is_forgotten():
    yield
    vars(words._spoken).pop("code", None)
