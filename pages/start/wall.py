"""Where to go from home: three paths, and the whole family as a wall of small curves in their colours."""

from __future__ import annotations

from html import escape

from activations import CATALOGUE
from pages.parts import glyphs, visit, words

PATHS = ("relu", "sigmoid", "vanishing")
_LINE = 1.1  # as large as they are here, the curves of the map would look like logs


def html(text: words.Page) -> str:
    """Both lists, and the look of this page."""
    paths = "".join(_item(path, "", f"{text[f'path-{path}']} →") for path in PATHS)
    tiles = "".join(
        _item(slug, f"<img src=\"{glyphs.address(slug, _LINE)}\" alt=''>", _name(slug)) for slug in CATALOGUE
    )
    lists = (("begin", "nl-paths", paths), ("all", "nl-wall", tiles))
    parts = [
        f"<h2>{escape(text[part].lstrip('# '))}</h2><ul class='{kind}'>{items}</ul>" for part, kind, items in lists
    ]
    return f"<section class='nl-begin'>{''.join(parts)}</section>"


def _item(path: str, curve: str, label: str) -> str:
    return f"<li><a href='{escape(visit.address(path))}'>{curve}<span>{escape(label)}</span></a></li>"


def _name(slug: str) -> str:
    return words.page(f"functions/{slug}")["title"]
