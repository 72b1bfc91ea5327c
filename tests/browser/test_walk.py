"""From room to room: each slider at both ends, by next and previous, the map, Back and Forward, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from conftest import Arrive, Profiles
from fit import assert_inside
from look import assert_same
from visit import BY_PATH, LANGUAGES, ROOMS, Visit, asked

from pages.rooms import Room

KIN = [room for room in ROOMS if room.kind == "functions"]
SHOWN = """() => { const plot = document.querySelector('.js-plotly-plot');
    return [plot._fullLayout.meta, plot._fullData.find((t) => t.name === 'probe_value')?.x[0]]; }"""
Values = dict[str, float]
CHOICES = ("act", "by", "card", "clip", "format", "hidden", "rate", "seed", "show", "start", "target", "task", "view")
OTHERS = (
    "lang",
    "present",
    "predict",
    "f",
    "rate",
    "target",
    "second",
    *CHOICES,
)  # what an address may tell beside sliders


class Walk:
    """A visit that knows where each slider was left, as its reader does."""

    def __init__(self, reader: Visit, code: str) -> None:
        self.reader, self.code, self.left = reader, code, dict[str, Values]()
        self.probe: float | None = None

    def expected(self, room: Room) -> Values:
        """Where the sliders of a room have to stand: as they were left, the probe as it was left anywhere."""
        kept = {param.name: float(param.default) for param in room.params} | self.left.get(room.path, {})
        return kept | ({"x0": self.probe} if self.probe is not None and "x0" in kept else {})

    def to_an_end(self, room: Room, name: str, key: str) -> None:
        """Put a slider at an end by the keyboard."""
        (param,) = [param for param in room.params if param.name == name]
        end = param.low if key == "Home" else param.high
        self.reader.press(name, key)
        self.reader.page.wait_for_url(lambda url: float(asked(url).get(name, [param.default])[0]) == end)
        self.left.setdefault(room.path, {})[name] = end
        if name == "x0":
            self.probe = end

    def go(self, act: Callable[[], Any], room: Room) -> None:
        """Do what leads to a room; there it has to show what its address says and what was set before."""
        self.reader.turn(act, room, self.code)
        self.check(room)

    def check(self, room: Room) -> None:
        """The room, its sliders, its chart and its address agree with each other and with what was set."""
        reader, expected = self.reader, self.expected(room)
        assert reader.failed() == 0
        assert reader.path == room.path
        assert reader.values(room) == expected
        address = {name: float(values[0]) for name, values in asked(reader.page.url).items() if name in expected}
        assert {param.name: float(param.default) for param in room.params} | address == expected
        assert asked(reader.page.url)["lang"] == [self.code]
        assert set(asked(reader.page.url)) <= {*OTHERS, *expected}, "another room's parameter"
        meta, probe = reader.page.evaluate(SHOWN)
        assert meta == room.path, "the chart of another room"
        assert probe is None or probe == pytest.approx(expected["x0"], abs=2e-3)
        assert reader.complaints == []

    def link(self, css: str) -> Callable[[], Any]:
        """Press a link of the page."""
        return self.reader.page.locator(css).first.click

    def back(self) -> Any:
        """Press Back, without waiting for a load that never comes."""
        return self.reader.page.evaluate("history.back()")

    def forward(self) -> Any:
        """Press Forward."""
        return self.reader.page.evaluate("history.forward()")


@pytest.fixture(scope="module", params=LANGUAGES)
def walk(profile: Profiles, server: str, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """One session a language, beginning in the first function's room."""
    page = profile().new_page()
    yield Walk(Visit(page, server).open(f"{KIN[0].path}?lang={request.param}"), request.param)
    page.close()


def _parameters(walk: Walk, room: Room, key: str) -> None:
    for param in room.params:
        if param.name != "x0":
            walk.to_an_end(room, param.name, key)
    walk.reader.settle()


