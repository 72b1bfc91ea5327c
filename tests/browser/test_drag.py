"""Chart and numbers follow the thumb, asking the server nothing meanwhile; the address tells where it was let go."""

from __future__ import annotations

import re

import pytest
from conftest import Arrive
from look import assert_same, assert_same_picture, assert_same_words
from sent import assert_sent
from visit import Visit, asked

from activations import CATALOGUE

RELEASE = 60_000  # bytes over the WebSocket from letting go until the page is idle
SHARE = 0.95  # pictures for each position of the slider at which the thumb was held
# How large those numbers are written that cannot follow a thumb.
SLOW = """() => [...document.querySelectorAll('.st-key-book td:nth-child(2), .st-key-found li')]
    .map((cell) => getComputedStyle(cell).fontSize)"""
# One slider of a kind: path, slider, where on the track to go, script runs at release. A slider that is alone on its
# page needs none. Of all others the pictures are compared without Streamlit, in test_painter.
DRAGS = [
    pytest.param("elu", "alpha", 0.9, 1, id="parameter"),
    pytest.param("relu", "x0", 0.9, 0, id="probe-alone"),
    pytest.param("compare", "elu.alpha", 0.85, 1, id="key-with-a-dot"),
    pytest.param("vanishing", "depth", 0.1, 1, id="depth"),
]


@pytest.mark.parametrize(("path", "key", "share", "runs"), DRAGS)
def test_the_page_follows_the_thumb(arrive: Arrive, path: str, key: str, share: float, runs: int) -> None:
    reader = arrive().open(path)
    asked_before, before = reader.sent, reader.view()
    reader.watch(key)
    reader.drag(key, share)
    seen, moving = reader.seen(), reader.view()
    held = reader.settle().view()
    assert reader.sent == asked_before, "the script ran while the thumb was held"
    assert seen["pictures"] >= SHARE * seen["places"] >= SHARE * 10
    assert held.label != before.label
    assert set(reader.page.evaluate(SLOW)) <= {"0px"}, "a number that is not of where the thumb is held"
    # Drawn by the project's script a moment ago, by Plotly itself now that the thumb rests.
    assert_same_words(moving, held)
    assert_same_picture(moving, held)
    received = reader.received
    reader.release(key, runs)
    assert reader.received - received <= RELEASE
    assert reader.sent - asked_before == runs
    assert "0px" not in reader.page.evaluate(SLOW)
    assert (reader.same_chart(), reader.complaints) == (True, []), "or the chart was mounted anew"
    assert_sent(reader)
    assert_same_words(held, reader.view())


@pytest.mark.parametrize(("path", "key"), [("vanishing", "w"), ("", "layers")])
def test_arrow_keys_bend_the_picture(arrive: Arrive, path: str, key: str) -> None:
    reader = arrive().open(path)
    reader.watch(key)
    for _ in range(8):
        reader.press(key, "ArrowRight")
        reader.frames()
    seen = reader.seen()
    assert seen["places"] == 9
    assert min(seen["pictures"], seen["texts"]) >= 8
    assert seen["labels"] >= 5
    assert reader.same_chart()


def test_a_second_drag_begins_where_the_first_was_left(arrive: Arrive) -> None:
    reader = arrive().open("elu")
    reader.drag("alpha", 0.8)
    reader.page.mouse.up()
    reader.watch("alpha")
    reader.drag("alpha", 0.3)
    assert (seen := reader.seen())["pictures"] >= SHARE * seen["places"]
    reader.page.mouse.up()
    reader.watch("x0")
    reader.drag("x0", 0.2)
    assert (seen := reader.seen())["pictures"] >= SHARE * seen["places"]
    reader.release("x0", 1)
    assert reader.same_chart()
    assert_sent(reader)


def test_a_drag_right_after_the_chart_has_come(arrive: Arrive) -> None:
    reader = arrive()
    reader.page.goto(f"{reader.base}/elu?predict=0")
    reader.page.wait_for_selector(".js-plotly-plot .scatterlayer path.js-line", state="attached")
    reader.drag("alpha", 0.85)
    reader.page.mouse.up()
    reader.page.wait_for_url(re.compile("alpha="))
    assert_sent(reader.settle(3))
    sent = reader.sent
    reader.watch("alpha")
    reader.drag("alpha", 0.3)
    assert reader.sent == sent
    assert (seen := reader.seen())["pictures"] >= SHARE * seen["places"]
    reader.release("alpha", 1)
    assert reader.same_chart()


def test_a_change_of_theme_keeps_the_picture_and_the_drag(arrive: Arrive, stranger: Visit) -> None:
    key = "alpha"
    reader = arrive().open("elu")
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    light = reader.page.evaluate(ground)
    reader.drag(key, 0.5)
    held = reader.view()
    reader.page.emulate_media(color_scheme="dark")
    reader.page.wait_for_function(f"(light) => {ground} !== light", arg=light)
    reader.settle()
    assert_same(reader.view(), held)
    reader.watch(key)
    x, y, end = reader.way(key, 0.85)
    for step in range(1, 21):
        reader.page.mouse.move(x + (end - x) * step / 20, y)
        reader.frames()
    assert (seen := reader.seen())["pictures"] >= SHARE * seen["places"]
    reader.release(key, 1)
    assert_same(reader.view(), stranger.look(reader.page.url))


def test_hovering_tells_x_and_the_values_of_both_curves_that_are_shown(arrive: Arrive) -> None:
    reader = arrive().open("elu")
    reader.drag("alpha", 0.9)
    reader.release("alpha", 1)
    x, y = reader.page.evaluate("""() => {
        const plot = document.querySelector('.js-plotly-plot'), box = plot.getBoundingClientRect();
        const { xaxis, yaxis, _size } = plot._fullLayout, value = plot._fullData.find((t) => t.name === 'value');
        const near = [...value.x].findIndex((x) => x > -3.01);
        return [box.x + xaxis._offset + xaxis.l2p(value.x[near]), box.y + yaxis._offset + yaxis.l2p(value.y[near])];
    }""")
    alpha, elu = float(asked(reader.page.url)["alpha"][0]), CATALOGUE["elu"]
    # On the curve, and below it in the panel of the derivative.
    for down in (0, 150):
        reader.page.mouse.move(x - 20, y + down)
        reader.page.mouse.move(x, y + down)
        reader.settle()
        text = (reader.page.locator(".hoverlayer").text_content() or "").replace("−", "-")
        found = re.fullmatch(r"x = (-\d\.\d\d)f = (-?\d\.\d{4})f′ = (-?\d\.\d{4})", text)
        assert found, text
        at, value, slope = map(float, found.groups())
        assert at == pytest.approx(-3, abs=0.03)
        assert value == pytest.approx(float(elu(at, alpha=alpha)), abs=3e-3)
        assert slope == pytest.approx(float(elu.derivative(at, alpha=alpha)), abs=3e-3)
