"""Evaluate a formula with its derivatives: one pass over its steps, each of which knows its own derivatives.

Each step hands on its value, its derivative by x and its second derivative, a jet. This is automatic differentiation in
forward mode (Wengert 1964, Communications of the ACM 7, 463-464; Griewank & Walther 2008, Evaluating Derivatives).
None in a jet stands for a derivative that is 0 for all x: nothing is multiplied by it, not even infinity.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from activations.formulas.parsing import Expression, Step
from activations.functions import bends, gates, squashers
from activations.functions.tails import times_density, times_ndtr
from activations.spec import Activation, Array

Jet = list[Any]
"""The value and the derivatives below some order, arrays or numbers; None for a derivative that is always 0."""
Derivatives = tuple[Callable[[Any], Any], Callable[[Any], Any], Callable[[Any], Any]]
_ONE = np.array(1.0)


def _at_one(scaled: Activation) -> Derivatives:
    """A function with the parameter beta at beta = 1."""
    f, df, ddf = scaled.f, scaled.df, scaled.ddf
    return lambda u: f(u, beta=_ONE), lambda u: df(u, beta=_ONE), lambda u: ddf(u, beta=_ONE)


# By name the function and its two derivatives. Those of the catalogue keep every digit far out.
OUTER: Mapping[str, Derivatives] = MappingProxyType(
    {
        "exp": (np.exp, np.exp, np.exp),
        "expm1": (np.expm1, np.exp, np.exp),
        "log": (np.log, lambda u: np.where(u >= 0, 1 / u, math.nan), lambda u: np.where(u >= 0, -1 / u / u, math.nan)),
        "log1p": (
            np.log1p,
            lambda u: np.where(u >= -1, 1 / (1 + u), math.nan),
            lambda u: np.where(u >= -1, -1 / (1 + u) / (1 + u), math.nan),
        ),
        "sqrt": (np.sqrt, lambda u: 0.5 / np.sqrt(u), lambda u: -0.25 / u / np.sqrt(u)),
        "sin": (np.sin, np.cos, lambda u: -np.sin(u)),
        "cos": (np.cos, lambda u: -np.sin(u), lambda u: -np.cos(u)),
        "tanh": (squashers.tanh.f, squashers.tanh.df, squashers.tanh.ddf),
        "arctan": (squashers.arctan.f, squashers.arctan.df, squashers.arctan.ddf),
        "erf": (squashers.erf.f, squashers.erf.df, squashers.erf.ddf),
        "sigmoid": (squashers.sigmoid.f, squashers.sigmoid.df, squashers.sigmoid.ddf),
        "softplus": _at_one(bends.softplus),
        "silu": _at_one(gates.swish),
        "gelu": (gates.gelu.f, gates.gelu.df, gates.gelu.ddf),
        "Phi": (lambda u: times_ndtr(1.0, u), lambda u: times_density(1.0, u), lambda u: times_density(-u, u)),
    }
)


def evaluate(expression: Expression, x: Any, values: Mapping[str, Any], orders: int) -> list[Array]:
    """f and its derivatives below ``orders`` (1 to 3) at x, for these ``values`` of a and b, which broadcast with x.

    Where f is not finite its derivatives are NaN as well; a result that is too large is inf. At a kink of abs, relu,
    max or min the derivatives are those of the left side; where has those of the branch that it takes.
    """
    x = np.asarray(x, dtype=np.float64)
    jets: list[Jet] = []
    with np.errstate(all="ignore"):
        for step in expression.steps:
            jets.append(_jet(step, jets, x, values, orders))
        shape = np.broadcast_shapes(x.shape, *(np.shape(values[name]) for name in expression.parameters))
        value, *slopes = (np.array(np.broadcast_to(0.0 if part is None else part, shape)) for part in jets[-1])
        for slope in slopes:
            slope[~np.isfinite(value)] = math.nan
    return [value, *slopes]


def run(expression: Expression, needed: list[bool], x: Array, values: Mapping[str, Any]) -> list[Any]:
    """The values of the ``needed`` steps at x, None for the others."""
    jets: list[Jet] = []
    with np.errstate(all="ignore"):
        for step, is_needed in zip(expression.steps, needed, strict=True):
            jets.append(_jet(step, jets, x, values, 1) if is_needed else [None])
    return [jet[0] for jet in jets]


def _jet(step: Step, jets: list[Jet], x: Array, values: Mapping[str, Any], orders: int) -> Jet:
    args = [jets[arg] for arg in step.args]
    none: Jet = [None, None]
    match step.does:
        case "x":
            return [x, 1.0, None][:orders]
        case "a" | "b":
            return [np.asarray(values[step.does], dtype=np.float64), *none][:orders]
        case "number" | "pi" | "e":
            return [np.float64(step.number), *none][:orders]
        case "negative":
            return [_times(-1.0, part) for part in args[0]]
        case "add":
            return [_plus(one, other) for one, other in zip(*args, strict=True)]
        case "subtract":
            return [_minus(one, other) for one, other in zip(*args, strict=True)]
        case "multiply":
            return _product(*args)
        case "divide":
            return _quotient(*args)
        case "power":
            return _power(*args)
        case "where":
            return _where(step.compared, *args)
        case "max":
            return _larger(args[0], args[1], 1.0)
        case "min":
            return _larger(args[0], args[1], -1.0)
        case "abs":
            return _picked(np.abs(args[0][0]), _left_sign(args[0]), args[0], [_times(-1.0, part) for part in args[0]])
        case "relu":
            return _picked(np.maximum(args[0][0], 0.0), _left_sign(args[0]), args[0], [None] * orders)
    return chain(OUTER[step.does], args[0])


def _plus(one: Any, other: Any) -> Any:
    return other if one is None else one if other is None else one + other


def _minus(one: Any, other: Any) -> Any:
    return _times(-1.0, other) if one is None else one if other is None else one - other


def _times(one: Any, other: Any) -> Any:
    return None if one is None or other is None else one * other


def _over(one: Any, other: Any) -> Any:
    return None if one is None else one / other


def chain(outer: Derivatives, u: Jet) -> Jet:
    """g(u): its derivatives are g'(u) u' and g''(u) u'² + g'(u) u''."""
    u = [np.asarray(u[0]), *u[1:]]
    jet: Jet = [outer[0](u[0])]
    if len(u) > 1:
        steep = None if u[1] is None else outer[1](u[0])
        jet.append(_times(steep, u[1]))
    if len(u) > 2:
        bend = None if u[1] is None else _times(_times(outer[2](u[0]), u[1]), u[1])
        jet.append(_plus(bend, None if u[2] is None else _times(outer[1](u[0]), u[2])))
    return jet


def _product(u: Jet, v: Jet) -> Jet:
    jet: Jet = [u[0] * v[0]]
    if len(u) > 1:
        jet.append(_plus(_times(u[1], v[0]), _times(u[0], v[1])))
    if len(u) > 2:
        twice = _times(2.0, _times(u[1], v[1]))
        jet.append(_plus(_plus(_times(u[2], v[0]), twice), _times(u[0], v[2])))
    return jet


def _quotient(u: Jet, v: Jet) -> Jet:
    jet: Jet = [u[0] / v[0]]
    if len(u) > 1:
        jet.append(_over(_minus(u[1], _times(jet[0], v[1])), v[0]))
    if len(u) > 2:
        twice = _times(2.0, _times(jet[1], v[1]))
        jet.append(_over(_minus(_minus(u[2], twice), _times(jet[0], v[2])), v[0]))
    return jet


def _power(u: Jet, v: Jet) -> Jet:
    if any(part is not None for part in v[1:]):
        # The exponent moves with x: e^(v log u), where log u exists.
        return chain(OUTER["exp"], _product(v, chain(OUTER["log"], u)))
    n = v[0]

    def scaled(factor: Any, exponent: Any) -> Callable[[Any], Any]:
        # A factor 0 leaves nothing, also where the power is infinite.
        return lambda base: np.where(factor == 0, 0.0, factor * np.power(base, exponent))

    return chain((lambda base: np.power(base, n), scaled(n, n - 1), scaled(n * (n - 1), n - 2)), u)


def _larger(u: Jet, v: Jet, sign: float) -> Jet:
    """The larger of two, or with the ``sign`` -1 the smaller."""
    value = np.maximum(u[0], v[0]) if sign > 0 else np.minimum(u[0], v[0])
    # Of two equal infinities neither is ahead of the other.
    gap = [np.where(u[0] == v[0], 0.0, u[0] - v[0]), *map(_minus, u[1:], v[1:])]
    return _picked(value, _left_sign(gap) * sign, u, v)


def _picked(value: Any, sign: Any, ahead: Jet, behind: Jet) -> Jet:
    """``value`` with the derivatives of one of two jets, as the sign tells which is ahead."""
    picked: Jet = [value]
    for one, other in zip(ahead[1:], behind[1:], strict=True):
        if one is None and other is None:
            picked.append(None)
            continue
        first, second = (0.0 if part is None else part for part in (one, other))
        picked.append(np.where(np.isnan(sign), math.nan, np.where(sign > 0, first, second)))
    return picked


def _left_sign(u: Jet) -> Any:
    """The sign of u; where u is 0 the sign that it has just left of there, which its derivatives tell."""
    sign = np.sign(u[0])
    for part, turned in zip(u[1:], (-1.0, 1.0), strict=False):
        if part is not None:
            sign = np.where(sign == 0, np.sign(turned * part), sign)
    return sign


def _where(compared: tuple[str, ...], p: Jet, q: Jet, *sides: Jet) -> Jet:
    holds, known = _condition(compared, *(side[0] for side in sides))
    picked: Jet = []
    for one, other in zip(p, q, strict=True):
        if one is None and other is None:
            picked.append(None)
            continue
        first, second = (0.0 if part is None else part for part in (one, other))
        picked.append(np.where(known, np.where(holds, first, second), math.nan))
    return picked


def _condition(compared: tuple[str, ...], *sides: Any) -> tuple[Any, Any]:
    """Whether a condition holds, and whether it can be told."""
    signs = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
    holds, known = np.True_, np.True_
    for place, sign in enumerate(compared):
        left, right = sides[2 * place], sides[2 * place + 1]
        holds = holds & signs[sign](left, right)
        known = known & ~(np.isnan(left) | np.isnan(right))
    return holds, known
