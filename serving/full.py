"""The page for whoever comes while as many readers are in the guide as the operator lets in."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pages.shared import words
from serving import address, settings, shell

_PAGE = Template(shell.FULL.read_text(encoding="utf-8"))
_MARK = Path(__file__).parents[1] / "assets" / "mark.svg"
_HEADERS = {"cache-control": "no-store", "retry-after": "30"}


def answer(request: Request) -> HTMLResponse:
    """The response: it asks nothing more of the server, keeps the address, and tries again by itself."""
    code = address.language(request)
    label = {
        name: escape(words.label_in(code, f"full.{name}", count=settings.current().readers, seconds="{seconds}"))
        for name in ("title", "text", "kept", "now", "next")
    }
    mark = f"data:image/svg+xml,{quote(_MARK.read_text(encoding='utf-8'))}"
    page = _PAGE.substitute(
        label, tag=words.TAGS[code], guide=escape(words.name(code)), mark=mark, style=shell.light_style()
    )
    return HTMLResponse(page, 503, _HEADERS)
