"""Lines to copy: one file a function in assets/code, cut at the marks of the libraries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LIBRARIES = ("numpy", "pytorch", "keras", "jax")
_FOLDER = Path(__file__).parents[2] / "assets" / "code"
_MARK = re.compile(r"^# %% (\w+)(, composed)?\n", re.MULTILINE)


@dataclass(frozen=True)
class Lines:
    """Code with {name} where a parameter's value goes; ``composed``: of several parts, the library having no such one.

    For NumPy two functions, named as the slug and as the slug with ``_slope``. For the others they find ``x`` and leave
    ``y``.
    """

    template: str
    composed: bool

    def at(self, **settings: float) -> str:
        """The code with these parameters."""
        return re.sub(r"\{(\w+)\}", lambda mark: repr(round(float(settings[mark[1]]), 10)), self.template)


@lru_cache(maxsize=64)
def lines(slug: str) -> Mapping[str, Lines]:
    """What each library is given for this function, by library."""
    pieces = _MARK.split((_FOLDER / f"{slug}.py").read_text(encoding="utf-8"))
    return {
        library: Lines(text.strip(), bool(composed))
        for library, composed, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True)
    }
