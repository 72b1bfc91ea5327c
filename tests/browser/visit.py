"""One visitor's page: open it, wait until it has settled, read the chart, move a slider."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, WebSocket

from activations import CATALOGUE

ROOMS = ("", *CATALOGUE, "vanishing")
LANGUAGES = {"en": "en", "zh": "zh-CN"}  # code in the URL: tag of the document
PATIENCE = 30.0  # seconds until waiting for a condition gives up; nothing asserts how long anything took
QUIET = 350  # milliseconds without traffic that count as silence
STOCK_404 = re.compile(r"/_stcore/(health|host-config)$")

PICTURE = """[...document.querySelectorAll('.js-plotly-plot .scatterlayer '
    + ':is(path.js-line, path.js-fill, .points path, .textpoint text)')]
    .map((e) => ['d', 'transform', 'x', 'y'].map((name) => e.getAttribute(name)).join(' ')).join('|')"""
NUMBERS = "[...document.querySelectorAll('[class*=\"-reading\"] strong')].map((e) => e.textContent).join(' ')"
LABEL = "document.querySelector('[role=figure]').getAttribute('aria-label')"
LOOK = f"() => [{PICTURE}, {NUMBERS}, {LABEL}]"
WATCH = f"""() => {{
    window.keptChart = document.querySelector('.js-plotly-plot');
    window.seen = [new Set(), new Set(), new Set()];
    const look = () => {{
        [{PICTURE}, {NUMBERS}, {LABEL}].forEach((view, k) => window.seen[k].add(view));
        requestAnimationFrame(look);
    }};
    look();
}}"""
# Two frames: the script under test reads the slider in one, at the latest in the next the sampler has seen the picture.
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True)
class View:
    """What a reader of a page sees or is told of its chart."""

    picture: str
    numbers: str
    label: str


class Visit:
    """A page, what it sent and received over its WebSocket, and what the browser complained about."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.sent = self.received = 0
        self.complaints: list[str] = []
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
        # A deep link makes Streamlit itself ask below the page's path first, twice, in vain.
        asked = urlsplit(message.location["url"]).path
        stock = "404" in message.text and STOCK_404.search(asked) and not asked.startswith("/_stcore")
        if message.type == "error" and not stock:
            self.complaints.append(f"console: {message.text} ({asked})")

    def open(self, path: str, runs: int = 2) -> Visit:
        """Load a page in a new session; ``runs`` is 1 where the browser is kept from telling that it draws."""
        self.sent = self.received = 0
        self.page.goto(path if path.startswith("http") else f"{self.base}/{path}")
        self.page.wait_for_selector(".js-plotly-plot .scatterlayer path.js-line", state="attached")
        return self.settle(runs)

    def settle(self, runs: int) -> Visit:
        """Wait for at least ``runs`` script runs in this session and then for silence."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            before = (self.sent, self.received)
            self.page.wait_for_timeout(QUIET)
            done = self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").count() == 1
            if self.sent >= runs and before == (self.sent, self.received) and done:
                return self
        raise AssertionError(f"never settled: {self.sent} of {runs} runs asked for, at {self.page.url}")

    def view(self) -> View:
        """The chart, its numbers and its description now."""
        return View(*self.page.evaluate(LOOK))

    def watch(self) -> None:
        """From here on look at every animation frame, and remember the chart's DOM node."""
        self.page.evaluate(WATCH)

    def seen(self) -> tuple[int, int, int]:
        """How many different pictures, numbers and descriptions were shown since ``watch``."""
        pictures, numbers, labels = self.page.evaluate("() => window.seen.map((views) => views.size)")
        return pictures, numbers, labels

    def same_chart(self) -> bool:
        """Whether the chart is still the DOM node it was at ``watch``."""
        return bool(self.page.evaluate("() => window.keptChart === document.querySelector('.js-plotly-plot')"))

    def frames(self) -> None:
        """Let the browser paint."""
        self.page.evaluate(TWO_FRAMES)

    def slider(self, key: str) -> Locator:
        """The native slider with that key."""
        return self.page.locator(f".st-key-{key} [data-testid=stSlider]")

    def focus(self, key: str) -> None:
        """Put the keyboard on a slider."""
        self.slider(key).locator("input[type=range]").focus()

    def way(self, key: str, share: float) -> tuple[float, float, float]:
        """From the middle of a slider's thumb (x, y) to the x at ``share`` of its track."""
        self.slider(key).scroll_into_view_if_needed()
        track = self.slider(key).locator("[role=group] > div").bounding_box()
        thumb = self.slider(key).locator("div:has(> div > input[type=range])").bounding_box()
        assert track
        assert thumb
        y = thumb["y"] + thumb["height"] / 2
        return thumb["x"] + thumb["width"] / 2, y, track["x"] + share * track["width"]

    def drag(self, key: str, share: float, steps: int = 40) -> None:
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
        self.page.wait_for_url(re.compile(rf"[?&]{key}="))
        self.settle(before + runs)

    def walk(self, room: str) -> Visit:
        """Follow the map in the sidebar to another room, in the same session."""
        if urlsplit(self.page.url).path.strip("/") == room:
            return self
        before = self.sent
        self.page.locator(f'[data-testid=stSidebar] a[href^="{room}?"]').first.click()
        self.page.wait_for_url(re.compile(rf"^{self.base}/{room}(\?|$)"))
        self.settle(before + 1)
        self.page.wait_for_selector(".js-plotly-plot .scatterlayer path.js-line", state="attached")
        return self
