"""Time: the button moves the slider without the server, and what is played is what Python draws there."""

from __future__ import annotations

import re

import numpy as np
import pytest
from conftest import Arrive
from playwright.sync_api import Locator
from sent import assert_sent
from visit import BY_PATH, Visit, asked

RUN = "collapse?act=xor&f=tanh&t=0&lang=en"
# A screen of so many frames a second, by its own clock: our function that moves the slider receives that time, and
# each time with the position at which the slider stood then is written down.
SCREEN = """
    const real = window.requestAnimationFrame.bind(window);
    window.run = [];
    window.requestAnimationFrame = (call) => real((now) => {
        if (call.name !== 'glide') return call(now);
        call(1000 * window.run.length / %d);
        window.run.push(Number(document.querySelector('.st-key-t input').value));
    });"""


def button(reader: Visit, name: str = "Play") -> Locator:
    return reader.page.get_by_role("button", name=name)


def stands(reader: Visit) -> int:
    return int(reader.slider("t").locator("input").input_value())


def test_playing_asks_nothing_and_only_stopping_changes_the_address(arrive: Arrive) -> None:
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
    assert_sent(reader)
    assert reader.complaints == []


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


@pytest.mark.parametrize("rate", [144])
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


@pytest.mark.parametrize(("path", "on", "off"), [("collapse", "xor", "stack")])
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
