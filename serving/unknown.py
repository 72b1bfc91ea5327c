"""Addresses at which there is no page: another name of a page leads to it, any other gets a page that says so."""

from __future__ import annotations

from html import escape
from string import Template
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from pages.register import BY_PATH
from pages.shared import words
from serving import address, files, names, previews, shell

# Come to from within the app, it shares a document with the pages before and after it: its script asks for them anew.
_PAGE = Template(shell.UNKNOWN.read_text(encoding="utf-8"))
# Nobody signs in, so what Streamlit has for that is not among them: it would log what a request says.
_STREAMLITS = {"_stcore", "component", "media", "static"}
_A_DAY = {"cache-control": "public, max-age=86400"}


def is_streamlits(path: str) -> bool:
    """Whether a path, without the one the guide lives under, may be one that Streamlit itself answers."""
    return path.partition("/")[0] in _STREAMLITS and not (path.startswith("static/") and path not in files.bundle())


def answer(request: Request, path: str) -> Response:
    """The response at a path where nothing is.

    All links are relative: a proxy may have stripped a prefix that the browser, but not the guide, knows of.
    """
    if path.startswith(("static/", "assets/")):
        # A script of an earlier version. The page in its place would be taken for the script.
        return PlainTextResponse("Not found", 404)
    up = "../" * path.count("/")
    if request.method in ("GET", "HEAD"):
        page, query = names.moved(path, request.url.query) or (names.target(path), request.url.query)
        if page is not None:
            return RedirectResponse(_link(up, page, query), 301, _A_DAY)
    return HTMLResponse(_page(request, path, up), 404, {"cache-control": "no-cache", "vary": "Accept-Language"})


def _page(request: Request, path: str, up: str) -> str:
    code = address.language(request)
    asked = urlencode({"lang": code}) if address.asked_language(request) else ""
    near = [(_link(up, page, asked), _title(page, code)) for page in names.near(path)]
    listed = "".join(f'<li><a href="{escape(link)}">{escape(title)}</a></li>' for link, title in near)
    return _PAGE.substitute(
        tag=words.TAGS[code],
        guide=escape(words.name(code)),
        title=escape(words.label_in(code, "unknown.title")),
        text=escape(words.label_in(code, "unknown.said", name=path[-80:])),
        near=f"<p>{escape(words.label_in(code, 'unknown.near'))}</p><ul>{listed}</ul>" if listed else "",
        home=escape(_link(up, "", asked)),
        start=escape(words.label_in(code, "unknown.home")),
        up=up,
        style=shell.light_style(),
    )


def _title(page: str, code: str) -> str:
    return previews.plain(words.page(BY_PATH[page.partition("?")[0]].words, code)["title"])


def _link(up: str, page: str, query: str) -> str:
    """The relative address of a page; what ``query`` sets comes before what the page's own address does."""
    path, _, own = page.partition("?")
    asked = parse_qsl(query, keep_blank_values=True)
    pairs = [*(pair for pair in parse_qsl(own) if pair[0] not in dict(asked)), *asked]
    return f"{up + path or './'}{'?' if pairs else ''}{urlencode(pairs)}"
