"""The addresses the door answers itself; all others are Streamlit's."""

from __future__ import annotations

import hashlib
from functools import lru_cache, partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from door import address, crawlers, encodings, previews
from pages.parts.room import Room
from pages.rooms import ROOMS

_ASSETS = Path(__file__).parents[1] / "assets"
# A page is the same for every visitor of a host and a language.
_compressed = lru_cache(maxsize=128)(encodings.compress)


class Pages:
    """Answers for the rooms, their pictures and the lists of them; whatever else is asked is left to ``app``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.router = Router(routes(address.base()), redirect_slashes=False, default=app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on."""
        await (self.router if scope["type"] == "http" else self.app)(scope, receive, send)


def routes(base: str) -> list[BaseRoute]:
    """All of them, under the path ``base``."""
    rooms = [Route(f"{base}/{room.path}", partial(_room, room)) for room in ROOMS]
    icons = [Route(f"{base}/{name}", partial(_icon, name)) for name in ("favicon.png", "mark.svg")]
    lists = [Route(f"{base}/robots.txt", _robots), Route(f"{base}/sitemap.xml", _sitemap)]
    return [*rooms, *icons, *lists, Mount(f"{base}/cards", StaticFiles(directory=previews.CARDS))]


async def _room(room: Room, request: Request) -> Response:
    asked = address.asked_language(request)
    return _text(previews.page(room, address.language(request), asked, address.root(request)), "text/html", request)


async def _icon(name: str, request: Request) -> Response:
    return FileResponse(_ASSETS / name, headers={"cache-control": "public, max-age=86400"})


async def _robots(request: Request) -> Response:
    return _text(crawlers.robots(address.root(request)), "text/plain", request)


async def _sitemap(request: Request) -> Response:
    return _text(crawlers.sitemap(address.root(request)), "application/xml", request)


def _text(text: str, kind: str, request: Request) -> Response:
    raw, coding = text.encode(), encodings.best(request.headers.get("accept-encoding", ""))
    tag = f'"{hashlib.sha256(raw).hexdigest()[:32]}-{coding}"'
    said = {"etag": tag, "cache-control": "no-cache", "vary": address.VARY}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=said)
    said |= {"content-encoding": coding} if coding else {}
    return Response(_compressed(raw, coding), media_type=kind, headers=said)
