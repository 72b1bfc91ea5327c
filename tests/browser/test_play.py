"""Time: the button moves the slider without the server, and what is played is what Python draws there."""

from __future__ import annotations

import re

import numpy as np
import pytest
from conftest import Arrive
from look import assert_same
from numpy.typing import NDArray
from playwright.sync_api import Locator
from visit import BY_PATH, Visit, asked

RUN = "collapse?act=xor&f=tanh&t=0&lang=en"
# Remembers the picture that our own script has put into the chart last; Plotly names the attribute otherwise.
PAINTED = """
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (name, value) {
        if (name === 'href' && this.nodeName === 'image') window.painted = value;
        return set.call(this, name, value);
    };"""
# A screen of so many frames a second, by its own clock: what our script moves the slider with is told that time, and
# each time with the position at which the slider stood then is written down.
SCREEN = """
    const real = window.requestAnimationFrame.bind(window);
    window.run = [];
    window.requestAnimationFrame = (call) => real((now) => {
        if (call.name !== 'glide') return call(now);
        call(1000 * window.run.length / %d);
        window.run.push(Number(document.querySelector('.st-key-t input').value));
    });"""
# The colours of a heat map on a coarse grid, as they are laid over the page.
COLOURS = """async (painted) => {
    const image = document.querySelector('.heatmaplayer image');
    const drawn = new Image();
    drawn.src = painted ?? image.getAttribute('href') ?? image.getAttribute('xlink:href');
    await drawn.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 320 });
    const context = canvas.getContext('2d');
    context.drawImage(drawn, 0, 0, 320, 320);
    const at = [...Array(15).keys()].map((k) => 20 * (k + 1));
    return at.flatMap((y) => at.map((x) => [...context.getImageData(x, y, 1, 1).data]));
}"""


def colours(reader: Visit, painted: str | None = None) -> NDArray[np.float64]:
    """Red, green and blue times opacity, and opacity: what is nearly transparent has hardly a colour."""
    seen = np.array(reader.page.evaluate(COLOURS, painted), dtype=float)
    seen[:, :3] *= seen[:, 3:] / 255
    return seen


def button(reader: Visit, name: str = "Play") -> Locator:
    return reader.page.get_by_role("button", name=name)


def stands(reader: Visit) -> int:
    return int(reader.slider("t").locator("input").input_value())


def test_playing_asks_nothing_and_only_stopping_changes_the_address(arrive: Arrive, stranger: Visit) -> None:
    reader = arrive().open(RUN)
    sent, address = reader.sent, reader.page.url
    reader.watch("t")
    button(reader).click()
    reader.page.wait_for_function("() => window.seen.places.size > 8")
    assert reader.seen()["anew"] <= 1, "Plotly drew, which takes several frames a picture"
    assert (reader.sent, reader.page.url) == (sent, address)
    button(reader, "Pause").click()
    reader.page.wait_for_url(re.compile(r"[?&]t=[1-9]"))
    reader.settle()
    seen = reader.seen()
    assert seen["pictures"] >= 0.95 * seen["places"]
    assert asked(reader.page.url)["t"] == [str(stands(reader))]
    played = colours(reader)
    assert_same(reader.view(), stranger.open(reader.page.url).view())
    # A drag is told in sixty-fourths of the scale.
    assert np.abs(played - colours(stranger)).max() <= 6
    stranger.page.goto("about:blank")
    assert reader.complaints == []


def test_a_picture_of_a_held_thumb_has_the_colours_that_are_drawn_at_rest(arrive: Arrive) -> None:
    reader = arrive(script=PAINTED).open(RUN)
    reader.drag("t", 0.7)
    reader.frames()
    held, at = reader.page.evaluate("() => window.painted"), stands(reader)
    reader.page.mouse.up()
    reader.settle()
    assert stands(reader) == at
    off = np.abs(colours(reader, held) - colours(reader))
    # Ours has four pixels a cell, Plotly's as many as the screen: across the boundary that is 13 of 255, where a scale
    # that is a tenth off makes 30.
    assert np.quantile(off, 0.99) <= 16


def test_a_run_that_diverged_says_so_and_can_be_left_and_met_again(arrive: Arrive, stranger: Visit) -> None:
    reader = arrive().open("collapse?act=spirals&f=relu_squared&rate=10&t=30&lang=en")
    for key, word in (("Home", 0), ("End", 1), ("Home", 0)):
        reader.press("t", key)
        reader.settle()
        assert reader.page.locator(".js-plotly-plot .textpoint", has_text="diverged").count() == word
        assert reader.page.locator(".heatmaplayer image").count() == 1 - word, "a map without a number is hidden"
    assert reader.complaints == []
    assert_same(reader.view(), stranger.look(reader.page.url))


def test_it_stops_at_the_end_and_begins_anew(arrive: Arrive) -> None:
    reader = arrive().open(RUN.replace("t=0", "t=36"))
    (time,) = BY_PATH["collapse"].later
    reader.page.get_by_role("button", name="Play").focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(re.compile(rf"[?&]t={int(time.high)}\b|^((?!t=).)*$"))
    reader.settle()
    assert stands(reader) == time.high
    assert button(reader).is_visible()
    button(reader).click()
    reader.page.wait_for_function("() => Number(document.querySelector('.st-key-t input').value) < 20")
    button(reader, "Pause").click()


@pytest.mark.parametrize("rate", [30, 60, 144])
def test_a_run_takes_the_same_time_on_every_screen(arrive: Arrive, rate: int) -> None:
    reader = arrive(script=SCREEN % rate).open(RUN.replace("t=0", "t=20"))
    (time,) = BY_PATH["collapse"].later
    button(reader).click()
    reader.page.wait_for_url(re.compile(rf"[?&]t={int(time.high)}\b|^((?!t=).)*$"))
    moments = np.array(reader.page.evaluate("() => window.run"))
    seconds = np.arange(len(moments)) / rate
    due = 20 + seconds * (time.high - time.low) / 4
    assert np.abs(moments - np.minimum(due, time.high))[:-1].max() <= 0.51
    assert seconds[-1] == pytest.approx(4 * (time.high - 20) / (time.high - time.low), abs=1.5 / rate)


def test_whoever_wants_no_motion_gets_a_step_a_press(arrive: Arrive) -> None:
    reader = arrive(reduced_motion="reduce").open(RUN)
    for step in (1, 2, 3):
        button(reader).click()
        reader.page.wait_for_url(re.compile(rf"[?&]t={step}\b"))
        reader.settle()
        assert stands(reader) == step


@pytest.mark.parametrize(("path", "on", "off"), [("collapse", "xor", "stack"), ("neuron", "learn", "hand")])
def test_the_button_goes_with_its_slider(arrive: Arrive, path: str, on: str, off: str) -> None:
    reader = arrive().open(f"{path}?act={on}&lang=en")
    assert button(reader).is_visible()
    pills = reader.page.locator(".st-key-choice-act button, [class*='choice'] button")
    pills.first.click()
    reader.settle(reader.sent)
    reader.page.wait_for_url(re.compile(rf"act={off}\b"))
    reader.settle()
    assert button(reader).count() == 0
    assert reader.complaints == []
