"""Where the browser is kept from drawing by itself, letting go of a slider reruns the page and the chart is right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Arrive
from look import assert_same
from visit import Visit

NO_PLOTLY = "Object.defineProperty(window, 'Plotly', { get() {}, set() {}, configurable: false });"
# Plotly and Streamlit draw by this clock as well: only the callback of the project's script, called tick, starves.
NO_FRAMES = """const real = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (call) => (call.name === 'tick' ? (window.starved = true, 0) : real(call));"""
# The script dies as it unpacks what Python sent; nothing else decodes text that begins like this.
DEAD = """const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (bytes, ...rest) {
    const text = decode.call(this, bytes, ...rest);
    if (text.startsWith('{"chart"')) throw new Error('kept from working');
    return text;
};"""
WAYS = {
    "no-plotly": (NO_PLOTLY, "window.Plotly === undefined"),
    "no-frames": (NO_FRAMES, "window.starved === true"),
    "dead": (DEAD, "true"),
}


# Each way once with a slider that reruns a part of its page, and once with one that is alone on it.
@pytest.mark.parametrize(
    ("way", "path", "key"),
    [("no-plotly", "", "layers"), ("no-frames", "elu", "x0"), ("dead", "elu", "alpha")],
)  # fmt: skip
def test_keys_still_lead_to_the_right_page(arrive: Arrive, stranger: Visit, way: str, path: str, key: str) -> None:
    script, in_force = WAYS[way]
    reader = arrive(script=script).open(path, runs=1)
    first = reader.view()
    assert reader.page.evaluate(in_force), "the browser is not kept from anything: this test would show nothing"
    for _ in range(3):
        before = reader.sent
        reader.press(key, "ArrowRight")
        reader.settle(before + 1)
    reader.page.wait_for_url(lambda url: f"{key}=" in url)
    assert way == "dead" or reader.complaints == []
    assert reader.failed() == 0
    assert reader.view().label != first.label
    shown, wanted = reader.view(), stranger.look(reader.page.url)
    if way == "dead":
        # It is our script that writes a true minus at the thumb.
        shown, wanted = (replace(view, text=view.text.replace("−", "-")) for view in (shown, wanted))
    assert_same(shown, wanted)
