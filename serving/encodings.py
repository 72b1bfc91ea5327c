"""Compression of texts: the coding that a request prefers."""

from __future__ import annotations

import gzip
from functools import lru_cache

import brotli

# The first visitor waits a second in all for Brotli's level 9; its last two levels would save 7 % and take ten.
_BROTLI, _GZIP = 9, 9
CODINGS = ("br", "gzip")


@lru_cache(maxsize=256)
def best(accepted: str) -> str:
    """The coding among ours that a request which accepts these prefers, or "" for the text as it is."""
    given = dict(_weighed(item) for item in accepted.split(","))
    weights = {coding: given.get(coding, given.get("*", 0.0)) for coding in CODINGS}
    coding = max(CODINGS, key=weights.__getitem__)
    return coding if weights[coding] > 0 else ""


def compress(text: bytes, coding: str) -> bytes:
    """``text`` in a coding; the same bytes each time, so that its tag stays the same."""
    if coding == "br":
        # A window no larger than the text: setting up the usual four megabytes takes longer than a small page.
        window = min(24, max(10, len(text).bit_length()))
        return bytes(brotli.compress(text, mode=brotli.MODE_TEXT, quality=_BROTLI, lgwin=window))
    return gzip.compress(text, _GZIP, mtime=0) if coding else text


def _weighed(item: str) -> tuple[str, float]:
    """What an item such as "br;q=0.5" of a list in a header names, and its quality."""
    name, _, weight = item.replace(" ", "").lower().partition(";q=")
    try:
        return name, float(weight or 1)
    except ValueError:
        return name, 0.0
