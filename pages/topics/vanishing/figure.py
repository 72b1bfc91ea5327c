"""The chart: the gradient at each layer, in decades; below it a strip of dots, one a layer, and the activations."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from activations import Activation
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import DEEPEST
from pages.shared import figures, words
from pages.shared.figures import GREY, Picture, Spec
from pages.topics.vanishing.axes import Axes
from pages.topics.vanishing.moment import Moment
from pages.topics.vanishing.picture import LOWERED

# By place in the picture, so that a line which lies on another one lets it through: widths and dashes.
_STYLES = ((4.5, "solid"), (3.5, "16px,7px"), (3.0, "8px,8px"), (2.5, "3px,5px"))
_UPPER, _STRIP, _LOWER = (0.37, 1.0), (0.25, 0.31), (0.0, 0.17)
_ROWS = 4  # of dots that the strip has room for
_LAYERS = np.arange(DEEPEST + 1, dtype=np.float64)
_MARGIN = {"l": 92, "r": 62, "t": 26, "b": 48}


def gradients(now: Moment, large: bool) -> Any:
    """The finished figure; ``large`` is for a projector."""
    picture = {name: rows[0] for name, rows in now.drawn.frames.items()}
    traces = _floors(picture, large)
    for place, (activation, name) in enumerate(now.activations.items()):
        label = now.drawn.said[f"{activation.slug}_end.text"][0]
        hover = words.ui("on.hover_layer", name=name, layer="%{x:d}", value="%{customdata}<extra></extra>")
        traces.append(
            _line(
                activation.slug, activation, place, picture, large, hovertemplate=hover, **now.hovers[activation.slug]
            )
        )
        traces += [
            *_end(activation, picture, label, large),
            _dots(activation, place, len(now.activations), picture, large),
        ]
    traces += _best(picture, large)
    for place, (activation, name) in enumerate(now.activations.items()):
        line = f"{activation.slug}_forward"
        hover = words.ui("on.hover_layer", name=name, layer="%{x:d}", value="%{customdata}<extra></extra>")
        style = {"yaxis": "y2", "hovertemplate": hover, **now.hovers[line]}
        traces.append(_line(line, activation, place, picture, large, **style))
    margin = {side: size * (1.25 if large else 1) for side, size in _MARGIN.items()}
    notes = [_note(words.ui(f"axis.{name}"), number, large) for name, number in ((now.of, ""), ("activation", "2"))]
    notes += _ways(large)
    return figures.figure(traces, _axes(now.axes), f"vanishing {now.of}", large, annotations=notes, margin=margin)


def layout(axes: Axes) -> dict[str, Spec]:
    """What of the chart's axes follows the picture at rest."""
    places, names = list(axes.ticks), [_power(tick) for tick in axes.ticks]
    if axes.has_zeros:
        places = [(axes.shelf(0) + axes.shelf(3)) / 2, *places]
        names = [words.ui("axis.dead"), *names]
    ticks: Spec = {"tickvals": places, "ticktext": names}
    layers = {"range": list(axes.across), "dtick": 5 if axes.layers > 25 else 2 if axes.layers > 12 else 1}
    return {
        "xaxis": layers,
        "yaxis": {"range": list(axes.panel), **ticks},
        "yaxis2": {"range": list(axes.activations)},
    }


def _axes(axes: Axes) -> dict[str, Spec]:
    moving = layout(axes)
    return {
        "xaxis": {"title": words.ui("axis.layer"), "anchor": "y2", "zeroline": False, **moving["xaxis"]},
        "yaxis": {"domain": _UPPER, "side": "right", "zeroline": False, **moving["yaxis"]},
        "yaxis2": {"domain": _LOWER, "side": "right", "nticks": 4, **moving["yaxis2"]},
        "yaxis3": {"domain": _STRIP, "visible": False, "range": [-_ROWS / 2, _ROWS / 2]},
    }


def _power(decades: float) -> str:
    return f"10{str(round(decades)).translate(words.SUPERSCRIPT)}" if decades else "1"


