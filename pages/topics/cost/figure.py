"""The chart: a row for each line of code, a dot where its cost lies on a logarithmic axis, its ratio at the right."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.shared.prediction import GUESS
from pages.topics.cost.picture import ENDS, FUNCTIONS, GUESSES, Row, Seen, floor, ratios, rows

_TICKS = (0.1, 0.3, 1, 3, 10, 30, 100)
_ABOVE = 1.4  # rows between the first one and the upper edge


def dots(picture: Picture, seen: Seen, place: int, large: bool) -> figures.Finished:
    """A figure of ``picture``, which is that of what is ``seen`` at one position; ``large`` is for a projector."""
    text, shown = words.page("topics/cost"), rows(seen.view, seen.language)
    size = 18.0 if large else 13.0
    traces = [
        figures.line(picture, "stems", figures.SHADE, 2.5, hoverinfo="skip"),
        figures.line(picture, "floor", GREY, 2.0, line={"dash": "5px,4px"}, hoverinfo="skip"),
        figures.label(picture, "floor_word", floor(seen.language)[place], GREY, size, "middle right"),
    ]
    if seen.view == FUNCTIONS:
        traces += [_guess(picture, f"{GUESS}{answer}", size) for answer in GUESSES]
    colours = [figures.colour(row.slug) for row in shown]
    traces += _marks(picture, colours, 13 if large else 10)
    for row, ratio in zip(shown, ratios(seen, place), strict=True):
        label = figures.label(picture, f"{row.line}_ratio", ratio, "", size, "middle left")
        traces.append({**label, "textfont": {"size": size}})
    notes = [_note(text["key"] if seen.view == FUNCTIONS else text["key-writing"], 0, "left", size)]
    notes.append(_note(text["column" if seen.view == FUNCTIONS else "column-writing"], 1, "right", size))
    margin = {"l": 14 + 0.57 * size * max(_letters(row.name) for row in shown), "r": 10, "t": 26 if large else 20}
    margin["b"] = 62 if large else 46
    return figures.figure(traces, _axes(picture, shown), "cost", large, annotations=notes, margin=margin)


def _marks(picture: Picture, colours: list[str], size: float) -> list[Spec]:
    """A filled dot forwards, an open one backwards, and what was measured here as a small diamond in each."""
    drawn = [_row(picture, "forward", colours, size, "circle")]
    if "backward.x" in picture:
        drawn.insert(0, _row(picture, "backward", colours, size, "circle-open"))
    if "here.x" in picture:
        drawn.append(_row(picture, "here", [PROBE] * len(colours), size * 0.95, "diamond-open"))
    return drawn


def _row(picture: Picture, name: str, colours: list[str], size: float, symbol: str) -> Spec:
    drawn = figures.dots(picture, name, GREY, size, symbol)
    marker = {**drawn["marker"], "color": colours, "line": {"width": 2.5, "color": colours}}
    return {**drawn, "marker": marker, "cliponaxis": True}


def _guess(picture: Picture, name: str, size: float) -> Spec:
    line = figures.line(picture, name, GREY, 3.0, line={"dash": "4px,3px"}, hoverinfo="skip")
    said = {"text": [words.ui("drawn.guess"), ""], "textposition": "top center"}
    return {**line, **said, "mode": "lines+text", "textfont": {"color": GREY, "size": size}, "visible": False}


def _axes(picture: Picture, shown: Sequence[Row]) -> dict[str, Spec]:
    down = [float(y) for y in picture["forward.y"]]
    across = {"range": list(ENDS), "title": words.page("topics/cost")["axis"], "zeroline": False}
    names = {"tickvals": down, "ticktext": [row.name for row in shown], "showgrid": False, "zeroline": False}
    return {
        "xaxis": {**across, "tickvals": [math.log10(tick) for tick in _TICKS], "ticktext": [f"{t:g}" for t in _TICKS]},
        "yaxis": {**names, "range": [down[-1] + 0.7, -_ABOVE]},
    }


def _note(text: str, side: float, anchor: str, size: float) -> Spec:
    place = {"x": side, "y": 1, "xref": "paper", "yref": "paper", "xanchor": anchor, "yanchor": "bottom"}
    return {"text": text, "showarrow": False, "font": {"size": size}, **place}


def _letters(name: str) -> float:
    """How many Latin letters wide a name is."""
    return sum(1.8 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in name)
