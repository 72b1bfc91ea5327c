"""The map shows where the reader is and where they have been."""

from __future__ import annotations

from conftest import Arrive
from playwright.sync_api import expect


def test_the_map_opens_where_the_page_is_and_ticks_what_was_seen_until_that_is_forgotten(arrive: Arrive) -> None:
    reader = arrive(newcomer=True).open("mish?lang=en")
    page = reader.page
    box, height = page.locator(".nl-map a[aria-current]").bounding_box(), page.viewport_size["height"]  # type: ignore[index]
    assert box
    assert 0 <= box["y"] <= height - box["height"], "out of sight"
    functions, topics = page.get_by_role("tab", name="Functions"), page.get_by_role("tab", name="Topics")
    expect(functions).to_have_attribute("aria-selected", "true")
    functions.focus()
    page.keyboard.press("ArrowLeft")
    expect(topics).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    expect(page.get_by_role("tabpanel").get_by_role("link", name="Vanishing gradients")).to_be_visible()
    reader.walk("vanishing")
    expect(topics).to_have_attribute("aria-selected", "true")
    reader.walk("")
    step = page.locator(".nl-path").get_by_role("link", name="Vanishing gradients")
    # A screen reader is told what the tick means.
    expect(step).to_have_accessible_name("Vanishing gradientsvisited")
    assert page.locator(".nl-path a[data-visited]").count() == 1
    assert page.locator(".nl-path a[data-next]").evaluate_all("links => links.map((a) => a.dataset.next)") == [
        "start here"
    ]
    page.locator(".nl-forget").click()
    expect(page.locator(".nl-path a[data-visited]")).to_have_count(0)
    expect(page.locator(".nl-forget")).to_be_hidden()
    assert reader.complaints == []
