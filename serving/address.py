"""Addresses of the guide as its visitors see them, in front of every proxy."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from streamlit import config

from pages.shared import words
from serving import settings

VARY = "Accept-Encoding, Accept-Language, X-Forwarded-Host, X-Forwarded-Proto"


def base() -> str:
    """The path the guide lives under: "" or "/guide"."""
    return f"/{config.get_option('server.baseUrlPath').strip('/')}".rstrip("/")


def root(request: Request) -> str:
    """Where the guide begins, e.g. https://guide.example, as it was set.

    Else it is where the visitor found it; for a host that cannot be one, the server's own address.
    """
    if fixed := settings.current().public_address:
        return fixed
    asked = [_first(request, "x-forwarded-host"), request.headers.get("host", "")]
    known = ["{}:{}".format(*(request.scope.get("server") or ("localhost", 80)))]
    host = next(host for host in (*asked, *known) if settings.HOST.fullmatch(host) or host in known)
    scheme = _first(request, "x-forwarded-proto").lower()
    return f"{scheme if scheme in ('http', 'https') else request.url.scheme}://{host}{base()}"


def page(root: str, path: str, code: str = "", entry: str = "") -> str:
    """The address of a page or of an entry of it, in a language or in whichever the reader's browser prefers."""
    asked = {name: value for name, value in (("q", entry), ("lang", code)) if value}
    return f"{root}/{path}{'?' if asked else ''}{urlencode(asked)}"


def alternates(root: str, path: str, entry: str = "") -> Mapping[str, str]:
    """The addresses of one page, or of an entry of it, by the tag of their language."""
    tags = {tag: page(root, path, code, entry) for code, tag in words.TAGS.items()}
    return {"x-default": page(root, path, "", entry), **tags}


def asked_language(request: Request) -> str:
    """The language a link asks for, or ""."""
    asked = request.query_params.get("lang", "")
    return asked if asked in words.LANGUAGES else ""


def language(request: Request) -> str:
    """The language of the page: the link's, else the one of ours that the browser prefers, as the app will choose."""
    return asked_language(request) or words.preferred_language(request.headers.get("accept-language", ""))


def _first(request: Request, header: str) -> str:
    return request.headers.get(header, "").split(",")[0].strip()
