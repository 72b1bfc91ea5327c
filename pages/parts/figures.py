"""Arrays in, a Plotly figure out. One palette, one axis style; every trace that moves carries its ``name``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

Picture = Mapping[str, NDArray[Any]]

# Every colour is at least 3:1 against white and against the dark background, so that a function keeps its colour in
# both themes. Okabe & Ito's blue, vermilion, green and purple are among them.
PALETTE = (
    "#6B7785",
    "#8C6D31",
    "#0072B2",
    "#009E73",
    "#D55E00",
    "#A8760A",
    "#CC79A7",
    "#9C56B8",
    "#7A6BD8",
    "#D1495B",
    "#1E8CA8",
    "#5F8A2B",
)
GREY = "#7F8793"
_MOST_LAYERS = 50
SHADE = "rgba(127,135,147,0.20)"
CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "svg"},
    "scrollZoom": False,
}


def curve(
    picture: Picture, ranges: Sequence[tuple[float, float]], names: Sequence[str], colour: str, large: bool = False
) -> go.Figure:
    """A function above its derivative (and, with three ranges, its second derivative) on one x-axis.

    ``names`` label the panels from the top; saturated tails are shaded, the tangent touches at the probe.
    """
    heights = [0.6, 0.4] if len(ranges) == 2 else [0.46, 0.29, 0.25]
    figure = make_subplots(rows=len(ranges), shared_xaxes=True, vertical_spacing=0.05, row_heights=heights)
    font = {"size": 22 if large else 16, "color": colour}
    corner = {"x": 0.012, "y": 0.97, "xref": "x domain", "yref": "y domain", "xanchor": "left", "yanchor": "top"}
    for row, (kind, extent) in enumerate(zip(("value", "slope", "bend"), ranges, strict=False), start=1):
        figure.add_traces(_panel(picture, kind, extent, colour, 5 if large else 3), rows=row, cols=1)
        figure.update_yaxes(range=list(extent), row=row, col=1)
        figure.add_annotation(text=f"<b>{names[row - 1]}</b>", showarrow=False, font=font, row=row, col=1, **corner)
    figure.update_xaxes(range=[float(picture["value.x"][0]), float(picture["value.x"][-1])], zeroline=True)
    return _house(figure, 640 if large else 430 if len(ranges) == 2 else 540, large)


def _panel(picture: Picture, kind: str, extent: tuple[float, float], colour: str, width: float) -> list[go.Scatter]:
    traces = []
    low, high = extent
    for name in (f"{kind}_left", f"{kind}_right"):
        if f"{name}.x" in picture:
            corners = {"x": _f4(picture[f"{name}.x"]), "y": np.array([low, low, high, high])}
            fill = {"mode": "none", "fill": "toself", "fillcolor": SHADE, "hoverinfo": "skip"}
            traces.append(go.Scatter(name=name, **fill, **corners))
    traces.append(_line(picture, kind, colour, width, {"value": None, "slope": "dash", "bend": "dot"}[kind]))
    if kind == "value":
        traces.append(_line(picture, "tangent", GREY, width * 0.6))
    for name, symbol in ((f"{kind}_closed", "circle"), (f"{kind}_open", "circle-open")):
        if f"{name}.y" in picture:
            traces.append(_dots(picture, name, colour, 9, symbol))
    return [*traces, _dots(picture, f"probe_{kind}", GREY, 12)]


@dataclass(frozen=True)
class Decades:
    """The logarithmic axis of a gradient, in powers of ten: its ends, the shelf for exact zeros, formats' floors."""

    low: float
    high: float
    shelf: float
    floors: Mapping[str, float]


def gradients(
    picture: Picture, functions: Mapping[str, tuple[str, str]], words: Mapping[str, str], axis: Decades, large: bool
) -> go.Figure:
    """How much of a gradient is left after each layer of travel back, in decades; below it the activations.

    ``functions`` maps a slug to (name, colour); ``words`` has "back", "layer", "dead" and "activation".
    """
    width = 5 if large else 3
    figure = make_subplots(rows=2, vertical_spacing=0.16, row_heights=[0.72, 0.28])
    figure.add_trace(_line(picture, "best", GREY, width * 0.6, "dot"), row=1, col=1)
    for slug, (name, colour) in functions.items():
        figure.add_traces(_fading(picture, slug, name, colour, axis.shelf, large), rows=1, cols=1)
        forward = _against_layers(picture, f"{slug}_forward", colour, width, f"{name} %{{y:.4g}}")
        figure.add_trace(forward, row=2, col=1)
    for name, floor in axis.floors.items():
        label = {"text": name, "font": {"size": 17 if large else 12}, "xanchor": "right", "yanchor": "top"}
        figure.add_hline(y=floor, line={"color": GREY, "width": 1, "dash": "dash"}, annotation=label, row=1, col=1)
    tens = range(-40, int(axis.high), 10)
    labels = [words["dead"], *(f"10<sup>{t}</sup>".replace("-", "−") if t else "1" for t in tens)]
    figure.update_yaxes(range=[axis.low, axis.high], tickvals=[axis.shelf, *tens], ticktext=labels, row=1, col=1)
    figure.update_yaxes(range=[-1.4, 2.4], title=words["activation"], row=2, col=1)
    for row, title in ((1, words["back"]), (2, words["layer"])):
        figure.update_xaxes(range=[-0.5, 59], dtick=10, title=title, title_standoff=4, row=row, col=1)
    return _house(figure, 680 if large else 450, large)


