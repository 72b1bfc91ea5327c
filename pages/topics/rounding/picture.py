"""A value written two ways as this page draws and prints it: its size and its correct digits, at every place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from activations.experiments import rounding
from activations.experiments.formats import FORMATS
from activations.experiments.rounding import BEST, FORMS, GRID, PLAIN, X
from activations.experiments.sweep import moving
from activations.spec import Array
from pages.shared import live, words

_CLEAR = 0.03  # of the height between 0 and inf, that words stand under a line
# Decades of the value: below the lower end of pair and format only 0 is drawn, and the upper end stands for inf.
_FLOORS = {"sigmoid": -19.0, "tanh": -36.0, "gelu": -48.0, "softplus": -19.0, "logistic": -19.0}
_FORMAT_FLOORS = {"float16": -9.0}
_CEILINGS = {"softplus": 4.0, "gelu": 4.0}
HANDLE = live.Handle(
    [*(f"{line}{part}_dot" for line in (BEST, *FORMS) for part in ("", "_digits")), "hair", "hair_digits"], X.name
)
_LETTERS = {"float16": 4, "bfloat16": 3, "float32": 8, "float64": 16}  # significant digits that are printed


@dataclass(frozen=True)
class Seen:
    """What is shown: one of the pairs, in one of the formats."""

    pair: str
    kind: str


def ends(pair: str, kind: str) -> tuple[float, float]:
    """Where 0 and inf are drawn, in decades."""
    return max(_FLOORS[pair], _FORMAT_FLOORS.get(kind, -99.0)), _CEILINGS.get(pair, 2.0)


@lru_cache(maxsize=32)
def lines(pair: str, kind: str) -> dict[str, Array]:
    """What the slider does not move."""
    return {
        name: array
        for line in (BEST, *FORMS)
        for name, array in {
            f"{line}.x": GRID,
            f"{line}.y": _decades(pair, line, kind),
            f"{line}_digits.x": GRID,
            f"{line}_digits.y": rounding.outcome(pair, line, kind).digits,
        }.items()
    }


def probed(pair: str, kind: str, x: Array) -> dict[str, Array]:
    """What stands at each place of the slider, of shape (places, points)."""
    column, at = x[:, None], np.searchsorted(GRID, x)
    tall = {"hair": ends(pair, kind), "hair_digits": (0.0, FORMATS[kind].digits)}
    drawn = {f"{name}.x": np.hstack([column, column]) for name in tall}
    drawn |= {f"{name}.y": np.tile(reach, (len(x), 1)) for name, reach in tall.items()}
    for name, line in lines(pair, kind).items():
        dot = name.replace(".", "_dot.")
        drawn[dot] = (column if name.endswith(".x") else line[at][:, None]).astype(np.float64)
    return drawn


def printed(pair: str, kind: str, x: Array) -> dict[str, list[str]]:
    """Value, correct digits and units in the last place of each form, one text a place."""
    at, letters = np.searchsorted(GRID, x), _LETTERS[kind]
    said = {"x": words.numbers(x, 1), "true": [spelled(_true(pair, int(k)), letters) for k in at]}
    for form in FORMS:
        found = rounding.outcome(pair, form, kind)
        said[f"{form}_value"] = [spelled(float(value), letters) for value in found.value[at]]
        said[f"{form}_digits"] = words.numbers(found.digits[at], 1)
        said[f"{form}_ulps"] = [ulps(float(off)) for off in found.ulps[at]]
    return said


@lru_cache(maxsize=32)
def along(pair: str, kind: str) -> live.Pack:
    """All that moves with the slider."""
    frames = probed(pair, kind, X.grid)
    return live.pack(moving(frames), printed(pair, kind, X.grid))


def overflows(pair: str, kind: str) -> bool:
    """Whether the picture has an inf."""
    return bool(np.isinf(rounding.outcome(pair, PLAIN, kind).value).any())


def lost(text: words.Words, pair: str, kind: str) -> list[tuple[str, str, tuple[float, float], str]]:
    """Where the plain form becomes 0, inf or NaN within the picture: name, text, place, and on which side it stands."""
    low, high = ends(pair, kind)
    found = []
    for name, at in (("zero", rounding.zero(pair, PLAIN, kind)), ("broken", rounding.broken(pair, PLAIN, kind))):
        last = "zero" if name == "zero" else "inf" if overflows(pair, kind) else "nan"
        height = {"zero": low, "inf": high, "nan": 0.0}[last]
        for side, x in (("left", at.left), ("right", at.right)):
            if x is None or not X.low <= x <= X.high:
                continue
            outward = side if abs(x) < X.high / 2 else {"left": "right", "right": "left"}[side]
            said = f"\u00a0{words.format(text[f'lost-{last}'], x=words.number(x, '2'))}\u00a0"
            found.append((f"{name}_{side}", said, (x, height - _CLEAR * (high - low)), f"bottom {outward}"))
    return found


def ulps(off: float) -> str:
    """A number of units in the last place; of NaN there is none."""
    if not math.isfinite(off):
        return "–" if math.isnan(off) else "∞"
    return words.number(off, "1") if off < 99.95 else words.number(math.log10(off), "power")


def _decades(pair: str, line: str, kind: str) -> Array:
    """log10 of the magnitude; 0 and inf at the ends, where 0 is not true, and nothing else below the lower one."""
    low, high = ends(pair, kind)
    if line == BEST:
        true = rounding.truth(pair).decades
        return np.where(true < low, math.nan, true)
    found = np.abs(rounding.outcome(pair, line, kind).value)
    with np.errstate(divide="ignore"):
        size = np.minimum(np.log10(found), high)
    lost = (found == 0) & (rounding.truth(pair).high != 0)
    return np.where(lost, low, np.where(size < low, math.nan, size))


def spelled(value: float | Decimal, letters: int) -> str:
    """A value with so many significant digits; nothing else is 0, inf or NaN."""
    if value == 0 or not math.isfinite(value):
        return "NaN" if math.isnan(value) else "0" if value == 0 else "−∞" if value < 0 else "∞"
    digits, _, power = f"{value:.{letters - 1}e}".replace("-", "−", value < 0).partition("e")
    tens = int(power)
    if tens not in range(-3, letters):
        return f"{digits}·10{str(tens).translate(words.SUPERSCRIPT)}"
    return f"{value:.{letters - 1 - tens}f}".replace("-", "−")


def _true(pair: str, place: int) -> Decimal:
    """All stored digits of the true value."""
    true = rounding.truth(pair)
    with localcontext(prec=40):
        mantissa = Decimal(float(true.high[place])) + Decimal(float(true.low[place]))
        return mantissa * Decimal(2) ** int(true.exponent[place])
