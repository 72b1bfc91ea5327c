"""The chart follows the thumb, asks the server nothing meanwhile, and its address tells where the thumb was let go."""

from __future__ import annotations

import pytest
from conftest import Arrive
from visit import Visit

# path, slider, where on the track to go, least number of different pictures of the 40 steps, script runs at release.
# A slider of few positions cannot show more pictures than it has; one that is alone on its page needs no script run.
DRAGS = [
    pytest.param("elu", "alpha", 0.9, 15, 1, id="elu-alpha"),
    pytest.param("relu", "x0", 0.9, 15, 0, id="relu-x0"),
    pytest.param("vanishing", "w", 0.85, 15, 1, id="vanishing-w"),
    pytest.param("vanishing", "depth", 0.1, 8, 1, id="vanishing-depth"),
    pytest.param("", "layers", 0.9, 8, 0, id="home-layers"),
]


@pytest.mark.parametrize(("path", "key", "share", "least", "runs"), DRAGS)
def test_chart_follows_the_thumb(
    arrive: Arrive, stranger: Visit, path: str, key: str, share: float, least: int, runs: int
) -> None:
    reader = arrive().open(path)
    asked, before = reader.sent, reader.view()
    reader.watch()
    reader.drag(key, share)
    pictures, numbers, labels = reader.seen()
    during = reader.view()
    assert reader.sent == asked, "the script ran while the thumb was held"
    assert pictures >= least
    assert min(numbers, labels) >= 3
    assert during.picture != before.picture
    assert during.numbers != before.numbers
    assert during.label != before.label
    reader.release(key, runs)
    if runs == 0:
        assert reader.sent == asked, "a slider that drives the page alone needs no script run"
    assert reader.same_chart(), "the chart was mounted anew"
    assert reader.complaints == []
    _assert_link_shows_the_same(stranger, reader)


def _assert_link_shows_the_same(stranger: Visit, reader: Visit) -> None:
    shown = reader.view()
    elsewhere = stranger.open(reader.page.url).view()
    assert shown.numbers == elsewhere.numbers
    assert shown.label == elsewhere.label
    assert shown.picture == elsewhere.picture


@pytest.mark.parametrize(("path", "key"), [("elu", "alpha"), ("vanishing", "w"), ("relu?x0=0.5", "x0"), ("", "layers")])
def test_arrow_keys_bend_the_picture(arrive: Arrive, stranger: Visit, path: str, key: str) -> None:
    reader = arrive().open(path)
    reader.watch()
    reader.focus(key)
    for _ in range(8):
        reader.page.keyboard.press("ArrowRight")
        reader.frames()
    pictures, numbers, labels = reader.seen()
    assert pictures >= 8
    assert min(numbers, labels) >= 3
    assert reader.same_chart()
    reader.settle(reader.sent)
    _assert_link_shows_the_same(stranger, reader)


def test_a_second_slider_starts_from_where_the_first_was_left(arrive: Arrive, stranger: Visit) -> None:
    reader = arrive().open("elu")
    reader.drag("alpha", 0.8)
    reader.release("alpha", 1)
    asked = reader.sent
    reader.watch()
    reader.drag("x0", 0.2)
    assert reader.sent == asked
    assert reader.seen()[0] >= 15
    reader.release("x0", 1)
    assert reader.same_chart()
    _assert_link_shows_the_same(stranger, reader)


@pytest.mark.parametrize(("path", "key", "runs"), [("elu", "alpha", 1), ("relu", "x0", 0)])
def test_change_of_theme_keeps_the_picture(arrive: Arrive, path: str, key: str, runs: int) -> None:
    reader = arrive(color_scheme="light").open(path)
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    light = reader.page.evaluate(ground)
    reader.drag(key, 0.85)
    reader.release(key, runs)
    dragged = reader.view()
    reader.page.emulate_media(color_scheme="dark")
    reader.page.wait_for_function(f"(light) => {ground} !== light", arg=light)
    reader.settle(reader.sent)
    assert reader.view() == dragged
