"""Where a formula changes from one piece to another: its kinks, jumps, poles and the ends of where it is defined.

Such a place is a zero of a switch: of what where compares, of the argument of abs, relu, log or sqrt, of a divisor …
Each switch is sampled on the window, and where its sign changes the change is narrowed down to two neighbouring floats.
What happens there is read at the floats on both sides. A double zero between two samples is not seen, but then no sign
changes there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations.formulas.jets import evaluate, run
from activations.formulas.parsing import PARAMETERS, Expression
from activations.spec import Array

WINDOW = (-6.0, 6.0)
MOST = 8  # places that are told apart
KINDS = ("pole", "edge", "hole", "jump", "steep", "kink", "bend")
"""What a place may be: f is unbounded, begins or ends, is not defined only there or jumps; f' is unbounded or jumps;
f'' jumps."""
_SAMPLES = np.linspace(*WINDOW, 481)
HUGE = 1e7  # a value or slope this large at the next float counts as unbounded
_CUTS = 16
_TWINS, _SMALLEST = 1e-9, 1e-300  # how near two poles are one, and which places count as 0 when floats are counted


@dataclass(frozen=True)
class Switch:
    """The step ``one`` less the step ``other``, or less a ``number``: its sign tells which piece is taken."""

    one: int
    other: int | None = None
    number: float = 0.0

    @property
    def ends(self) -> tuple[int, ...]:
        """The steps that it compares."""
        return (self.one,) if self.other is None else (self.one, self.other)


@dataclass(frozen=True)
class Places:
    """Places at each of n settings, of shape (n, most), ascending, inf where there is none; ``most`` depends on the
    formula alone. ``kinds`` are the indices in KINDS, ``left`` and ``right`` f, f' and f'' beside each place, of shape
    (3, n, most). ``count`` is how many places there are, of which those nearest to 0 are given."""

    x: Array
    kinds: NDArray[np.intp]
    left: Array
    right: Array
    count: NDArray[np.intp]


def places(expression: Expression, a: Array, b: Array) -> Places:
    """The places of a formula in the window, for arrays of n values of its parameters."""
    return _places(expression, _key("a", a, expression), _key("b", b, expression))


def _key(name: str, values: Array, expression: Expression) -> bytes:
    # What does not stand in the formula makes no difference; how many settings there are, does.
    used = np.asarray(values, dtype=np.float64) if name in expression.parameters else np.zeros(np.shape(values))
    return used.tobytes()


@lru_cache(maxsize=64)
def _places(expression: Expression, a: bytes, b: bytes) -> Places:
    values = {name: np.frombuffer(each) for name, each in zip(PARAMETERS, (a, b), strict=True)}
    rows, most = len(values["a"]), bound(expression)
    found = [candidate for switch in switches(expression) for candidate in _changes(expression, switch, values, rows)]
    row = np.concatenate([np.empty(0, dtype=np.intp), *(where for where, _ in found)])
    row, x = _unique(row, np.concatenate([np.empty(0), *(at for _, at in found)]) + 0.0)
    kinds, left, right = _judged(expression, row, x, values)
    real = kinds >= 0
    row, x, kinds, left, right = row[real], x[real], kinds[real], left[:, real], right[:, real]
    twin = _twins(row, x, kinds == KINDS.index("pole"))
    second = np.flatnonzero(twin)
    x[second] = np.where(kinds[second] == KINDS.index("pole"), (x[second] + x[second - 1]) / 2, x[second])
    left[:, second] = left[:, second - 1]
    kept = np.ones(len(x), dtype=bool)
    kept[second - 1] = False
    return _table(rows, most, row[kept], x[kept], kinds[kept], left[:, kept], right[:, kept])


def _twins(row: NDArray[np.intp], x: Array, is_pole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether a place and the one before it are the same place.

    Two kinks a few floats apart are one, and at the second one the left side is still that of both. A divisor that is
    too small for a float beside its zero is 0 there as well, and both ends of that are one pole.
    """
    twin = np.zeros(len(x), dtype=bool)
    close = np.diff(x) <= 4 * np.spacing(np.maximum(np.abs(x[1:]), _SMALLEST))
    poles = is_pole[1:] & is_pole[:-1] & (np.diff(x) < _TWINS)
    twin[1:] = (row[1:] == row[:-1]) & (close | poles)
    return twin


