"""The three forms of GELU and their errors as this page draws and prints them, at every place of the probe."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from activations.experiments import approximations as forms
from activations.experiments.approximations import FORMS
from activations.experiments.curve import PROBE
from activations.experiments.sweep import moving
from activations.spec import Array
from pages.parts import live, words

FLOOR, TOP = -6.5, 0.0  # decades of the errors that are drawn; what is below lies on the floor
HEIGHT = (-0.6, 3.2)  # of the functions
KINDS = {"f": 0, "df": 1}  # errors of f and of f'
_X = np.linspace(*forms.ENDS, 481)


@lru_cache(maxsize=8)
def lines(kind: str) -> dict[str, Array]:
    """What the probe does not move, in one number format."""
    drawn: dict[str, Array] = {}
    for form in FORMS:
        y = forms.value(form, _X, kind)
        drawn |= {f"{form}.x": _X, f"{form}.y": y}
        for name, order in KINDS.items():
            drawn |= {f"{form}_{name}.x": _X, f"{form}_{name}.y": _decades(forms.error(form, _X, kind, order))}
    return drawn


def probed(x: Array, kind: str) -> dict[str, Array]:
    """What stands at each place of the probe, of shape (places, points)."""
    column = x[:, None]
    tall = {"hair": HEIGHT, **dict.fromkeys((f"hair_{name}" for name in KINDS), (FLOOR, TOP))}
    drawn = {f"{name}.x": np.hstack([column, column]) for name in tall}
    drawn |= {f"{name}.y": np.tile(ends, (len(x), 1)) for name, ends in tall.items()}
    for form in FORMS:
        drawn |= {f"{form}_dot.x": column, f"{form}_dot.y": forms.value(form, column, kind)}
        for name, order in KINDS.items():
            off = _decades(forms.error(form, column, kind, order))
            drawn |= {f"{form}_{name}_dot.x": column, f"{form}_{name}_dot.y": off}
    return drawn


def printed(x: Array, kind: str) -> dict[str, list[str]]:
    """Value and both errors of each form, one text a place."""
    said = {"x": words.numbers(x, 2), "held": [_plain(float(held)) for held in forms.rounded(x, kind)]}
    for form in FORMS:
        said[form] = words.numbers(forms.value(form, x, kind), 4)
        for name, order in KINDS.items():
            said[f"{form}_{name}"] = [size(float(off)) for off in forms.error(form, x, kind, order)]
    return said


@lru_cache(maxsize=8)
def along(kind: str) -> live.Pack:
    """All that moves with the probe."""
    grid = PROBE.grid
    return live.pack(moving(probed(grid, kind)), printed(grid, kind))


def size(number: float) -> str:
    """A magnitude with three digits; 0 is exactly 0."""
    return words.number(math.log10(number) if number else -math.inf, "power")


def _decades(off: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(off), FLOOR)


def _plain(number: float) -> str:
    return f"{number:.7g}".replace("-", "−")
