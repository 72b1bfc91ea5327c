"""What a hand and an eye get: the page in headless Chromium, its slider pressed and dragged.

A picture is the geometry of everything Plotly has drawn: ``d`` and ``transform`` of its lines and points. It is read in
every animation frame, so a picture counts only if a frame shows it.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.servers import Server

_CHROMIUM = Path("/usr/bin/chromium")
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HANDSHAKE = 2500  # ms; Nonlinear reruns once after the first chart, when the browser reports for duty
_QUIET = 900  # ms after a press or a drag, so that its rerun is not taken for that of the next
_SETTLE_LIMIT = 30.0  # s
_MOVES = 90  # of the mouse in one drag

_PICTURE = """() => [...document.querySelectorAll('.js-plotly-plot path.js-line, .js-plotly-plot .points path')]
  .map((path) => path.getAttribute('d') + (path.getAttribute('transform') ?? '')).join('|')"""
# Remembers, from now on: distinct pictures, distinct slider positions, and ms from a key's own time stamp to a picture.
_WATCH = """(css) => {
  const picture = PICTURE, first = picture(), slider = () => document.querySelector(css + ' input[type=range]');
  const watch = { pictures: new Set(), positions: new Set(), pressed: null, latency: null };
  cancelAnimationFrame(window.bench?.frame);
  window.bench = watch;
  addEventListener('keydown', (event) => { watch.pressed = event.timeStamp; }, { once: true, capture: true });
  const tick = () => {
    const now = picture();
    watch.positions.add(slider()?.value);
    if (now && now !== first) {
      if (watch.pressed !== null) watch.latency ??= performance.now() - watch.pressed;
      watch.pictures.add(now);
    }
    watch.frame = requestAnimationFrame(tick);
  };
  tick();
  slider().focus();
}""".replace("PICTURE", _PICTURE)
_THUMB = """(css) => {
  const block = document.querySelector(css);
  block.scrollIntoView({ block: 'center' });
  const track = block.getBoundingClientRect();
  const thumb = block.querySelector('input[type=range]').parentElement.getBoundingClientRect();
  return [thumb.x + thumb.width / 2, thumb.y + thumb.height / 2, track.right];
}"""

Figures = dict[str, float]


def measure(servers: Sequence[Server], visits: int, presses: int) -> list[Figures]:
    """For each server the medians over its visits; the servers take turns, so that a busy minute hits all alike."""
    rounds: list[list[Figures]] = [[] for _ in servers]
    with _chromium() as browser:
        for _ in range(visits):
            for server, figures in zip(servers, rounds, strict=True):
                figures.append(_visit(browser, server, presses))
    return [{name: median(one[name] for one in figures) for name in figures[0]} for figures in rounds]


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = str(_CHROMIUM) if _CHROMIUM.exists() else None
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=_ARGS)
        try:
            yield browser
        finally:
            browser.close()


def _visit(browser: Browser, server: Server, presses: int) -> Figures:
    # A context of its own has an empty cache.
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        visit = Visit(context.new_page(), server)
        return visit.first_chart() | visit.keys(presses) | visit.drag()
    finally:
        context.close()


class Visit:
    """One reader at a page, and what goes over the wire meanwhile."""

    def __init__(self, page: Page, server: Server) -> None:
        self._page, self._address, self._slider = page, server.page, server.subject.slider
        self._http: list[float] = []  # bytes of each response
        self._received: list[int] = []  # bytes of each message from the server
        self._runs = 0  # that the browser asked for
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: self._http.append(event["encodedDataLength"]))
        network.on("Network.webSocketFrameReceived", lambda event: self._received.append(_size(event["response"])))
        page.on("websocket", lambda socket: socket.on("framesent", self._note_run))

    def first_chart(self) -> Figures:
        """Seconds from the address to the first drawn curve; bytes on the wire until the page has settled."""
        start = time.monotonic()
        self._page.goto(self._address)
        self._page.wait_for_function(f"({_PICTURE})() !== ''", timeout=60_000, polling="raf")
        seconds = time.monotonic() - start
        self._settle(_HANDSHAKE)
        return {"first_s": seconds, "http_mb": sum(self._http) / 1e6, "socket_kb": sum(self._received) / 1e3}

    def keys(self, presses: int) -> Figures:
        """Median ms from the time stamp of an arrow key to the first frame with a new picture."""
        taken = []
        for _ in range(presses):
            self._page.evaluate(_WATCH, self._slider)
            self._page.keyboard.press("ArrowRight")
            self._page.wait_for_function("window.bench.latency !== null", timeout=20_000, polling="raf")
            taken.append(float(self._page.evaluate("window.bench.latency")))
            self._settle(_QUIET)
        return {"key_ms": median(taken)}

    def drag(self) -> Figures:
        """Distinct pictures and slider positions shown, and script runs asked for, while the mouse holds the thumb."""
        x, y, right = self._page.evaluate(_THUMB, self._slider)
        self._page.evaluate(_WATCH, self._slider)
        self._page.mouse.move(x, y)
        self._page.mouse.down()
        before = self._runs
        for step in range(1, _MOVES + 1):
            self._page.mouse.move(x + 0.9 * (right - 12 - x) * step / _MOVES, y)
            self._page.wait_for_timeout(8)
        pictures, positions = self._page.evaluate("[window.bench.pictures.size, window.bench.positions.size - 1]")
        held = self._runs - before
        self._page.mouse.up()
        self._settle(_QUIET)
        released = self._runs - before - held
        return {"positions": positions, "pictures": pictures, "drag_runs": held, "release_runs": released}

    def _settle(self, quiet: int) -> None:
        """Wait until nothing has been asked or answered for ``quiet`` ms."""
        messages, limit = -1, time.monotonic() + _SETTLE_LIMIT
        while messages != (messages := len(self._received) + self._runs) and time.monotonic() < limit:
            self._page.wait_for_timeout(quiet)

    def _note_run(self, frame: str | bytes) -> None:
        # The browser also sends heartbeats and the like; only a request to rerun makes the script run.
        message = BackMsg()
        message.ParseFromString(frame if isinstance(frame, bytes) else b"")
        if message.WhichOneof("type") == "rerun_script":
            self._runs += 1


def _size(frame: dict[str, Any]) -> int:
    text = frame["payloadData"]
    return len(text.encode() if frame["opcode"] == 1 else base64.b64decode(text))
