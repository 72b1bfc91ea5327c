"""Every room opens in both languages: drawn, tagged, without complaint, and light on the wire."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import DESK
from playwright.sync_api import Browser
from visit import LANGUAGES, ROOMS, Visit

BUDGET = 150_000  # bytes over the WebSocket until the page is idle, the handshake included


@pytest.fixture(scope="module")
def readers(browser: Browser, server: str) -> Iterator[dict[str, Visit]]:
    """One profile a language, so that the browser's cache spares the slow cores; each room is still a new session."""
    contexts = {code: browser.new_context(**{**DESK, "locale": LANGUAGES[code]}) for code in LANGUAGES}
    yield {code: Visit(context.new_page(), server) for code, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room or "home")
@pytest.mark.parametrize("code", LANGUAGES)
def test_room_opens(readers: dict[str, Visit], room: str, code: str) -> None:
    reader = readers[code]
    reader.complaints.clear()
    page = reader.open(f"{room}?lang={code}").page
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator("h1").inner_text().strip()
    assert page.evaluate("document.documentElement.lang") == LANGUAGES[code]
    assert page.locator("[role=figure]").count() == 1
    assert reader.view().picture.count("|") >= 2
    assert reader.view().numbers
    assert reader.complaints == []
    print(f"payload of /{room} in {code}: {reader.received} bytes")
    assert reader.received <= BUDGET
