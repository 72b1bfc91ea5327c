"""Heat maps over weight scale and depth with a crosshair, and beside each the cut at that scale.

Both tell sizes as decades, in colours and along the axis of the cut. Weight scales g = 2^k are places k.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from activations.experiments import exploding
from activations.experiments.chain import UNDERFLOW
from activations.experiments.exploding import DEPTH, OVERFLOW
from activations.spec import Array, Param
from pages.shared import figures, live, words
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec, on_panel
from pages.shared.scene import Arrays, State, Texts, rows

SPAN = 16.0  # decades to either side of 1 that the axis of the cut and the colours tell apart
BELOW = SPAN + 2  # where lines end that have left the panel
LAYERS = np.arange(1, DEPTH.high + 1)
DOWNWARD = (DEPTH.high + 0.5, DEPTH.low - 0.5)
HEIGHT = (0.0, 0.945)  # of both panels, below the strip of colours
DECADES = {-10: "10⁻¹⁰", 0: "1", 10: "10¹⁰"}
CORE = "#1f2328"  # of what is drawn on the map, which is the same in both themes
_EDGE = "rgba(255,255,255,0.85)"
_STABLE = 1.0  # decades up or down within which a gradient counts as kept
_SIDES = {"right": 1, "left": -1}  # of the dot: its number is clear of the line on one of them, the other is empty
_BESIDE = 1.2  # decades between the dot and its number
_EMPTY = "\u00a0"  # a label without any character would not be drawn, and could not be written to later
_REDS = ((16, "#7a1203"), (8, "#c9431a"), (4, "#ec8a4a"), (1.5, "#f6cfa8"), (0, "#f7f3e8"))
_BLUES = ((-1.5, "#bcd7ee"), (-4, "#6aa5d8"), (-8, "#2464aa"), (-16, "#0b2a5b"))
_COLOURS = [(0.5 + decades / SPAN / 2, shade) for decades, shade in reversed((*_REDS, *_BLUES))]
_MAP, _CUT = (0.0, 0.6), (0.66, 1.0)
_GAINS = ("¼", "½", "1", "2", "4", "8", "16")
_LIMITS = {"zero": UNDERFLOW["float32"], "infinite": OVERFLOW}


def handles(gain: Param, layers: Param = DEPTH) -> tuple[live.Handle, ...]:
    """What can be dragged: the crosshair in the map, and the dot along the cut."""
    return live.Handle(["spot"], gain.name, layers.name), live.Handle(["dot"], y=layers.name)


def moved(gain: Param, state: State, drawn: Array, layers: Param = DEPTH) -> Arrays:
    """The hairlines over the map, the level in the cut, the dot at ``drawn`` decades, and the places of its number."""
    power, depth = state[gain.name][:, None], state[layers.name][:, None]
    count = len(power)
    upright, level = np.repeat(power, 2, axis=1), np.repeat(depth, 2, axis=1)
    across = rows([gain.low, gain.high], count)
    down = rows([DEPTH.low - 0.5, DEPTH.high + 0.5], count)
    dot = np.clip(drawn, -SPAN, SPAN)[:, None]
    arrays: Arrays = {
        "spot.x": power,
        "spot.y": depth,
        **dict.fromkeys(("down.x", "down_edge.x"), upright),
        **dict.fromkeys(("down.y", "down_edge.y"), down),
        **dict.fromkeys(("across.x", "across_edge.x"), across),
        **dict.fromkeys(("across.y", "across_edge.y", "level.y"), level),
        "level.x": rows([-SPAN, SPAN], count),
        "dot.x": dot,
        "dot.y": depth,
    }
    for side, sign in _SIDES.items():
        arrays |= {f"{side}.x": dot + sign * _BESIDE, f"{side}.y": depth}
    return arrays


def numbered(drawn: Array) -> Texts:
    """The number beside the dot, right of it where the line bends to the left."""
    numbers = powers(drawn)
    return {
        "right.text": [number if low else _EMPTY for number, low in zip(numbers, drawn <= 0, strict=True)],
        "left.text": [_EMPTY if low else number for number, low in zip(numbers, drawn <= 0, strict=True)],
    }


def powers(decades: Array) -> list[str]:
    """Numbers of so many decades as they are printed."""
    return [words.number(each, "power") for each in decades.tolist()]


def fate(decades: float) -> str:
    """What has become of a gradient of 1: zero, faded, kept, grown, infinite; zero and infinite as float32 has it."""
    if decades <= UNDERFLOW["float32"]:
        return "zero"
    if decades > OVERFLOW:
        return "infinite"
    return "kept" if abs(decades) <= _STABLE else "faded" if decades < 0 else "grown"


def axes(gain: Param, titles: Mapping[str, str]) -> dict[str, Spec]:
    """The axes of map, cut and strip; ``titles`` has those of ``gain``, ``depth`` and ``left``, that of the cut."""
    depth = {"range": [*DOWNWARD], "zeroline": False, "showgrid": False, "tickvals": [1, 10, 20, 30, 40, 50]}
    decades = {"tickvals": list(DECADES), "ticktext": list(DECADES.values()), "range": [-SPAN, SPAN]}
    scale = {"tickvals": list(range(-2, 5)), "ticktext": list(_GAINS), "showgrid": False, "zeroline": False}
    return {
        "xaxis": {"range": [gain.low, gain.high], "domain": _MAP, "title": titles["gain"], **scale},
        "yaxis": {**depth, "domain": HEIGHT, "title": titles["depth"]},
        "xaxis2": {"domain": _CUT, "anchor": "y2", "title": titles["left"], "showgrid": True, **decades},
        "yaxis2": {**depth, "domain": HEIGHT, "anchor": "x2", "showticklabels": False},
        "yaxis3": {"domain": [0.97, 1], "anchor": "x2", "visible": False, "range": [0, 1]},
    }


def notes(named: list[Spec], size: float) -> list[Spec]:
    """Notes over the map, and over the strip what its colours mean."""
    strip: list[Spec] = [
        {"text": each, "x": x, "xref": "x2", "xanchor": "center", "y": 1} for x, each in DECADES.items()
    ]
    place = {"showarrow": False, "yref": "paper", "y": HEIGHT[1], "yanchor": "bottom"}
    return [{**place, "font": {"size": size, "color": GREY}, **note} for note in [*named, *strip]]


def known_scales(lecun: str, he: str) -> list[Spec]:
    """Notes that name the weight scales 1 and √2."""
    return [
        {"text": lecun, "x": 0, "xanchor": "right", "xshift": 4},
        {"text": he, "x": 0.5, "xanchor": "left", "xshift": -4},
    ]


def field(shown: Array, gain: Param) -> list[Spec]:
    """The heat map of decades, of shape (gains, depths), and on it the weight scales 1 and √2."""
    cells = {"field.z": np.clip(shown, -SPAN, SPAN).T}
    marks = {
        "marks.y": np.array([*DOWNWARD, math.nan] * 2),
        "marks.x": np.repeat([0, math.nan, 0.5, math.nan], [2, 1, 2, 1]),
    }
    return [
        figures.plane(cells, "field", gain.grid, LAYERS, _COLOURS, (-SPAN, SPAN)),
        figures.line(marks, "marks", CORE, 1.2, opacity=0.55, **NO_HOVER),
    ]


def limits(measured: Array, gain: Param, text: words.Words, size: float, upward: bool = False) -> list[Spec]:
    """Where float32 holds only 0, or only infinity, each area with its name; ``upward`` where columns are layers, to
    whose first one a gradient comes last."""
    drawn = []
    end, word, row = (DOWNWARD[1], 2.0, "bottom") if upward else (DOWNWARD[0], 49.0, "top")
    for name, level in _LIMITS.items():
        edge = exploding.crossing(measured[:, ::-1] if upward else measured, level)
        within = ~np.isnan(edge)
        if not within.any():
            continue
        x, y = gain.grid[within], np.minimum(edge[within], DOWNWARD[0])
        y = DEPTH.high + 1 - y if upward else y
        area = {
            f"{name}.x": np.concatenate([x, x[::-1]]),
            f"{name}.y": np.concatenate([y, np.full(len(y), end)]),
        }
        drawn.append(figures.trace(area, name, mode="none", fill="toself", fillcolor="#15181d", **NO_HOVER))
        if len(x) > 4:
            corner, side = (gain.low + 0.06, "right") if name == "zero" else (gain.high - 0.06, "left")
            place = {f"{name}_word.x": np.array([corner]), f"{name}_word.y": np.array([word])}
            drawn.append(figures.label(place, f"{name}_word", text[f"limit-{name}"], "#f7f3e8", size, f"{row} {side}"))
    return drawn


def strip() -> Spec:
    """What the colours mean: a strip along the scale of the cut."""
    decades = np.linspace(-SPAN, SPAN, 129)
    cells = {"key.z": decades}
    drawn = figures.plane(cells, "key", decades, np.array([0.5]), _COLOURS, (-SPAN, SPAN), smooth=False)
    return {**drawn, "xaxis": "x2", "yaxis": "y3"}


def line(picture: Picture, name: str, colour: str, width: float, dash: str) -> Spec:
    """A line of the cut."""
    return figures.line(picture, name, colour, width, line={"dash": dash}, **NO_HOVER)


def dot(picture: Picture, texts: Mapping[str, str], colour: str, size: float) -> list[Spec]:
    """The dot on the cut with its number."""
    drawn = [figures.dots(picture, "dot", colour, 9)]
    for side in _SIDES:
        number = figures.label(picture, side, texts[f"{side}.text"], colour, size + 3, f"top {side}")
        drawn.append({**number, "textfont": {**number["textfont"], "weight": 700}})
    return drawn


def hairs(arrays: Picture, colour: str) -> list[Spec]:
    """The crosshair over the map, and where it meets the cut."""
    drawn = []
    for name in ("down", "across"):
        drawn.append(figures.line(arrays, f"{name}_edge", _EDGE, 4.0, **NO_HOVER))
        drawn.append(figures.line(arrays, name, CORE, 1.6, **NO_HOVER))
    drawn += on_panel("2", line(arrays, "level", GREY, 1.2, "solid"))
    spot = figures.dots(arrays, "spot", colour, 12)
    return [*drawn, {**spot, "marker": {**spot["marker"], "line": {"width": 2.5, "color": "#ffffff"}}}]


def margin(large: bool) -> dict[str, float]:
    """Room around both panels for the numbers and titles of their axes."""
    return {"l": 62 if large else 48, "r": 26, "t": 30 if large else 20, "b": 72 if large else 56}
