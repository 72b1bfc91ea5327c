"""Which scripts of the browser belong to what Python sends."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_ASSETS = Path(__file__).parents[2] / "assets"


@lru_cache
def scripts() -> str:
    """A text that changes whenever one of our scripts or style sheets does."""
    digest = hashlib.sha256()
    for path in sorted([*_ASSETS.glob("*.js"), *_ASSETS.glob("*.css")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
