"""Gated units, GLU to SwiGLU, which multiply two projections of an input; how many of their outputs are nearly 0; and
maxout, the largest of affine pieces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from activations import CATALOGUE, Activation
from activations.experiments import gated
from activations.experiments.gated import (
    AFFINE,
    GATE,
    GATE_INPUT,
    GATED,
    INPUT,
    LIMIT,
    MEAN,
    PIECES,
    SPARSE,
    THRESHOLD,
    UP,
    VALUE,
)
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.curves import abscissae
from pages.shared.figures import DIVERGING, GREY, NO_HOVER, PROBE, VECTOR, Picture, Spec, keys, on_panel
from pages.shared.prediction import guesses
from pages.shared.scene import Arrays, Scene, State, Texts, rows
from pages.shared.topic import Topic
from pages.shared.words import table

GUESSES = {"1": (1.6, 2.4, 2.92), "3": (1.6, 2.4, 1.46)}  # where the wrong answers put the dot of the section
_SIDE = np.linspace(GATE.low, GATE.high, 41)
_ENDS = np.array([GATE.low, GATE.high])
_HEIGHT, _DERIVATIVES, _STRONG = (-7.0, 10.0), (-5.0, 5.0), 5.0
_DIAGONAL = figures.colour("tanh")  # of the line a = b; no gate has this colour


@dataclass(frozen=True)
class Unit(Scene):
    """A gated unit y = a g(b): a heat map over a and b, the section along b, and both partial derivatives."""

    name: str
    page, words_of = "gated", "topics/gated"
    kind = "unit"
    params = (VALUE, GATE)
    presets = MappingProxyType({"one": {"a": 1.0}, "closed": {"b": -4.0}, "minus": {"a": -2.0, "b": 2.0}})

    @property
    def key(self) -> str:
        """The key of the chart."""
        return f"gated-{self.name}"

    @property
    def activation(self) -> Activation:
        """The function g of the gate."""
        return CATALOGUE[GATED[self.name]]

    @property
    def line(self) -> Array:
        """Where the lines along b are evaluated; at a kink just left and right of it, with a gap between."""
        b = np.linspace(GATE.low, GATE.high, 81)
        if not self.activation.kinks_at():
            return b
        return np.concatenate([b[b < 0], [-1e-9, np.nan, 1e-9], b[b > 0]])

    def arrays(self, state: State) -> Arrays:
        """The crosshair, the section along b through it, the derivative by b along it, and the dots."""
        activation, a, b, line = self.activation, state["a"][:, None], state["b"][:, None], self.line
        by_a, by_b = gated.gated_derivatives(activation, a, b)
        hair = np.repeat(b, 2, axis=1)
        return {
            "down.x": hair,
            "across.y": np.repeat(a, 2, axis=1),
            "spot.x": b,
            "spot.y": a,
            "hair.x": hair,
            "hair_slope.x": hair,
            "cut.y": gated.gated(activation, a, line),
            "dot.x": b,
            "dot.y": gated.gated(activation, a, b),
            "by_b.y": gated.gated_derivatives(activation, a, line)[1],
            "by_a_dot.x": b,
            "by_b_dot.x": b,
            "by_a_dot.y": by_a,
            "by_b_dot.y": by_b,
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """The product, both factors and both derivatives, SiLU of b, and what the unit and its gate are called."""
        a, b = state["a"], state["b"]
        by_a, by_b = gated.gated_derivatives(self.activation, a, b)
        return {
            "a": words.numbers(a, 1),
            "b": words.numbers(b, 1),
            "y": words.numbers(gated.gated(self.activation, a, b), 3),
            "by_a": words.numbers(by_a, 3),
            "by_b": words.numbers(by_b, 3),
            "silu": words.numbers(CATALOGUE["swish"](b), 3),
            "name": [text[f"show-{self.name}"]] * len(b),
            "g": [text[f"gate-{self.name}"]] * len(b),
        }

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text, size = self.text, 17.0 if large else 13.0
        traces = [*self._plane(arrays), *on_panel("2", *self._section(arrays))]
        traces += on_panel("3", *self._derivatives(arrays))
        if self.name == "swiglu":
            traces += on_panel("2", *guesses(GUESSES, size))
        g, colour = texts["g"], figures.colour(self.activation.slug)
        section = {"cut": (f"a·{g}(b)", colour), "alone": (f"{g}(b)", GREY), "same": (f"b·{g}(b)", _DIAGONAL)}
        derivatives = {"by_a": (f"∂y/∂a = {g}(b)", GREY), "by_b": (f"∂y/∂b = a·{g}′(b)", colour)}
        traces += on_panel("2", *keys(section, (-3.8, 9.0), 1.6, size))
        traces += on_panel("3", *keys(derivatives, (-3.8, 4.3), 1.3, size))
        named = {"": "panel-product", "2": "panel-cut", "3": "panel-slopes"}
        headings = {number: words.format(text[name], g=g) for number, name in named.items()}
        return figures.panels(traces, self._axes(), self.page, headings, large)

    def _plane(self, arrays: Picture) -> list[Spec]:
        """The product over a and b, the line a = b, and the crosshair."""
        still: Picture = {
            **arrays,
            "field.z": gated.gated(self.activation, _SIDE[:, None], _SIDE[None, :]),
            "down.y": _ENDS,
            "across.x": _ENDS,
            "even.x": _ENDS,
            "even.y": _ENDS,
        }
        return [
            figures.plane(still, "field", _SIDE, _SIDE, DIVERGING, (-_STRONG, _STRONG)),
            figures.line(still, "even", _DIAGONAL, 2.0, line={"dash": "3px,4px"}, **NO_HOVER),
            *(figures.line(still, name, GREY, 1.8, **NO_HOVER) for name in ("down", "across")),
            figures.dots(still, "spot", figures.colour(self.activation.slug), 11),
        ]

    def _section(self, arrays: Picture) -> list[Spec]:
        """Along b: the product at this a, the gate alone, and the product at a = b."""
        line, colour = self.line, figures.colour(self.activation.slug)
        still: Picture = {
            **arrays,
            "alone.x": line,
            "alone.y": self.activation(line),
            "same.x": line,
            "same.y": gated.gated(self.activation, line, line),
            "cut.x": line,
            "hair.y": np.array(_HEIGHT),
        }
        return [
            figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **NO_HOVER),
            figures.line(still, "alone", GREY, 2.2, line={"dash": "2px,4px"}),
            figures.line(still, "same", _DIAGONAL, 2.2, line={"dash": "3px,4px"}),
            figures.line(still, "cut", colour, 3.5),
            figures.dots(still, "dot", colour, 9) | {"cliponaxis": True},
        ]

    def _derivatives(self, arrays: Picture) -> list[Spec]:
        """Along b: the partial derivatives by a and by b."""
        line, colour = self.line, figures.colour(self.activation.slug)
        still: Picture = {
            **arrays,
            "by_a.x": line,
            "by_a.y": self.activation(line),
            "by_b.x": line,
            "hair_slope.y": np.array(_DERIVATIVES),
        }
        return [
            figures.line(still, "hair_slope", PROBE, 1.4, opacity=0.7, **NO_HOVER),
            figures.line(still, "by_a", GREY, 2.2, line={"dash": "2px,4px"}),
            figures.line(still, "by_b", colour, 3.0),
            figures.dots(still, "by_a_dot", GREY, 8),
            figures.dots(still, "by_b_dot", colour, 8) | {"cliponaxis": True},
        ]

    def _axes(self) -> dict[str, Spec]:
        text, left, right = self.text, [0, 0.46], [0.56, 1]
        across = {"range": [GATE.low, GATE.high], "dtick": 2}
        bare = {"showgrid": False, "zeroline": False}
        return {
            "xaxis": {**across, "domain": left, "title": text["axis-gate"], **bare},
            "yaxis": {**across, "title": text["axis-value"], **bare},
            "xaxis2": {**across, "domain": right, "anchor": "y2", "showticklabels": False},
            "yaxis2": {"range": list(_HEIGHT), "domain": [0.5, 1], "anchor": "x2", "dtick": 5},
            "xaxis3": {**across, "domain": right, "anchor": "y3", "title": "b"},
            "yaxis3": {"range": list(_DERIVATIVES), "domain": [0, 0.4], "anchor": "x3", "dtick": 2, "tick0": 0},
        }

    def reading(self, marks: Mapping[str, str]) -> str:
        """The product, its derivatives, and how it differs from a function of one number."""
        parts = ("read-product", "read-slopes", f"read-{self.name}")
        return "  \n".join(words.format(self.text[part], **marks) for part in parts)


_UPS = np.linspace(UP.low, UP.high, 41)
_REACH = np.array([UP.low, UP.high])
_PRODUCTS, _STEEPS, _FULL = (-30.0, 66.0), (-9.0, 12.0), 40.0


@dataclass(frozen=True)
class Clamped(Scene):
    """gpt-oss's SwiGLU beside the plain one: a heat map over both projections, the section along the gate's, and the
    derivative by it."""

    page, words_of = "gated", "topics/gated"
    key, kind = "gated-clamped", "clamped"
    params = (UP, GATE_INPUT, LIMIT)
    presets = MappingProxyType(
        {"beyond": {"up": 9.0, "gate": 9.0}, "zero": {"up": -1.0}, "sum": {"up": 0.0, "gate": 3.0}}
    )
    _unit, _plain = CATALOGUE["gelu_sigmoid"], CATALOGUE["swish"]

    def arrays(self, state: State) -> Arrays:
        """The product over both projections, the crosshair, and along the gate's the section and the derivative."""
        up, gate, limit = (state[param.name][:, None] for param in self.params)
        x, where = abscissae((GATE_INPUT.low, GATE_INPUT.high), limit, 81)
        by_gate = gated.clamped_derivatives(up, gate, limit)[1]
        hair = np.repeat(gate, 2, axis=1)
        # The map is the same wherever the crosshair is.
        limits, which = np.unique(state["limit"], return_inverse=True)
        fields = gated.clamped(_UPS[:, None], _UPS, limits[:, None, None]).reshape(len(limits), -1)
        return {
            "field.z": np.clip(fields, -_FULL, _FULL)[which],
            "down.x": hair,
            "across.y": np.repeat(up, 2, axis=1),
            "spot.x": gate,
            "spot.y": up,
            "hair.x": hair,
            "hair_slope.x": hair,
            "plain.y": gated.gated(self._plain, up, _UPS),
            "plain_slope.y": gated.gated_derivatives(self._plain, up, _UPS)[1],
            "cut.x": x,
            "cut.y": np.where(np.isnan(where), gated.clamped(up, limit, limit), gated.clamped(up, where, limit)),
            "by_gate.x": x,
            "by_gate.y": np.where(np.isnan(where), np.nan, gated.clamped_derivatives(up, where, limit)[1]),
            "dot.x": gate,
            "dot.y": gated.clamped(up, gate, limit),
            "by_gate_dot.x": gate,
            "by_gate_dot.y": by_gate,
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """Both projections, what is left of them within the limit, the product, the plain one, and the derivatives."""
        up, gate, limit = (state[param.name] for param in self.params)
        by_up, by_gate = gated.clamped_derivatives(up, gate, limit)
        within = text["clamped-none"], text["clamped-gate"], text["clamped-up"], text["clamped-both"]
        return {
            "up": words.numbers(up, 2),
            "gate": words.numbers(gate, 2),
            "limit": words.numbers(limit, 1),
            "left_up": words.numbers(np.clip(up, -limit, limit), 2),
            "left_gate": words.numbers(np.minimum(gate, limit), 2),
            "y": words.numbers(gated.clamped(up, gate, limit), 3),
            "plain": words.numbers(gated.gated(self._plain, up, gate), 3),
            "by_up": words.numbers(by_up, 3),
            "by_gate": words.numbers(by_gate, 3),
            "which": [within[index] for index in ((gate > limit) + 2 * (np.abs(up) > limit)).tolist()],
        }

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text, size = self.text, 17.0 if large else 13.0
        colour, plain = figures.colour(self._unit.slug), figures.colour(self._plain.slug)
        still: Picture = {
            **arrays,
            **{f"{name}.x": _UPS for name in ("plain", "plain_slope")},
            "down.y": _REACH,
            "across.x": _REACH,
            "hair.y": np.array(_PRODUCTS),
            "hair_slope.y": np.array(_STEEPS),
        }
        hair = {"opacity": 0.7, **NO_HOVER}
        traces = [
            figures.plane(still, "field", _UPS, _UPS, DIVERGING, (-_FULL, _FULL)),
            *(figures.line(still, name, GREY, 1.8, **NO_HOVER) for name in ("down", "across")),
            figures.dots(still, "spot", colour, 11),
            *on_panel(
                "2",
                figures.line(still, "hair", PROBE, 1.4, **hair),
                figures.line(still, "plain", plain, 2.2, line={"dash": "3px,4px"}),
                figures.line(still, "cut", colour, 3.5),
                figures.dots(still, "dot", colour, 9) | {"cliponaxis": True},
                *keys({"cut": (text["show-clamped"], colour), "plain": ("SwiGLU", plain)}, (-9.5, 60.0), 9.5, size),
            ),
            *on_panel(
                "3",
                figures.line(still, "hair_slope", PROBE, 1.4, **hair),
                figures.line(still, "plain_slope", plain, 2.2, line={"dash": "3px,4px"}),
                figures.line(still, "by_gate", colour, 3.0),
                figures.dots(still, "by_gate_dot", colour, 8) | {"cliponaxis": True},
            ),
        ]
        headings = {"": text["panel-clamped"], "2": text["panel-along"], "3": text["panel-by-gate"]}
        return figures.panels(traces, self._axes(), self.page, headings, large)

    def _axes(self) -> dict[str, Spec]:
        text, left, right = self.text, [0, 0.46], [0.56, 1]
        across = {"range": [GATE_INPUT.low, GATE_INPUT.high], "dtick": 5}
        bare = {"showgrid": False, "zeroline": False}
        return {
            "xaxis": {**across, "domain": left, "title": text["axis-oss-gate"], **bare},
            "yaxis": {**across, "title": text["axis-oss-up"], **bare},
            "xaxis2": {**across, "domain": right, "anchor": "y2", "showticklabels": False},
            "yaxis2": {"range": list(_PRODUCTS), "domain": [0.5, 1], "anchor": "x2", "dtick": 20},
            "xaxis3": {**across, "domain": right, "anchor": "y3", "title": text["axis-along"]},
            "yaxis3": {"range": list(_STEEPS), "domain": [0, 0.4], "anchor": "x3", "dtick": 5},
        }


_THRESHOLDS = np.linspace(THRESHOLD.low, THRESHOLD.high, 101)
_SPARSE_COLOURS = {name: figures.colour(GATED.get(name, name)) for name in SPARSE}
_SPARSE_DASHES = dict(zip(SPARSE, ("solid", "9px,5px", "3px,4px", "solid"), strict=True))


@dataclass(frozen=True)
class Sparsity(Scene):
    """How many outputs are exactly 0 or smaller than a threshold, over the threshold, for ReLU, its square, GELU and
    SwiGLU."""

    page, words_of = "gated", "topics/gated"
    key, kind = "gated-sparsity", "sparsity"
    params = (THRESHOLD, MEAN)
    presets = MappingProxyType({"exact": {"threshold": 0.0}, "tenth": {"threshold": 0.1}, "below": {"mean": -1.0}})

    def arrays(self, state: State) -> Arrays:
        """The share over all thresholds for each function, and the dots at this one."""
        threshold = state["threshold"][:, None]
        drawn: Arrays = {"hair.x": np.repeat(threshold, 2, axis=1)}
        # The curves are the same for every threshold.
        means, which = np.unique(state["mean"], return_inverse=True)
        for name in SPARSE:
            drawn[f"{name}.y"] = 100 * gated.near_zero(name, means[:, None], _THRESHOLDS)[which]
            drawn |= {f"{name}_dot.x": threshold, f"{name}_dot.y": self._share(name, state)[:, None]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """For each function the share of zeros and of what is at most the threshold, in percent."""
        nothing = {**state, "threshold": np.zeros_like(state["threshold"])}
        texts = {"t": words.numbers(state["threshold"], 2), "mean": words.numbers(state["mean"], 1)}
        for name in SPARSE:
            texts[f"{name}_zero"] = words.numbers(self._share(name, nothing), 1)
            texts[f"{name}_small"] = words.numbers(self._share(name, state), 1)
        return texts

    @staticmethod
    def _share(name: str, state: State) -> Array:
        return 100 * gated.near_zero(name, state["mean"], state["threshold"])

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text, size, wide = self.text, 17.0 if large else 13.0, 1.5 if large else 1.0
        still: Picture = {
            **arrays,
            **{f"{name}.x": _THRESHOLDS for name in SPARSE},
            "hair.y": np.array([0.0, 100.0]),
        }
        traces = [figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **NO_HOVER)]
        for name, colour in _SPARSE_COLOURS.items():
            traces.append(figures.line(still, name, colour, 3 * wide, line={"dash": _SPARSE_DASHES[name]}))
        traces += [figures.dots(still, f"{name}_dot", colour, 9) for name, colour in _SPARSE_COLOURS.items()]
        traces += keys({name: (self._name(name), _SPARSE_COLOURS[name]) for name in SPARSE}, (0.7, 34.0), 8.0, size)
        axes: dict[str, Spec] = {
            "xaxis": {"range": [-0.01, 1], "title": text["axis-threshold"], "dtick": 0.2},
            "yaxis": {"range": [0, 103], "dtick": 25, "ticksuffix": " %"},
        }
        return figures.panels(traces, axes, self.page, {"": text["panel-sparsity"]}, large)

    def _name(self, name: str) -> str:
        return self.text[f"show-{name}"] if name in GATED else words.title(name)

    def reading(self, marks: Mapping[str, str]) -> str:
        """A row for each function."""
        lines = [[self._name(name), f"{marks[f'{name}_zero']} %", f"**{marks[f'{name}_small']} %**"] for name in SPARSE]
        head = [words.format(self.text[f"head-{name}"], **marks) for name in ("function", "zero", "small")]
        return f"{words.format(self.text['read-sparsity'], **marks)}\n\n{table(head, *lines)}"


NUMBERS = range(1, PIECES + 1)
_ACROSS = np.array([INPUT.low, INPUT.high])
_TALL, _STEEP = (-3.4, 6.4), (-2.4, 2.4)
_COLOURS = dict(zip(NUMBERS, ("#0072B2", "#D55E00", "#009E73"), strict=True))
_DASHES = dict(zip(NUMBERS, ("10px,6px", "5px,5px", "2px,4px"), strict=True))


def _pieces(*pairs: tuple[float, float]) -> dict[str, float]:
    """The sliders at these weights and biases."""
    return {param.name: value for param, value in zip(AFFINE, sum(pairs, ()), strict=True)}


@dataclass(frozen=True)
class Maxout(Scene):
    """Maxout of one input: three affine pieces, the largest of them drawn over, and its derivative."""

    page, words_of = "gated", "topics/gated"
    key, kind = "gated-maxout", "maxout"
    params = (INPUT, *AFFINE)
    rows = ((INPUT,), AFFINE[:2], AFFINE[2:4], AFFINE[4:])
    presets = MappingProxyType(
        {
            "relu": _pieces((0.0, 0.0), (1.0, 0.0), (1.0, -1.0)),
            "absolute": _pieces((-1.0, 0.0), (1.0, 0.0), (0.0, -1.0)),
            "leaky": _pieces((0.1, 0.0), (1.0, 0.0), (0.5, -1.0)),
            "square": _pieces((-2.0, -1.0), (0.0, 0.0), (2.0, -1.0)),
        }
    )

    def arrays(self, state: State) -> Arrays:
        """Each piece from end to end, the largest of them from kink to kink, its derivative, and the dots at x."""
        w, b = _affine(state)
        x, corners = state["x"], _corners(w, b)
        left, right = corners[:, :-1], corners[:, 1:]
        steps = gated.maxout((left + right) / 2, w[:, None], b[:, None]).derivative
        unit, gap = gated.maxout(x, w, b), np.full_like(steps, np.nan)
        hair = np.stack([x, x], axis=-1)
        return {
            **{f"piece{i}.y": w[:, [i - 1]] * _ACROSS + b[:, [i - 1]] for i in NUMBERS},
            "max.x": corners,
            "max.y": gated.maxout(corners, w[:, None], b[:, None]).value,
            "slope.x": np.stack([left, right, right], axis=-1).reshape(len(x), -1),
            "slope.y": np.stack([steps, steps, gap], axis=-1).reshape(len(x), -1),
            "hair.x": hair,
            "hair_slope.x": hair,
            "dot.x": x[:, None],
            "dot.y": unit.value[:, None],
            "slope_dot.x": x[:, None],
            "slope_dot.y": unit.derivative[:, None],
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """Each piece at x and its gradients, the largest of them, and how many are the largest anywhere."""
        w, b = _affine(state)
        x, used = state["x"], ~np.isnan(gated.active_intervals(w, b)[0])
        unit, fates = gated.maxout(x, w, b), (text["piece-dead"], text["piece-alive"])
        texts = {
            "x": words.numbers(x, 1),
            "h": words.numbers(unit.value, 2),
            "slope": words.numbers(unit.derivative, 1),
            "winner": [str(index + 1) for index in unit.winner.tolist()],
            "alive": [str(count) for count in used.sum(axis=1).tolist()],
        }
        for k, i in enumerate(NUMBERS):
            wins = unit.winner == k
            texts[f"v{i}"] = words.numbers(w[:, k] * x + b[:, k], 2)
            texts[f"gw{i}"] = words.numbers(np.where(wins, x, 0.0), 1)
            texts[f"gb{i}"] = ["1" if win else "0" for win in wins.tolist()]
            texts[f"lives{i}"] = [fates[lives] for lives in used[:, k].tolist()]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text = self.text
        size, wide = (17.0, 1.5) if large else (13.0, 1.0)
        still: Picture = {
            **arrays,
            **{f"piece{i}.x": _ACROSS for i in NUMBERS},
            "hair.y": np.array(_TALL),
            "hair_slope.y": np.array(_STEEP),
        }
        named = {f"piece{i}": (f"{text['piece']} {i}", _COLOURS[i]) for i in NUMBERS}
        traces = [
            figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **NO_HOVER),
            figures.line(still, "max", VECTOR, 6 * wide),
            *(
                figures.line(still, f"piece{i}", _COLOURS[i], 2.6 * wide, line={"dash": _DASHES[i]}, **NO_HOVER)
                for i in NUMBERS
            ),
            *keys({"max": (text["key-max"], VECTOR), **named}, (-1.1, 5.9), 0.95, size),
            figures.dots(still, "dot", PROBE, 9) | {"cliponaxis": True},
            *on_panel(
                "2",
                figures.line(still, "hair_slope", PROBE, 1.4, opacity=0.7, **NO_HOVER),
                figures.line(still, "slope", VECTOR, 4 * wide, **NO_HOVER),
                figures.dots(still, "slope_dot", PROBE, 9),
            ),
        ]
        return figures.panels(traces, self._axes(), self.page, {"": text["panel-max"], "2": text["panel-slope"]}, large)

    def _axes(self) -> dict[str, Spec]:
        across = {"range": [INPUT.low, INPUT.high], "dtick": 1}
        return {
            "xaxis": {**across, "anchor": "y", "showticklabels": False},
            "xaxis2": {**across, "anchor": "y2", "title": "x"},
            "yaxis": {"range": list(_TALL), "domain": [0.4, 1], "dtick": 2},
            "yaxis2": {"range": list(_STEEP), "domain": [0, 0.3], "dtick": 1},
        }

    def reading(self, marks: Mapping[str, str]) -> str:
        """The largest piece, and a row for each."""
        lines = [[f"{i}", *(marks[f"{name}{i}"] for name in ("v", "gw", "gb", "lives"))] for i in NUMBERS]
        head = [self.text["piece"], "wx + b", "∂h/∂w", "∂h/∂b", self.text["head-lives"]]
        return f"{words.format(self.text['read-maxout'], **marks)}\n\n{table(head, *lines)}"


def _affine(state: State) -> tuple[Array, Array]:
    """Weights and biases, of shape (n, pieces)."""
    w, b = (np.stack([state[param.name] for param in AFFINE[first::2]], axis=-1) for first in (0, 1))
    return w, b


def _corners(w: Array, b: Array) -> Array:
    """The ends and between them the kinks, ascending; what is no kink lies on an end."""
    low = gated.active_intervals(w, b)[0]
    kinks = np.sort(np.clip(np.where(np.isfinite(low), low, INPUT.high), *_ACROSS), axis=1)[:, :-1]
    return np.hstack([rows([INPUT.low], len(w)), kinks, rows([INPUT.high], len(w))])


TOPIC = Topic(
    {
        **{name: Unit(name) for name in ("swiglu", "geglu", "reglu", "glu")},
        "clamped": Clamped(),
        "sparsity": Sparsity(),
        "maxout": Maxout(),
    },
    answer_state={"show": "swiglu", VALUE.name: 4.0, GATE.name: 2.0},  # both are twice what the question begins with
    links={"swish": {"beta": 1.0}, "race": {}, "choose": {}},
)
