"""What an eye gets: a page in headless Chromium, from a cold cache to the first curve and until all is still."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.servers import Server
from bench.views import View

DESK, PHONE = (1280, 900), (390, 844)
_CHROMIUM = Path("/usr/bin/chromium")
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_HANDSHAKE = 900  # ms; Nonlinear's browser reports for duty once after the first chart
_QUIET = 600  # ms after a press or a drag, so that its rerun is not taken for that of the next
_SETTLE_LIMIT, _PATIENCE = 30.0, 60.0  # s
_SLOW = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}

# Geometry and words of all that Plotly has drawn. It is read in animation frames, so only what a frame shows counts.
PICTURE = """() => [...document.querySelectorAll('.js-plotly-plot .scatterlayer '
    + ':is(path.js-line, path.js-fill, .fills path, .points path, .textpoint, .textpoint text)'
    + ', .js-plotly-plot .heatmaplayer image')]
  .map((e) => ['d', 'transform', 'x', 'y', 'href'].map((name) => e.getAttribute(name)).join(' ')
    + (e.nodeName === 'text' ? e.textContent : '')).join('|')"""
_SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) sum += entry.value; });
  new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 150);
})"""
# Time spent in the animation frames of our own script, which is called tick; nobody else's is.
_OWN_TIME = """
  window.own = 0;
  const ask = requestAnimationFrame;
  window.requestAnimationFrame = (draw) => {
    return ask(draw.name !== 'tick' ? draw : (now) => {
      const start = performance.now();
      draw(now);
      window.own += performance.now() - start;
    });
  };
"""

Figures = dict[str, float]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser."""
    path = str(_CHROMIUM) if _CHROMIUM.exists() else None
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=path, args=_ARGS)
        try:
            yield browser
        finally:
            await browser.close()


class Visit:
    """One reader with an empty cache at a page, and what goes over the wire meanwhile."""

    def __init__(self, page: Page, network: Any, server: Server, view: View) -> None:
        self.page, self.network, self.view, self.runs = page, network, view, 0
        self._address = f"{server.base}{view.name}"
        self._http: list[float] = []  # bytes of each response
        self._received: list[int] = []  # bytes of each message from the server
        self._base, self.files = server.base, list[str]()
        network.on("Network.loadingFinished", lambda event: self._http.append(event["encodedDataLength"]))
        network.on("Network.webSocketFrameReceived", lambda event: self._received.append(_size(event["response"])))
        page.on("websocket", lambda socket: socket.on("framesent", self._note_run))
        page.on("request", lambda request: self._note_file(request.url))

    async def first_chart(self) -> Figures:
        """Seconds from the address to the first drawn curve; bytes and layout shift until the page has settled."""
        start = time.monotonic()
        await self.page.goto(self._address, wait_until="commit")
        await self.until(f"({PICTURE})() !== ''")
        seconds = time.monotonic() - start
        await self.settle(_HANDSHAKE)
        title = await self.page.locator("h1").first.inner_text()
        if title != self.view.title:
            raise RuntimeError(f"{self.view.name} was shown under the title {title!r}")
        sent, shift = sum(self._received) / 1e3, await self.page.evaluate(_SHIFTS)
        return {"first_s": seconds, "http_mb": sum(self._http) / 1e6, "socket_kb": sent, "shift": shift}

    async def until(self, condition: str) -> None:
        """Wait for a frame in which ``condition`` holds."""
        # Playwright's own way needs ``eval`` in the page, which our policy forbids.
        look = f"const look = () => {condition} ? done() : requestAnimationFrame(look); look();"
        async with asyncio.timeout(_PATIENCE):
            await self.page.evaluate(f"new Promise((done) => {{ {look} }})")

    async def settle(self, quiet: int = _QUIET) -> None:
        """Wait until nothing has been asked or answered for ``quiet`` ms."""
        messages, limit = -1, time.monotonic() + _SETTLE_LIMIT
        while messages != (messages := len(self._received) + self.runs) and time.monotonic() < limit:
            await self.page.wait_for_timeout(quiet)

    def _note_run(self, frame: str | bytes) -> None:
        # The browser also sends heartbeats and the like; only a request to rerun makes the script run.
        message = BackMsg()
        message.ParseFromString(frame if isinstance(frame, bytes) else b"")
        self.runs += message.WhichOneof("type") == "rerun_script"

    def _note_file(self, address: str) -> None:
        if address.startswith(self._base):
            self.files.append(address.removeprefix(self._base))


@asynccontextmanager
async def visiting(
    browser: Browser, server: Server, view: View, window: tuple[int, int] = DESK, slow: bool = False
) -> AsyncIterator[Visit]:
    """A visit in a context of its own, whose cache is empty; ``slow`` is a line of 10 Mbit/s and 40 ms."""
    context = await browser.new_context(viewport={"width": window[0], "height": window[1]})
    try:
        page = await context.new_page()
        await page.add_init_script(_OWN_TIME)
        network = await context.new_cdp_session(page)
        await network.send("Network.enable")
        if slow:
            await network.send("Network.emulateNetworkConditions", _SLOW)
        yield Visit(page, network, server, view)
    finally:
        await context.close()


def _size(frame: dict[str, Any]) -> int:
    text = frame["payloadData"]
    return len(text.encode() if frame["opcode"] == 1 else base64.b64decode(text))
