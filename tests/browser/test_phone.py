"""On a phone: a finger bends the curve, and a finger scrolls past it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import PHONE, Arrive
from visit import Visit

SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def stroke(reader: Visit, way: tuple[float, float, float, float], steps: int = 30) -> Iterator[None]:
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


@pytest.mark.parametrize(("path", "key", "runs"), [("vanishing", "w", 1)])
def test_a_finger_on_the_thumb_bends_the_picture_and_one_on_the_chart_scrolls(
    arrive: Arrive, path: str, key: str, runs: int
) -> None:
    reader = arrive(**PHONE).open(path)
    x, y, end = reader.way(key, 0.85)
    sent = reader.sent
    reader.watch(key)
    for _ in stroke(reader, (x, y, end - x, 0)):
        seen = reader.seen()
        assert seen["places"] >= 10
        assert seen["pictures"] >= 0.95 * seen["places"]
        assert reader.sent == sent, "the script ran while the finger was down"
    reader.page.wait_for_url(lambda url: f"{key}=" in url)
    reader.settle(sent + runs)
    assert reader.same_chart()
    assert _scroll_by_the_chart(reader) > 100


def _scroll_by_the_chart(reader: Visit) -> float:
    """How far the page goes under a finger that strokes the chart upwards."""
    reader.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    reader.frames()
    box = reader.page.locator(".js-plotly-plot").bounding_box()
    assert box
    # Beside the dot, which a finger would take instead.
    for _ in stroke(reader, (box["x"] + 0.85 * box["width"], box["y"] + box["height"] / 2, 0, -240), 20):
        pass
    return float(reader.page.evaluate(SCROLLED))


def test_the_bar_stays_on_top_and_its_button_opens_the_map_for_the_keyboard_too(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("elu?lang=zh")
    bar, menu = reader.page.locator(".nl-top"), reader.page.get_by_role("button", name="目录")
    top, heading = bar.bounding_box(), reader.page.locator("h1").bounding_box()
    assert top
    assert heading
    assert (top["y"], top["width"]) == (0, PHONE["viewport"]["width"])
    assert top["y"] + top["height"] <= heading["y"], "the heading is covered"
    assert bar.get_by_role("link").all_inner_texts() == ["Nonlinear 非线性", "English"]
    # Beside a slider further down the whole picture is seen below the bar.
    reader.slider("x0").evaluate("slider => slider.scrollIntoView({ block: 'end' })")
    reader.frames()
    picture, slider = reader.page.locator(".js-plotly-plot").bounding_box(), reader.slider("x0").bounding_box()
    assert picture
    assert slider
    assert bar.bounding_box() == top
    assert top["height"] <= picture["y"] + 1
    assert picture["y"] + picture["height"] <= slider["y"]
    assert menu.get_attribute("aria-expanded") == "false"
    menu.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_function("() => document.activeElement.matches('.nl-map a[aria-current]')")
    assert menu.get_attribute("aria-expanded") == "true"
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_selector("[data-testid=stSidebar][data-collapsed=true]", state="attached")
    assert reader.page.evaluate("() => document.activeElement.className") == "nl-menu"


def test_the_map_closes_after_a_tap(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("elu")
    reader.page.get_by_role("button", name="Menu").tap()
    reader.page.locator("[data-testid=stSidebar][data-collapsed=false] .nl-map a[href^='relu?']").first.tap()
    reader.page.wait_for_selector("[data-testid=stSidebar][data-collapsed=true]", state="attached")
    reader.settle()
    assert reader.heading == "ReLU"
