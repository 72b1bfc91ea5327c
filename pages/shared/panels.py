"""The chart of a function above its derivatives: a panel each, the tangent at the probe, tails and kinks marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pages.shared import figures, words
from pages.shared.curves import KINDS
from pages.shared.figures import GREY, NO_HOVER, PROBE, Picture, Spec

_HOVER = {kind: f"{name} = %{{y:.4f}}<extra></extra>" for kind, name in zip(KINDS, ("f", "f′", "f″"), strict=True)}
# The share of the height that each panel takes, from top to bottom; the gaps hold the panels' names.
_HEIGHTS = {2: (0.56, 0.36), 3: (0.44, 0.21, 0.22)}
# Where the derivative's share is between these, f and f' are drawn to one scale.
_LEAST, _MOST = 0.22, 0.5
_STRIP = 0.025  # of the height of the panel of f: a strip along its foot marks what is shaded in that of the derivative
_TINT = "rgba(127,135,147,0.08)"


def curves(
    picture: Picture,
    texts: Mapping[str, str],
    ranges: Sequence[tuple[float, float]],
    colour: str,
    page: str,
    large: bool = False,
    above: Sequence[Spec] = (),
) -> figures.Finished:
    """A figure of ``len(ranges)`` panels of a function; ``texts`` are the labels at the probe.

    ``page`` is what the layout says of the picture, ``above`` is drawn over the panel of f.
    """
    traces, axes, notes, places = [], {}, [], domains(ranges)
    for place, (kind, extent) in enumerate(zip(KINDS, ranges, strict=False)):
        number = str(place + 1) if place else ""
        panel = _panel(picture, texts, kind, extent, colour, large)
        traces += [{**trace, "xaxis": "x", "yaxis": f"y{number}"} for trace in panel]
        axes[f"yaxis{number}"] = {"range": list(extent), "domain": places[place], "nticks": 5}
        notes.append(_name(kind, number, colour, large))
    traces += above
    window = [float(picture["value.x"][0]), float(picture["value.x"][-1])]
    axes["xaxis"] = {"range": window, "anchor": f"y{len(ranges)}", "zeroline": True}
    axes["xaxis"] |= {"unifiedhovertitle": {"text": "x = %{x:.2f}"}}
    margin = {**figures.MARGIN, "t": 30 if large else 24}
    # Hovering tells x, f and f′ together, of all panels above each other.
    hover = {"hovermode": "x unified", "hoversubplots": "axis"}
    return figures.figure(traces, axes, page, large, annotations=notes, margin=margin, **hover)


def domains(ranges: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Lower and upper end of each panel, as shares of the height, for panels of these ranges.

    Where that leaves enough of both, a step of 1 is as high in the panel of f as in that of its derivative: the rise of
    the triangle and the stem are then equally long.
    """
    heights = list(_HEIGHTS[len(ranges)])
    gap = (1 - sum(heights)) / (len(heights) - 1)
    value, slope = (high - low for low, high in ranges[:2])
    if _LEAST <= (share := slope / (value + slope)) <= _MOST:
        both = heights[0] + heights[1]
        heights[:2] = both * (1 - share), both * share
    tops = [1 - sum(heights[:place]) - gap * place for place in range(len(heights))]
    return [(max(0.0, round(top - height, 4)), round(top, 4)) for top, height in zip(tops, heights, strict=True)]


def derivative_panel(ranges: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where the panels of the derivatives begin and end, as shares of the chart's height from the top."""
    return 1 - domains(ranges)[1][1] - 0.06, 1.0


def _panel(
    picture: Picture, texts: Mapping[str, str], kind: str, extent: tuple[float, float], colour: str, large: bool
) -> list[Spec]:
    width, word = (5.0, 17) if large else (3.0, 13)
    drawn = []
    for side, corner in (("left", "middle right"), ("right", "middle left")):
        if f"{kind}_{side}.x" in picture:
            drawn.append(_saturated(picture, kind, side, extent))
            label = f"word_{kind}_{side}"
            drawn.append(figures.label(picture, label, words.ui("on.saturated"), GREY, word, corner))
    drawn.append(figures.line(picture, f"hair_{kind}", PROBE, 1.2, hoverinfo="skip", opacity=0.6))
    drawn.append(figures.line(picture, kind, colour, width, hovertemplate=_HOVER[kind]))
    for ending, symbol in (("closed", "circle"), ("open", "circle-open")):
        if f"{kind}_{ending}.y" in picture:
            drawn.append(figures.dots(picture, f"{kind}_{ending}", colour, 9, symbol))
    if kind == "value":
        drawn += _tangent(picture, texts, width, word)
    if kind == "slope":
        drawn += _stem(picture, texts, width, word)
    return [*drawn, figures.dots(picture, f"probe_{kind}", PROBE, 12)]


def _saturated(picture: Picture, kind: str, side: str, extent: tuple[float, float]) -> Spec:
    """A saturated tail: tinted in the panel of the derivative, with an edge; in that of f a strip along its foot."""
    low, high = extent
    if kind == "value":
        return figures.shade(picture, f"{kind}_{side}", (low, low + _STRIP * (high - low)))
    # The tint reaches out of the panel, so that its upper and lower edges are not seen.
    beyond = 0.02 * (high - low)
    edge = {"mode": "lines", "line": {"color": GREY, "width": 0.8}, "fillcolor": _TINT}
    return {**figures.shade(picture, f"{kind}_{side}", (low - beyond, high + beyond)), **edge}


def _tangent(picture: Picture, texts: Mapping[str, str], width: float, word: float) -> list[Spec]:
    """The tangent, how far it rises over a step of 1, and a faint line of slope 1 to compare it with."""
    return [
        figures.line(picture, "one", GREY, 1.2, line={"dash": "dot"}, **NO_HOVER),
        figures.label(picture, "one_label", words.ui("on.one"), GREY, word - 1, "middle right"),
        figures.line(picture, "tangent", PROBE, width * 0.6, **NO_HOVER),
        figures.line(picture, "run", PROBE, 1.5, **NO_HOVER),
        figures.line(picture, "rise", PROBE, width * 1.3, **NO_HOVER),
        figures.label(picture, "rise_label", texts["rise_label.text"], PROBE, word, "middle right"),
    ]


def _stem(picture: Picture, texts: Mapping[str, str], width: float, word: float) -> list[Spec]:
    """The derivative at the probe as a height above 0, which is the rise of the triangle, and its number."""
    return [
        figures.line(picture, "stem", PROBE, width * 1.3, **NO_HOVER),
        figures.label(picture, "stem_label", texts["stem_label.text"], PROBE, word, "middle right"),
    ]


def _name(kind: str, number: str, colour: str, large: bool) -> Spec:
    place = {"x": 0, "y": 1, "xref": "paper", "yref": f"y{number} domain", "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 21 if large else 15, "color": colour}
    return {"text": f"<b>{words.ui(f'panel.{kind}')}</b>", "showarrow": False, "font": font, **place}
