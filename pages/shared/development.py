"""What is different for a developer (``make dev``): words, styles and scripts are read again when they are saved."""

from __future__ import annotations

import functools
import gc
import os
from pathlib import Path

ON = os.environ.get("NONLINEAR_DEV", "") == "1"
"""Whether the environment variable NONLINEAR_DEV says that the guide is being developed."""

_ASSETS = Path(__file__).parents[2] / "assets"
_Saved = frozenset[tuple[Path, int]]
_seen: _Saved = frozenset()


def forget_outdated(folder: Path = _ASSETS) -> None:
    """Empty the caches of pages and server if a file in ``folder`` was saved since the last call; only while ``ON``.

    Nearly everything that is cached has words in it. So all caches are emptied, those of modules too that were
    imported again since, because the server still works with the former ones.
    """
    global _seen
    if not ON or (saved := _saved(folder)) == _seen:
        return
    _seen = saved
    for cache in gc.get_objects():
        if isinstance(cache, functools._lru_cache_wrapper) and cache.__module__.startswith(("pages.", "serving.")):
            cache.cache_clear()


def _saved(folder: Path) -> _Saved:
    """The files in a folder, each with the time when it was saved."""
    return frozenset((path, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())
