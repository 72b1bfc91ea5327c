"""The house style of charts: traces and layouts as plain data, handed over without being validated again.

A trace that moves carries its ``name``; ``tests`` hold each finished figure against Plotly's own validation.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from pages.shared.trace_names import readable

Array = NDArray[Any]
Picture = Mapping[str, Array]
Spec = dict[str, Any]

# Hue tells the family: squashers blue-green, rectifiers orange, smooth rectifiers green, gates violet, waves magenta,
# the others nearly grey. Every colour is at least 3:1 against white and against the dark background, so that a function
# keeps its colour in both themes. Okabe & Ito's blue, vermilion and green are among them.
COLOURS = {
    "identity": "#7E858C",
    "binary_step": "#5E666D",
    "sigmoid": "#0072B2",
    "hard_sigmoid": "#56949D",
    "sparse_sigmoid": "#3E7E8F",
    "tanh": "#009E73",
    "lecun_tanh": "#5A94DD",
    "hard_tanh": "#108562",
    "softsign": "#376C7F",
    "arctan": "#1A9FCA",
    "erf": "#54A28E",
    "isru": "#3379CB",
    "softcap": "#6884AD",
    "relu": "#D55E00",
    "leaky_relu": "#EB6C5A",
    "prelu": "#D03E35",
    "rrelu": "#BB8959",
    "relu6": "#A36456",
    "relu_squared": "#B37547",
    "threshold": "#995900",
    "softplus": "#608867",
    "squareplus": "#6B8212",
    "sparse_plus": "#24733C",
    "elu": "#5B8E4C",
    "celu": "#636A26",
    "selu": "#38A34D",
    "isrlu": "#3F7357",
    "xielu": "#41822C",
    "log_sigmoid": "#86995B",
    "exponential": "#5E784F",
    "gelu": "#625EDC",
    "gelu_tanh": "#998BC3",
    "gelu_sigmoid": "#7F7BFA",
    "swish": "#AE63D9",
    "hard_swish": "#78709E",
    "mish": "#9A55C2",
    "soft_shrink": "#8B8B6E",
    "hard_shrink": "#6F654D",
    "tanh_shrink": "#A09280",
    "sine": "#954F6D",
    "snake": "#BC7CA1",
    "gaussian": "#BD3688",
}
FORMULAS = ("#A43BFF", "#E3109B", "#E8232E")  # of what readers write, which no function of the guide has
GREY = "#7F8793"
VECTOR = "#B257AE"  # of softmax and maxout, which are no functions of the catalogue
DIVERGING = [(0.0, "rgba(47,111,214,0.65)"), (0.5, "rgba(127,135,147,0.04)"), (1.0, "rgba(224,123,0,0.65)")]
NO_HOVER: Spec = {"hoverinfo": "skip"}
PROBE = "#C98500"  # the one accent of the probe: its slider, dots, hairline and numbers
SHADE = "rgba(127,135,147,0.20)"
CONFIG = {"displayModeBar": False, "scrollZoom": False}


class Finished(go.Figure):  # type: ignore[misc]
    """A figure whose specification is complete: it is sent as it is."""

    def __init__(self, spec: Spec) -> None:
        # Plotly's own constructor would validate, and fill in a template of which nothing is used.
        self.__dict__["_finished"] = spec

    def to_dict(self) -> Spec:
        """The specification."""
        return dict(self.__dict__["_finished"])


def colour(slug: str) -> str:
    """The colour of a function on every page; a formula, after an equals sign, keeps its own whatever its numbers."""
    if not slug.startswith("="):
        return COLOURS.get(slug, GREY)
    letters = re.sub(r"\b[ab]\b|[^A-Za-z]", "", slug)
    return FORMULAS[zlib.crc32(letters.encode()) % len(FORMULAS)]


def colours(slugs: Sequence[str]) -> dict[str, str]:
    """The colours of functions in one picture; of formulas with the same one the later take others."""
    taken: dict[str, str] = {}
    for slug in slugs:
        free = [each for each in FORMULAS if each not in taken.values()]
        own = colour(slug)
        taken[slug] = free[0] if slug.startswith("=") and own in taken.values() and free else own
    return taken


def line(picture: Picture, name: str, colour: str, width: float, **style: Any) -> Spec:
    """A line; NaN breaks it."""
    drawn = {"color": colour, "width": width, "simplify": False, **style.pop("line", {})}
    return trace(picture, name, mode="lines", line=drawn, **{"hovertemplate": HOVER, **style})


def dots(picture: Picture, name: str, colour: str, size: float, symbol: str = "circle") -> Spec:
    """Markers that may reach over the panel's edge."""
    marker = {"color": colour, "size": size, "symbol": symbol, "line": {"width": 2.5, "color": colour}}
    return trace(picture, name, mode="markers", marker=marker, cliponaxis=False, hoverinfo="skip")