# Each end in one language: a session that has been at one is no other visitor at the other.
def test_the_family_with_every_slider_at_an_end(walk: Walk) -> None:
    walk.check(KIN[0])
    key, link, rooms = ("Home", "next", KIN) if walk.code == "en" else ("End", "previous", KIN[::-1])
    if walk.reader.path != rooms[0].path:
        walk.go(walk.link(f'.nl-map a[href^="{rooms[0].path}?"]'), rooms[0])
    walk.to_an_end(rooms[0], "x0", key)
    for room, following in pairwise(rooms):
        assert_inside(walk.reader, room, "h1", ".js-plotly-plot")
        _parameters(walk, room, key)
        walk.go(walk.link(f".nl-head a.{link}"), following)
    assert_inside(walk.reader, rooms[-1], "h1", ".js-plotly-plot")
    _parameters(walk, rooms[-1], key)
    # What was set is found again, and the other end as well.
    for room in rooms[-3::-1][:4]:
        walk.go(walk.link(f'.nl-map a[href^="{room.path}?"]'), room)
        _parameters(walk, room, {"Home": "End", "End": "Home"}[key])


def test_parameters_of_the_same_name_are_each_rooms_own(arrive: Arrive) -> None:
    reader = arrive().open("elu?alpha=0.3&lang=en")
    neighbour = BY_PATH["leaky_relu"]
    reader.walk("leaky_relu")
    assert reader.values(neighbour)["alpha"] == next(p.default for p in neighbour.params if p.name == "alpha")
    reader.press("alpha", "End")
    reader.settle()
    reader.walk("elu")
    assert reader.values(BY_PATH["elu"])["alpha"] == 0.3


def test_other_rooms_remember_their_sliders(walk: Walk) -> None:
    # Each end in one language, as above; every room is found again as it was left, by the map in one, by Back in both.
    others, key = [room for room in ROOMS if room.kind != "functions"], "Home" if walk.code == "en" else "End"
    walk.reader.walk("elu", walk.code)
    left = []
    for room in others:
        walk.go(walk.link(f'.nl-map a[href^="{room.path or "./"}?"]'), room)
        _parameters(walk, room, key)
        left.append(walk.reader.view())
    for room, there in list(zip(others, left, strict=True))[-2::-1]:
        walk.go(walk.back, room)
        assert_same(walk.reader.view(), there)
    if walk.code == "zh":
        return
    for room, there in zip(others[1:], left[1:], strict=True):
        walk.go(walk.link(f'.nl-map a[href^="{room.path}?"]'), room)
        assert_same(walk.reader.view(), there)


def test_back_and_forward_go_one_page_at_a_press(walk: Walk) -> None:
    trail = [BY_PATH[path] for path in ("elu", "gelu", "leaky_relu", "vanishing", "", "swish")]
    walk.reader.walk("relu", walk.code)
    pictures = []
    for room in trail:
        walk.go(walk.link(f'.nl-map a[href^="{room.path or "./"}?"]'), room)
        pictures.append(walk.reader.view())
    for room, picture in list(zip(trail, pictures, strict=True))[-2::-1]:
        walk.go(walk.back, room)
        assert_same(walk.reader.view(), picture)
    for room, picture in list(zip(trail, pictures, strict=True))[1:]:
        walk.go(walk.forward, room)
        assert_same(walk.reader.view(), picture)


def test_language_and_slide_keep_everything(walk: Walk) -> None:
    reader, room = walk.reader, BY_PATH["elu"]
    reader.walk("elu", walk.code)
    before, there = reader.view(), asked(reader.page.url)
    other = next(code for code in LANGUAGES if code != walk.code)
    reader.turn(walk.link(f".nl-switches a[lang='{LANGUAGES[other]}']"), room, other)
    assert asked(reader.page.url) == {**there, "lang": [other]}
    assert [p.pieces[0].tolist() for p in reader.view().parts if p.kind == "line"]
    reader.turn(walk.link(f".nl-switches a[lang='{LANGUAGES[walk.code]}']"), room, walk.code)
    assert_same(reader.view(), before)
    walk.go(walk.link(".nl-switches a[href*='present=1']"), room)
    assert asked(reader.page.url) == {**there, "present": ["1"]}
    walk.go(walk.link(".nl-bar a.leave"), room)
    assert asked(reader.page.url) == there
    assert_same(reader.view(), before)
