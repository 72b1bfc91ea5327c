"""Where the browser is kept from drawing by itself, letting go of a slider reruns the page and the chart is right."""

from __future__ import annotations

import pytest
from conftest import Arrive
from visit import Visit

NO_PLOTLY = "Object.defineProperty(window, 'Plotly', { get() {}, set() {}, configurable: false });"
# Plotly and Streamlit draw by this clock as well: only the callback of the project's script, called tick, starves.
NO_FRAMES = """const real = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (call) => (call.name === 'tick' ? (window.starved = true, 0) : real(call));"""
SCRIPTS = [
    pytest.param(NO_PLOTLY, "window.Plotly === undefined", id="no-plotly"),
    pytest.param(NO_FRAMES, "window.starved === true", id="no-frames"),
]
# The script dies as it unpacks what Python sent; nothing else decodes text that begins like this.
DEAD = """const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (bytes, ...rest) {
    const text = decode.call(this, bytes, ...rest);
    if (text.startsWith('{"chart"')) throw new Error('kept from working');
    return text;
};"""


@pytest.mark.parametrize(("script", "in_force"), SCRIPTS)
@pytest.mark.parametrize(("room", "key"), [("elu", "alpha"), ("relu", "x0"), ("vanishing", "w"), ("", "layers")])
def test_keys_still_lead_to_the_right_picture(
    arrive: Arrive, stranger: Visit, script: str, in_force: str, room: str, key: str
) -> None:
    reader = arrive(script=script).open(room, runs=1)
    first = reader.view()
    assert reader.page.evaluate(in_force), "the browser is not kept from anything: this test would show nothing"
    reader.focus(key)
    for _ in range(3):
        reader.page.keyboard.press("ArrowRight")
        reader.settle(reader.sent)
    reader.page.wait_for_url(lambda url: f"{key}=" in url)
    reader.settle(reader.sent)
    assert reader.complaints == []
    assert reader.view().picture != first.picture
    assert reader.view() == stranger.open(reader.page.url).view()


def test_a_script_that_fails_leaves_a_right_page(arrive: Arrive, stranger: Visit) -> None:
    reader = arrive(script=DEAD).open("elu", runs=1)
    first, before = reader.view(), reader.sent
    reader.focus("alpha")
    reader.page.keyboard.press("ArrowRight")
    reader.settle(before + 1)
    assert reader.view().picture != first.picture
    assert reader.view() == stranger.open(reader.page.url).view()
