"""The numbers of a function in words: what its sentences may quote, and the cells of its table of traits."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from activations import Activation, Trait
from activations.experiments.summary import Summary, summaries
from activations.spec import Array
from pages.shared import words

CELLS = ("range", "minimum", "monotone", "smooth", "odd", "centred", "saturates", "steepest", "dies")


def texts(activation: Activation, state: Mapping[str, Array]) -> dict[str, list[str]]:
    """A text for each of n states by name: quotes for sentences, then the table's cells.

    ``state`` has an array of shape (n,) for each parameter; a function without parameters has one state.
    """
    measured = summaries(activation, state)
    count = len(measured)
    settings = [dict(zip(state, row, strict=True)) for row in zip(*(v.tolist() for v in state.values()), strict=True)]
    holds = {trait: np.broadcast_to(claim(**state), count).tolist() for trait, claim in activation.claims.items()}
    claimed = [{trait for trait, where in holds.items() if where[row]} for row in range(count)]
    rows = [
        {**numbers, **cells, **kinks}
        for numbers, cells, kinks in zip(
            map(_numbers, measured, settings or [{}]), map(_cells, measured, claimed), _kinks(activation, state, count),
            strict=True,
        )
    ]  # fmt: skip
    return {name: [row[name] for row in rows] for name in rows[0]}


def _numbers(measured: Summary, settings: Mapping[str, float]) -> dict[str, str]:
    numbers = {
        "infimum": measured.infimum,
        "supremum": measured.supremum,
        "minimum": measured.infimum,
        "argmin": measured.argmin,
        "max_slope": measured.max_slope,
        "argmax_slope": measured.argmax_slope,
        "mean": measured.mean,
    }
    printed = {name: "–" if value is None else words.short(value) for name, value in numbers.items()}
    set_to = {name: words.number(value, "2") for name, value in settings.items()}
    ends = (measured.infimum, measured.supremum, measured.has_infimum, measured.has_supremum)
    return {**printed, **set_to, "range": words.interval(*ends)}


def _cells(measured: Summary, claimed: Collection[Trait]) -> dict[str, str]:
    tails = [t for t in (Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT) if t in claimed]
    smooth = next((t.value for t in (Trait.SMOOTH, Trait.C2, Trait.C1, Trait.CONTINUOUS) if t in claimed), "jump")
    centred = "centred_yes" if Trait.ZERO_CENTRED in claimed else "centred_no"
    steepest = _at(measured.max_slope, measured.argmax_slope)
    met = measured.max_slope_taken or math.isinf(measured.max_slope)
    return {
        "cell.minimum": _at(measured.infimum, measured.argmin) if measured.has_minimum else words.ui("none"),
        "cell.monotone": _yes(Trait.MONOTONE in claimed),
        "cell.smooth": words.ui(f"smooth.{smooth}"),
        "cell.odd": _yes(Trait.ODD in claimed),
        "cell.centred": words.ui(centred, mean=words.number(measured.mean, "4")),
        "cell.saturates": words.ui("and").join(words.ui(f"side.{t.value}") for t in tails) or words.ui("no"),
        "cell.steepest": steepest if met else words.ui("approached", value=steepest),
        "cell.dies": _yes(Trait.CAN_DIE in claimed),
    }


def _kinks(activation: Activation, settings: Mapping[str, Array], count: int) -> list[dict[str, str]]:
    """The text for each kink: its limits are read at the neighbouring floats."""
    rows: list[dict[str, str]] = [{} for _ in range(count)]
    for place, kink in enumerate(activation.kinks(**settings)):
        at = np.broadcast_to(np.asarray(kink, dtype=np.float64), count)
        left, right = (np.nextafter(at, end) for end in (-math.inf, math.inf))
        slopes = [activation.derivative(x, **settings) for x in (left, right, at)]
        broken = _apart(*slopes[:2]) | _apart(activation(left, **settings), activation(right, **settings))
        for row, x, *beside, breaks in zip(
            rows, at.tolist(), *map(np.ndarray.tolist, slopes), broken.tolist(), strict=True
        ):
            named = dict(zip(("left", "right", "here"), map(words.short, beside), strict=True))
            row[f"kink_at.{place}"] = words.number(x, "2") if x != round(x) else words.short(x)
            row[f"kink.{place}"] = words.ui("kink", **named) if breaks else words.ui("no_kink")
    return rows


def _apart(one: Array, other: Array) -> NDArray[np.bool_]:
    """Where two numbers differ by more than their last digits."""
    near = np.maximum(1e-12, 1e-9 * np.maximum(np.abs(one), np.abs(other)))
    return np.asarray(np.abs(one - other) > near)


def table(activation: Activation, marks: Mapping[str, str]) -> str:
    """The table of traits as Markdown; ``marks`` are the printed texts under their marks."""
    rows = {words.ui(f"trait.{name}"): marks["range" if name == "range" else f"cell.{name}"] for name in CELLS}
    for place in range(len(activation.kinks_at())):
        rows[words.ui("trait.kink", at=marks[f"kink_at.{place}"])] = marks[f"kink.{place}"]
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join([f"| {words.ui('trait.head')} | {words.ui('trait.value')} |", "|---|---|", *lines])


def _at(value: float, x: float | None) -> str:
    return words.short(value) if x is None else words.ui("at", value=words.short(value), x=words.number(x, "4"))


def _yes(holds: bool) -> str:
    return words.ui("yes" if holds else "no")
