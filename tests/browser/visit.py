"""One visitor's page: open it, wait until it stands still, walk to other pages, move a slider."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from look import STILL, TWO_FRAMES, VIEW, WATCH, View
from playwright.sync_api import ConsoleMessage, Locator, Page, WebSocket

from pages import register
from pages.register import BY_PATH
from pages.shared import words

__all__ = ["BY_PATH", "LANGUAGES", "PAGES", "Visit", "arrived", "asked", "title"]
LANGUAGES = words.TAGS  # code in the address: tag of the document
PAGES = [entry for entry in register.PAGES if entry.pictured]
PATIENCE = 60.0  # seconds until waiting for a condition gives up; nothing asserts how long anything took
RESTING = "[data-testid=stApp][data-test-script-state=notRunning]"
DRAWN = ".js-plotly-plot .scatterlayer path.js-line"


def asked(url: str) -> dict[str, list[str]]:
    """What an address asks for."""
    return parse_qs(urlsplit(url).query)


def title(entry: register.Page, code: str = "en") -> str:
    """The heading of a page."""
    return words.page(entry.words, code)["title"]


class Visit:
    """A page, what it sent and received over its WebSocket, and what the browser complained about."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.sent = self.received = 0
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("websocket", self._listen)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._count_sent)
        socket.on("framereceived", self._count_received)

    def _count_sent(self, _: bytes | str) -> None:
        self.sent += 1

    def _count_received(self, frame: bytes | str) -> None:
        self.received += len(frame)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def open(self, path: str, runs: int = 2) -> Visit:
        """Load a page in a new session, with nothing to be answered first unless the path says so.

        ``runs`` is 1 where the browser is kept from telling that it draws.
        """
        self.sent = self.received = 0
        self.page.bring_to_front()
        asked = path if "predict=" in path else f"{path}{'&' if '?' in path else '?'}predict=0"
        self.page.goto(asked if path.startswith("http") else f"{self.base}/{asked}")
        self.page.wait_for_selector(DRAWN, state="attached")
        return self.settle(runs)

    def settle(self, runs: int = 0) -> Visit:
        """Wait for at least ``runs`` script runs in this session and then until the page stands still."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.page.evaluate(STILL)
            # Whatever the server says ends in a change of the page: one that stands still has heard all.
            if self.sent >= runs and self.page.locator(RESTING).count() == 1:
                return self
        raise AssertionError(f"never settled: {self.sent} of {runs} runs asked for, at {self.page.url}")

    @property
    def path(self) -> str:
        """The path of the page that the address names."""
        return urlsplit(self.page.url).path.removeprefix(urlsplit(self.base).path).strip("/")

    @property
    def heading(self) -> str:
        """What stands above the page."""
        return self.page.locator("h1").inner_text().strip()

    def failed(self) -> int:
        """How many errors are shown instead of a page, or over it."""
        return self.page.locator("[data-testid=stException], [data-testid=stAlertContentError], [role=dialog]").count()

    def view(self) -> View:
        """What can be read and seen now."""
        return View.of(self.page.evaluate(VIEW))

    def look(self, path: str) -> View:
        """What a page shows that is opened for a look only: left open, it would go on drawing."""
        shown = self.open(path).view()
        self.page.goto("about:blank")
        return shown

    def watch(self, key: str) -> None:
        """From here on look at every animation frame, and remember the chart's DOM node."""
        self.page.evaluate(WATCH, _class(key))

    def seen(self) -> Mapping[str, int]:
        """How many different pictures, positions of the slider … were there since ``watch``."""
        return self.page.evaluate("Object.fromEntries(Object.entries(seen).map(([name, set]) => [name, set.size]))")  # type: ignore[no-any-return]

    def same_chart(self) -> bool:
        """Whether the chart is still the DOM node it was at ``watch``."""
        return bool(self.page.evaluate("keptChart === document.querySelector('.js-plotly-plot')"))

    def frames(self) -> None:
        """Let the browser paint."""
        self.page.evaluate(TWO_FRAMES)

    def slider(self, key: str) -> Locator:
        """The native slider with that key."""
        return self.page.locator(f"{_named(key)} [data-testid=stSlider]")

    def values(self, entry: register.Page) -> dict[str, float]:
        """Where the sliders of a page stand."""
        inputs = {param.name: f"{_named(param.name)} input[type=range]" for param in entry.params}
        read = "(css) => Number(document.querySelector(css).value)"
        return {name: self.page.evaluate(read, css) for name, css in inputs.items()}

    def press(self, key: str, *strokes: str) -> None:
        """Put the keyboard on a slider and press; the address tells where it went."""
        self.slider(key).locator("input[type=range]").focus()
        for stroke in strokes:
            self.page.keyboard.press(stroke)

    def way(self, key: str, share: float) -> tuple[float, float, float]:
        """From the middle of a slider's thumb (x, y) to the x at ``share`` of its track."""
        self.slider(key).scroll_into_view_if_needed()
        track = self.slider(key).locator("[role=group] > div").bounding_box()
        thumb = self.slider(key).locator("div:has(> div > input[type=range])").bounding_box()
        assert track
        assert thumb
        y = thumb["y"] + thumb["height"] / 2
        return thumb["x"] + thumb["width"] / 2, y, track["x"] + share * track["width"]

    def drag(self, key: str, share: float, steps: int = 20) -> None:
        """Take the thumb along its track and keep holding it."""
        x, y, end = self.way(key, share)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for step in range(1, steps + 1):
            self.page.mouse.move(x + (end - x) * step / steps, y)
            self.frames()

    def release(self, key: str, runs: int) -> None:
        """Let go, wait for the address to tell the new place and for ``runs`` more script runs."""
        before = self.sent
        self.page.mouse.up()
        self.page.wait_for_url(re.compile(rf"[?&]{re.escape(key)}="))
        self.settle(before + runs)

    def turn(self, act: Any, entry: register.Page, code: str) -> Visit:
        """Do what leads to a page, and wait until it is there."""
        before = self.sent
        act()
        self.page.wait_for_function(
            "(heading) => document.querySelector('h1')?.textContent === heading", arg=title(entry, code)
        )
        return self.settle(before + 1)

    def walk(self, path: str, code: str = "en") -> Visit:
        """Follow the map in the sidebar to another page, in the same session."""
        if self.path == path:
            return self
        # Pressed by script: on a phone the map is put away.
        link = self.page.locator(f'.nl-map a[href^="{path or "./"}?"]').first
        return self.turn(lambda: link.evaluate("link => link.click()"), BY_PATH[path], code)


def arrived(reader: Visit) -> None:
    """Wait until every slider that shows the answer stands there and the page stands still."""
    answer_state = BY_PATH[reader.path].answer_state
    for name, value in answer_state.items():
        if not isinstance(value, str):
            reader.page.wait_for_function(
                "([key, value]) => Number(document.querySelector(`.st-key-${key} input[type=range]`)?.value) === value",
                arg=[name, value],
            )
    reader.settle(reader.sent)


def _class(key: str) -> str:
    """The key as Streamlit writes it into a class, where a dot is a hyphen."""
    return key.replace(".", "-")


def _named(key: str) -> str:
    """How an element with that key is found."""
    return f".st-key-{_class(key)}"
