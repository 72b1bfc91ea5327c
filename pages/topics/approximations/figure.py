"""The chart: the three forms above each other, and on logarithmic axes how far each is from GELU and its slope."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from activations.experiments import approximations as forms
from activations.experiments.approximations import FORMS
from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.shared.prediction import GUESS
from pages.topics.approximations import picture as drawing

COLOURS = {"erf": figures.colour("gelu"), "tanh": figures.colour("tanh"), "sigmoid": figures.colour("sigmoid")}
# Where the question is about, and how far from GELU the erf form is there by each wrong answer.
ASKED, GUESSES = -4.0, {f"{GUESS}1": 0.0, f"{GUESS}3": 8.5e-4}
_STYLES = {"erf": (6.0, "solid"), "tanh": (3.4, "10px,8px"), "sigmoid": (2.6, "2px,5px")}
_PANELS = {"f": ("y2", (0.335, 0.6)), "df": ("y3", (0.0, 0.265))}
_MARGIN = {"l": 46, "r": 14, "t": 24, "b": 32}


def chart(picture: Picture, text: words.Words, page: str, large: bool) -> Any:
    """The finished figure."""
    word = 18 if large else 13
    traces = _functions(picture, text, word)
    traces += [trace for name in drawing.KINDS for trace in _errors(picture, name)]
    traces += [trace for name in GUESSES for trace in _guess(name, word)]
    notes = {"functions": "y", "f": "y2", "df": "y3"}
    margin = {side: edge * (1.3 if large else 1) for side, edge in _MARGIN.items()}
    named = [_note(text[f"panel-{name}"], axis, word) for name, axis in notes.items()]
    return figures.figure(traces, _axes(), page, large, annotations=named, margin=margin)


def _axes() -> dict[str, Spec]:
    axes: dict[str, Spec] = {
        "xaxis": {"range": list(forms.ENDS), "anchor": "y3", "dtick": 1},
        "yaxis": {"range": list(drawing.HEIGHT), "domain": (0.67, 1), "dtick": 1},
    }
    ticks = [drawing.FLOOR, -4, -2, 0]
    powers = ["≈ 0", *(f"10{str(power).translate(words.SUPERSCRIPT)}" for power in ticks[1:-1]), "1"]
    for axis, domain in _PANELS.values():
        reach = [drawing.FLOOR - 0.1, drawing.TOP]
        axes[f"yaxis{axis[1:]}"] = {"range": reach, "domain": domain, "tickvals": ticks, "ticktext": powers}
    return axes


def _functions(picture: Picture, text: words.Words, word: float) -> list[Spec]:
    """The three on top of each other: a line that lies on another one lets it through."""
    traces = [figures.line(picture, "hair", PROBE, 1.4, opacity=0.7, hoverinfo="skip")]
    for place, form in enumerate(FORMS):
        width, dash = _STYLES[form]
        traces.append(figures.line(picture, form, COLOURS[form], width, line={"dash": dash}))
        at = {"key.x": np.array([-5.8]), "key.y": np.array([2.7 - 0.72 * place])}
        named = figures.label(at, "key", text[f"key-{form}"], COLOURS[form], word, "middle right")
        traces.append({**named, "name": f"{form}_key", "textfont": {**named["textfont"], "weight": 600}})
    return [*traces, *(figures.dots(picture, f"{form}_dot", COLOURS[form], 8) for form in FORMS)]


def _errors(picture: Picture, name: str) -> list[Spec]:
    on: Spec = {"yaxis": _PANELS[name][0]}
    traces = [figures.line(picture, f"hair_{name}", PROBE, 1.4, opacity=0.7, hoverinfo="skip", **on)]
    for form in reversed(FORMS):
        traces.append(figures.line(picture, f"{form}_{name}", COLOURS[form], 2.0, hoverinfo="skip", **on))
    return [*traces, *({**figures.dots(picture, f"{form}_{name}_dot", COLOURS[form], 8), **on} for form in FORMS)]


def _guess(name: str, word: float) -> list[Spec]:
    """The error that a reader may have expected of the erf form where the question is about."""
    height = math.log10(GUESSES[name]) if GUESSES[name] else drawing.FLOOR
    at = {f"{name}.x": np.array([ASKED]), f"{name}.y": np.array([height])}
    place = {f"{name}_word.x": at[f"{name}.x"], f"{name}_word.y": at[f"{name}.y"] + 0.08}
    yours = words.ui("question.note_yours")
    drawn = [
        figures.dots(at, name, GREY, 11, "diamond-open"),
        figures.label(place, f"{name}_word", yours, GREY, word, "top left"),
    ]
    return [{**part, "yaxis": "y2", "visible": False} for part in drawn]


def _note(text: str, axis: str, word: float) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": f"{axis} domain", "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": word}, **place}
