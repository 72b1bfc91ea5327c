"""Three ways to write GELU, as they are and as a number format computes them, step by step as the formula is written.

The tanh and sigmoid forms are of Hendrycks & Gimpel, arXiv:1606.08415.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from scipy.special import erf, expit, ndtr

from activations.experiments import formats
from activations.experiments.formats import Rounding
from activations.spec import Array

FORMS = ("erf", "tanh", "sigmoid")
FORMATS = ("exact", "float16", "bfloat16")
ENDS = (-6.0, 6.0)  # between which everything is compared
_ROOT, _CUBE, _SIGMOID = math.sqrt(2 / math.pi), 0.044715, 1.702
_FILE = Path(__file__).with_suffix(".json")
_ROUND: dict[str, Rounding] = {"exact": formats.float64, **{kind: formats.FORMATS[kind].round for kind in FORMATS[1:]}}


def rounded(x: ArrayLike, kind: str) -> Array:
    """``x`` in a number format, as float64; "exact" leaves it as it is."""
    return _ROUND[kind](x)


def value(form: str, x: Array, kind: str = "exact") -> Array:
    """f(x) by one of ``FORMS``; in a format, every step of the written formula is rounded to it, constants as well."""
    return both(form, x, kind)[0]


def derivative(form: str, x: Array, kind: str = "exact") -> Array:
    """f'(x), in the same way."""
    return both(form, x, kind)[1]


def both(form: str, x: Array, kind: str = "exact") -> tuple[Array, Array]:
    """f(x) and f'(x), which have a step in common."""
    if kind == "exact":
        return _exact(form, x)
    r = _ROUND[kind]
    x = r(x)
    gate = _gate(form, x, r)
    if form == "sigmoid":
        return r(x * gate), r(gate + r(r(r(_SIGMOID * x) * gate) * r(1 - gate)))
    given = r(r(0.5 * x) * gate)
    if form == "erf":
        density = r(r(1 / math.sqrt(2 * math.pi)) * r(np.exp(r(-0.5 * r(x * x)))))
        return given, r(r(0.5 * gate) + r(x * density))
    bent = r(r(_ROOT) * r(1 + r(r(3 * _CUBE) * r(x * x))))
    t = r(gate - 1)
    return given, r(r(0.5 * gate) + r(r(r(0.5 * x) * r(1 - r(t * t))) * bent))


def _gate(form: str, x: Array, r: Rounding) -> Array:
    """1 + erf, 1 + tanh, or the sigmoid."""
    if form == "erf":
        return r(1 + r(erf(r(x * r(1 / math.sqrt(2))))))
    if form == "tanh":
        cubed = r(r(x * x) * x)
        return r(1 + r(np.tanh(r(r(_ROOT) * r(x + r(r(_CUBE) * cubed))))))
    return r(1 / r(1 + r(np.exp(r(-r(r(_SIGMOID) * x))))))


def _exact(form: str, x: ArrayLike) -> tuple[Array, Array]:
    x = np.asarray(x, dtype=np.float64)
    if form == "erf":
        return np.asarray(x * ndtr(x)), np.asarray(ndtr(x) + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi))
    u, du = (_SIGMOID * x, _SIGMOID) if form == "sigmoid" else _bent(x)
    return np.asarray(x * expit(u)), np.asarray(expit(u) * (1 + x * du * expit(-u)))


def _bent(x: Array) -> tuple[Array, Array]:
    # ½ (1 + tanh u) is the sigmoid of 2u.
    return 2 * _ROOT * (x + _CUBE * x * x * x), 2 * _ROOT * (1 + 3 * _CUBE * x * x)


def judged(form: str, x: Array, kind: str) -> tuple[Array, Array, Array]:
    """f(x), and how far f and f' are from those of the exact GELU at the same ``x`` of the format."""
    x = rounded(x, kind)
    given, true = both(form, x, kind), _exact("erf", x)
    return given[0], np.abs(given[0] - true[0]), np.abs(given[1] - true[1])


@dataclass(frozen=True)
class Worst:
    """The largest error in ``ENDS`` and the x > 0 or x < 0 where it is met; ``flat`` is the x up to which f is 0."""

    value: float
    at: float
    slope: float
    slope_at: float
    flat: float | None


def worst(form: str, kind: str) -> Worst:
    """Over every number of the format between ``ENDS``, or for "exact" of the continuous error; as it is stored."""
    return _stored()[form, kind]


@lru_cache
def _stored() -> dict[tuple[str, str], Worst]:
    found = json.loads(_FILE.read_text(encoding="utf-8"))
    return {(form, kind): Worst(**each) for form, kinds in found.items() for kind, each in kinds.items()}


def write() -> None:
    """Find every error that is the worst, and store them."""
    found = {form: {kind: asdict(search(form, kind)) for kind in FORMATS} for form in FORMS}
    _FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def search(form: str, kind: str) -> Worst:
    """What ``worst`` gives, found anew."""
    if kind == "exact":
        found = [_peak(form, order) for order in (1, 2)] if form != "erf" else [(0.0, 0.0)] * 2
        return Worst(*found[0], *found[1], None)
    x = formats.numbers(kind, *ENDS)
    given, *errors = judged(form, x, kind)
    met = [(float(off.max()), float(x[off.argmax()])) for off in errors]
    zero = x[(x < -0.1) & (given == 0)]
    return Worst(*met[0], *met[1], float(zero.max()) if len(zero) else None)


def _peak(form: str, place: int) -> tuple[float, float]:
    """The largest error, of those that are ``judged``, for x > 0 and where; the error is the same at -x."""
    grid = np.linspace(0.0, ENDS[1], 1201)
    near = grid[judged(form, grid, "exact")[place].argmax()]
    best = minimize_scalar(
        lambda x: -float(judged(form, np.asarray(x), "exact")[place]),
        bounds=(near - 0.01, near + 0.01),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return -float(best.fun), float(best.x)
