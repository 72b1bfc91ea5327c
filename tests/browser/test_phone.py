"""On a phone: chart and slider together, a finger bends the curve, and a finger scrolls past it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import PHONE, Arrive
from visit import Visit

HEIGHT = PHONE["viewport"]["height"]
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.mark.parametrize(("room", "key"), [("elu", "alpha"), ("vanishing", "depth"), ("", "layers")])
def test_chart_and_first_slider_share_the_screen(arrive: Arrive, room: str, key: str) -> None:
    reader = arrive(**PHONE).open(room)
    picture = reader.page.locator(".js-plotly-plot").bounding_box()
    slider = reader.slider(key).bounding_box()
    assert picture
    assert slider
    assert picture["height"] <= 0.55 * HEIGHT
    assert slider["y"] >= picture["y"] + picture["height"], "the slider belongs below the chart"
    assert slider["y"] + slider["height"] - picture["y"] <= HEIGHT
    assert _controls_between(reader, picture["y"] + picture["height"], slider["y"]) == []


def _controls_between(reader: Visit, top: float, bottom: float) -> list[str]:
    return reader.page.evaluate(  # type: ignore[no-any-return]
        """([top, bottom]) => [...document.querySelectorAll('[data-testid=stMain] :is(button, a, input)')]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 2)
            .filter((e) => e.getBoundingClientRect().top > top && e.getBoundingClientRect().bottom < bottom)
            .map((e) => e.outerHTML)""",
        [top, bottom],
    )


def _stroke(reader: Visit, way: tuple[float, float, float, float], steps: int = 30) -> Iterator[None]:
    """A finger from (x, y) by (dx, dy); it stays down until the caller is done."""
    x, y, dx, dy = way
    finger = reader.page.context.new_cdp_session(reader.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, steps + 1):
        at = {"x": x + dx * step / steps, "y": y + dy * step / steps}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        reader.frames()
    yield
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    reader.frames()


@pytest.mark.parametrize(("room", "key", "runs"), [("elu", "alpha", 1), ("vanishing", "w", 1), ("", "layers", 0)])
def test_a_finger_on_the_thumb_bends_the_picture(arrive: Arrive, room: str, key: str, runs: int) -> None:
    reader = arrive(**PHONE).open(room)
    x, y, end = reader.way(key, 0.85)
    sent = reader.sent
    reader.watch(key)
    for _ in _stroke(reader, (x, y, end - x, 0)):
        seen = reader.seen()
        assert seen["places"] >= 10
        assert seen["pictures"] >= 0.95 * seen["places"]
        assert reader.sent == sent, "the script ran while the finger was down"
    reader.page.wait_for_url(lambda url: f"{key}=" in url)
    reader.settle(sent + runs)
    assert reader.same_chart()


@pytest.mark.parametrize("room", ["", "elu", "vanishing"])
def test_a_finger_on_the_chart_scrolls_the_page(arrive: Arrive, room: str) -> None:
    reader = arrive(**PHONE).open(room)
    box = reader.page.locator(".js-plotly-plot").bounding_box()
    assert box
    assert reader.page.evaluate(SCROLLED) == 0
    for _ in _stroke(reader, (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, 0, -240)):
        pass
    assert reader.page.evaluate(SCROLLED) > 100


def test_the_map_closes_after_a_tap(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("elu")
    reader.page.locator("[data-testid=stExpandSidebarButton]").click()
    reader.page.locator("[data-testid=stSidebar][data-collapsed=false] .nl-map a[href^='relu?']").first.tap()
    reader.page.wait_for_selector("[data-testid=stSidebar][data-collapsed=true]", state="attached")
    reader.settle()
    assert reader.heading == "ReLU"
