"""The chart: the size of a value written two ways, and under it how many digits of each are right."""

from __future__ import annotations

from typing import Any

import numpy as np

from activations.experiments.formats import FORMATS
from activations.experiments.rounding import BEST, CAREFUL, PLAIN, X
from pages.shared import figures, words
from pages.shared.figures import GREY, PROBE, Picture, Spec
from pages.shared.prediction import GUESS
from pages.topics.rounding import picture as drawing
from pages.topics.rounding.picture import Seen

GUESSES = {"1": 7.0, "2": 2.0}  # right digits that wrong answers stand for
ASKED = ("sigmoid", "float32", 20.0)  # of what, in which format and where the question asks for them
_PLAIN = "#D55E00"
_SLUGS = {"logistic": "sigmoid"}
_MARGIN = {"l": 58, "r": 14, "t": 24, "b": 32}
_KEYS = 0.45  # of the height between 0 and inf: the room above for the names of the lines
_LOWER: Spec = {"yaxis": "y2"}
_WIDTHS, _FAINT = {BEST: 8.0, CAREFUL: 4.0, PLAIN: 2.0}, 0.5
_DOTS = {BEST: 12.0, CAREFUL: 9.0, PLAIN: 5.0}


def chart(picture: Picture, text: words.Words, seen: Seen, large: bool) -> Any:
    """The finished figure; ``large`` is for a projector."""
    word = 18 if large else 13
    traces = [*_sizes(picture, text, seen, word), *_digits(picture, seen), *_guesses(seen, word)]
    notes = {"size": "y", "digits": "y2"}
    margin = {side: edge * (1.3 if large else 1) for side, edge in _MARGIN.items()}
    title = {"size": words.format(text["panel-size"], value=text[f"value-{seen.pair}"]), "digits": text["panel-digits"]}
    named = [_note(title[name], axis, word) for name, axis in notes.items()]
    return figures.figure(traces, _axes(seen), "rounding", large, annotations=named, margin=margin)


def colours(pair: str) -> dict[str, str]:
    """The colour of each line of the picture."""
    return {BEST: GREY, CAREFUL: figures.colour(_SLUGS.get(pair, pair)), PLAIN: _PLAIN}


def _axes(seen: Seen) -> dict[str, Spec]:
    (low, high), held = drawing.ends(seen.pair, seen.kind), FORMATS[seen.kind].digits
    step = next(step for step in (2, 5, 10, 20) if (high - low) / step < 6)
    powers = [power for power in range(-9 * step, int(high), step) if low + step / 3 < power]
    ticks = {low: "0"} | {float(p): f"10{str(p).translate(words.SUPERSCRIPT)}" if p else "1" for p in powers}
    if drawing.overflows(seen.pair, seen.kind):
        ticks[high] = "∞"
    reach = [low - 0.03 * (high - low), high + _KEYS * (high - low)]
    upper: Spec = {"range": reach, "tickvals": list(ticks), "ticktext": list(ticks.values())}
    across: Spec = {"range": [X.low, X.high], "anchor": "y2", "dtick": 10}
    whole = next(step for step in (1, 2, 4) if held / step < 5)
    lower = {"range": [-0.03 * held, 1.08 * held], "domain": (0.0, 0.36), "dtick": whole}
    return {"xaxis": across, "yaxis": {**upper, "domain": (0.46, 1.0)}, "yaxis2": lower}


def _sizes(picture: Picture, text: words.Words, seen: Seen, word: float) -> list[Spec]:
    """What is true, and on it both forms: a line that lies on another one lets it through."""
    low, high = drawing.ends(seen.pair, seen.kind)
    shown, colour = (BEST, CAREFUL, PLAIN), colours(seen.pair)
    traces = [figures.line(picture, "hair", PROBE, 1.4, opacity=0.7, hoverinfo="skip")]
    for place, line in enumerate(shown):
        traces.append(figures.line(picture, line, colour[line], _WIDTHS[line], opacity=_FAINT if line == BEST else 1.0))
        height = high + (high - low) * (_KEYS - 0.06 - 0.13 * place)
        at = {"key.x": np.array([X.low + 1]), "key.y": np.array([height])}
        said = text["key-true"] if line == BEST else text[f"{line}-{seen.pair}"]
        named = figures.label(at, "key", said, colour[line], word, "middle right")
        traces.append({**named, "name": f"{line}_key", "textfont": {**named["textfont"], "weight": 600}})
    traces += [_said(*end, word) for end in drawing.lost(text, seen.pair, seen.kind)]
    return traces + [figures.dots(picture, f"{line}_dot", colour[line], _DOTS[line]) for line in shown]


def _said(name: str, said: str, at: tuple[float, float], position: str, word: float) -> Spec:
    """Where the plain form is lost."""
    place = {"at.x": np.array(at[:1]), "at.y": np.array(at[1:])}
    return {**figures.label(place, "at", said, _PLAIN, word, position), "name": name}


def _digits(picture: Picture, seen: Seen) -> list[Spec]:
    colour = colours(seen.pair)
    traces = [figures.line(picture, "hair_digits", PROBE, 1.4, opacity=0.7, hoverinfo="skip", **_LOWER)]
    for line in (BEST, CAREFUL, PLAIN):
        style = {"opacity": _FAINT if line == BEST else 1.0, "hoverinfo": "skip", **_LOWER}
        traces.append(figures.line(picture, f"{line}_digits", colour[line], _WIDTHS[line], **style))
    dots = [figures.dots(picture, f"{line}_digits_dot", colour[line], _DOTS[line]) for line in (BEST, CAREFUL, PLAIN)]
    return [*traces, *({**dot, **_LOWER} for dot in dots)]


def _guesses(seen: Seen, word: float) -> list[Spec]:
    """How many digits readers expected where the question asks."""
    if (seen.pair, seen.kind) != ASKED[:2]:
        return []
    drawn = []
    for answer, digits in GUESSES.items():
        name = f"{GUESS}{answer}"
        place = {f"{name}.x": np.array(ASKED[2:]), f"{name}.y": np.array([digits])}
        said = {"text": [words.ui("drawn.guess")], "textposition": "top right", "visible": False}
        font = {"mode": "markers+text", "textfont": {"color": GREY, "size": word}}
        drawn.append({**figures.dots(place, name, GREY, 11, "diamond-open"), **_LOWER, **said, **font})
    return drawn


def _note(text: str, axis: str, word: float) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": f"{axis} domain", "xanchor": "left", "yanchor": "bottom"}
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": word}, **place}
