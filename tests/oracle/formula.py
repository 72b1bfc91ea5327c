"""A formula computed anew: by Python's own evaluation over mpmath's functions, from which derivatives are taken."""

import mpmath
from mpmath import mp, mpf

NAMES = {
    "exp": mpmath.exp,
    "expm1": mpmath.expm1,
    "log": mpmath.log,
    "log1p": mpmath.log1p,
    "sqrt": mpmath.sqrt,
    "abs": abs,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tanh": mpmath.tanh,
    "arctan": mpmath.atan,
    "erf": mpmath.erf,
    "sigmoid": lambda u: 1 / (1 + mpmath.exp(-u)),
    "softplus": lambda u: mpmath.log1p(mpmath.exp(u)),
    "relu": lambda u: max(u, mpf(0)),
    "silu": lambda u: u / (1 + mpmath.exp(-u)),
    "gelu": lambda u: u * mpmath.ncdf(u),
    "Phi": mpmath.ncdf,
    "max": max,
    "min": min,
    "where": lambda holds, p, q: p if holds else q,
    "pi": mpmath.pi,
    "e": mpmath.e,
}


def function(text, a=1.0, b=1.0):
    """x -> f(x); ZeroDivisionError or a complex number where f is not defined."""
    compiled = compile(text, "formula", "eval")
    return lambda x: eval(compiled, {"__builtins__": {}}, {**NAMES, "a": mpf(a), "b": mpf(b), "x": x})


def derivatives(text, x, a=1.0, b=1.0):
    """f, f' and f'' at x to 15 digits and more."""
    f = function(text, a, b)
    with mp.workdps(40):
        at = mpf(x)
        return [mpf(f(at)), *(mpf(mpmath.diff(f, at, n)) for n in (1, 2))]
