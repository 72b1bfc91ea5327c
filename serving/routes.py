"""The addresses that the guide answers itself: all but those of Streamlit's own routes and files."""

from __future__ import annotations

import asyncio
import hashlib
from functools import partial
from pathlib import Path

import segno
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.register import PAGES
from pages.shared.page import Page
from serving import address, caching, course, crawlers, encodings, full, previews, settings, unknown
from serving.counters import COUNTERS, MEDIA_TYPE, PAGES_SENT
from serving.readers import READERS, let_in
from serving.readiness import READINESS

_LONGEST_LINK = 1200  # characters, of which a code can still be read from a wall
_ASSETS = Path(__file__).parents[1] / "assets"
# The last text of each page or entry, language and coding with its tag. The visitor's Host is in the text but not in
# the key: who makes up hosts takes nobody's place but their own page's, and makes no more of them.
_compressed: dict[tuple[str, str, str, str], tuple[str, bytes]] = {}


class Pages:
    """Answers for the pages, their pictures and lists, and where nothing is; the rest is left to ``app``."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.base = app, address.base()
        router = Router(routes(self.base), redirect_slashes=False, default=self._elsewhere)
        # A picture that is not there, a method no page knows: an answer, not an error of the server.
        self.router = ExceptionMiddleware(router)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on."""
        await (self.router if scope["type"] == "http" else self.app)(scope, receive, send)

    async def _elsewhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(f"{self.base}/")
        known = path == scope["path"] or unknown.is_streamlits(path)
        # Outside the path the guide lives under, nothing is ours.
        answer = self.app if known else unknown.answer(Request(scope), path)
        await answer(scope, receive, send)


def routes(base: str) -> list[BaseRoute]:
    """All of them, under the path ``base``."""
    pages = [Route(f"{base}/{page.path}", partial(_page, page)) for page in PAGES]
    icons = [Route(f"{base}/{name}", partial(_icon, name)) for name in ("favicon.png", "mark.svg")]
    lists = [Route(f"{base}/robots.txt", _robots), Route(f"{base}/sitemap.xml", _sitemap)]
    lists += [Route(f"{base}/course/{name}", partial(_course, name)) for name in course.FILES]
    lists += [Route(f"{base}/qr.svg", _code), Route(f"{base}/answer-cards.html", _answer_cards)]
    # What runs the server asks it without a proxy, which alone may know of the base path.
    watched = [Route(f"{place}/{name}", answer) for name, answer in _WATCHED.items() for place in {base, ""}]
    # Streamlit takes files from anyone, whether a page asks for them or not, and tells anyone how many sessions it has.
    closed = [Mount(f"{base}/_stcore/upload_file", _NOTHING), Route(f"{base}/_stcore/metrics", _NOTHING)]
    pictures = Mount(f"{base}/cards", StaticFiles(directory=previews.CARDS))
    return [*pages, *icons, *lists, *watched, pictures, *closed]


async def _page(page: Page, request: Request) -> Response:
    if not let_in(request):
        return full.answer(request)
    asked, code = address.asked_language(request), address.language(request)
    entry = request.query_params.get("q", "")
    entry = entry if entry in page.entries else ""
    COUNTERS.count(PAGES_SENT, page=f"/{page.path}", method=request.method)
    return await _text(previews.render(page, code, asked, address.root(request), entry), "text/html", request, entry)


async def _icon(name: str, request: Request) -> Response:
    return FileResponse(_ASSETS / name, headers={"cache-control": "public, max-age=86400"})


async def _robots(request: Request) -> Response:
    return await _text(crawlers.robots(address.root(request)), "text/plain", request)


async def _sitemap(request: Request) -> Response:
    return await _text(crawlers.sitemap(address.root(request)), "application/xml", request)


async def _course(name: str, request: Request) -> Response:
    text = await asyncio.to_thread(course.file, name, address.root(request))
    answer = await _sent(text, course.kind(name), request)
    answer.headers["content-disposition"] = f'attachment; filename="{name}"'
    return answer


async def _code(request: Request) -> Response:
    """The QR code of an address, as a picture: black on white, with the margin that readers of codes need."""
    link = request.query_params.get("to", "")
    if not link.startswith(("http://", "https://")) or len(link) > _LONGEST_LINK:
        return Response("?to=<address>", status_code=400, media_type="text/plain")
    drawn = await asyncio.to_thread(lambda: segno.make_qr(link, error="m").svg_inline(scale=4, light="#fff"))
    return Response(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), media_type="image/svg+xml")


async def _answer_cards(request: Request) -> Response:
    return FileResponse(_ASSETS / "answer-cards.html", headers={"cache-control": "no-cache"})


async def _health(request: Request) -> Response:
    """That the process answers."""
    return Response("ok", media_type="text/plain", headers=_NOW)


async def _ready(request: Request) -> Response:
    """That a reader gets a page, else why not."""
    reason = await READINESS.reason()
    return Response(reason or "ok", 503 if reason else 200, _NOW, "text/plain")


async def _metrics(request: Request) -> Response:
    """What happened on this server, in numbers, where the operator wants to know it."""
    if not settings.current().metrics:
        return unknown.answer(request, "metrics")
    return Response(COUNTERS.text(READERS.open), headers={**_NOW, "content-type": MEDIA_TYPE})


_NOTHING = Response(status_code=404)
_NOW = {"cache-control": "no-store"}
_WATCHED = {"healthz": _health, "readyz": _ready, "metrics": _metrics}


async def _text(text: str, kind: str, request: Request, entry: str = "") -> Response:
    return await _sent(text.encode(), kind, request, entry)


async def _sent(raw: bytes, kind: str, request: Request, entry: str = "") -> Response:
    coding = encodings.best(request.headers.get("accept-encoding", "")) if kind != course.ZIP else ""
    tag = f'"{hashlib.sha256(raw).hexdigest()[:32]}-{coding}"'
    headers = {"etag": tag, "cache-control": "no-cache", "vary": address.VARY}
    if caching.has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    place = f"{request.scope['path']}?{entry}", address.language(request), address.asked_language(request), coding
    known, body = _compressed.get(place, ("", b""))
    if known != tag:
        body = await asyncio.to_thread(encodings.compress, raw, coding)
        _compressed[place] = tag, body
    headers |= {"content-encoding": coding} if coding else {}
    return Response(body, media_type=kind, headers=headers)
