"""A visit that loses its server: it says so, prints nothing false meanwhile, and goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Arrive, Profiles
from look import assert_same, assert_same_words
from server import free_port, serve
from visit import Visit
from whole import assert_open_to_all

from pages.shared import words

LINE = ".nl-lost"
# The address as the controls show it now, for the server to say what is true there.
STAND = """() => [...document.querySelectorAll('[data-testid=stMain] input[type=range]')].map((input) =>
    [input.closest('[class*=st-key-]').className.match(/st-key-(\\S+)/)[1], input.value])"""
# What is looked up and not sent ahead is not to be read meanwhile.
LOOKED_UP = """() => [...new Set([...document.querySelectorAll('.st-key-book td:nth-child(2), .st-key-found li')]
    .map((place) => getComputedStyle(place).fontSize))]"""
WAITING = "(key) => Boolean(document.querySelector(`.st-key-${key} input`).closest('[inert]'))"


@contextmanager
def offline(reader: Visit, code: str = "en") -> Iterator[None]:
    """The reader's browser loses its network, and has noticed."""
    reader.page.context.set_offline(True)
    try:
        reader.page.get_by_role("status").filter(has_text=_label("lost", code)).wait_for()
        yield
    finally:
        reader.page.context.set_offline(False)
    reader.page.wait_for_selector(f"{LINE}:empty", state="attached")


def _label(name: str, code: str) -> str:
    return words._labels(code)[f"offline.{name}"]


def _try_everything_else(reader: Visit, key: str) -> None:
    reader.press(key, *["ArrowLeft"] * 3)
    x, y, end = reader.way(key, 0.1)
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    reader.page.mouse.move(end, y)
    reader.page.mouse.up()
    reader.page.locator(".nl-map a").nth(4).evaluate("link => link.click()")
    reader.frames()


@pytest.fixture
def reader(profile: Profiles, server: str) -> Iterator[Visit]:
    """A reader whose network is nobody else's."""
    page = profile(locale="en-GB").new_page()
    yield Visit(page, server)
    page.close()


@pytest.mark.parametrize(("path", "first", "second"), [("vanishing", "w", "depth")])
def test_only_one_slider_moves_without_a_network(
    reader: Visit, stranger: Visit, path: str, first: str, second: str
) -> None:
    reader.open(path)
    before = reader.view()
    with offline(reader):
        reader.press(first, *["ArrowRight"] * 5)
        reader.page.wait_for_function(WAITING, arg=second)
        _try_everything_else(reader, second)
        stand = dict(reader.page.evaluate(STAND))
        shown = reader.settle().view()
        assert reader.page.evaluate(LOOKED_UP) == (["0px"] if path == "vanishing" else [])
        assert reader.path == path
        assert_same_words(shown, stranger.look(f"{path}?{first}={stand[first]}&{second}={stand[second]}"))
        assert shown.text != before.text
    # The address tells what was set while the server was away, and all moves again.
    reader.page.wait_for_function("(setting) => location.search.includes(setting)", arg=f"{first}={stand[first]}")
    reader.settle()
    assert_same(reader.view(), stranger.look(reader.page.url))
    reader.press(second, *["ArrowLeft"] * 3)
    reader.page.wait_for_function("(setting) => location.search.includes(setting)", arg=f"{second}=")
    reader.settle()
    assert_same(reader.view(), stranger.look(reader.page.url))
    assert reader.failed() == 0


def test_the_line_is_in_the_readers_language(reader: Visit) -> None:
    reader.open("vanishing?lang=zh&predict=")
    with offline(reader, "zh"):
        assert reader.page.locator(LINE).inner_text() == f"{_label('lost', 'zh')}{_label('moves', 'zh')}"
        assert reader.page.locator(LINE).is_visible()
        assert_open_to_all(reader, "")


def test_what_was_held_when_the_server_went_is_kept(arrive: Arrive, tmp_path: Path) -> None:
    port = free_port()
    with serve(tmp_path / "first.txt", port) as address:
        reader = arrive(base=address).open("vanishing?lang=en")
        reader.drag("w", 0.4)
    reader.page.wait_for_selector(f"{LINE}:not(:empty)")
    reader.page.mouse.up()
    reader.frames()
    stand, shown = dict(reader.page.evaluate(STAND)), reader.view()
    assert reader.page.locator(LINE).inner_text() == f"{_label('lost', 'en')} {_label('waits', 'en')}"
    # Streamlit gives up hope after some seconds and says so in a dialog of its own.
    reader.page.wait_for_timeout(4000)
    assert reader.failed() == 0
    assert reader.page.locator("#root[inert]").count() == 0
    assert "w=" not in reader.page.url
    with serve(tmp_path / "second.txt", port):
        reader.page.wait_for_function("(setting) => location.search.includes(setting)", arg=f"w={stand['w']}")
        reader.page.wait_for_selector(f"{LINE}:empty", state="attached")
        reader.settle()
        assert dict(reader.page.evaluate(STAND)) == stand
        assert_same_words(reader.view(), shown)
        assert_same(reader.view(), Visit(reader.page.context.new_page(), address).look(reader.page.url))
        reader.page.close()


def test_a_silent_server_is_distinguished_from_a_quick_one(arrive: Arrive) -> None:
    """A socket that stays open and carries nothing: two sliders moved at once would print what holds for neither."""
    reader = arrive(cold=True)  # A tab of its own, since its line stays cut.
    cut = []
    reader.page.route_web_socket(
        "**/_stcore/stream",
        lambda near: near.on_message(_unless(cut, near.connect_to_server())),
    )
    reader.open("vanishing?lang=en")
    cut.append(True)
    reader.press("w", "ArrowRight", "ArrowRight")
    reader.press("depth", "ArrowLeft")
    line = reader.page.locator(LINE)
    line.filter(has_text=_label("slow", "en")).wait_for()
    assert line.inner_text() == f"{_label('slow', 'en')} {_label('unsure', 'en')}"
    hidden = "document.querySelectorAll('.nl-unsure').length"
    assert reader.page.evaluate(hidden) >= 2
    assert not reader.page.locator("[role=figure]").is_visible()
    assert "reaches the input" not in reader.page.locator(".st-key-drag").inner_text()


def _unless(cut: list[bool], far):  # type: ignore[no-untyped-def]
    return lambda message: None if cut else far.send(message)
