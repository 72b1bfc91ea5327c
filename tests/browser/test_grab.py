"""The picture is taken by hand: the dot is dragged, and slider, numbers and address follow as they do the slider."""

from __future__ import annotations

import re

import pytest
from conftest import PHONE, Arrive
from look import assert_same_picture, assert_same_words
from sent import assert_sent
from test_phone import stroke
from visit import Visit, asked

SHARE = 0.95  # pictures for each position of the slider at which the dot was held
# The middle of a dot or of a hairline, in pixels of the window.
PLACE = """(name) => {
    const plot = document.querySelector('.js-plotly-plot'), box = plot.getBoundingClientRect();
    const trace = plot._fullData.find((one) => one.name === name);
    const [x, y] = [trace.xaxis, trace.yaxis].map((id) => plot._fullLayout[id.replace(/^[xy]/, '$&axis')]);
    const drawn = [...plot.querySelectorAll(`.scatterlayer .trace${trace.uid} path.point`)];
    if (drawn.length) {
        const dot = drawn[0].getBoundingClientRect();
        return [dot.x + dot.width / 2, dot.y + dot.height / 2];
    }
    return [box.x + x._offset + x.l2p(trace.x[0]), box.y + y._offset + y.l2p((trace.y[0] + trace.y[1]) / 2)];
}"""
SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def spot(reader: Visit, name: str) -> tuple[float, float]:
    reader.page.evaluate("document.querySelector('.js-plotly-plot').scrollIntoView({ block: 'center' })")
    reader.frames()
    x, y = reader.page.evaluate(PLACE, name)
    return x, y


def stands(reader: Visit, key: str) -> float:
    return float(reader.slider(key).locator("input").input_value())


def haul(reader: Visit, start: tuple[float, float], way: tuple[float, float], steps: int = 30) -> None:
    """Press the mouse at a place and take it along, still holding it."""
    (x, y), (dx, dy) = start, way
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    for step in range(1, steps + 1):
        reader.page.mouse.move(x + dx * step / steps, y + dy * step / steps)
        reader.frames()


# path, the trace taken, the slider that follows, how far in pixels, script runs at release
DOTS = [
    pytest.param("elu", "probe_value", "x0", 180, 1, id="value"),
    pytest.param("compare", "hair", "x0", 150, 1, id="compare"),
    pytest.param("exploding", "dot", "depth", 0, 1, id="cut"),
]


@pytest.mark.parametrize(("path", "trace", "key", "across", "runs"), DOTS)
def test_a_dot_is_dragged_and_its_slider_follows(
    arrive: Arrive, path: str, trace: str, key: str, across: float, runs: int
) -> None:
    reader = arrive().open(path)
    sent, before = reader.sent, stands(reader, key)
    x, y = spot(reader, trace)
    reader.watch(key)
    haul(reader, (x, y), (across, 0 if across else -80))
    seen, moving = reader.seen(), reader.view()
    held = reader.settle().view()
    assert reader.sent == sent, "the script ran while the dot was held"
    assert seen["pictures"] >= SHARE * seen["places"] >= SHARE * 6
    assert_same_words(moving, held)
    assert_same_picture(moving, held)
    now = spot(reader, trace)
    assert abs(now[0] - x - across) <= 12 if across else abs(now[1] - y + 80) <= 12, "the dot is not under the hand"
    reader.release(key, runs)
    assert reader.sent - sent == runs
    assert stands(reader, key) != before
    assert reader.same_chart()
    assert_same_words(held, reader.view())
    assert_sent(reader)
    assert reader.complaints == []


def test_the_cross_is_dragged_over_the_map_and_both_sliders_follow(arrive: Arrive) -> None:
    reader = arrive().open("exploding")
    sent = reader.sent
    x, y = spot(reader, "spot")
    reader.watch("gain")
    haul(reader, (x, y), (70, -90))
    assert reader.sent == sent, "the script ran while the cross was held"
    assert (seen := reader.seen())["pictures"] >= SHARE * seen["places"] >= SHARE * 10
    at = spot(reader, "spot")
    assert (abs(at[0] - x - 70), abs(at[1] - y + 90)) <= (12, 12)
    moved = {key: stands(reader, key) for key in ("gain", "depth")}
    # What depends on both is known to Python alone.
    assert "…" in reader.view().label
    reader.page.mouse.up()
    reader.page.wait_for_url(re.compile(r"(?=.*[?&]gain=)(?=.*[?&]depth=)"))
    reader.settle(sent + 1)
    assert {key: float(asked(reader.page.url)[key][0]) for key in moved} == moved
    assert_sent(reader)
    assert "…" not in reader.view().label
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("path", "trace", "key", "across", "up"),
    [("elu", "probe_value", "x0", 90, -60)],
)
def test_a_finger_on_the_dot_drags_it_and_the_page_stays(
    arrive: Arrive, path: str, trace: str, key: str, across: float, up: float
) -> None:
    reader = arrive(**PHONE).open(path)
    x, y = spot(reader, trace)
    sent, scrolled = reader.sent, reader.page.evaluate(SCROLLED)
    reader.watch(key)
    # A finger is wide: it need not hit the middle.
    for _ in stroke(reader, (x + 12, y - 12, across, up)):
        seen = reader.seen()
        assert seen["pictures"] >= SHARE * seen["places"] >= SHARE * 6
        assert reader.sent == sent, "the script ran while the finger was down"
    reader.page.wait_for_url(lambda url: f"{key}=" in url)
    reader.settle(sent + 1)
    assert reader.page.evaluate(SCROLLED) == scrolled
    assert float(asked(reader.page.url)[key][0]) == stands(reader, key)
    assert reader.same_chart()
    assert_sent(reader)
    # Beside the dot a finger scrolls.
    x, y = spot(reader, "probe_value")
    before, scrolled = stands(reader, "x0"), reader.page.evaluate(SCROLLED)
    for _ in stroke(reader, (x - 90, y, 0, -200), 20):
        pass
    assert reader.page.evaluate(SCROLLED) > scrolled + 60
    assert stands(reader, "x0") == before


def test_a_click_in_the_panel_brings_the_dot_and_the_pointer_says_that_it_can_be_taken(arrive: Arrive) -> None:
    reader = arrive().open("elu")
    x, y = spot(reader, "probe_value")
    cursor = "([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor"
    for at, says in (((x + 3, y), "grab"), ((x + 200, y), "")):
        reader.page.mouse.move(*at)
        assert (reader.page.evaluate(cursor, at) == "grab") == (says == "grab")
    reader.page.mouse.click(x + 200, y)
    reader.page.wait_for_url(re.compile("x0="))
    reader.settle()
    assert abs(spot(reader, "probe_value")[0] - x - 200) <= 6
