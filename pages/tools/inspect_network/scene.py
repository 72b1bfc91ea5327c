"""The scene of a network: a layer's histogram over its function and the derivative, and all layers beside it."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from activations.experiments import recorded
from activations.experiments.recorded import FLAT, LAYER, REACH, Layer, Network
from activations.spec import Array
from pages.shared import figures, live, words
from pages.shared.controls import Slider
from pages.shared.figures import GREY, NO_HOVER, PROBE, SHADE, VECTOR, Picture, Spec, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts
from pages.tools.inspect_network import named

FILE = "tools/inspect_network"
PARAMS = (LAYER,)
_RED = "#E8232E"
_MOST_BINS = 64  # that are drawn; those of a finer histogram are joined
_NAMED = 12  # units that are listed
_SCALES = (1, 1.5, 2, 3, 4, 5, 6, 8)  # times a power of ten: where the picture of a layer ends
_SAMPLES = np.linspace(-1.0, 1.0, 161)
_KINKS = 8  # at which a line is broken, at most
_PEAK = 0.9  # height of the highest bar, where 1 is a slope of 1
_STEEPEST, _TALLEST = 5.0, 1e100  # slope and value that are drawn
_SMALLEST = 1e-250  # median of which multiples are told
_LEFT, _RIGHT, _UPPER, _LOWER = (0.0, 0.54), (0.67, 1.0), (0.54, 1.0), (0.0, 0.42)
_BAR = 0.35  # of a layer, to each side
_PLACES = (-1.0, -0.5, 0.0, 0.5, 1.0)  # of the numbers of the horizontal axis, in its scale
_HEIGHTS = (0.0, 0.5, 1.0)


class Drawn(NamedTuple):
    """What is drawn of a layer: the last number of its horizontal axis and of that of f, and arrays by name."""

    scale: float
    height: float
    arrays: Mapping[str, Array]


@dataclass(frozen=True)
class Inspection(Scene):
    """One of the recorded networks: a layer of it, and what is known of all."""

    net: str
    page, words_of, key = "inspect", FILE, "inspect"
    handles = (live.Handle(["now_share", "now_gradient"], LAYER.name),)

    @property
    def network(self) -> Network:
        """What was recorded."""
        return recorded.recorded(self.net)

    @property
    def variant(self) -> str:
        """Which network it is."""
        return self.net

    @property
    def params(self) -> Sequence[Slider]:
        """The layer, if there are several."""
        count = len(self.network.layers)
        return (replace(LAYER, high=count),) if count > 1 else ()

    def arrays(self, state: State) -> Arrays:
        """Histogram, function and derivative of a layer, the numbers of its axes, and where it is among all."""
        chosen = self._chosen(state)
        return {name: rows[chosen] for name, rows in self._rows.items()}

    def texts(self, state: State, text: words.Words) -> Texts:
        """What was recorded of a layer, in words, and the numbers of its axes."""
        each = [self._told(place, layer, text) for place, layer in enumerate(self.network.layers)]
        return {name: [each[k][name] for k in self._chosen(state)] for name in each[0]}

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """A 200th of the height of a slope of 1."""
        return {f"{name}.y": 0.005 for name in ("value", "slope", "counts", "flat", "lively") if f"{name}.y" in arrays}

    def _chosen(self, state: State) -> list[int]:
        return [round(float(value)) - 1 for value in state[LAYER.name]] if self.params else [0]

    @cached_property
    def _drawn(self) -> list[Drawn]:
        return [_drawn(layer) for layer in self.network.layers]

    @cached_property
    def _rows(self) -> Mapping[str, Array]:
        """By name an array with a row for each layer."""
        drawn, count = self._drawn, len(self.network.layers)
        rows = {name: _padded([each.arrays[name] for each in drawn]) for name in drawn[0].arrays}
        low, _ = self._heights
        rows["counts.y"] = low + 0.45 * (1.0 - low) * rows.pop("counts") / _PEAK
        place = np.arange(1.0, count + 1)[:, None]
        rows["hair_share.x"] = rows["hair_gradient.x"] = np.tile(place, 2)
        rows["now_share.x"] = rows["now_gradient.x"] = place
        rows["now_share.y"] = np.array([[layer.off + layer.saturated] for layer in self.network.layers])
        rows["now_gradient.y"] = np.nan_to_num(self._gradients, nan=self._decades[0], neginf=self._floor)[:, None]
        return rows

    @cached_property
    def _heights(self) -> tuple[float, float]:
        """Lower and upper end of the panel of f, whose last number is at 1."""
        low = min(float(np.nanmin(each.arrays["value.y"], initial=0.0)) for each in self._drawn)
        return (-0.3 if low > -0.2 else -1.08), 1.08

    @cached_property
    def _slopes(self) -> tuple[float, float]:
        """Lower and upper end of the panel of the derivative."""
        lines = [each.arrays["slope.y"] for each in self._drawn]
        low = min(float(np.nanmin(line, initial=0.0)) for line in lines)
        high = max(float(np.nanmax(line, initial=1.0)) for line in lines)
        return low - 0.15, high + 0.15

    @cached_property
    def _gradients(self) -> Array:
        """log10 of the gradient of each layer: −∞ where it is 0, NaN where there is none."""
        found = [math.nan if layer.gradient is None else layer.gradient for layer in self.network.layers]
        with np.errstate(divide="ignore"):
            return np.asarray(np.log10(np.array(found)))

    @cached_property
    def _floor(self) -> float:
        """The height at which a gradient of 0 is drawn: a decade below all others."""
        finite = self._gradients[np.isfinite(self._gradients)]
        return math.floor(float(finite.min())) - 1.0 if finite.size else -1.0

    @cached_property
    def _decades(self) -> tuple[float, float]:
        """Lower and upper end of the panel of gradients."""
        finite = self._gradients[np.isfinite(self._gradients)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        low = self._floor if np.isneginf(self._gradients).any() else math.floor(low)
        return low - 0.3, max(math.ceil(high), low + 1) + 0.3

    def _told(self, place: int, layer: Layer, text: words.Words) -> dict[str, str]:
        """The texts about a layer."""
        known, drawn = named.activation(layer.function), self._drawn[place]
        axes = {f"place_{k}.text": "" if layer.broken else _short(at * drawn.scale) for k, at in enumerate(_PLACES)}
        axes |= {
            f"height_{k}.text": _short(at * drawn.height) if known and not layer.broken else ""
            for k, at in enumerate(_HEIGHTS)
        }
        facts = {
            "layer": str(place + 1), "layers": str(len(self.network.layers)), "name": plain(layer.name) or "–",
            "function": words.title(known[0].slug) if known else plain(layer.function) or "–",
            "units": str(layer.units), "inputs": str(layer.inputs), "flat": f"{FLAT:g}", "reach": str(REACH),
        }  # fmt: skip
        lines = {line: words.format(each, **facts) for line, each in self._lines(layer, text).items()}
        return {"where": words.format(text["where"], **facts), **lines, **axes}

    def _lines(self, layer: Layer, text: words.Words) -> dict[str, str]:
        """What was found of a layer, line by line."""
        if layer.broken:
            broken = words.format(text["broken"], count=str(layer.broken), all=str(layer.inputs * layer.units))
            return {"slopes": broken, "dead": "", "largest": "", "gradient": ""}
        times = _short(abs(layer.largest) / layer.median) if layer.median > _SMALLEST else ""
        found = {
            "slopes": words.format(text["slopes"], off=share(layer.off), saturated=share(layer.saturated)),
            "largest": words.format(
                text["largest" if times else "largest-only"], value=_short(layer.largest), times=times
            ),
            "gradient": _gradient(layer.gradient, text),
        }
        for kind, units in (("dead", layer.dead), ("stuck", layer.stuck)):
            form = "none" if not units else "all" if len(units) == layer.units else "some"
            told = words.format(text[f"{kind}-{form}"], count=str(len(units)), names=_names(units))
            found["dead"] = found.get("dead", "") + told
        if layer.outliers:
            found["largest"] += words.format(text["outliers"], count=str(layer.outliers))
        return found

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The layer on the left, all layers on the right."""
        size, wide = (17.0, 1.5) if large else (13.0, 1.0)
        traces = self._curves(arrays, texts, size, wide)
        traces += on_panel("3", *self._shares(arrays, wide)) + on_panel("4", *self._sizes(arrays, size, wide))
        signs = {"off": (_RED, "■"), "saturated": (VECTOR, "■"), "dead": (_RED, "●")}
        spans = {name: f"<span style='color:{colour}'>{sign}</span>" for name, (colour, sign) in signs.items()}
        headings = {"": self.text["panel-value"], "2": words.format(self.text["panel-slope"], flat=f"{FLAT:g}")}
        # At the right end, so that on a phone they may begin left of their narrow panels.
        notes = [
            figures.heading(f"<b>{text}</b>", number, size) | {"x": 1, "xanchor": "right"}
            for number, text in (
                ("3", words.format(self.text["panel-shares"], **spans)), ("4", self.text["panel-gradient"])
            )
        ]  # fmt: skip
        return figures.panels(traces, self._axes(), self.meta, headings, large, notes)

    def _curves(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """The histogram under the function, and under its derivative."""
        colour = self._colour
        filled = {"mode": "none", "fill": "toself", **NO_HOVER}
        above = [
            figures.trace(arrays, "counts", fillcolor=SHADE, **filled),
            figures.line(arrays, "value", colour, 3 * wide, **NO_HOVER),
            *self._numbers(arrays, texts, "height", _HEIGHTS, size, "middle left"),
        ]
        below = [
            figures.trace(arrays, "lively", fillcolor=SHADE, **filled),
            figures.trace(arrays, "flat", fillcolor=figures.transparent(_RED, 0.45), **filled),
            figures.line(arrays, "slope", colour, 3 * wide, line={"dash": "7px,4px"}, **NO_HOVER),
            *self._numbers(arrays, texts, "place", _PLACES, size, "bottom center"),
        ]
        return above + on_panel("2", *below)

    @property
    def _colour(self) -> str:
        """The colour of the function that all layers have, grey if they have several."""
        found = [named.activation(layer.function) for layer in self.network.layers]
        slugs = {each[0].slug for each in found if each}
        return figures.colour(slugs.pop()) if len(slugs) == 1 else GREY

    def _numbers(
        self, arrays: Picture, texts: Mapping[str, str], kind: str, places: Sequence[float], size: float, position: str
    ) -> list[Spec]:
        """The numbers along an axis of a layer."""
        low = self._slopes[0] + 1e-3  # Plotly draws no label that single precision puts outside of its panel.
        drawn = []
        for k, at in enumerate(places):
            x, y = (-1.04, at) if kind == "height" else (at, low)
            still = {f"{kind}_{k}.x": np.array([x]), f"{kind}_{k}.y": np.array([y])}
            drawn.append(figures.label(still, f"{kind}_{k}", texts[f"{kind}_{k}.text"], GREY, size, position))
        return drawn

    def _shares(self, arrays: Picture, wide: float) -> list[Spec]:
        """For each layer the shares of flat pre-activations as bars, and that of dead units."""
        layers = self.network.layers
        off, saturated = (np.array([getattr(layer, name) for layer in layers]) for name in ("off", "saturated"))
        at = np.arange(1.0, len(layers) + 1)
        still = {
            **_bars("off", at, np.zeros(len(at)), off), **_bars("saturated", at, off, off + saturated),
            "dead.x": at, "dead.y": np.array([len(layer.dead) / layer.units or math.nan for layer in layers]),
            "hair_share.y": np.array([0.0, 1.0]), **arrays,
        }  # fmt: skip
        filled = {"mode": "none", "fill": "toself", **NO_HOVER}
        return [
            figures.trace(still, "off", fillcolor=figures.transparent(_RED, 0.45), **filled),
            figures.trace(still, "saturated", fillcolor=figures.transparent(VECTOR, 0.6), **filled),
            figures.line(still, "hair_share", PROBE, 1.5 * wide, **NO_HOVER),
            figures.dots(still, "dead", _RED, 5),
            figures.dots(still, "now_share", PROBE, 9),
        ]

    def _sizes(self, arrays: Picture, size: float, wide: float) -> list[Spec]:
        """For each layer the root mean square of the gradient."""
        at, heights = np.arange(1.0, len(self._gradients) + 1), self._gradients
        is_zero = np.isneginf(heights)
        still = {
            "gradient.x": at, "gradient.y": np.where(np.isfinite(heights), heights, math.nan),
            "zero.x": at, "zero.y": np.where(is_zero, self._floor, math.nan),
            "hair_gradient.y": np.array(self._decades), **arrays,
        }  # fmt: skip
        drawn = [
            figures.line(still, "hair_gradient", PROBE, 1.5 * wide, **NO_HOVER),
            figures.line(still, "gradient", self._colour, 2 * wide, **NO_HOVER) | {"mode": "lines+markers"},
            figures.dots(still, "zero", self._colour, 8, "circle-open"),
            figures.dots(still, "now_gradient", PROBE, 9),
        ]
        if np.isnan(heights).all():
            middle = {"none.x": np.array([np.mean(at)]), "none.y": np.array([np.mean(self._decades)])}
            drawn.append(figures.label(middle, "none", self.text["gradient-none"], GREY, size, "middle center"))
        return drawn

    def _axes(self) -> dict[str, Spec]:
        count = len(self.network.layers)
        bare = {"showgrid": False, "showticklabels": False}
        across = {"range": [-1.04, 1.04], "domain": _LEFT, "zeroline": True, **bare}
        each = max(1, math.ceil(count / 8))
        layers = {"range": [0.4, count + 0.6], "domain": _RIGHT, "showgrid": False, "zeroline": False}
        layers |= {"tickmode": "array", "tickvals": list(range(each if each > 1 else 1, count + 1, each))}
        low, high = self._decades
        decades = range(math.ceil(low), math.floor(high) + 1)
        decades = decades[:: max(1, math.ceil(len(decades) / 6))]
        zero = np.isneginf(self._gradients).any()
        named_ = ["0" if zero and k == self._floor else _decade(k) for k in decades]
        return {
            "xaxis": {**across, "anchor": "y"},
            "yaxis": {"range": list(self._heights), "domain": _UPPER, **bare},
            "xaxis2": {**across, "anchor": "y2"},
            "yaxis2": {
                "range": list(self._slopes), "domain": _LOWER, "anchor": "x2", "tickvals": [0, 0.5, 1],
                "showgrid": False,
            },
            "xaxis3": {**layers, "anchor": "y3", "showticklabels": False},
            "yaxis3": {
                "range": [-0.02, 1.04], "domain": _UPPER, "anchor": "x3", "tickvals": [0, 0.5, 1],
                "ticktext": ["0 %", "50 %", "100 %"],
            },
            "xaxis4": {**layers, "anchor": "y4", "title": self.text["axis-layer"]},
            "yaxis4": {
                "range": [low, high], "domain": _LOWER, "anchor": "x4", "tickvals": list(decades),
                "ticktext": named_, "zeroline": False,
            },
        }  # fmt: skip

    def reading(self, marks: Mapping[str, str]) -> str:
        """What was recorded of the layer, a line each."""
        lines = ("slopes", "dead", "largest", "gradient")
        return "**" + marks["where"] + "**  \n" + "  \n".join(marks[line] for line in lines)


@dataclass(frozen=True)
class Own(Inspection):
    """The network that a reader has pasted."""

    given: Network

    @property
    def network(self) -> Network:
        """What was pasted."""
        return self.given

    @property
    def variant(self) -> str:
        """A short name of what was pasted: the picture of another network is another picture."""
        return f"{self.net} {zlib.crc32(repr(self.given).encode()):08x}"

    @property
    def is_private(self) -> bool:
        return True


def share(value: float) -> str:
    """A share in per cent; 0 and 100 are printed only if they are exact."""
    if 0 < value < 0.0005:
        return "< 0.1\u00a0%"
    if 0.9995 < value < 1:
        return "> 99.9\u00a0%"
    percent = 100 * value
    return f"{words.number(percent, '0' if words.whole(percent) else '1')}\u00a0%"


def plain(name: str) -> str:
    """A name that somebody typed, without what Markdown or Plotly would read otherwise."""
    return re.sub(r"(?<![^\W_])_+|_+(?![^\W_])", "", re.sub(r"[^\w .=(),/-]", "", name)).strip()


def _names(units: Sequence[int]) -> str:
    """The first units by number."""
    return ", ".join(map(str, units[:_NAMED])) + (" …" if len(units) > _NAMED else "")


def _gradient(value: float | None, text: words.Words) -> str:
    if value is None:
        return text["gradient-none"]
    if math.isnan(value):
        return text["gradient-nan"]
    return words.format(text["gradient-size"], value=words.power(value))


def _short(value: float) -> str:
    """A number with three digits, with as few decimals as it needs."""
    size = abs(value)
    if size >= 1e5 or 0 < size < 1e-3:
        return ("−" if value < 0 else "") + words.power(size)
    return f"{value:.3g}".replace("-", "−") if size < 1000 else f"{value:.0f}".replace("-", "−")


def _decade(power: int) -> str:
    return "1" if power == 0 else f"10{str(power).translate(words.SUPERSCRIPT)}"


def _drawn(layer: Layer) -> Drawn:
    """Histogram, function and derivative of a layer, where each axis reaches from −1 to 1."""
    if layer.broken:
        return Drawn(1.0, 1.0, {name: np.full(1, math.nan) for name in _ARRAYS})
    counts = np.array(layer.counts, dtype=np.float64)
    joined = math.ceil(len(counts) / _MOST_BINS)
    edges = np.linspace(layer.low, layer.high, len(counts) + 1)
    starts = np.arange(0, len(counts), joined)
    counts, edges = np.add.reduceat(counts, starts), np.append(edges[starts], edges[-1])
    density = counts / np.diff(edges)
    scale = _scale(max(abs(layer.low), abs(layer.high)))
    heights = _PEAK * density / (density.max() or 1.0)
    x = np.repeat(edges, 2) / scale
    known = named.activation(layer.function)
    middles, flat = (edges[:-1] + edges[1:]) / 2, np.zeros(len(counts), bool)
    value_x, value, slope = np.full(1, math.nan), np.full(1, math.nan), np.full(1, math.nan)
    if known:
        f, values = known
        with np.errstate(all="ignore"):
            flat = np.abs(f.derivative(middles, **values)) < FLAT
            kinks = f.kinks_at(**values)
            value_x, value = _line(lambda z: f(z, **values), kinks, scale)
            _, slope = _line(lambda z: f.derivative(z, **values), kinks, scale)
    value = np.where(np.abs(value) <= _TALLEST, value, math.nan)
    height = _scale(float(np.fmax.reduce(np.abs(value), initial=0.0)))
    slope = np.where(np.abs(slope) <= _STEEPEST, slope, math.nan)
    return Drawn(scale, height, {
        "counts.x": x, "counts": _outline(heights), "lively.x": x, "lively.y": _outline(heights * ~flat),
        "flat.x": x, "flat.y": _outline(heights * flat), "value.x": value_x, "value.y": value / height,
        "slope.x": value_x, "slope.y": slope,
    })  # fmt: skip


_ARRAYS = ("counts.x", "counts", "lively.x", "lively.y", "flat.x", "flat.y", "value.x", "value.y", "slope.x", "slope.y")


def _outline(heights: Array) -> Array:
    """The heights of the corners of bars that stand beside each other."""
    return np.concatenate([[0.0], np.repeat(heights, 2), [0.0]])


def _line(function: Callable[[Array], Array], kinks: Sequence[float], scale: float) -> tuple[Array, Array]:
    """Places from −1 to 1 and the function there, broken at its kinks, of each of which both sides are drawn."""
    inside = [kink for kink in kinks if abs(kink) < scale][:_KINKS]
    sides = [side for kink in inside for side in (np.nextafter(kink, -math.inf), kink, np.nextafter(kink, math.inf))]
    x = np.concatenate([scale * _SAMPLES[~np.isin(scale * _SAMPLES, inside)], sides])
    order = np.argsort(x, kind="stable")
    y = np.asarray(function(x), dtype=np.float64)
    y[len(x) - len(sides) + 1 :: 3] = math.nan
    return x[order] / scale, y[order]


def _scale(size: float) -> float:
    """The next round number that is not smaller."""
    decade = 10.0 ** math.floor(math.log10(size)) if size > 0 else 1.0
    return next((step * decade for step in _SCALES if size <= step * decade * (1 + 1e-9)), 10 * decade)


def _padded(rows: Sequence[Array]) -> Array:
    """Rows of one length: of a shorter one the last point is repeated."""
    width = max(map(len, rows))
    return np.array([np.append(row, np.full(width - len(row), row[-1])) for row in rows])


def _bars(name: str, at: Array, low: Array, high: Array) -> dict[str, Array]:
    """Upright bars, of which one of no height is left out."""
    gap, top = np.full(len(at), math.nan), np.where(high > low, high, math.nan)
    left, right = at - _BAR, at + _BAR
    corners = {"x": (left, left, right, right, gap), "y": (low, top, top, low, gap)}
    return {f"{name}.{axis}": np.stack(each, 1).ravel() for axis, each in corners.items()}


SCENES = tuple(Inspection(net) for net in recorded.NETWORKS)