def label(picture: Picture, name: str, text: str, colour: str, size: float, position: str) -> Spec:
    """A word on the picture."""
    font = {"color": colour, "size": size}
    style = {"text": [text], "textposition": position, "textfont": font, "hoverinfo": "skip", "cliponaxis": False}
    return trace(picture, name, mode="text", **style)


def shade(picture: Picture, name: str, extent: tuple[float, float]) -> Spec:
    """A grey rectangle from the bottom to the top of its panel; the picture says where along x."""
    low, high = extent
    corners = {f"{name}.x": picture[f"{name}.x"], f"{name}.y": np.array([low, low, high, high])}
    return trace(corners, name, mode="none", fill="toself", fillcolor=SHADE, hoverinfo="skip")


def plane(
    picture: Picture, name: str, x: Array, y: Array, scale: Sequence[tuple[float, str]], ends: tuple[float, float],
    smooth: bool = True, **style: Any,
) -> Spec:  # fmt: skip
    """A heat map: ``name.z`` has a row for each y, end to end; ``scale`` has a colour for shares of the way from the
    lower to the upper of ``ends``, written #rrggbb or rgba(r, g, b, opacity)."""
    cells = {**encoded(picture[f"{name}.z"]), "shape": f"{len(y)}, {len(x)}"}
    look = {"colorscale": [list(stop) for stop in scale], "zmin": ends[0], "zmax": ends[1], "showscale": False}
    look |= {"zsmooth": "best" if smooth else False, "hoverinfo": "skip"}
    return {"type": "heatmap", "name": name, "x": encoded(x), "y": encoded(y), "z": cells, **look, **style}


def trace(picture: Picture, name: str, **style: Any) -> Spec:
    """A scatter trace with the picture's ``name.x`` and ``name.y``."""
    place = {"x": encoded(picture[f"{name}.x"]), "y": encoded(picture[f"{name}.y"])}
    return {"type": "scatter", "name": name, **place, **style}


def encoded(array: Array) -> Spec:
    """An array as Plotly reads it: single precision, base64."""
    return {"dtype": "f4", "bdata": base64.b64encode(np.asarray(array, dtype="<f4").tobytes()).decode()}


def on_panel(number: str, *traces: Spec) -> list[Spec]:
    """The traces on the panel with the axes of this number, "" for the first; on x2 and y4 if it is "2/4"."""
    x, y = _axes_of(number)
    return [{**part, "xaxis": x, "yaxis": y} for part in traces]


def heading(text: str, number: str, size: float, paper: bool = False, **font: Any) -> Spec:
    """A heading over the panel with the axes of this number, which is written as for ``on_panel``; where panels share
    one x-axis, it begins at the left end of the ``paper``."""
    x, y = _axes_of(number)
    place = {"xref": "paper" if paper else f"{x} domain", "yref": f"{y} domain", "x": 0, "y": 1}
    anchor = {"xanchor": "left", "yanchor": "bottom", "showarrow": False}
    return {"text": text, "font": {"size": size, **font}, **place, **anchor}


def _axes_of(number: str) -> tuple[str, str]:
    x, _, y = number.partition("/")
    return f"x{x}", f"y{y or x}"


