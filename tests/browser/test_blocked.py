"""Without a live connection or without scripts the page shows what needs neither, says why, and steps aside later."""

from __future__ import annotations

import pytest
from conftest import DESK, PHONE, Arrive
from playwright.sync_api import expect
from visit import BY_PATH, DRAWN, title

from pages.shared import words
from serving.blocked import readable

LOOKS = [
    ("elu", "en", {**DESK, "color_scheme": "light"}),
    ("vanishing", "zh", {**PHONE, "color_scheme": "dark"}),
]


@pytest.mark.parametrize(("path", "code", "options"), LOOKS[:1], ids=["desk"])
def test_a_blocked_connection_is_reported_and_the_page_read_without_it(
    arrive: Arrive, path: str, code: str, options: dict[str, object]
) -> None:
    reader = arrive(cold=True, **options)
    cut = True
    reader.page.route_web_socket(
        "**/_stcore/stream", lambda socket: socket.close() if cut else socket.connect_to_server()
    )
    reader.page.goto(f"{reader.base}/{path}?lang={code}")
    assert reader.page.locator("#welcome img").is_hidden()
    expect(reader.page.locator("#welcome img")).to_be_visible(timeout=30_000)
    assert_read(reader.page, path, code, "connection")
    cut = False
    reader.page.wait_for_selector(DRAWN, state="attached")
    expect(reader.page.locator("#welcome")).to_be_hidden(timeout=30_000)
    assert reader.page.locator("[data-testid=stSlider]").first.is_visible()
    assert reader.heading == title(BY_PATH[path], code)


@pytest.mark.parametrize(("path", "code", "options"), LOOKS[1:], ids=["dark-phone"])
def test_without_scripts_the_page_is_read_at_once(
    arrive: Arrive, path: str, code: str, options: dict[str, object]
) -> None:
    reader = arrive(cold=True, java_script_enabled=False, **options)
    reader.page.goto(f"{reader.base}/{path}?lang={code}")
    assert_read(reader.page, path, code, "script")


def assert_read(page, path: str, code: str, why: str) -> None:  # type: ignore[no-untyped-def]
    """Title, claim, reason, picture, question and answers are seen once each; the reasons on opening."""
    text = words.page(BY_PATH[path].words, code)
    visible_text = page.locator("body").inner_text()
    choices = [readable(text[part]) for part in text if part.startswith("choice-")]
    reason = readable(text[f"why-{text['right']}"])
    because = {each: words.label_in(code, f"blocked.{each}") for each in ("script", "connection")}
    for shown in (readable(text["claim"]), because.pop(why), readable(text["question"]), *choices):
        assert visible_text.count(shown) == 1, shown
    assert not any(other in visible_text for other in because.values())
    assert reason not in visible_text
    page.locator("#welcome summary").click()
    assert reason in page.locator("body").inner_text()
    assert page.locator("[role=dialog]:visible").count() == 0
    width = page.locator("#welcome").bounding_box()["width"]
    assert page.locator("#welcome .cut").bounding_box()["width"] <= width <= page.viewport_size["width"]
