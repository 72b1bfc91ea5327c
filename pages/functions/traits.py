"""The numbers of a function in words: what its sentences may quote, and the cells of its table of traits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from activations import Activation, Trait
from activations.experiments.portrait import Portrait, portrait, portraits
from pages.parts import live, words

CELLS = ("range", "minimum", "monotone", "smooth", "odd", "centred", "saturates", "steepest", "dies")


def printed(act: Activation, settings: Mapping[str, float]) -> dict[str, str]:
    """All that is printed about ``act`` at these settings, by name: quotes for sentences, then the table's cells."""
    return dict(_still(act, tuple(settings.items()), words.language()))


def printed_along(act: Activation, name: str, settings: Mapping[str, float]) -> live.Pack:
    """The same at every position of the slider ``name``."""
    others = tuple(sorted((k, v) for k, v in settings.items() if k != name))
    return _along(act, name, others, words.language())


@lru_cache(maxsize=256)
def _still(act: Activation, stand: tuple[tuple[str, float], ...], _: str) -> dict[str, str]:
    # The last argument keeps the languages apart, here and below.
    settings = dict(stand)
    return _printed(act, portrait(act, **settings), settings)


@lru_cache(maxsize=128)
def _along(act: Activation, name: str, others: tuple[tuple[str, float], ...], _: str) -> live.Pack:
    grid = next(param for param in act.params if param.name == name).grid
    measured = portraits(act, name, **dict(others))
    rows = [_printed(act, one, {**dict(others), name: float(x)}) for x, one in zip(grid, measured, strict=True)]
    return live.pack({}, {key: [row[key] for row in rows] for key in rows[0]})


def _printed(act: Activation, measured: Portrait, settings: Mapping[str, float]) -> dict[str, str]:
    return {**_quotes(act, measured, settings), **_cells(act, measured, settings), **_kinks(act, settings)}


def _quotes(act: Activation, measured: Portrait, settings: Mapping[str, float]) -> dict[str, str]:
    numbers = {
        "infimum": measured.infimum,
        "supremum": measured.supremum,
        "minimum": measured.infimum,
        "argmin": measured.argmin,
        "max_slope": measured.max_slope,
        "argmax_slope": measured.argmax_slope,
        "mean": measured.mean,
    }
    quoted = {name: "–" if value is None else short(value) for name, value in numbers.items()}
    set_to = {param.name: words.number(settings[param.name], "2") for param in act.params}
    ends = (measured.infimum, measured.supremum, measured.has_infimum, measured.has_supremum)
    return {**quoted, **set_to, "range": words.interval(*ends)}


def _cells(act: Activation, measured: Portrait, settings: Mapping[str, float]) -> dict[str, str]:
    claimed = act.traits_at(**settings)
    tails = [t for t in (Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT) if t in claimed]
    smooth = next((t.value for t in (Trait.SMOOTH, Trait.C1, Trait.CONTINUOUS) if t in claimed), "jump")
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


def _kinks(act: Activation, settings: Mapping[str, float]) -> dict[str, str]:
    told = {}
    for place, at in enumerate(act.kinks_at(**settings)):
        sides, here = act.sides(at, **settings), float(act.slope(at, **settings))
        bent = not math.isclose(sides.slope_left, sides.slope_right, rel_tol=1e-9, abs_tol=1e-12)
        jumps = not math.isclose(sides.value_left, sides.value_right, rel_tol=1e-9, abs_tol=1e-12)
        slopes = {"left": short(sides.slope_left), "right": short(sides.slope_right), "here": short(here)}
        told[f"kink_at.{place}"] = words.number(at, "2") if at != round(at) else short(at)
        told[f"kink.{place}"] = words.ui("kink", **slopes) if bent or jumps else words.ui("no_kink")
    return told


def table(act: Activation, marks: Mapping[str, str]) -> str:
    """The table of traits as Markdown; ``marks`` are the printed texts under their marks."""
    rows = {words.ui(f"trait.{name}"): marks["range" if name == "range" else f"cell.{name}"] for name in CELLS}
    for place in range(len(act.kinks_at())):
        rows[words.ui("trait.kink", at=marks[f"kink_at.{place}"])] = marks[f"kink.{place}"]
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join([f"| {words.ui('trait.head')} | {words.ui('trait.value')} |", "|---|---|", *lines])


def short(value: float) -> str:
    """A number with four decimals, a whole one without, infinity as its sign."""
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    return words.number(value, "0" if words.whole(value) else "4")


def _at(value: float, x: float | None) -> str:
    return short(value) if x is None else words.ui("at", value=short(value), x=words.number(x, "4"))


def _yes(holds: bool) -> str:
    return words.ui("yes" if holds else "no")
