"""On a phone: chart and slider together, nothing sideways, a finger bends the curve and a finger scrolls past it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Arrive
from playwright.sync_api import Browser
from visit import ROOMS, Visit

HEIGHT = 844
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": HEIGHT}, "has_touch": True, "is_mobile": True,
    "device_scale_factor": 2, "locale": "en-US",
}  # fmt: skip
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture(scope="module")
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    """One profile for all rooms, so that the browser's cache spares the slow cores."""
    context = browser.new_context(**PHONE)
    yield Visit(context.new_page(), server)
    context.close()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room or "home")
def test_nothing_leaves_the_screen_sideways(phone: Visit, room: str) -> None:
    page = phone.open(room).page
    wide = "(e) => [e.scrollWidth, window.innerWidth]"
    for place in ("html", "[data-testid=stMain]"):
        content, screen = page.locator(place).evaluate(wide)
        assert content <= screen, place


@pytest.mark.parametrize(("room", "chart", "key"), [("elu", "curve", "alpha"), ("vanishing", "gradient", "depth")])
def test_chart_and_first_slider_share_the_screen(arrive: Arrive, room: str, chart: str, key: str) -> None:
    reader = arrive(**PHONE).open(room)
    picture = reader.page.locator(f".st-key-{chart}").bounding_box()
    slider = reader.slider(key).bounding_box()
    assert picture
    assert slider
    assert picture["height"] <= 0.55 * HEIGHT
    assert slider["y"] >= picture["y"] + picture["height"], "the slider belongs below the chart"
    assert slider["y"] + slider["height"] - picture["y"] <= HEIGHT
    assert _controls_between(reader, picture["y"] + picture["height"], slider["y"]) == []


def _controls_between(reader: Visit, top: float, bottom: float) -> list[str]:
    return reader.page.evaluate(
        """([top, bottom]) => [...document.querySelectorAll('[data-testid=stMain] :is(button, a, input)')]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 2)
            .filter((e) => e.getBoundingClientRect().top > top && e.getBoundingClientRect().bottom < bottom)
            .map((e) => e.outerHTML)""",
        [top, bottom],
    )


@pytest.mark.parametrize(("room", "key", "runs"), [("elu", "alpha", 1), ("vanishing", "w", 1), ("relu", "x0", 0)])
def test_a_finger_on_the_thumb_bends_the_picture(arrive: Arrive, room: str, key: str, runs: int) -> None:
    reader = arrive(**PHONE).open(room)
    x, y, end = reader.way(key, 0.85)
    finger = reader.page.context.new_cdp_session(reader.page)
    asked = reader.sent
    reader.watch()
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 31):
        at = {"x": x + (end - x) * step / 30, "y": y}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        reader.frames()
    assert reader.seen()[0] >= 15
    assert reader.sent == asked, "the script ran while the finger was down"
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    reader.page.wait_for_url(lambda url: f"{key}=" in url)
    reader.settle(asked + runs)
    assert reader.same_chart()


@pytest.mark.parametrize("room", ["", "elu", "vanishing"])
def test_a_finger_on_the_chart_scrolls_the_page(arrive: Arrive, room: str) -> None:
    reader = arrive(**PHONE).open(room)
    box = reader.page.locator(".js-plotly-plot").bounding_box()
    assert box
    assert reader.page.evaluate(SCROLLED) == 0
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = reader.page.context.new_cdp_session(reader.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 21):
        at = {"x": x, "y": y - 12 * step}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        reader.frames()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    reader.frames()
    assert reader.page.evaluate(SCROLLED) > 100
