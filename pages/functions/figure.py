"""The chart of a function page: the function above its derivative, the tangent at the probe, tails and kinks marked."""

from __future__ import annotations

from collections.abc import Sequence

from pages.functions.picture import KINDS
from pages.parts import figures, words
from pages.parts.figures import GREY, PROBE, Picture, Spec

_DASH = {"value": "solid", "slope": "dash", "bend": "dot"}
_HOVER = {kind: f"{name} = %{{y:.4f}}<extra></extra>" for kind, name in zip(KINDS, ("f", "f′", "f″"), strict=True)}
# From top to bottom, the share of the height that each panel takes; the gaps hold the panels' names.
_DOMAINS = {2: ((0.44, 1.0), (0.0, 0.36)), 3: ((0.56, 1.0), (0.29, 0.5), (0.0, 0.22))}


def curves(
    picture: Picture, ranges: Sequence[tuple[float, float]], colour: str, room: str, large: bool = False
) -> figures.Finished:
    """A figure of ``len(ranges)`` panels; ``room`` is the page it stands on."""
    traces, axes, notes = [], {}, []
    for place, (kind, extent) in enumerate(zip(KINDS, ranges, strict=False)):
        number = str(place + 1) if place else ""
        panel = _panel(picture, kind, extent, colour, large)
        traces += [{**trace, "xaxis": "x", "yaxis": f"y{number}"} for trace in panel]
        axes[f"yaxis{number}"] = {"range": list(extent), "domain": _DOMAINS[len(ranges)][place], "nticks": 5}
        notes.append(_name(kind, number, colour, large))
    window = [float(picture["value.x"][0]), float(picture["value.x"][-1])]
    axes["xaxis"] = {"range": window, "anchor": f"y{len(ranges)}", "zeroline": True}
    axes["xaxis"] |= {"unifiedhovertitle": {"text": "x = %{x:.2f}"}}
    margin = {**figures.MARGIN, "t": 30 if large else 24}
    # Hovering tells x, f and f′ together, of all panels above each other.
    hover = {"hovermode": "x unified", "hoversubplots": "axis"}
    return figures.figure(traces, axes, room, large, annotations=notes, margin=margin, **hover)


def derivative_panel(orders: int) -> tuple[float, float]:
    """Where the panels of the derivatives begin and end, as shares of the chart's height from the top."""
    return 1 - _DOMAINS[orders][1][1] - 0.06, 1.0


def _panel(picture: Picture, kind: str, extent: tuple[float, float], colour: str, large: bool) -> list[Spec]:
    width, word = (5.0, 17) if large else (3.0, 13)
    drawn = []
    for side, corner in (("left", "middle right"), ("right", "middle left")):
        if f"{kind}_{side}.x" in picture:
            drawn.append(figures.shade(picture, f"{kind}_{side}", extent))
            if kind == "slope":
                drawn.append(figures.label(picture, f"word_{side}", words.ui("on.saturated"), GREY, word, corner))
    drawn.append(figures.line(picture, f"hair_{kind}", PROBE, 1.2, hoverinfo="skip", opacity=0.6))
    if kind == "value":
        drawn += _tangent(picture, width, word)
    drawn.append(figures.line(picture, kind, colour, width, line={"dash": _DASH[kind]}, hovertemplate=_HOVER[kind]))
    for ending, symbol in (("closed", "circle"), ("open", "circle-open")):
        if f"{kind}_{ending}.y" in picture:
            drawn.append(figures.dots(picture, f"{kind}_{ending}", colour, 9, symbol))
    return [*drawn, figures.dots(picture, f"probe_{kind}", PROBE, 12)]


def _tangent(picture: Picture, width: float, word: float) -> list[Spec]:
    """The tangent, a faint line of slope 1 to compare it with, and how far it rises over a step of 1."""
    quiet = {"hoverinfo": "skip"}
    return [
        figures.line(picture, "one", GREY, 1.2, line={"dash": "dot"}, **quiet),
        figures.line(picture, "tangent", PROBE, width * 0.7, **quiet),
        figures.line(picture, "rise", PROBE, 1.5, **quiet),
        figures.label(picture, "rise_label", picture_text(picture), PROBE, word, "middle right"),
    ]


def picture_text(picture: Picture) -> str:
    """What the triangle's label says: the tangent's rise over a step of 1."""
    run, rise = picture["rise.x"], picture["rise.y"]
    slope = (rise[2] - rise[1]) / abs(run[1] - run[0]) * (1 if run[1] > run[0] else -1)
    return f"\u00a0{words.ui('on.slope_per_one', slope=words.number(float(slope), '2'))}"


def _name(kind: str, number: str, colour: str, large: bool) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": f"y{number} domain", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 21 if large else 15, "color": colour}
    return {"text": f"<b>{words.ui(f'panel.{kind}')}</b>", "showarrow": False, "font": font, **place}