def _table(
    rows: int, most: int, row: NDArray[np.intp], x: Array, kinds: NDArray[np.intp], left: Array, right: Array
) -> Places:
    """The places by row; of more than ``most`` those nearest to 0."""
    near = np.lexsort((np.abs(x), row))
    firsts = np.searchsorted(row[near], np.arange(rows))
    rank = np.arange(len(x)) - firsts[row[near]]
    kept = near[rank < most]
    kept = kept[np.lexsort((x[kept], row[kept]))]
    cell = np.arange(len(kept)) - np.searchsorted(row[kept], np.arange(rows))[row[kept]]
    at = np.full((rows, most), math.inf)
    which = np.full((rows, most), -1, dtype=np.intp)
    sides = np.full((2, 3, rows, most), math.nan)
    at[row[kept], cell], which[row[kept], cell] = x[kept], kinds[kept]
    sides[0][:, row[kept], cell], sides[1][:, row[kept], cell] = left[:, kept], right[:, kept]
    return Places(at, which, sides[0], sides[1], np.bincount(row, minlength=rows))


def _unique(row: NDArray[np.intp], x: Array) -> tuple[NDArray[np.intp], Array]:
    order = np.lexsort((x, row))
    row, x = row[order], x[order]
    new = np.ones(len(x), dtype=bool)
    new[1:] = (row[1:] != row[:-1]) | (x[1:] != x[:-1])
    return row[new], x[new]


def _judged(
    expression: Expression, row: NDArray[np.intp], x: Array, values: Mapping[str, Array]
) -> tuple[NDArray[np.intp], Array, Array]:
    """The kind of each candidate, -1 for none, and f, f' and f'' on its left and on its right, of shape (3, n)."""
    here = {name: each[row] for name, each in values.items()}
    left, right = (np.array(evaluate(expression, np.nextafter(x, end), here, 3)) for end in (-math.inf, math.inf))
    (middle,) = evaluate(expression, x, here, 1)
    with np.errstate(invalid="ignore"):
        beside = np.abs(np.stack([left[0], right[0]]))
        lost = np.isnan(beside)
        steep = (np.abs(np.stack([left[1], right[1]])) > HUGE).any(axis=0)
        jumps = ~same(left, right)
    answers = {
        "pole": (beside > HUGE).any(axis=0) | (np.isinf(middle) & ~lost.all(axis=0)),
        "edge": lost.any(axis=0) & ~lost.all(axis=0),
        "inside": lost.all(axis=0),  # of where f is not defined
        "hole": np.isnan(middle),
        "jump": jumps[0],
        "steep": steep,
        "kink": jumps[1],
        "bend": jumps[2],
    }
    numbers = [KINDS.index(kind) if kind in KINDS else -1 for kind in answers]
    return np.select(list(answers.values()), numbers, -1).astype(np.intp), left, right


def same(left: Array, right: Array) -> NDArray[np.bool_]:
    """Whether two one-sided values are the same but for their last digits."""
    near = 1e-12 + 1e-9 * np.maximum(np.abs(left), np.abs(right))
    return np.asarray((left == right) | (np.abs(left - right) <= near))


@lru_cache(maxsize=64)
def bound(expression: Expression) -> int:
    """How many places there can be at any setting, at most MOST: a switch that is a line in x changes once."""
    line = _lines(expression)
    return min(MOST, sum(1 if all(line[end] for end in switch.ends) else MOST for switch in switches(expression)))


def _lines(expression: Expression) -> list[bool]:
    """Of each step, whether it is a line in x."""
    line: list[bool] = []
    for step, moves in zip(expression.steps, expression.moving, strict=True):
        args = [line[arg] for arg in step.args]
        still = [not expression.moving[arg] for arg in step.args]
        match step.does:
            case "add" | "subtract" | "negative":
                line.append(all(args))
            case "multiply":
                line.append(all(args) and any(still))
            case "divide":
                line.append(args[0] and still[1])
            case _:
                line.append(not moves or step.does == "x")
    return line


@lru_cache(maxsize=64)
def switches(expression: Expression) -> tuple[Switch, ...]:
    """The switches of a formula that move with x."""
    found = dict.fromkeys(_switches(expression))
    return tuple(one for one in found if any(expression.moving[end] for end in one.ends))