def _fading(picture: Picture, slug: str, name: str, colour: str, shelf: float, large: bool) -> list[go.Scatter]:
    width = 5 if large else 3
    line = _against_layers(picture, slug, colour, width, f"{name} 10^%{{y:.2f}}")
    line.update(mode="lines+markers", marker={"size": width + 2})
    dead = go.Scatter(
        name=f"{slug}_dead",
        x=_f4(picture[f"{slug}_dead.x"]),
        y=np.array([shelf, shelf]),
        mode="lines+markers",
        marker={"symbol": "x", "size": 9, "color": colour},
        line={"color": colour, "width": width, "dash": "dot"},
        hoverinfo="skip",
    )
    return [line, dead, _label(picture, f"{slug}_end", f"  <b>{name}</b>", colour, 18 if large else 14, "middle right")]


def layers(
    picture: Picture, functions: Mapping[str, tuple[str, str, str]], axis_names: tuple[str, str], large: bool = False
) -> go.Figure:
    """What comes out of a stack against what went in, one line a function of (name, colour, label position)."""
    figure = go.Figure()
    for slug, (name, colour, position) in functions.items():
        figure.add_trace(_line(picture, slug, colour, 5 if large else 3.5))
        label = _label(picture, f"{slug}_end", f"<b>{name}</b>", colour, 20 if large else 15, position)
        figure.add_trace(label)
    x = picture[f"{next(iter(functions))}.x"]
    figure.update_xaxes(range=[float(x[0]), float(x[-1])], title=axis_names[0], title_standoff=6)
    figure.update_yaxes(range=[-1.15, 2.3], title=axis_names[1], title_standoff=6)
    return _house(figure, 560 if large else 400, large)


def _against_layers(picture: Picture, name: str, colour: str, width: float, hover: str) -> go.Scatter:
    numbers = np.arange(_MOST_LAYERS + 1, dtype=np.float32)
    style = {"mode": "lines", "line": {"color": colour, "width": width}, "hovertemplate": f"{hover}<extra></extra>"}
    return go.Scatter(name=name, x=numbers, y=_f4(picture[f"{name}.y"]), **style)


def _line(picture: Picture, name: str, colour: str, width: float, dash: str | None = None) -> go.Scatter:
    line = {"color": colour, "width": width, "dash": dash, "simplify": False}
    return _trace(picture, name, mode="lines", line=line, hovertemplate="(%{x:.2f}, %{y:.4f})<extra></extra>")


def _label(picture: Picture, name: str, text: str, colour: str, size: int, position: str) -> go.Scatter:
    font = {"color": colour, "size": size}
    return _trace(picture, name, mode="text", text=[text], textposition=position, textfont=font, hoverinfo="skip")


def _dots(picture: Picture, name: str, colour: str, size: int, symbol: str = "circle") -> go.Scatter:
    marker = {"color": colour, "size": size, "symbol": symbol, "line": {"width": 2.5}}
    return _trace(picture, name, mode="markers", marker=marker, cliponaxis=False, hoverinfo="skip")


def _trace(picture: Picture, name: str, **style: Any) -> go.Scatter:
    return go.Scatter(name=name, x=_f4(picture[f"{name}.x"]), y=_f4(picture[f"{name}.y"]), **style)


def _f4(array: NDArray[Any]) -> NDArray[np.float32]:
    # The browser is sent the same single-precision numbers for a dragged picture, so a reload draws the same path.
    return np.asarray(array, dtype=np.float32)


def _house(figure: go.Figure, height: int, large: bool) -> go.Figure:
    size = 19 if large else 13
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(fixedrange=True, tickfont={"size": size}, title_font={"size": size}, zerolinewidth=1.5)
    margin = {"l": 48, "r": 12, "t": 8, "b": 40}
    figure.update_layout(height=height, showlegend=False, dragmode=False, hovermode="closest", margin=margin)
    return figure
