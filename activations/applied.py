"""How a formula meets whatever it is given: dtypes, NaN, and so many values at once as the processor's cache holds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

PIECE = 1 << 16  # values; some arrays of as many fit into a cache, and their memory is used again by the next piece


def applied(formula: Callable[..., Any], x: ArrayLike, settings: Mapping[str, Array], *, limits: bool) -> Any:
    """The formula, which takes and gives float64, of each ``x``: floats keep their dtype, NaN stays NaN.

    Where there are no ``limits`` at ±inf the formula is not asked there, and the answer is NaN.
    """
    given = np.asarray(x)
    dtype = given.dtype if np.issubdtype(given.dtype, np.floating) else np.dtype(np.float64)
    number = given.astype(np.float64, copy=False)
    if not limits:
        number = np.where(np.isinf(number), math.nan, number)
    with np.errstate(over="ignore", under="ignore"):  # a true result beyond the largest float is rightly inf
        result = _by_pieces(formula, number, settings).astype(dtype, copy=False)
    return (result.copy() if np.may_share_memory(result, given) else result)[()]


def _by_pieces(formula: Callable[..., Any], x: Array, settings: Mapping[str, Array]) -> Array:
    if x.size <= PIECE or any(value.ndim for value in settings.values()):
        return _piece(formula, x, settings)
    flat, result = x.reshape(-1), np.empty(x.size)
    for start in range(0, x.size, PIECE):
        here = slice(start, start + PIECE)
        result[here] = _piece(formula, flat[here], settings)
    return result.reshape(x.shape)


def _piece(formula: Callable[..., Any], x: Array, settings: Mapping[str, Array]) -> Array:
    result, unknown = np.asarray(formula(x, **settings)), np.isnan(x)
    return np.where(unknown, x, result) if unknown.any() else result