def _switches(expression: Expression) -> Iterator[Switch]:
    for step in expression.steps:
        match step.does:
            case "where":
                sides = step.args[2:]
                yield from (Switch(left, right) for left, right in zip(sides[::2], sides[1::2], strict=True))
            case "max" | "min":
                yield Switch(*step.args)
            case "abs" | "relu" | "log" | "sqrt":
                yield Switch(step.args[0])
            case "log1p":
                yield Switch(step.args[0], number=-1.0)
            case "divide":
                yield Switch(step.args[1])
            case "power":
                exponent = expression.steps[step.args[1]]
                if not (exponent.does == "number" and exponent.number == int(exponent.number)):
                    yield Switch(step.args[0])


def _changes(
    expression: Expression, switch: Switch, values: Mapping[str, Array], rows: int
) -> Iterator[tuple[NDArray[np.intp], Array]]:
    """Row and x of each place at which the switch changes its sign, or begins or ends to be 0 or to have a value."""
    needed = _needed(expression, switch)
    used = [name for name in PARAMETERS if any(needed[k] and s.does == name for k, s in enumerate(expression.steps))]
    settings = np.column_stack([np.zeros(rows), *(values[name] for name in used)])
    # Settings in which the switch is the same are computed once.
    unique, which = np.unique(settings, axis=0, return_inverse=True)
    columns = {name: unique[:, k] for k, name in enumerate(used, 1)}

    def sign(x: Array, at: Mapping[str, Array]) -> NDArray[np.int8]:
        done = run(expression, needed, x, {**dict.fromkeys(PARAMETERS, np.zeros(())), **at})
        with np.errstate(invalid="ignore"):
            size = np.asarray(done[switch.one] - (switch.number if switch.other is None else done[switch.other]))
        size = np.broadcast_to(size, np.broadcast_shapes(x.shape, *(np.shape(each) for each in at.values())))
        return np.where(np.isnan(size), 2, np.sign(size)).astype(np.int8)

    sampled = sign(_SAMPLES[None, :], {name: each[:, None] for name, each in columns.items()})
    sampled = np.broadcast_to(sampled, (len(unique), len(_SAMPLES)))
    row, cell = np.nonzero(sampled[:, 1:] != sampled[:, :-1])
    if not len(row):
        return
    here = {name: each[row][:, None] for name, each in columns.items()}
    low, high = _ordered(_SAMPLES[cell]), _ordered(_SAMPLES[cell + 1])
    start, each = sampled[row, cell], np.arange(len(row))
    while (high - low).max() > 1:
        share = np.linspace(0, 1, _CUTS + 1)[1:-1]
        inner = low[:, None] + np.floor((high - low)[:, None] * share).astype(np.int64)
        cuts = np.column_stack([low, inner, high])
        differs = np.column_stack([sign(_floats(inner), here) != start[:, None], np.ones(len(row), dtype=bool)])
        first = differs.argmax(axis=1)
        low, high = cuts[each, first], cuts[each, first + 1]
    ends = np.column_stack([_floats(low), _floats(high)])
    # Of the two neighbours the one at which the switch is exactly 0, else the one at which it has a value.
    codes = sign(ends, here)
    x = np.where((codes[:, 1] == 0) | ((codes[:, 0] == 2) & (codes[:, 1] != 2)), ends[:, 1], ends[:, 0])
    firsts, counts = np.searchsorted(row, np.arange(len(unique))), np.bincount(row, minlength=len(unique))
    for place, kind in enumerate(np.ravel(which).tolist()):
        if counts[kind]:
            yield np.full(counts[kind], place), x[firsts[kind] : firsts[kind] + counts[kind]]


def _needed(expression: Expression, switch: Switch) -> list[bool]:
    """Of each step, whether the switch follows from it."""
    needed = [False] * len(expression.steps)
    for end in switch.ends:
        needed[end] = True
    for place in range(len(expression.steps) - 1, -1, -1):
        if needed[place]:
            for arg in expression.steps[place].args:
                needed[arg] = True
    return needed


def _ordered(x: Array) -> NDArray[np.int64]:
    """A number for each float, in the order of the floats and without gaps."""
    bits = (x + 0.0).view(np.int64)
    return np.where(bits >= 0, bits, np.int64(-(2**63)) - bits)


def _floats(numbers: NDArray[np.int64]) -> Array:
    return np.where(numbers >= 0, numbers, np.int64(-(2**63)) - numbers).view(np.float64)
