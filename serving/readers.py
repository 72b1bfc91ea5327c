"""How many readers there are: each has a WebSocket open."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving import address
from serving.counters import COUNTERS, SOCKETS, SOCKETS_REFUSED


class Readers:
    """The WebSockets of this process."""

    def __init__(self) -> None:
        self.open = 0


READERS = Readers()


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
                READERS.open += 1
                COUNTERS.count(SOCKETS)
            await send(message)

        try:
            await self.app(scope, receive, tell)
        finally:
            if accepted:
                READERS.open -= 1
            else:
                COUNTERS.count(SOCKETS_REFUSED)
