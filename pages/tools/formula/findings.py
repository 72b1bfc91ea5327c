"""What is found of a formula, in words: its kinks and poles in one line, what is measured in the cells of a table."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from activations.formulas.measured import Measured
from activations.formulas.switches import KINDS, MOST, Places
from pages.shared import words

CELLS = ("low", "high", "steepest", "ends", "rises", "odd", "flat", "mean", "forward", "backward")
_FEW = 2  # places that are each told with both sides
_JUMPS = {"jump": "f", "kink": "f′", "bend": "f″"}
_LONG = 1e5  # from which on a number is printed as a power of ten


def places(found: Places, measured: Sequence[Measured], text: words.Words) -> list[str]:
    """Where the pieces of a formula end and what happens there, one line for each of n settings."""
    return [
        text["nowhere"] if math.isnan(one.low) else _joined(_sentences(found, row, text), text["sentences"])
        for row, one in enumerate(measured)
    ]


def _joined(parts: Iterable[str], template: str) -> str:
    """The parts joined two by two by a template with {before} and {after}."""
    return reduce(lambda before, after: words.format(template, before=before, after=after), parts)


def _sentences(found: Places, row: int, text: words.Words) -> Iterator[str]:
    there = [cell for cell in range(found.x.shape[1]) if math.isfinite(found.x[row, cell])]
    if not there:
        yield text["place-none"]
        return
    if found.count[row] > MOST:
        yield words.format(text["place-many"], count=int(found.count[row]))
    if len(there) <= _FEW:
        yield from (_sentence(found, row, cell, text) for cell in there)
        return
    for kind in dict.fromkeys(KINDS[found.kinds[row, cell]] for cell in there):
        at = [abscissa(float(found.x[row, cell])) for cell in there if KINDS[found.kinds[row, cell]] == kind]
        yield words.format(text[f"places-{kind}"], x=_joined(at, text["joint"]))


def _sentence(found: Places, row: int, cell: int, text: words.Words) -> str:
    kind, x = KINDS[found.kinds[row, cell]], abscissa(float(found.x[row, cell]))
    left, right = (sides[:, row, cell].tolist() for sides in (found.left, found.right))
    if kind == "edge":
        return words.format(text["place-edge-right" if math.isnan(left[0]) else "place-edge-left"], x=x)
    if kind not in _JUMPS:
        return words.format(text[f"place-{kind}"], x=x)
    order = list(_JUMPS).index(kind)
    ends = {"left": number(left[order], text, 3), "right": number(right[order], text, 3)}
    return words.format(text["place-jump"], what=_JUMPS[kind], x=x, **ends)


def cells(measured: Sequence[Measured], text: words.Words) -> dict[str, list[str]]:
    """The cells of the table by name, one text for each setting."""
    answers, at = (words.ui("no"), words.ui("yes")), words.ui("at")
    rows = [_cells(one, text, answers, at) for one in measured]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _cells(one: Measured, text: words.Words, answers: tuple[str, str], at: str) -> dict[str, str]:
    extremes = {"low": (one.low, one.at_low), "high": (one.high, one.at_high)}
    extremes["steepest"] = one.steepest, one.at_steepest
    left, right = (number(each, text, 3) for each in one.ends)
    return {
        **{name: _placed(value, x, text, at) for name, (value, x) in extremes.items()},
        "ends": words.format(text["ends"], left=left, right=right),
        "rises": answers[one.rises] if one.whole else text["no-number"],
        "odd": answers[one.odd],
        "flat": answers[one.flat],
        **{name: number(getattr(one, name), text, 3, "no-number") for name in ("mean", "forward", "backward")},
    }


def _placed(value: float, x: float, text: words.Words, at: str) -> str:
    if not math.isfinite(value):
        return text["no-number" if math.isnan(value) else "unbounded"]
    return words.format(at, value=number(value, text, 3), x=abscissa(x))


def abscissa(x: float) -> str:
    """A place on the x axis with two decimals, a whole one without."""
    return words.number(x, "0" if words.whole(x) else "2")


def number(value: float, text: words.Words, decimals: int, none: str = "undefined") -> str:
    """A number with so many decimals, as a power of ten if it is long, or the word that there is ``none``."""
    if math.isnan(value):
        return text[none]
    if math.isinf(value):
        return text["unbounded"]
    if abs(value) >= _LONG:
        return ("−" if value < 0 else "") + words.power(abs(value))
    if words.whole(value):
        return words.number(value, "0")
    return (
        words.number(value, str(decimals)) if abs(value) >= 0.5 * 10**-decimals else words.exact([value], decimals)[0]
    )
