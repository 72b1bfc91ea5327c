"""The charts: a plane, and beside it a curve (of the difference by depth, or of the loss by step)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from activations import Activation
from activations.experiments import composed, lesson
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, Picture, Spec
from pages.topics.collapse import stacked, taught
from pages.topics.collapse.choices import FIRST, School

ROOM = "collapse"
_CLASSES = ("#2F6FD6", "#E07B00")
_SCALE = [(0.0, "rgba(47,111,214,0.5)"), (0.5, "rgba(127,135,147,0.05)"), (1.0, "rgba(224,123,0,0.5)")]
_PLANE, _CURVE = (0.0, 0.66), (0.79, 1.0)
_AWAY = 0.02  # share of the height of the panel of the loss
_MARGIN = {"l": 44, "r": 14, "t": 28, "b": 50}
_POWERS = (-16, -12, -8, -4, 0)


def stack(picture: Picture, activation: Activation, text: words.Words, large: bool) -> figures.Finished:
    """The grid behind the stack over that of the one matrix, the unit vectors, and the difference by depth."""
    colour, width = figures.colour(activation.slug), 1.5 if large else 1.0
    traces = [figures.line(picture, "single", GREY, 3.5 * width, opacity=0.35, hoverinfo="skip")]
    for name in stacked.GUESSES if activation.slug == FIRST else ():
        traces += _guess(picture, name, width)
    traces.append(_grid(picture, colour, large))
    for name, label in (("first", "<b>e₁</b>"), ("second", "<b>e₂</b>")):
        traces.append(figures.line(picture, name, colour, 4.5 * width, hoverinfo="skip"))
        traces.append(figures.label(picture, f"{name}_tag", label, "", 20 if large else 15, "top right"))
        del traces[-1]["textfont"]["color"]
    error = {"error.x": composed.DEPTH.grid, **picture}
    curve = figures.line(error, "error", colour, 2.5 * width, hoverinfo="skip")
    beside = [
        {**curve, "mode": "lines+markers", "marker": {"size": 7}},
        figures.dots(picture, "here", figures.PROBE, 11 * width),
    ]
    traces += [{**part, "xaxis": "x2", "yaxis": "y2"} for part in beside]
    kind = "linear" if activation.slug == FIRST else "bent"
    notes = [_note(text[f"on-{kind}"], "", large), _note(text["on-difference"], "2", large)]
    return _finished(traces, _plane(stacked.REACH, _PLANE) | _differences(text), notes, large)


def school(picture: Picture, chosen: School, text: words.Words, state: str, large: bool) -> figures.Finished:
    """The plane as the network sees it with the examples on it, and the loss by step."""
    colour, width = figures.colour(chosen.activation.slug), 1.5 if large else 1.0
    field = figures.plane(picture, "field", lesson.SIDE, lesson.SIDE, _SCALE, (0.0, 1.0))
    boundary = figures.line(picture, "boundary", colour, 3.5 * width, hoverinfo="skip")
    traces = [field, boundary, *_examples(chosen.task, 8 * width)]
    note = figures.label({"state.x": np.zeros(1), "state.y": np.full(1, 1.98)}, "state", state, "", 0, "middle center")
    traces.append({**note, "textfont": {"size": 20 if large else 15, "weight": 700}})
    powers = taught.curve(chosen)
    traces += [{**part, "xaxis": "x2", "yaxis": "y2"} for part in _losses(picture, chosen, powers, text, large)]
    notes = [_note(text["on-plane"], "", large), _note(text["on-loss"], "2", large)]
    return _finished(traces, _plane(lesson.EXTENT, _PLANE) | losses(powers, text), notes, large)


def _guess(picture: Picture, name: str, width: float) -> list[Spec]:
    """What a reader may have expected, dotted, and its label."""
    style: Spec = {"line": {"dash": "1px,4px"}, "hoverinfo": "skip"}
    drawn = figures.line(picture, name, figures.PROBE, 2.5 * width, **style)
    yours = words.ui("question.note_yours")
    label = figures.label(picture, f"{name}_word", yours, figures.PROBE, 13 * width, "top center")
    return [{**part, "visible": False} for part in (drawn, label)]


def _grid(picture: Picture, colour: str, large: bool) -> Spec:
    return figures.line(picture, "grid", colour, 2.4 if large else 1.6, hoverinfo="skip")


def _examples(task: str, size: float) -> list[Spec]:
    """Both classes, told apart by shape as well as by colour."""
    x, y = lesson.examples(task)
    traces = []
    for kind, symbol in enumerate(("circle", "diamond")):
        points = x[y[:, 0] == kind]
        dots = figures.dots({f"class{kind}.x": points[:, 0], f"class{kind}.y": points[:, 1]}, f"class{kind}", "", 0)
        look = {"color": _CLASSES[kind], "size": size, "symbol": symbol, "line": {"width": 1, "color": "#ffffff"}}
        traces.append({**dots, "marker": look})
    return traces


def _losses(picture: Picture, chosen: School, powers: Array, text: words.Words, large: bool) -> list[Spec]:
    """The whole run faintly, the part that was seen over it, and the least that a straight line can do."""
    colour, width, steps = (
        figures.colour(chosen.activation.slug),
        1.5 if large else 1.0,
        np.arange(len(powers), dtype=float),
    )
    level = math.log10(lesson.by_a_line(chosen.task))
    line = {"line.x": np.array([0.0, lesson.STEPS]), "line.y": np.full(2, level)}
    skip: Spec = {"hoverinfo": "skip"}
    low, high = losses(powers, text)["yaxis2"]["range"]
    # Where the run ends above the line, its name stands below; either way clear of a dot on the line.
    side, away = ("bottom", -_AWAY) if powers[np.isfinite(powers)][-1] > level + 0.01 else ("top", _AWAY)
    word = {"word.x": np.full(1, lesson.STEPS), "word.y": np.full(1, level + away * (high - low))}
    return [
        figures.line(line, "line", GREY, 2 * width, line={"dash": "2px,4px"}, **skip),
        figures.label(word, "word", text["on-line"], GREY, 15 if large else 12, f"{side} left"),
        figures.line({"all.x": steps, "all.y": powers}, "all", colour, 2 * width, opacity=0.3, **skip),
        figures.line({"loss.x": steps, **picture}, "loss", colour, 3 * width, **skip),
        figures.dots(picture, "now", figures.PROBE, 11 * width),
    ]


def _plane(reach: float, across: tuple[float, float]) -> dict[str, Spec]:
    """Both axes of the plane, of one scale."""
    common = {"range": [-reach, reach], "constrain": "domain", "showgrid": False, "zeroline": False}
    common |= {"tickvals": [-2, -1, 0, 1, 2]}
    return {
        "xaxis": {**common, "domain": across, "title": "x₁"},
        "yaxis": {**common, "scaleanchor": "x", "constraintoward": "top", "title": "x₂"},
    }


def _differences(text: words.Words) -> dict[str, Spec]:
    ticks = {"tickvals": [stacked.NOUGHT, *_POWERS], "ticktext": ["0", *map(_power, _POWERS)]}
    layers = {"range": [-0.4, composed.DEEPEST + 0.4], "tickvals": composed.DEPTH.grid[::2].tolist(), "zeroline": False}
    return {
        "xaxis2": {"domain": _CURVE, "anchor": "y2", "title": text["axis-layers"], **layers},
        "yaxis2": {"anchor": "x2", "range": [stacked.NOUGHT - 1, 1.5], "zeroline": False, **ticks},
    }


def losses(powers: Array, text: words.Words) -> dict[str, Spec]:
    """The axes of the panel of the loss, wide enough for the whole run."""
    low, high = min(float(np.nanmin(powers)), -0.95) - 0.15, max(float(np.nanmax(powers)), 0.1) + 0.15
    step = 1 if high - low < 5 else 2 if high - low < 9 else 4
    ticks = [tick for tick in range(-8, 13, step) if low <= tick <= high]
    return {
        "xaxis2": {"domain": _CURVE, "anchor": "y2", "title": text["axis-steps"], "range": [-8, lesson.STEPS + 8],
                   "tickvals": [0, lesson.STEPS // 2, lesson.STEPS], "zeroline": False},
        "yaxis2": {"anchor": "x2", "range": [low, high], "zeroline": False,
                   "tickvals": ticks, "ticktext": [_power(tick) for tick in ticks]},
    }  # fmt: skip


def _power(decades: int) -> str:
    return f"10{str(decades).translate(words.SUPERSCRIPT)}" if decades else "1"


def _note(text: str, number: str, large: bool) -> Spec:
    """A line of text above a panel: above the second, which is narrow, it ends where the panel does."""
    side, at = ("right", 1) if number else ("left", 0)
    place = {"x": at, "y": 1, "xref": f"x{number} domain", "yref": f"y{number} domain"}
    font = {"size": 18 if large else 13}
    return {"text": text, "showarrow": False, "font": font, "xanchor": side, "yanchor": "bottom", **place}


def _finished(traces: list[Spec], axes: dict[str, Spec], notes: list[Spec], large: bool) -> figures.Finished:
    margin = {side: size * (1.3 if large else 1) for side, size in _MARGIN.items()}
    rest: dict[str, Any] = {"annotations": notes, "margin": margin}
    return figures.figure(traces, axes, ROOM, large, **rest)
