"""The matrix: a row a function, a column a property; each cell leads to the function's page and has a reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from activations import CATALOGUE, Activation, Trait
from activations.experiments.evidence import Evidence, evidence
from activations.experiments.summary import Summary, summary
from activations.functions import FAMILIES
from pages.shared import controls, state, words
from pages.tools.compare.scene import SYMBOLS, joined

SORTS = ("taught", "name", "steepest", "minimum", "mean", "kinks")
COLUMNS = ("smooth", "kinks", "monotone", "odd", "centred", "saturates", "dies", "range", "minimum", "steepest", "mean")
_YES = {"monotone": Trait.MONOTONE, "odd": Trait.ODD, "centred": Trait.ZERO_CENTRED, "dies": Trait.CAN_DIE}
_HAS = "has"
CHOICES = {
    _HAS: controls.offer(trait.value for trait in Trait),
    "by": controls.offer(SORTS, SORTS[0]),
    "last": controls.SWITCH,
}
_FAMILY = {slug: family for family, slugs in FAMILIES.items() for slug in slugs}


def draw(text: words.Words) -> None:
    """What is asked for, how it is sorted, and the table."""
    wanted = _wanted(text)
    by = controls.choice("by", {name: text[f"by-{name}"] for name in SORTS}, SORTS[0], text["by"])
    last = st.toggle(text["last"], key="last", bind="query-params")
    st.html(html(tuple(wanted), by, last))


def _wanted(text: words.Words) -> list[str]:
    """The traits that are asked for, kept in the address as ``has``."""
    offered = [trait.value for trait in Trait]
    asked = set(st.query_params.get_all(_HAS))
    st.session_state["wanted"] = shown = [name for name in offered if name in asked]

    def choose() -> None:
        st.query_params[_HAS] = st.session_state["wanted"]

    st.pills(
        text["wanted"], offered, selection_mode="multi", key="wanted", on_change=choose, wrap=True,
        format_func=lambda name: text[f"trait-{name}"],
    )  # fmt: skip
    return shown


@lru_cache(maxsize=128)
def found(wanted: tuple[str, ...], by: str, last: bool = False) -> tuple[Activation, ...]:
    """The functions that have every trait asked for at their defaults, sorted; the ``last`` first if so asked."""
    fit = [
        activation for activation in CATALOGUE.values() if {trait.value for trait in activation.traits} >= set(wanted)
    ]
    keys: dict[str, Callable[[Activation], Any]] = {
        "taught": lambda activation: 0,
        "name": lambda activation: activation.name.lower(),
        "steepest": lambda activation: summary(activation).max_slope,
        "minimum": lambda activation: summary(activation).infimum,
        "mean": lambda activation: summary(activation).mean,
        "kinks": lambda activation: len(activation.kinks_at()),
    }
    return tuple(sorted(fit, key=keys[by])[:: -1 if last else 1])


def html(wanted: tuple[str, ...], by: str, last: bool = False) -> str:
    """The table of the functions that have the traits ``wanted``."""
    return _html(wanted, by, last, words.language(), state.query())


@lru_cache(maxsize=64)
def _html(wanted: tuple[str, ...], by: str, last: bool, _language: str, _said: str) -> str:
    # What every link of the visit says is part of the key.
    text, activations = words.page("tools/compare"), found(wanted, by, last)
    count = escape(words.format(text["count"], count=len(activations), all=len(CATALOGUE)))
    titled = "".join(
        f"<th scope='col'><abbr title='{escape(text[f'means-{name}'])}'>{escape(text[f'col-{name}'])}</abbr></th>"
        for name in COLUMNS
    )
    head = f"<th scope='col'>{escape(text['col-function'])}</th>{titled}"
    reasons: dict[str, int] = {}
    body = _families(activations, text, reasons) if by == SORTS[0] else _rows(activations, text, reasons)
    table = f"<table><thead><tr>{head}</tr></thead>{body}</table>"
    name = escape(text["table-name"])
    frame = f"<div class='nl-merits nl-matrix' role='region' tabindex='0' aria-label='{name}'>{table}</div>"
    items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return f"<p>{count}</p>{frame}<ol class='nl-reasons' hidden>{items}</ol>{_meanings(text)}"


def _meanings(text: words.Words) -> str:
    """What the headings mean, for those who cannot hover."""
    colon = words.ui("colon")
    items = [f"<b>{escape(text[f'col-{name}'])}</b>{colon}{escape(text[f'means-{name}'])}" for name in COLUMNS]
    listed = "".join(f"<li>{one}</li>" for one in items)
    return f"<details><summary>{escape(text['meanings'])}</summary><ul>{listed}</ul></details>"


def _families(activations: Iterable[Activation], text: words.Words, reasons: dict[str, int]) -> str:
    """The rows family by family, each under a row with the name of the family."""
    bodies = ""
    for family, members in groupby(activations, lambda activation: _FAMILY[activation.slug]):
        name = escape(words.ui(f"map.{family}"))
        head = f"<tr class='nl-family'><th scope='rowgroup' colspan='{len(COLUMNS) + 1}'><span>{name}</span></th></tr>"
        bodies += _rows(members, text, reasons, head)
    return bodies


def _rows(activations: Iterable[Activation], text: words.Words, reasons: dict[str, int], head: str = "") -> str:
    return f"<tbody>{head}{''.join(_row(activation, text, reasons) for activation in activations)}</tbody>"


def _row(activation: Activation, text: words.Words, reasons: dict[str, int]) -> str:
    """A row; what its cells give as reasons, each once and by its place, goes to ``reasons``.

    The browser gives every cell the link of the row (``assets/matrix.js``).
    """
    link = escape(state.address(activation.slug))
    name = escape(words.title(activation.slug))
    cells = []
    for column in COLUMNS:
        place = reasons.setdefault(reason(activation, column, text), len(reasons))
        cell = f"<a data-why='{place}'{_mark(activation, column)}>{escape(_cell(activation, column, text))}</a>"
        cells.append(f"<td{_bar(activation) if column == 'steepest' else ''}>{cell}</td>")
    return f"<tr><th scope='row'><a href='{link}'>{name}</a></th>{''.join(cells)}</tr>"


def _mark(activation: Activation, column: str) -> str:
    """The class of a cell that says yes or no, which is seen as a dot."""
    if column == "saturates":
        return "" if activation.traits & {Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT} else " class='no'"
    asked = {**_YES, "smooth": Trait.SMOOTH}.get(column)
    if asked is None or (column == "smooth" and asked not in activation.traits):
        return ""
    return f" class='{'yes' if asked in activation.traits else 'no'}'"


def _bar(activation: Activation) -> str:
    """How long the bar behind the largest slope is, as a share of the longest."""
    steep = summary(activation).max_slope
    share = steep / _steepest() if math.isfinite(steep) else 1.0
    return f" style='--bar:{share:.0%}'"


@lru_cache
def _steepest() -> float:
    """The largest finite slope of any function at its defaults."""
    return max(steep for activation in CATALOGUE.values() if math.isfinite(steep := summary(activation).max_slope))


def _cell(activation: Activation, column: str, text: words.Words) -> str:
    if column in _YES:
        return words.ui("yes" if _YES[column] in activation.traits else "no")
    if column == "smooth":
        return text[next((f"smooth-{t.value}" for t in _SMOOTH if t in activation.traits), "smooth-jump")]
    if column == "kinks":
        return ", ".join(map(abscissa, activation.kinks_at())) or "–"
    if column == "saturates":
        sides = [trait in activation.traits for trait in (Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT)]
        return text[f"saturates-{'both' if all(sides) else 'left' if sides[0] else 'right' if sides[1] else 'none'}"]
    return _measured(summary(activation), column)


_SMOOTH = (Trait.SMOOTH, Trait.C2, Trait.C1, Trait.CONTINUOUS)


def _measured(known: Summary, column: str) -> str:
    if column == "range":
        return words.interval(known.infimum, known.supremum, known.has_infimum, known.has_supremum)
    if column == "minimum":
        return words.short(known.infimum) if known.has_minimum else "–"
    return words.short(known.max_slope if column == "steepest" else known.mean)


def reason(activation: Activation, column: str, text: words.Words) -> str:
    """The reason for the entry of this column."""
    shown = evidence(activation)
    match column:
        case "smooth":
            return _jumps(shown, text) or text["because-smooth" if Trait.SMOOTH in activation.traits else "because-c2"]
        case "kinks":
            return _jumps(shown, text) or text["because-whole"]
        case "monotone":
            return _witness(shown.falls, text["because-falls"]) or text["because-rises"]
        case "odd":
            return _pair(shown, text["because-odd" if Trait.ODD in activation.traits else "because-not-odd"])
        case "saturates":
            return _tails(shown, text)
        case "dies":
            return _witness(shown.alive, text["because-lives"]) or text["because-dies"]
    return _extreme(summary(activation), column, text)


def _jumps(shown: Evidence, text: words.Words) -> str:
    texts = [
        _filled(
            words.format(text["because-jump"], what=SYMBOLS[jump.order]), x=jump.x, left=jump.left, right=jump.right
        )
        for jump in shown.jumps
    ]
    return joined(texts, text["because-joint"]) if texts else ""


def _witness(found: tuple[float, float] | None, sentence: str) -> str:
    return _filled(sentence, x=found[0], slope=found[1]) if found else ""


def _pair(shown: Evidence, sentence: str) -> str:
    pair = shown.pair
    return _filled(sentence, x=pair.x, minus=pair.minus, negated=0.0 - pair.plus)


def _tails(shown: Evidence, text: words.Words) -> str:
    left, right = shown.tails
    return (
        text["because-swings"] if math.isnan(left + right) else _filled(text["because-tails"], left=left, right=right)
    )


def _extreme(known: Summary, column: str, text: words.Words) -> str:
    low, high, steep = known.infimum, known.supremum, known.max_slope
    lowest = _filled(text[f"because-low-{_reached(low, known.has_infimum)}"], low=low)
    match column:
        case "range":
            highest = _filled(text[f"because-high-{_reached(high, known.has_supremum)}"], high=high)
            return joined([lowest, highest], text["because-joint"])
        case "minimum":
            return _taken(text, "minimum", known.argmin, low=low) if known.has_minimum else lowest
        case "steepest":
            if known.max_slope_taken:
                return _taken(text, "steepest", known.argmax_slope, steep=steep)
            return _filled(text[f"because-steepest-{_reached(steep, False)}"], steep=steep)
    return _filled(text["because-mean"], mean=known.mean)


def _reached(end: float, taken: bool) -> str:
    return "none" if math.isinf(end) else "taken" if taken else "near"


def _taken(text: words.Words, column: str, place: float | None, **height: float) -> str:
    if place is None:
        return _filled(text[f"because-{column}-many"], **height)
    return _filled(text[f"because-{column}-at"], x=place, **height)


def _filled(sentence: str, **values: float) -> str:
    texts = {name: words.short(value) for name, value in values.items()}
    if "x" in values:
        texts["x"] = abscissa(values["x"])
    return words.format(sentence, **texts)


def abscissa(x: float) -> str:
    """An x, with no more decimals than it has and at most four."""
    return f"{round(x, 4):g}".replace("-", "−")
