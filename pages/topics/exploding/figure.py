"""The chart: a map of what is left of a gradient over weight scale and depth, and beside it the cut at one scale."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from activations import Activation
from activations.experiments import exploding
from activations.experiments.chain import UNDERFLOW
from activations.experiments.exploding import DEPTH, GAIN, OVERFLOW
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, Spec
from pages.shared.prediction import GUESS
from pages.topics.exploding.choices import SHOWS
from pages.topics.exploding.moment import GUESSES, LAYERS, SIDES, SPAN, Moment

_SHADES = ((16, "#7a1203"), (8, "#c9431a"), (4, "#ec8a4a"), (1.5, "#f6cfa8"), (0, "#f7f3e8"))
_BLUES = ((-1.5, "#bcd7ee"), (-4, "#6aa5d8"), (-8, "#2464aa"), (-16, "#0b2a5b"))
_SCALE = [(0.5 + decades / SPAN / 2, shade) for decades, shade in reversed((*_SHADES, *_BLUES))]
_CORE, _EDGE = "#1f2328", "rgba(255,255,255,0.85)"  # of what is drawn on the map: it is the same in both themes
_MAP, _CUT = (0.0, 0.6), (0.66, 1.0)
_ROOM = (0.0, 0.945)  # of both panels, below the strip of colours
_DOWNWARD = [DEPTH.high + 0.5, DEPTH.low - 0.5]
_POWERS = ("¼", "½", "1", "2", "4", "8", "16")
_BENDS = np.array([0.0, 0.25, 1.0])  # of a guess: at the second of them its name stands
_DECADES = {-10: "10⁻¹⁰", 0: "1", 10: "10¹⁰"}
_LIMITS = {"zero": UNDERFLOW["float32"], "infinite": OVERFLOW}


def chart(now: Moment, text: words.Words, large: bool) -> figures.Finished:
    """The finished figure; ``large`` is for a projector."""
    size = 17.0 if large else 12.0
    traces = [*_plane(now), *_limits(now, text, size), *_key(), *_cut(now, size), *_guesses(now, size)]
    return _figure([*traces, *_cross(now)], [*_names(text), _critical(now, text), *_numbers()], text, large)


def _figure(traces: list[Spec], notes: list[Spec], text: words.Words, large: bool) -> figures.Finished:
    depth = {"range": _DOWNWARD, "zeroline": False, "showgrid": False, "tickvals": [1, 10, 20, 30, 40, 50]}
    decades = {"tickvals": list(_DECADES), "ticktext": list(_DECADES.values()), "range": [-SPAN, SPAN]}
    scale = {"tickvals": list(range(-2, 5)), "ticktext": list(_POWERS), "showgrid": False, "zeroline": False}
    axes = {
        "xaxis": {"range": [GAIN.low, GAIN.high], "domain": _MAP, "title": text["axis-gain"], **scale},
        "yaxis": {**depth, "domain": _ROOM, "title": text["axis-depth"]},
        "xaxis2": {"domain": _CUT, "anchor": "y2", "title": text["axis-left"], "showgrid": True, **decades},
        "yaxis2": {**depth, "domain": _ROOM, "anchor": "x2", "showticklabels": False},
        "yaxis3": {"domain": [0.97, 1], "anchor": "x2", "visible": False, "range": [0, 1]},
    }
    margin = {"l": 62 if large else 48, "r": 26, "t": 30 if large else 20, "b": 72 if large else 56}
    size = 16 if large else 12
    notes = [
        {
            "showarrow": False,
            "yref": "paper",
            "y": _ROOM[1],
            "yanchor": "bottom",
            "font": {"size": size, "color": GREY},
            **n,
        }
        for n in notes
    ]
    return figures.figure(traces, axes, "exploding", large, annotations=notes, margin=margin)


def _plane(now: Moment) -> list[Spec]:
    measured = now.map.measured
    shown = exploding.clipped(measured) if now.clip else measured
    cells = {"field.z": np.clip(shown, -SPAN, SPAN).T}
    plane = figures.plane(cells, "field", GAIN.grid, LAYERS, _SCALE, (-SPAN, SPAN))
    upright = {"y": [*_DOWNWARD, None] * 2, "x": [0, 0, None, 0.5, 0.5, None]}
    marks = {f"marks.{axis}": np.array(upright[axis], dtype=float) for axis in "xy"}
    edge = math.log2(exploding.scales()[now.activation.slug].critical)
    dashed = {"critical.x": np.full(2, edge), "critical.y": np.array(_DOWNWARD)}
    return [
        plane,
        figures.line(marks, "marks", _CORE, 1.2, hoverinfo="skip", opacity=0.55),
        figures.line(dashed, "critical", _CORE, 2.0, line={"dash": "5px,4px"}, hoverinfo="skip"),
    ]


def _limits(now: Moment, text: words.Words, size: float) -> list[Spec]:
    """Where float32 holds only 0, or only infinity, each area with its name."""
    drawn = []
    for name, level in _LIMITS.items():
        edge = exploding.crossing(now.map.measured, level)
        within = ~np.isnan(edge)
        if not within.any():
            continue
        x, y = GAIN.grid[within], np.minimum(edge[within], _DOWNWARD[0])
        area = {"x": np.concatenate([x, x[::-1]]), "y": np.concatenate([y, np.full(len(y), _DOWNWARD[0])])}
        area = {f"{name}.{axis}": values for axis, values in area.items()}
        drawn.append(figures.trace(area, name, mode="none", fill="toself", fillcolor="#15181d", hoverinfo="skip"))
        if len(x) > 4:
            drawn.append(_word(f"{name}_word", text[f"limit-{name}"], x, size, name == "zero"))
    return drawn


def _word(name: str, text: str, x: Array, size: float, left: bool) -> Spec:
    place = {f"{name}.x": np.array([GAIN.low + 0.06 if left else GAIN.high - 0.06]), f"{name}.y": np.array([49.0])}
    side = "top right" if left else "top left"
    return figures.label(place, name, text, "#f7f3e8", size, side)


def _key() -> list[Spec]:
    """What the colours mean: a strip along the scale of the cut."""
    decades = np.linspace(-SPAN, SPAN, 129)
    strip = figures.plane({"key.z": decades}, "key", decades, np.array([0.5]), _SCALE, (-SPAN, SPAN), smooth=False)
    return [{**strip, "xaxis": "x2", "yaxis": "y3"}]


def _cut(now: Moment, size: float) -> list[Spec]:
    picture = {**now.picture, **{f"{name}.y": LAYERS for name in ("cut", "theory", "raw", "output", "weights")}}
    colour = figures.colour(now.activation.slug)
    if now.clip:
        drawn = [_line(picture, "raw", colour, 2.0, "3px,5px"), _line(picture, "output", GREY, 2.5, "9px,4px")]
    else:
        drawn = [_line(picture, "theory", GREY, 1.8, "2px,4px")]
    drawn += [_line(picture, "weights", colour, 2.5, "8px,3px,2px,3px")]
    drawn += [_line(picture, "cut", colour, 3.5, "solid"), _beside(figures.dots(picture, "dot", colour, 9))]
    for side in SIDES:
        number = figures.label(picture, side, now.said[f"{side}.text"], colour, size + 3, f"top {side}")
        drawn.append(_beside({**number, "textfont": {**number["textfont"], "weight": 700}}))
    return drawn


def _line(picture: Any, name: str, colour: str, width: float, dash: str) -> Spec:
    return _beside(figures.line(picture, name, colour, width, line={"dash": dash}, hoverinfo="skip"))


def _guesses(now: Moment, size: float) -> list[Spec]:
    """What readers expected of tanh: the same factor in each layer, down to what their answer says."""
    if now.activation.slug != SHOWS["f"] or now.clip:
        return []
    drawn = []
    for answer, decades in GUESSES.items():
        name = f"{GUESS}{answer}"
        line = {f"{name}.x": decades * _BENDS, f"{name}.y": DEPTH.high * _BENDS}
        said = {"text": ["", f"{words.ui('drawn.guess')} ", ""], "textposition": "middle left"}
        font = {"mode": "lines+text", "textfont": {"color": GREY, "size": size}, "visible": False}
        drawn.append({**_line(line, name, GREY, 2.5, "7px,5px"), **said, **font})
    return drawn


def _cross(now: Moment) -> list[Spec]:
    """The crosshair over the map, and where it meets the cut."""
    picture = now.picture
    drawn = []
    for name in ("down", "across"):
        drawn.append(figures.line(picture, f"{name}_edge", _EDGE, 4.0, hoverinfo="skip"))
        drawn.append(figures.line(picture, name, _CORE, 1.6, hoverinfo="skip"))
    drawn.append(_line(picture, "level", GREY, 1.2, "solid"))
    spot = figures.dots(picture, "spot", figures.colour(now.activation.slug), 12)
    spot["marker"]["line"] = {"width": 2.5, "color": "#ffffff"}
    return [*drawn, spot]


def _beside(trace: Spec) -> Spec:
    return {**trace, "xaxis": "x2", "yaxis": "y2"}


def _numbers() -> list[Spec]:
    """What the colours of the strip stand for, above it."""
    return [{"text": text, "x": place, "xref": "x2", "xanchor": "center", "y": 1} for place, text in _DECADES.items()]


def _names(text: words.Words) -> list[Spec]:
    """Where the literature puts its weights."""
    return [
        {"text": text["mark-lecun"], "x": 0, "xanchor": "right", "xshift": 4},
        {"text": text["mark-he"], "x": 0.5, "xanchor": "left", "xshift": -4},
    ]


def critical(activation: Activation) -> str:
    """The critical gain as it is printed."""
    return words.number(exploding.scales()[activation.slug].critical, "3")


def _critical(now: Moment, text: words.Words) -> Spec:
    told = words.format(text["mark-critical"], gain=critical(now.activation))
    place = math.log2(exploding.scales()[now.activation.slug].critical)
    return {"text": f"<b>{told}</b>", "x": place, "xanchor": "center", "yshift": 17}
