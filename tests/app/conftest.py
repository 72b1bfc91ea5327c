"""Rooms as a server opens them, without a browser."""

import pytest

from tests.oracle.visitor import Visit


@pytest.fixture
def visit():
    """``visit(path, query, locale)`` opens a room for a new visitor."""
    return lambda path, query=None, locale=None: Visit(locale).go(path, query)


def pytest_collection_modifyitems(items):
    """Keep what is asked of one function with one worker: a page that was opened is opened once."""
    for item in items:
        slug = getattr(item, "callspec", None) and (
            item.callspec.params.get("slug") or item.callspec.params.get("room")
        )
        if isinstance(slug, str):
            item.add_marker(pytest.mark.xdist_group(slug))