def keys(named: Mapping[str, tuple[str, str]], at: tuple[float, float], step: float, size: float) -> list[Spec]:
    """What the lines are called, one below the other in their colours: by name the words and the colour."""
    drawn = []
    for row, (name, (text, colour)) in enumerate(named.items()):
        place = {f"{name}_key.x": np.array([at[0]]), f"{name}_key.y": np.array([at[1] - step * row])}
        drawn.append(bold(label(place, f"{name}_key", text, colour, size, "middle right")))
    return drawn


def bold(part: Spec) -> Spec:
    """A label in bold."""
    return {**part, "textfont": {**part["textfont"], "weight": 600}}


def transparent(colour: str, opacity: float) -> str:
    """A colour written #rrggbb with this opacity, 0 to 1."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def figure(traces: Sequence[Spec], axes: Mapping[str, Spec], page: str, large: bool, **layout: Any) -> Finished:
    """A finished figure of these traces and axes (``xaxis``, ``yaxis2`` …); ``large`` is for a projector.

    The ``meta`` of a trace is what it is called beside its numbers.
    """
    size = 18 if large else 14
    common = {
        "fixedrange": True,
        "tickfont": {"size": size},
        "zerolinewidth": 1.5,
        "automargin": False,
    }
    drawn = {name: {**common, **axis, **_titled(axis, size)} for name, axis in axes.items()}
    rest = {
        "template": {"layout": {}},
        "meta": page,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "margin": MARGIN,
    }
    spec = {**rest, **drawn, **layout}
    if any("title" in axis for name, axis in axes.items() if name.startswith("x")):
        spec["margin"] = {**spec["margin"], "b": max(spec["margin"]["b"], _TITLED[large])}
    return Finished({"data": [_with_name(part, page) for part in traces], "layout": spec})


def panels(
    traces: list[Spec], axes: dict[str, Spec], page: str, headings: Mapping[str, str], large: bool,
    notes: Sequence[Spec] = (),
) -> Finished:  # fmt: skip
    """A figure with a heading in bold over each panel, by the number of its axes, "" for the first, and ``notes``."""
    size = 17 if large else 13
    notes = [*(heading(f"<b>{text}</b>", number, size) for number, text in headings.items()), *notes]
    margin = {side: size * (1.3 if large else 1) for side, size in _PANELS_MARGIN.items()}
    return figure(traces, axes, page, large, annotations=notes, margin=margin)


def _with_name(part: Spec, page: str) -> Spec:
    return part if part.get("mode") == "text" else {**part, "meta": readable(part["name"], page)}


def apart(heights: Array, ties: Array, panel: tuple[float, float], step: float) -> Array:
    """The heights of labels, each row's moved so that no two are nearer than ``step`` and none is cut off.

    Of labels at one height the one with the larger of ``ties`` is placed above.
    """
    low, high = panel
    inside = np.clip(heights, low + step / 2, high - step / 2)
    order = np.lexsort((-ties, -inside), axis=1)
    sorted_ = np.take_along_axis(inside, order, axis=1)
    count = sorted_.shape[1]
    for k in range(1, count):
        sorted_[:, k] = np.minimum(sorted_[:, k], sorted_[:, k - 1] - step)
    sorted_[:, -1] = np.maximum(sorted_[:, -1], low + step / 2)
    for k in range(count - 2, -1, -1):
        sorted_[:, k] = np.maximum(sorted_[:, k], sorted_[:, k + 1] + step)
    moved = np.empty_like(inside)
    np.put_along_axis(moved, order, sorted_, axis=1)
    return moved


def _titled(axis: Spec, size: float) -> Spec:
    return {"title": {"text": axis["title"], "font": {"size": size}, "standoff": 10}} if "title" in axis else {}


HOVER = "(%{x:.2f}, %{y:.4f})<extra></extra>"
_TITLED = (54, 70)  # pixels under the panels for the numbers of an axis and its title; on a projector
MARGIN = {"l": 52, "r": 14, "t": 8, "b": 34}
_PANELS_MARGIN = {"l": 44, "r": 12, "t": 26, "b": 34}
