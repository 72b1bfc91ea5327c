"""The names of the lines and dots of a chart in its exported table."""

from __future__ import annotations

import re
from functools import lru_cache

from activations import CATALOGUE
from activations.spec import OWN
from pages.shared import words

_SLUGS = "|".join(sorted(CATALOGUE, key=len, reverse=True))
_PIECES = re.compile(
    rf"(?:^|_)(?:(?P<slug>{_SLUGS})(?=_|$)|(?P<formula>{OWN}[a-z]{{7}})(?=_|$)|(?P<word>[a-z]+))|_?(?P<number>\d+)"
)


def readable(name: str, page: str) -> str:
    """The words for the trace ``name`` of a page's chart, piece by piece; some pages have words of their own."""
    return _readable(name, page.split(" ")[0], words.language())


@lru_cache(maxsize=2048)
def _readable(name: str, page: str, _: str) -> str:
    # The last argument keeps the languages apart.
    return " · ".join(_piece(piece.lastgroup, piece[piece.lastgroup or 0], page) for piece in _PIECES.finditer(name))


def _piece(kind: str | None, text: str, page: str) -> str:
    own = f"drawn.{page}.{text}"
    if words.has(own):
        return words.ui(own)
    if kind == "formula":
        return words.ui("page.formula")
    if kind == "slug":
        return words.page(f"functions/{text}")["title"]
    return text if kind == "number" else words.ui(f"drawn.{text}")
