"""A walk from page to page at a desk by day: what has to be where a visitor comes, and what is set there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import TimeoutError
from visit import Visit, asked

from pages.register import Page

SHOWN = """() => { const plot = document.querySelector('.js-plotly-plot');
    return [plot._fullLayout.meta, plot._fullData.find((t) => t.name === 'probe_value')?.x[0]]; }"""
Values = dict[str, float]
CHOICES = (
    "act",
    "bits",
    "by",
    "card",
    "clip",
    "format",
    "hidden",
    "rate",
    "seed",
    "show",
    "start",
    "target",
    "task",
    "view",
)
# What an address may tell beside sliders.
OTHERS = ("lang", "present", "predict", "f", "second", "code", *CHOICES)


class Walk:
    """A visit that knows where each slider was left, as its reader does."""

    def __init__(self, reader: Visit, code: str) -> None:
        self.reader, self.code, self.left = reader, code, dict[str, Values]()
        self.probe: float | None = None

    def expected(self, entry: Page) -> Values:
        """Where the sliders of a page have to stand: as they were left, the probe as it was left anywhere."""
        values = {param.name: float(param.default) for param in entry.params} | self.left.get(entry.path, {})
        return values | ({"x0": self.probe} if self.probe is not None and "x0" in values else {})

    def to_an_end(self, entry: Page, name: str, key: str) -> None:
        """Put a slider at an end by the keyboard."""
        (param,) = [param for param in entry.params if param.name == name]
        end = param.low if key == "Home" else param.high
        self.reader.press(name, key)
        self.reader.page.wait_for_url(lambda url: float(asked(url).get(name, [param.default])[0]) == end)
        self.left.setdefault(entry.path, {})[name] = end
        if name == "x0":
            self.probe = end

    def note(self, entry: Page) -> None:
        """Remember where the probe of a page stands now."""
        if entry.path and (probe := self.reader.page.locator(".st-key-x0 input[type=range]")).count():
            self.probe = float(probe.input_value())

    def go(self, act: Callable[[], Any], entry: Page) -> None:
        """Do what leads to a page; there it has to show what its address says and what was set before."""
        self.reader.turn(act, entry, self.code)
        self.check(entry)

    def check(self, entry: Page) -> None:
        """The page, its sliders, its chart and its address agree with each other and with what was set."""
        reader, expected = self.reader, self.expected(entry)
        assert reader.failed() == 0
        assert reader.path == entry.path
        assert reader.values(entry) == expected

        def told(url: str) -> Values:
            address = {name: float(values[0]) for name, values in asked(url).items() if name in expected}
            return {param.name: float(param.default) for param in entry.params} | address

        # The address may follow the page by a moment.
        with suppress(TimeoutError):
            reader.page.wait_for_url(lambda url: told(url) == expected)
        assert told(reader.page.url) == expected
        assert asked(reader.page.url)["lang"] == [self.code]
        assert set(asked(reader.page.url)) <= {*OTHERS, *expected}, "another page's parameter"
        meta, probe = reader.page.evaluate(SHOWN)
        assert meta.split(" ")[0] == entry.path, "the chart of another page"
        assert probe is None or probe == pytest.approx(expected["x0"], abs=2e-3)
        assert reader.complaints == []

    def to(self, entry: Page) -> None:
        """Take the map to a page."""
        self.reader.page.locator(f"#nl-tab-{'functions' if entry.kind == 'functions' else 'topics'}").click()
        self.go(self.link(f'.nl-map a[href^="{entry.path or "./"}?"]'), entry)

    def link(self, css: str) -> Callable[[], Any]:
        """Press a link of the page."""
        return self.reader.page.locator(css).first.click

    def back(self) -> Any:
        """Press Back, without waiting for a load that never comes."""
        return self.reader.page.evaluate("history.back()")

    def forward(self) -> Any:
        """Press Forward."""
        return self.reader.page.evaluate("history.forward()")
