"""A formula as a function of the guide: the record that pages, sliders and pictures read."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from activations.formulas.jets import evaluate
from activations.formulas.parsing import PARAMETERS, Expression, FormulaError, parse
from activations.formulas.switches import WINDOW, places
from activations.spec import Activation, Array, Latex, Param

A = Param("a", "a", 1.0, -3.0, 3.0, 0.1, domain=(-math.inf, math.inf))
B = Param("b", "b", 1.0, -3.0, 3.0, 0.1, domain=(-math.inf, math.inf))
SLIDERS = {"a": A, "b": B}
MARK = "="
"""What the slug of a formula begins with."""
_LONGEST_SLUG = 1000  # numbers in place of a and b, and spelled in one way, a formula is longer than it was typed
_TALLEST = 25.0  # higher values are cut off if others are below, because the rest would look flat
_BEYOND = (0.5, 1.0, 1.0)  # how far a picture of f, f', f'' reaches beyond what the defaults show, as a share of that


@lru_cache(maxsize=128)
def activation(expression: Expression) -> Activation:
    """The record of a formula: a and b are its parameters if they stand in it. It is NaN where it is not finite."""
    return Activation(
        slug=slug(expression),
        name=expression.text,
        latex=Latex("", ""),
        f=_order(expression, 0),
        df=_order(expression, 1),
        ddf=_order(expression, 2),
        claims={},
        params=tuple(SLIDERS[name] for name in expression.parameters),
        kinks=_kinks(expression),
        # Its limits are not known: it is never asked beyond all numbers.
        no_limit=frozenset({0, 1, 2}),
        window=WINDOW,
        shown=_shown(expression),
    )


def slug(expression: Expression, **values: float) -> str:
    """The name of a formula in addresses, with these numbers for a and b; they stay letters without any."""
    return MARK + expression.with_numbers(**values)


@lru_cache(maxsize=256)
def named(address: str) -> Activation | None:
    """The formula with this name in an address, None if it is none; a and b that stand in it have their defaults."""
    if not address.startswith(MARK):
        return None
    try:
        read = parse(address[len(MARK) :], _LONGEST_SLUG)
        filled = read.with_numbers(**{name: SLIDERS[name].default for name in read.parameters})
        return activation(parse(filled, _LONGEST_SLUG))
    except FormulaError:
        return None


def _order(expression: Expression, order: int) -> Callable[..., Array]:
    def evaluated(x: Array, **values: Array) -> Array:
        y = evaluate(expression, x, values, order + 1)[order]
        y[~np.isfinite(y)] = math.nan
        return y

    return evaluated


def _kinks(expression: Expression) -> Callable[..., tuple[Any, ...]]:
    """The places at which f, f' or f'' jumps or ends, as many at every setting; inf where there are fewer."""

    def found(**values: Any) -> tuple[Any, ...]:
        given = np.broadcast_arrays(*(np.asarray(values.get(name, 0.0), dtype=np.float64) for name in PARAMETERS))
        x = places(expression, *(each.ravel() for each in given)).x
        return tuple(column.reshape(given[0].shape)[()] for column in x.T)

    return found


def _shown(expression: Expression) -> tuple[tuple[float, float], ...]:
    """The range that a picture shows of f, f' and f'': what there is at the defaults, and more if a or b moves it."""
    used = [SLIDERS[name] for name in expression.parameters]
    ends = [(param.default, param.low, param.low / 2, param.high / 2, param.high) for param in used]
    settings = np.array(list(itertools.product(*ends)), dtype=np.float64)
    values = {param.name: settings[:, k, None] for k, param in enumerate(used)}
    x = np.linspace(*WINDOW, 121)
    found = evaluate(expression, x[None, :], {**dict.fromkeys(PARAMETERS, np.zeros((1, 1))), **values}, 3)
    return tuple(_range(y, np.abs(x) <= 4, order) for order, y in enumerate(found))


def _range(heights: Array, inner: Any, order: int) -> tuple[float, float]:
    heights = np.where(np.abs(heights) < 1e100, heights, math.nan)
    everywhere = heights[np.isfinite(heights)]
    first = heights[0][inner & np.isfinite(heights[0])]
    core = first if len(first) else everywhere
    if not len(core):
        return -1.0, 1.0
    modest = core[np.abs(core) <= _TALLEST]
    tall = len(modest) < len(core)
    if 10 * len(modest) >= len(core):
        core = modest
    low, high = np.quantile(core, [0.02, 0.98]).tolist()
    reach = 0.0 if tall else _BEYOND[order] * max(high - low, 2.0)
    least, most = low - reach, high + reach
    # A picture shows 0, and f and f' also 1, unless that is far.
    marks = [mark for mark in ((0.0, 1.0), (0.0, 1.0), (0.0,))[order] if least <= mark <= most]
    drawn = [*np.clip(everywhere, least, most).tolist(), low, high, *marks]
    low, high = min(drawn), max(drawn)
    pad = 0.08 * (high - low) or 0.5
    return low - pad, high + pad
