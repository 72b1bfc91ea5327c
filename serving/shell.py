"""Streamlit's one HTML file with places for what a page of ours says in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from streamlit import file_util

from pages.shared import version
from serving import modules, search

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SPACED = re.compile(r"\s*([{};])\s*")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)  # one with an address is not
UNKNOWN = Path(__file__).with_name("unknown.html")
"""The page for addresses at which there is none."""
FULL = Path(__file__).with_name("full.html")
"""The page for readers who come when no more are let in."""
_ASSETS = Path(__file__).parents[1] / "assets"
# What is only for paper is fetched apart, as nobody waits for it.
_PRINTED = _ASSETS / "print.css"
_STYLES = sorted({*_ASSETS.glob("*.css")} - {_PRINTED})
# All scripts belong to the page: what comes with a chart is sent anew with each of its messages. They are one file,
# which a browser keeps: a page is asked for anew each time.
_ENTRY = "guide.js"
_PLACES = {
    "language": re.compile(r'(?<=<html lang=")en(?=")'),
    "icon": re.compile(r'<link rel="shortcut icon"[^>]*>'),
    "head": re.compile(r"<title>Streamlit</title>"),
    "noscript": re.compile(r"(?<=<noscript>).*?(?=</noscript>)", re.DOTALL),
    "welcome": re.compile(r'(?=<div id="root">)'),
}
# The largest file, asked for only when a page has run. Begun at once, the first chart is there 0.1 to 0.2 s earlier at
# 10 Mbit/s and 40 ms (best of 5, 12 and 8 loads). Preloading the small chunks as well gained nothing.
_CHUNKS = ("PlotlyChart",)


@lru_cache
def stock() -> str:
    """Streamlit's page as it comes."""
    return Path(file_util.get_static_dir(), "index.html").read_text(encoding="utf-8")


@lru_cache
def missing() -> set[str]:
    """The places this version of Streamlit no longer has; empty as long as our pages are whole."""
    return {name for name, place in _PLACES.items() if len(place.findall(stock())) != 1}


def dress(filling: Mapping[str, str]) -> str:
    """Streamlit's page with ``filling`` by place; a place not filled is left empty."""
    html = _prepared()
    for name in _PLACES:
        html = html.replace(_mark(name), filling.get(name, ""), 1)
    return html


def scripts() -> set[str]:
    """The inline scripts a visitor may be served: those of Streamlit's page, and those beside it."""
    own = (page.read_text(encoding="utf-8") for page in (UNKNOWN, FULL))
    return set(_INLINE.findall("".join([stock(), dress({}), *own])))


@lru_cache
def light_style() -> str:
    """The style of the pages that are not Streamlit's."""
    return Path(__file__).with_name("light.css").read_text(encoding="utf-8").strip()


@lru_cache
def _prepared() -> str:
    html = stock()
    for name, place in _PLACES.items():
        html = place.sub(_mark(name), html, count=1)
    style = f"<style>{_compact(''.join(path.read_text(encoding='utf-8') for path in _STYLES))}</style>"
    style += f'<link rel="stylesheet" media="print" href="./{printed()}">'
    html = html.replace("</head>", f"{_preloads()}{style}<script>{_server()}</script></head>", 1)
    return html.replace("</body>", f'<script src="./{address()}" {_data()}></script></body>', 1)


def address() -> str:
    """Where our scripts lie, below the guide's own path; another name whenever one of them changes."""
    return f"assets/guide.{version.scripts()}.js"


def printed() -> str:
    """Where the style sheet of paper lies, in the same way."""
    return f"assets/print.{version.scripts()}.css"


@lru_cache
def print_style() -> str:
    """The style sheet of paper."""
    return _compact(_PRINTED.read_text(encoding="utf-8"))


@lru_cache
def script() -> str:
    """All our scripts as one."""
    return f"{modules.join(_ASSETS, _ENTRY)};\n"


def _compact(style: str) -> str:
    """A style sheet without comments, and without spaces around the marks that end a rule or begin its body."""
    return _SPACED.sub(r"\1", _COMMENT.sub("", style)).strip()


def _data() -> str:
    # What the scripts cannot know of themselves. What the search needs is fetched when somebody searches.
    library, documents = search.library(), search.address()
    return f'data-version="{version.scripts()}" data-library="./{library}" data-documents="./{documents}"'


def _preloads() -> str:
    folder = Path(file_util.get_static_dir(), "static", "js")
    found = [path.name for chunk in _CHUNKS for path in sorted(folder.glob(f"{chunk}.*.js"))]
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)


def _server() -> str:
    # Without the address of the server Streamlit first asks below the page's own path and gets two 404s. Every page
    # lies in the folder the guide is served from, whatever prefix a proxy strips on the way: Community Cloud shows an
    # app in a frame under /~/+/, and there the root is the host's own page.
    return "window.__streamlit = {BACKEND_BASE_URL: new URL('./', location).href}"


def _mark(name: str) -> str:
    return f"\0{name}\0"
