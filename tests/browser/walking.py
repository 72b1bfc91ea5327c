"""A walk from room to room at a desk by day: what has to be where a visitor comes, and what is set there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fit import UNSEEN, assert_inside
from visit import TOUR, Visit, asked
from whole import assert_open_to_all, assert_whole

from pages.register import Page

SHOWN = """() => { const plot = document.querySelector('.js-plotly-plot');
    return [plot._fullLayout.meta, plot._fullData.find((t) => t.name === 'probe_value')?.x[0]]; }"""
Values = dict[str, float]
CHOICES = ("act", "by", "card", "clip", "format", "hidden", "rate", "seed", "show", "start", "target", "task", "view")
# What an address may tell beside sliders.
OTHERS = ("lang", "present", "predict", "f", "second", *CHOICES)


class Walk:
    """A visit that knows where each slider was left, as its reader does."""

    def __init__(self, reader: Visit, code: str) -> None:
        self.reader, self.code, self.left = reader, code, dict[str, Values]()
        self.probe: float | None = None

    def expected(self, room: Page) -> Values:
        """Where the sliders of a room have to stand: as they were left, the probe as it was left anywhere."""
        kept = {param.name: float(param.default) for param in room.params} | self.left.get(room.path, {})
        return kept | ({"x0": self.probe} if self.probe is not None and "x0" in kept else {})

    def to_an_end(self, room: Page, name: str, key: str) -> None:
        """Put a slider at an end by the keyboard."""
        (param,) = [param for param in room.params if param.name == name]
        end = param.low if key == "Home" else param.high
        self.reader.press(name, key)
        self.reader.page.wait_for_url(lambda url: float(asked(url).get(name, [param.default])[0]) == end)
        self.left.setdefault(room.path, {})[name] = end
        if name == "x0":
            self.probe = end

    def go(self, act: Callable[[], Any], room: Page) -> None:
        """Do what leads to a room; there it has to show what its address says and what was set before."""
        self.reader.turn(act, room, self.code)
        self.check(room)

    def check(self, room: Page) -> None:
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
        assert meta.split(" ")[0] == room.path, "the chart of another room"
        assert probe is None or probe == pytest.approx(expected["x0"], abs=2e-3)
        assert reader.complaints == []

    def look(self, room: Page) -> None:
        """Where a room is first met: it is whole, on one screen, and open to all, to whom the map is open at home."""
        assert_whole(self.reader, room, self.code)
        if room.pictured and room.path != "choose":  # It begins with the choice; its picture stands below that.
            assert_inside(self.reader, room, "h1", ".js-plotly-plot")
        # English rooms are looked at by day, Chinese ones by night; of functions, which share all but words, half each.
        if self.code == "en" and (self.code, room) in TOUR:
            assert_open_to_all(self.reader, ".nl-map" if room.path else "")

    def set_all(self, room: Page, key: str) -> None:
        """Put every slider of a room but the probe at the same end."""
        for param in room.params:
            # Not those in a closed fold, nor those of the neurons of a network that are not chosen.
            if param.name != "x0" and not self.reader.page.locator(f"{UNSEEN} .st-key-{param.name}").count():
                self.to_an_end(room, param.name, key)

    def to(self, room: Page) -> None:
        """Take the map to a room."""
        self.reader.page.locator(f"#nl-tab-{'functions' if room.kind == 'functions' else 'topics'}").click()
        self.go(self.link(f'.nl-map a[href^="{room.path or "./"}?"]'), room)

    def link(self, css: str) -> Callable[[], Any]:
        """Press a link of the page."""
        return self.reader.page.locator(css).first.click

    def back(self) -> Any:
        """Press Back, without waiting for a load that never comes."""
        return self.reader.page.evaluate("history.back()")

    def forward(self) -> Any:
        """Press Forward."""
        return self.reader.page.evaluate("history.forward()")
