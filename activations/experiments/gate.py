"""The gate behind GELU: m = 1 where a standard normal X falls at or below x, drawn again and again; and other masks.

E[m x] = x P(X <= x) = x Φ(x), the GELU (Hendrycks & Gimpel, arXiv:1606.08415). Dropout: Srivastava et al., JMLR 15,
2014; zoneout: Krueger et al., arXiv:1606.01305.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import lfilter
from scipy.special import ndtr

from activations.spec import Array, Param

_REAL = (-math.inf, math.inf)
X = Param("x", "x_0", -0.5, -3.0, 3.0, 0.05, domain=_REAL)
TIME = Param("t", "t", 40, 0, 60, 1, domain=(0, math.inf), whole=True)
PARAMS = (X, TIME)
COUNTS = (*(digit * 10**power for power in range(4) for digit in (1, 2, 3, 5, 7)), 10_000)
"""How many draws there may be, about evenly spaced in their logarithm."""
_STARTS = (0, *COUNTS[:-1])
CORRELATION = 0.85  # of the walk from one step to the next
MASKS = ("relu", "gate", "dropout", "zoneout")
_WALK, _DRAWS, _MASKS = range(3)  # streams of chance of one seed
_ROUNDING = 1e-12  # an X this little above x is at x


@lru_cache(maxsize=16)
def walk(seed: int) -> Array:
    """X at each position of ``TIME``: X' = ρ X + √(1 − ρ²) ξ from X ~ N(0, 1), which is then its law throughout."""
    steps = _chance(seed, _WALK).standard_normal(len(TIME.grid))
    steps[1:] *= math.sqrt(1 - CORRELATION**2)
    return _frozen(np.asarray(lfilter([1.0], [1.0, -CORRELATION], steps)))


def walk_gate(seed: int, x: ArrayLike) -> NDArray[np.bool_]:
    """Whether m = 1 for each x at each position of ``TIME``, which it is where the walk is at or below x."""
    return np.asarray(walk(seed) <= np.asarray(x, dtype=np.float64)[..., None] + _ROUNDING)


def phi(x: ArrayLike) -> Array:
    """Φ(x), the share of a standard normal at or below x."""
    return np.asarray(ndtr(np.asarray(x, dtype=np.float64)))


def density(x: ArrayLike) -> Array:
    """φ(x) = exp(−x²/2) / √(2π)."""
    return np.asarray(np.exp(-np.square(x) / 2) / math.sqrt(2 * math.pi))


def mask_error(x: ArrayLike, count: ArrayLike) -> Array:
    """Standard error of the mean of m over ``count`` draws: √(Φ(x) (1 − Φ(x)) / count)."""
    x = np.asarray(x, dtype=np.float64)
    return np.asarray(np.sqrt(ndtr(x) * ndtr(-x) / count))


def error(x: ArrayLike, count: ArrayLike) -> Array:
    """Standard error of the mean of m·x over ``count`` draws: |x| √(Φ(x) (1 − Φ(x)) / count)."""
    return np.asarray(np.abs(x) * mask_error(x, count))


@lru_cache(maxsize=16)
def shares(seed: int) -> Array:
    """The mean of m over the first n draws, for each n of ``COUNTS`` and each x of the slider, (counts, positions).

    The same X are compared with every x.
    """
    drawn = _chance(seed, _DRAWS).standard_normal((COUNTS[-1], 1))
    return _frozen(below(drawn, X.grid)[:, :, 0])


@dataclass(frozen=True)
class Masks:
    """What masks make of ``inputs``, in the mean over the first n repeats for each n of ``COUNTS``.

    ``gate`` is the share of repeats with m = 1, (counts, positions of X, times); ``dropout`` the share that keeps an
    input, (counts, times); ``zoneout[k, t, s]`` the share whose state at time t is the input of time s.
    """

    gate: Array
    dropout: Array
    zoneout: Array


@lru_cache(maxsize=16)
def masks(seed: int) -> Masks:
    """The masks of one seed; dropout drops and zoneout keeps with probability ½. Zoneout's first state is an input."""
    chance, times = _chance(seed, _MASKS), len(TIME.grid)
    drawn = chance.standard_normal((COUNTS[-1], times), dtype=np.float32)
    drawn -= walk(seed).astype(np.float32)
    gate = below(drawn, X.grid)
    passed, updated = _coins(chance, (2, COUNTS[-1], times))
    dropout = np.add.reduceat(passed, _STARTS, axis=0, dtype=np.intp).cumsum(axis=0) / np.array(COUNTS)[:, None]
    zoneout = _running(lambda rows: _taken(updated[rows]), times * times).reshape(-1, times, times)
    return Masks(_frozen(gate), _frozen(dropout), _frozen(zoneout))


def inputs(seed: int, x: Array) -> Array:
    """What enters the masks at each position of ``TIME``, the walk shifted by each x, of shape (n, times)."""
    return np.asarray(walk(seed) + x[:, None])


def outputs(seed: int, x: Array, count: NDArray[np.intp]) -> dict[str, Array]:
    """What each of ``MASKS`` makes of the inputs, in the mean over repeats, by name and of shape (n, times).

    Each x is a position of ``X``; ``count`` says which of ``COUNTS`` is the number of repeats.
    """
    entering, drawn = inputs(seed, x), masks(seed)
    column = np.rint((x - X.low) / X.step).astype(np.intp)
    return {
        "relu": np.maximum(entering, 0.0),
        "gate": entering * drawn.gate[count, column],
        "dropout": entering * drawn.dropout[count],
        "zoneout": np.einsum("pts,ps->pt", drawn.zoneout[count], entering),
    }


def _taken(updated: NDArray[np.uint8]) -> NDArray[np.intp]:
    """For each time the cell (time, time of the last update up to it)."""
    times = updated.shape[1]
    last = np.maximum.accumulate(updated * np.arange(times, dtype=np.int16), axis=1)
    return np.asarray(np.arange(times) * times + last)


def below(drawn: NDArray[Any], grid: Array) -> Array:
    """The share of the first n rows of ``drawn`` at or below each place of an even grid, (counts, places, columns)."""
    places, columns = len(grid), drawn.shape[1]
    low, width = grid[0].astype(drawn.dtype), (grid[1] - grid[0]).astype(drawn.dtype)

    def first(rows: slice) -> NDArray[np.intp]:
        # A draw is counted at every place from this one on; the last cell is for those beyond the grid.
        step = drawn[rows] - low
        step /= width
        np.clip(np.ceil(step, out=step), 0, places, out=step)
        return np.asarray(step.astype(np.intp) + np.arange(columns) * (places + 1))

    found = _running(first, columns * (places + 1)).reshape(-1, columns, places + 1)
    return np.asarray(found.cumsum(axis=2)[:, :, :places].transpose(0, 2, 1))


def _running(cells: Callable[[slice], NDArray[np.intp]], size: int) -> Array:
    """How often each cell is met in the first n rows, over n, of shape (counts, size).

    Rows are asked for from one count to the next: all of them at once are more than a processor keeps at hand.
    """
    spans = map(slice, _STARTS, COUNTS)
    met = [np.bincount(cells(rows).ravel(), minlength=size) for rows in spans]
    return np.asarray(np.cumsum(met, axis=0) / np.array(COUNTS)[:, None])


def _coins(chance: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """Fair coins, 0 or 1."""
    size = math.prod(shape)
    return np.unpackbits(np.frombuffer(chance.bytes(-(-size // 8)), np.uint8), count=size).reshape(shape)


def _chance(seed: int, stream: int) -> np.random.Generator:
    return np.random.default_rng((seed, stream))


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
