"""Arrays in, a Plotly figure out. One palette, one axis style; every trace that moves carries its ``name``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    width = 5 if large else 3
    kinds = ("value", "slope", "bend")[: len(ranges)]
    heights = [0.6, 0.4] if len(ranges) == 2 else [0.46, 0.29, 0.25]
    figure = make_subplots(rows=len(ranges), shared_xaxes=True, vertical_spacing=0.05, row_heights=heights)
    for row, (kind, extent) in enumerate(zip(kinds, ranges, strict=True), start=1):
        for trace in _panel(picture, kind, extent, colour, width):
            figure.add_trace(trace, row=row, col=1)
        figure.update_yaxes(range=list(extent), row=row, col=1)
        figure.add_annotation(
            text=f"<b>{names[row - 1]}</b>", x=0.012, y=0.97, xref="x domain", yref="y domain", showarrow=False,
            xanchor="left", yanchor="top", font={"size": 22 if large else 16, "color": colour}, row=row, col=1,
        )  # fmt: skip
    figure.update_xaxes(range=[float(picture["value.x"][0]), float(picture["value.x"][-1])], zeroline=True)
    return _house(figure, 640 if large else 430 if len(ranges) == 2 else 540, large)


def _panel(
    picture: Picture, kind: str, extent: tuple[float, float], colour: str, width: float
) -> list[go.Scatter]:
    traces = []
    for side in ("left", "right"):
        name = f"{kind}_{side}"
        if f"{name}.x" in picture:
            low, high = extent
            corners = np.array([low, low, high, high])
            traces.append(
                go.Scatter(name=name, x=_f4(picture[f"{name}.x"]), y=corners, fill="toself", fillcolor=SHADE,
                           mode="none", hoverinfo="skip")
            )  # fmt: skip
    if kind == "value":
        traces.append(_line(picture, "tangent", GREY, width * 0.8))
    dash = {"value": None, "slope": "dash", "bend": "dot"}[kind]
    traces.append(_line(picture, kind, colour, width, dash))
    for name, symbol in ((f"{kind}_closed", "circle"), (f"{kind}_open", "circle-open")):
        if f"{name}.y" in picture:
            traces.append(_dots(picture, name, colour, 9, symbol))
    traces.append(_dots(picture, f"probe_{kind}", GREY, 12))
    return traces


def gradients(
    picture: Picture,
    functions: Mapping[str, tuple[str, str]],
    words: Mapping[str, str],
    floors: Mapping[str, float],
    extent: tuple[float, float],
    shelf: float,
    large: bool = False,
) -> go.Figure:
    """How much of a gradient is left after each layer of travel back, in decades; below it the activations.

    ``functions`` maps a slug to (name, colour); ``floors`` are decades below which a number format holds only zero;
    ``words`` has "back", "layer", "dead", "best" and "activation".
    """
    width = 5 if large else 3
    figure = make_subplots(rows=2, vertical_spacing=0.16, row_heights=[0.72, 0.28])
    figure.add_trace(_line(picture, "best", GREY, width * 0.6, "dot"), row=1, col=1)
    for slug, (name, colour) in functions.items():
        for trace in _fading(picture, slug, name, colour, width, shelf, 18 if large else 14):
            figure.add_trace(trace, row=1, col=1)
        layers = np.arange(len(picture[f"{slug}_forward.y"]), dtype=np.float32)
        line = go.Scatter(name=f"{slug}_forward", x=layers, y=_f4(picture[f"{slug}_forward.y"]), mode="lines",
                          line={"color": colour, "width": width}, hovertemplate=f"{name} %{{y:.4g}}<extra></extra>")  # fmt: skip
        figure.add_trace(line, row=2, col=1)
    for name, floor in floors.items():
        figure.add_hline(
            y=floor, line={"color": GREY, "width": 1, "dash": "dash"}, row=1, col=1,
            annotation={"text": name, "font": {"size": 17 if large else 12, "color": GREY}, "xanchor": "right", "yanchor": "top"},
        )  # fmt: skip
    ticks = [shelf, *range(-40, int(extent[1]), 10)]
    labels = [words["dead"], *(f"10<sup>{t}</sup>".replace("-", "−") if t else "1" for t in ticks[1:])]
    figure.update_yaxes(range=list(extent), tickvals=ticks, ticktext=labels, row=1, col=1)
    figure.update_yaxes(range=[-1.4, 2.4], title=words["activation"], row=2, col=1)
    span = len(picture[f"{next(iter(functions))}_forward.y"]) - 1
    figure.update_xaxes(range=[-0.5, max(span, 50) + 9], dtick=10, title=words["back"], title_standoff=4, row=1, col=1)
    figure.update_xaxes(range=[-0.5, max(span, 50) + 9], dtick=10, title=words["layer"], title_standoff=4, row=2, col=1)
    return _house(figure, 680 if large else 450, large)


def _fading(
    picture: Picture, slug: str, name: str, colour: str, width: float, shelf: float, size: int
) -> list[go.Scatter]:
    back = np.arange(len(picture[f"{slug}.y"]), dtype=np.float32)
    line = go.Scatter(name=slug, x=back, y=_f4(picture[f"{slug}.y"]), mode="lines+markers", marker={"size": width + 2},
                      line={"color": colour, "width": width}, hovertemplate=f"{name} 10^%{{y:.2f}}<extra></extra>")  # fmt: skip
    dead = go.Scatter(name=f"{slug}_dead", x=_f4(picture[f"{slug}_dead.x"]), y=np.array([shelf, shelf]),
                      mode="lines+markers", marker={"symbol": "x", "size": 9, "color": colour},
                      line={"color": colour, "width": width, "dash": "dot"}, hoverinfo="skip")  # fmt: skip
    end = go.Scatter(name=f"{slug}_end", x=_f4(picture[f"{slug}_end.x"]), y=_f4(picture[f"{slug}_end.y"]), mode="text",
                     text=[f"  <b>{name}</b>"], textposition="middle right", hoverinfo="skip", cliponaxis=False,
                     textfont={"color": colour, "size": size})  # fmt: skip
    return [line, dead, end]


def layers(
    picture: Picture, functions: Mapping[str, tuple[str, str, str]], axis_names: tuple[str, str], large: bool = False
) -> go.Figure:
    """What comes out of a stack against what went in, one line a function of (name, colour, label position)."""
    figure = go.Figure()
    for slug, (name, colour, position) in functions.items():
        figure.add_trace(_line(picture, slug, colour, 5 if large else 3.5))
        figure.add_trace(
            go.Scatter(name=f"{slug}_end", x=_f4(picture[f"{slug}_end.x"]), y=_f4(picture[f"{slug}_end.y"]),
                       mode="text", text=[f"<b>{name}</b>"], textposition=position, hoverinfo="skip",
                       textfont={"color": colour, "size": 20 if large else 15})
        )  # fmt: skip
    x = picture[f"{next(iter(functions))}.x"]
    figure.update_xaxes(range=[float(x[0]), float(x[-1])], title=axis_names[0], title_standoff=6)
    figure.update_yaxes(range=[-1.15, 2.3], title=axis_names[1], title_standoff=6)
    return _house(figure, 560 if large else 400, large)


def _line(picture: Picture, name: str, colour: str, width: float, dash: str | None = None) -> go.Scatter:
    return go.Scatter(
        name=name, x=_f4(picture[f"{name}.x"]), y=_f4(picture[f"{name}.y"]), mode="lines",
        line={"color": colour, "width": width, "dash": dash, "simplify": False}, hovertemplate="(%{x:.2f}, %{y:.4f})<extra></extra>",
    )  # fmt: skip


def _dots(picture: Picture, name: str, colour: str, size: int, symbol: str = "circle") -> go.Scatter:
    return go.Scatter(
        name=name, x=_f4(picture[f"{name}.x"]), y=_f4(picture[f"{name}.y"]), mode="markers", cliponaxis=False,
        marker={"color": colour, "size": size, "symbol": symbol, "line": {"width": 2.5}}, hoverinfo="skip",
    )  # fmt: skip


def _f4(array: NDArray[Any]) -> NDArray[np.float32]:
    # The browser is sent the same single-precision numbers for a dragged picture, so a reload draws the same path.
    return np.asarray(array, dtype=np.float32)


def _house(figure: go.Figure, height: int, large: bool) -> go.Figure:
    size = 19 if large else 13
    figure.update_xaxes(fixedrange=True, tickfont={"size": size}, title_font={"size": size}, zerolinewidth=1.5)
    figure.update_yaxes(fixedrange=True, tickfont={"size": size}, title_font={"size": size}, zerolinewidth=1.5)
    figure.update_layout(
        height=height, showlegend=False, dragmode=False, hovermode="closest", margin={"l": 48, "r": 12, "t": 8, "b": 40}
    )
    return figure