def _floors(picture: Picture, large: bool) -> list[Spec]:
    """Below these lines a number format holds only 0, as is written on each."""
    heights = np.array(list(UNDERFLOW.values()))
    ends = np.stack([np.zeros(3), np.full(3, float(DEEPEST)), np.full(3, math.nan)], axis=1)
    lines = {"floors.x": ends.ravel(), "floors.y": np.repeat(heights, 3)}
    style = {"line": {"dash": "4px,3px"}, "hoverinfo": "skip", "opacity": 0.8}
    text = [words.ui("on.format", format=kind) for kind in UNDERFLOW]
    corners = ["bottom right" if kind == LOWERED else "top right" for kind in UNDERFLOW]
    names = figures.label(picture, "floor_words", "", GREY, 15 if large else 12, "")
    return [
        figures.line(lines, "floors", GREY, 1.0, **style),
        {**names, "text": text, "textposition": corners, "cliponaxis": True},
    ]


def _best(picture: Picture, large: bool) -> list[Spec]:
    if "best.x" not in picture:
        return []
    return [
        figures.line(picture, "best", GREY, 2.5, line={"dash": "2px,4px"}, hoverinfo="skip"),
        figures.label(picture, "best_word", words.ui("on.best"), GREY, 15 if large else 12, "top left"),
    ]


def _end(activation: Activation, picture: Picture, text: str, large: bool) -> list[Spec]:
    """The drop to exact zero with its cross, and the label at the line's end."""
    colour = figures.colour(activation.slug)
    drop = figures.line(picture, f"{activation.slug}_dead", colour, 2.5, line={"dash": "3px,3px"}, hoverinfo="skip")
    cross = {"symbol": "x-thin", "size": [0, 9, 0], "line": {"color": colour, "width": [0, 2.5, 0]}}
    label = figures.label(picture, f"{activation.slug}_end", text, colour, 18 if large else 13, "middle left")
    return [
        {**drop, "mode": "lines+markers", "marker": cross},
        {**label, "textfont": {**label["textfont"], "weight": 600}},
    ]


def _dots(activation: Activation, place: int, rows: int, picture: Picture, large: bool) -> Spec:
    """A dot a layer, the fainter the smaller the gradient there."""
    shown = picture[f"{activation.slug}_dots.opacity"]
    opacity = np.concatenate([np.nan_to_num(shown), np.zeros(len(_LAYERS) - len(shown))])
    at = {
        f"{activation.slug}_dots.x": _LAYERS,
        f"{activation.slug}_dots.y": np.full(len(_LAYERS), (rows - 1) / 2 - place),
    }
    dots = figures.dots(at, f"{activation.slug}_dots", figures.colour(activation.slug), 8 if large else 5)
    marker = {**dots["marker"], "opacity": opacity.tolist(), "line": {"width": 0}}
    return {**dots, "marker": marker, "cliponaxis": True, "yaxis": "y3"}


def _ways(large: bool) -> list[Spec]:
    """Which way the error goes, over the strip, and at its ends which is the input and which the output."""
    font = {"size": 15 if large else 12, "color": GREY}
    middle = {"yref": "y3 domain", "y": 0.5, "yanchor": "middle", "xref": "paper", "showarrow": False, "font": font}
    return [
        {**middle, "text": words.ui("axis.back"), "x": 0.5, "y": 1, "yanchor": "bottom"},
        {**middle, "text": words.ui("axis.input"), "x": 0, "xanchor": "right"},
        {**middle, "text": words.ui("axis.output"), "x": 1, "xanchor": "left"},
    ]


def _line(name: str, activation: Activation, place: int, picture: Picture, large: bool, **style: Any) -> Spec:
    width, dash = _STYLES[place % len(_STYLES)]
    row = picture[f"{name}.y"]
    padded = np.concatenate([row, np.full(len(_LAYERS) - len(row), math.nan)])
    against = {f"{name}.x": _LAYERS, f"{name}.y": padded}
    return figures.line(
        against, name, figures.colour(activation.slug), width * (1.5 if large else 1), line={"dash": dash}, **style
    )


def _note(text: str, number: str, large: bool) -> Spec:
    place = {
        "x": 0,
        "y": 1,
        "xref": "x domain",
        "yref": f"y{number} domain",
        "xanchor": "left",
        "yanchor": "bottom",
    }
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": 18 if large else 14}, **place}
