"""The chart: the three forms above each other, and on logarithmic axes how far each is from GELU and its slope."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from activations.experiments import approximations as forms
from activations.experiments.approximations import FORMS
from pages.parts import figures, words
from pages.parts.figures import GREY, PROBE, Picture, Spec
from pages.topics.approximations import picture as drawing

COLOURS = {"erf": figures.colour("gelu"), "tanh": figures.colour("tanh"), "sigmoid": figures.colour("sigmoid")}
GUESSES = {"2": 0.001, "3": 0.02, "4": 0.1}  # the sizes that answers stand for
_STYLES = {"erf": (6.0, "solid"), "tanh": (3.4, "10px,8px"), "sigmoid": (2.6, "2px,5px")}
_PANELS = {"f": ("y2", (0.335, 0.6)), "df": ("y3", (0.0, 0.265))}
_MARGIN = {"l": 46, "r": 14, "t": 24, "b": 32}


def chart(picture: Picture, text: words.Page, chosen: str | None, room: str, whole: bool, large: bool) -> Any:
    """The finished figure; only where the ``whole`` is shown are there errors. ``chosen`` is an answer."""
    word = 18 if large else 13
    traces = _functions(picture, text, whole, word)
    notes = {"functions": "y"}
    if whole:
        traces += [trace for name in drawing.KINDS for trace in _errors(picture, name)]
        traces += _guess(chosen, word)
        notes |= {"f": "y2", "df": "y3"}
    margin = {side: edge * (1.3 if large else 1) for side, edge in _MARGIN.items()}
    named = [_note(text[f"panel-{name}"], axis, word) for name, axis in notes.items()]
    return figures.figure(traces, _axes(whole), room, large, annotations=named, margin=margin)


def _axes(whole: bool) -> dict[str, Spec]:
    axes: dict[str, Spec] = {
        "xaxis": {"range": list(forms.ENDS), "anchor": "y3" if whole else "y", "dtick": 1},
        "yaxis": {"range": list(drawing.HEIGHT), "domain": (0.67, 1) if whole else (0, 1), "dtick": 1},
    }
    ticks = [drawing.FLOOR, -4, -2, 0]
    powers = ["≈ 0", *(f"10{str(power).translate(words.SUPERSCRIPT)}" for power in ticks[1:-1]), "1"]
    for axis, domain in _PANELS.values() if whole else ():
        reach = [drawing.FLOOR - 0.1, drawing.TOP]
        axes[f"yaxis{axis[1:]}"] = {"range": reach, "domain": domain, "tickvals": ticks, "ticktext": powers}
    return axes


def _functions(picture: Picture, text: words.Page, whole: bool, word: float) -> list[Spec]:
    """The three on top of each other: a line that lies on another one lets it through."""
    traces = [figures.line(picture, "hair", PROBE, 1.4, opacity=0.7, hoverinfo="skip")] if whole else []
    for place, form in enumerate(FORMS):
        width, dash = _STYLES[form]
        traces.append(figures.line(picture, form, COLOURS[form], width, line={"dash": dash}))
        at = {"key.x": np.array([-5.8]), "key.y": np.array([2.7 - (0.72 if whole else 0.3) * place])}
        named = figures.label(at, "key", text[f"key-{form}"], COLOURS[form], word, "middle right")
        traces.append({**named, "name": f"{form}_key", "textfont": {**named["textfont"], "weight": 600}})
    if whole:
        traces += [figures.dots(picture, f"{form}_dot", COLOURS[form], 8) for form in FORMS]
    return traces


def _errors(picture: Picture, name: str) -> list[Spec]:
    on: Spec = {"yaxis": _PANELS[name][0]}
    traces = [figures.line(picture, f"hair_{name}", PROBE, 1.4, opacity=0.7, hoverinfo="skip", **on)]
    for form in reversed(FORMS):
        traces.append(figures.line(picture, f"{form}_{name}", COLOURS[form], 2.0, hoverinfo="skip", **on))
    return [*traces, *({**figures.dots(picture, f"{form}_{name}_dot", COLOURS[form], 8), **on} for form in FORMS)]


def _guess(chosen: str | None, word: float) -> list[Spec]:
    """The error that the reader expected at most."""
    if chosen not in GUESSES:
        return []
    height = math.log10(GUESSES[chosen])
    ghost = {"ghost.x": np.array(forms.ENDS), "ghost.y": np.full(2, height)}
    place = {"yours.x": np.array([-5.8]), "yours.y": np.array([height + 0.08])}
    return [
        figures.line(ghost, "ghost", GREY, 2.2, line={"dash": "7px,5px"}, hoverinfo="skip", yaxis="y2"),
        {**figures.label(place, "yours", words.ui("yours"), GREY, word, "top right"), "yaxis": "y2"},
    ]


def _note(text: str, axis: str, word: float) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": f"{axis} domain", "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": word}, **place}
