"""Pages as a server opens them, without a browser."""

import pytest

from tests.oracle.visitor import Visit


@pytest.fixture
def visit():
    """``visit(path, query, locale)`` opens a page for a new visitor."""
    return lambda path, query=None, locale=None: Visit(locale).go(path, query)
