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
from pages.shared import live, words

FLOOR, TOP = -6.5, 0.0  # decades of the errors that are drawn; what is below lies on the floor
HEIGHT = (-0.6, 3.2)  # of the functions
KINDS = ("f", "df")  # errors of f and of f'
HANDLE = live.Handle(
    [*(f"{form}{part}_dot" for form in FORMS for part in ("", "_f", "_df")), "hair", "hair_f", "hair_df"], PROBE.name
)
_X = np.linspace(*forms.ENDS, 481)


@lru_cache(maxsize=8)
def lines(kind: str) -> dict[str, Array]:
    """What the probe does not move, in one number format."""
    drawn: dict[str, Array] = {}
    for form in FORMS:
        y, *errors = forms.judged(form, _X, kind)
        drawn |= {f"{form}.x": _X, f"{form}.y": y}
        for name, off in zip(KINDS, errors, strict=True):
            drawn |= {f"{form}_{name}.x": _X, f"{form}_{name}.y": _decades(off)}
    return drawn


def still(x0: float, kind: str) -> tuple[dict[str, Array], dict[str, str]]:
    """Every array and every text where the probe stands."""
    place = int(np.abs(PROBE.grid - x0).argmin())
    drawn = {name: rows[place] for name, rows in _probed(kind).items()}
    return {**lines(kind), **drawn}, {name: texts[place] for name, texts in _printed(kind).items()}


@lru_cache(maxsize=8)
def along(kind: str) -> live.Pack:
    """All that moves with the probe."""
    return live.pack(moving(_probed(kind)), _printed(kind))


@lru_cache(maxsize=8)
def _found(kind: str) -> dict[str, tuple[Array, Array, Array]]:
    """By form, its value and both errors at every place of the probe."""
    return {form: forms.judged(form, PROBE.grid, kind) for form in FORMS}


@lru_cache(maxsize=8)
def _probed(kind: str) -> dict[str, Array]:
    """What stands at each place of the probe, of shape (places, points)."""
    column = PROBE.grid[:, None]
    tall = {"hair": HEIGHT, **dict.fromkeys((f"hair_{name}" for name in KINDS), (FLOOR, TOP))}
    drawn = {f"{name}.x": np.hstack([column, column]) for name in tall}
    drawn |= {f"{name}.y": np.tile(ends, (len(column), 1)) for name, ends in tall.items()}
    for form, (value, *errors) in _found(kind).items():
        drawn |= {f"{form}_dot.x": column, f"{form}_dot.y": value[:, None]}
        for name, off in zip(KINDS, errors, strict=True):
            drawn |= {f"{form}_{name}_dot.x": column, f"{form}_{name}_dot.y": _decades(off)[:, None]}
    return drawn


@lru_cache(maxsize=8)
def _printed(kind: str) -> dict[str, list[str]]:
    """Value and both errors of each form, one text a place."""
    held = forms.rounded(PROBE.grid, kind).tolist()
    said = {"x": words.numbers(PROBE.grid, 2), "held": [_plain(number) for number in held]}
    for form, (value, *errors) in _found(kind).items():
        said[form] = words.numbers(value, 4)
        for name, off in zip(KINDS, errors, strict=True):
            said[f"{form}_{name}"] = [size(one) for one in off.tolist()]
    return said


def size(number: float) -> str:
    """A magnitude with three digits; 0 is exactly 0."""
    return words.number(math.log10(number) if number else -math.inf, "power")


def _decades(off: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(off), FLOOR)


def _plain(number: float) -> str:
    return f"{number:.7g}".replace("-", "−")
