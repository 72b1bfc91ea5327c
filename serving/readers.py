"""How many readers there are, and whether another one is let in.

A reader is a tab with a WebSocket open, or with a page whose WebSocket is still to come. The limit holds for pages
only. It refuses no WebSocket: whoever has a page gets its pictures, and a reader whose own server went away, and who
comes to this one with a session that only the other knew, is let in above the limit.
"""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving import address, settings
from serving.counters import COUNTERS, PAGES_REFUSED, SOCKETS, SOCKETS_REFUSED

COMING = 15.0
"""Seconds after a page for which its WebSocket is expected."""
_COOKIE = "nonlinear-in"  # set for ten seconds by the script of full.html, in the tab of a reader who was in
# Programs that make previews of a link or an index open no WebSocket; every browser says that it is a kind of Mozilla.
_PROGRAM = re.compile(r"bot|crawl|spider|preview|externalhit|embed", re.IGNORECASE)


class Readers:
    """The WebSockets of this process, and the pages sent to readers whose WebSocket has not come yet."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self.open = 0
        self._now = now
        self._expected: deque[float] = deque()

    def count(self) -> int:
        """How many readers there are."""
        while self._expected and self._now() - self._expected[0] > COMING:
            self._expected.popleft()
        return self.open + len(self._expected)

    def expect(self) -> None:
        """A page was sent to a reader."""
        self._expected.append(self._now())

    def enter(self, is_new: bool) -> None:
        """A WebSocket was accepted, of a page that was just sent or of one that was connected before."""
        self.open += 1
        if is_new and self._expected:
            self._expected.popleft()

    def leave(self) -> None:
        """A WebSocket was closed."""
        self.open -= 1


READERS = Readers()


def let_in(request: Request) -> bool:
    """Whether a request for a page is answered with it; if so, a reader is expected."""
    limit = settings.current().readers
    if not limit or not _is_reader(request):
        return True
    if READERS.count() >= limit and request.cookies.get(_COOKIE) != "1":
        COUNTERS.count(PAGES_REFUSED)
        return False
    READERS.expect()
    return True


def _is_reader(request: Request) -> bool:
    """Whether a browser asks for a page to show it, and not a program for what to say of it."""
    name = request.headers.get("user-agent", "")
    shows = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    return shows and name.startswith("Mozilla/") and not _PROGRAM.search(name)


def _is_new(scope: Scope) -> bool:
    """Whether a WebSocket names no session, which a browser that was connected before does in third place."""
    asked = dict(scope["headers"]).get(b"sec-websocket-protocol", b"").split(b",")
    return len(asked) < 3 or not asked[2].strip()


class Sockets:
    """Counts the WebSockets that are accepted, as long as they are open, and those that are not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.place = app, f"{address.base()}/_stcore/stream"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it if it is a WebSocket."""
        if scope["type"] != "websocket" or scope["path"] != self.place:
            return await self.app(scope, receive, send)
        accepted = False

        async def tell(message: Message) -> None:
            nonlocal accepted
            if message["type"] == "websocket.accept":
                accepted = True
                READERS.enter(_is_new(scope))
                COUNTERS.count(SOCKETS)
            await send(message)

        try:
            await self.app(scope, receive, tell)
        finally:
            if accepted:
                READERS.leave()
            else:
                COUNTERS.count(SOCKETS_REFUSED)
