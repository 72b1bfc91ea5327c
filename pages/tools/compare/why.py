"""Why a cell of the matrix says what it says: what anybody can check, at the default parameters."""

from __future__ import annotations

import math

from activations import Activation, Trait
from activations.experiments.evidence import Evidence, evidence
from activations.experiments.summary import Summary, summary
from pages.shared import words
from pages.tools.compare.printed import SYMBOLS, joined


def told(activation: Activation, column: str, text: words.Words) -> str:
    """The reason for what stands in this column."""
    shown = evidence(activation)
    match column:
        case "smooth":
            return _jumps(shown, text) or text["because-smooth" if Trait.SMOOTH in activation.traits else "because-c2"]
        case "kinks":
            return _jumps(shown, text) or text["because-whole"]
        case "monotone":
            return _place(shown.falls, text["because-falls"]) or text["because-rises"]
        case "odd":
            return _pair(shown, text["because-odd" if Trait.ODD in activation.traits else "because-not-odd"])
        case "saturates":
            return _tails(shown, text)
        case "dies":
            return _place(shown.alive, text["because-lives"]) or text["because-dies"]
    return _measured(summary(activation), column, text)


def _jumps(shown: Evidence, text: words.Words) -> str:
    told = [
        _said(words.format(text["because-jump"], what=SYMBOLS[jump.order]), x=jump.x, left=jump.left, right=jump.right)
        for jump in shown.jumps
    ]
    return joined(told, text["because-joint"]) if told else ""


def _place(found: tuple[float, float] | None, sentence: str) -> str:
    return _said(sentence, x=found[0], slope=found[1]) if found else ""


def _pair(shown: Evidence, sentence: str) -> str:
    pair = shown.pair
    return _said(sentence, x=pair.x, minus=pair.minus, negated=0.0 - pair.plus)


def _tails(shown: Evidence, text: words.Words) -> str:
    left, right = shown.tails
    return text["because-swings"] if math.isnan(left + right) else _said(text["because-tails"], left=left, right=right)


def _measured(known: Summary, column: str, text: words.Words) -> str:
    low, high, steep = known.infimum, known.supremum, known.max_slope
    lowest = _said(text[f"because-low-{_reached(low, known.has_infimum)}"], low=low)
    match column:
        case "range":
            highest = _said(text[f"because-high-{_reached(high, known.has_supremum)}"], high=high)
            return joined([lowest, highest], text["because-joint"])
        case "minimum":
            return _taken(text, "minimum", known.argmin, low=low) if known.has_minimum else lowest
        case "steepest":
            if known.max_slope_taken:
                return _taken(text, "steepest", known.argmax_slope, steep=steep)
            return _said(text[f"because-steepest-{_reached(steep, False)}"], steep=steep)
    return _said(text["because-mean"], mean=known.mean)


def _reached(end: float, taken: bool) -> str:
    return "none" if math.isinf(end) else "taken" if taken else "near"


def _taken(text: words.Words, column: str, place: float | None, **height: float) -> str:
    if place is None:
        return _said(text[f"because-{column}-many"], **height)
    return _said(text[f"because-{column}-at"], x=place, **height)


def _said(sentence: str, **values: float) -> str:
    told = {name: words.short(value) for name, value in values.items()}
    if "x" in values:
        told["x"] = place(values["x"])
    return words.format(sentence, **told)


def place(x: float) -> str:
    """A place on the line, with no more decimals than it has and at most four."""
    return f"{round(x, 4):g}".replace("-", "−")
