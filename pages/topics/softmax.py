"""Softmax, which turns scores into probabilities: of four logits, of one against zeros, and its logarithm."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from activations import CATALOGUE
from activations.experiments import softmax
from activations.experiments.softmax import (
    CLASSES,
    GAP,
    LOGIT,
    LOGITS,
    OTHERS,
    RAISED,
    SHIFT,
    TEMPERATURE,
    WAYS,
)
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import DIVERGING, GREY, NO_HOVER, PROBE, VECTOR, Picture, Spec, keys, on_panel
from pages.shared.prediction import guesses
from pages.shared.scene import Arrays, Scene, State, Texts
from pages.shared.topic import Topic
from pages.shared.words import power, table

GUESSES = {"2": (0.45, 1.55, 0.99), "3": (0.45, 1.55, 0.36)}  # where the wrong answers end the first bar
TOP, STRONG = 1.32, 0.3  # of the panel; slope from which on a cell has its full colour
_HALF, _FILL = 0.3, "rgba(178,87,174,0.32)"
_INK = "#1f2328"  # on the cells; the style sheet turns it light in the dark theme
_LEAST = 0.0005  # of what has a digit among three decimals
_PLACES = np.arange(1.0, CLASSES + 1)
_CELLS = [(i, j) for i in range(1, CLASSES + 1) for j in range(1, CLASSES + 1)]


@dataclass(frozen=True)
class Bars(Scene):
    """Softmax of four logits: a bar for each, a sigmoid of each beside it, and the Jacobian as a heat map."""

    page, words_of = "softmax", "topics/softmax"
    key, kind = "softmax-softmax", "softmax"
    params = (*LOGITS, SHIFT, TEMPERATURE)
    rows = (LOGITS[:2], LOGITS[2:], (SHIFT, TEMPERATURE))
    presets = MappingProxyType(
        {
            "cold": {"temperature": 0.1},
            "hot": {"temperature": 10.0},
            "raised": {"shift": 3.0, "temperature": 1.0},
            "sure": {"z1": 5.0, "z2": -5.0, "z3": -5.0, "z4": -5.0, "temperature": 1.0},
            "start": {param.name: param.default for param in (*LOGITS, SHIFT, TEMPERATURE)},
        }
    )

    def arrays(self, state: State) -> Arrays:
        """Bars, the heights of their numbers, a sigmoid of each logit, and the Jacobian with its last row first."""
        p, each, slopes = _found(state)
        none = np.zeros_like(p)
        bars = np.stack([none, p, p, none, np.full_like(p, np.nan)], axis=-1)
        drawn = {"bars.y": bars.reshape(len(p), -1), "each.y": each, "jacobian.z": slopes[:, ::-1].reshape(len(p), -1)}
        return drawn | {f"p{i}.y": p[:, i - 1, None] for i in range(1, CLASSES + 1)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The numbers on bars and cells, both sums, and how large the Jacobian is."""
        p, each, slopes = _found(state)
        shares = [_short(share, 3) for share in p.T]
        texts = {
            "t": words.numbers(state["temperature"], 1),
            "total": words.numbers(p.sum(axis=1), 3),
            "sigmoids": words.numbers(each.sum(axis=1), 3),
            "largest": [power(size) for size in np.abs(slopes).max(axis=(1, 2)).tolist()],
            "all": [", ".join(row) for row in zip(*shares, strict=True)],
        }
        texts |= {f"p{i}.text": share for i, share in enumerate(shares, start=1)}
        return texts | {f"j{i}{j}.text": _short(slopes[:, i - 1, j - 1], 2) for i, j in _CELLS}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text = self.text
        size = 17.0 if large else 13.0
        sigmoid = figures.colour("sigmoid")
        dots = figures.dots({"each.x": _PLACES, **arrays}, "each", sigmoid, 9, "circle-open")
        named = {"bars": (text["key-softmax"], VECTOR), "each": (text["key-sigmoid"], sigmoid)}
        traces = [*_bars(arrays, texts, size), *guesses(GUESSES, size), dots]
        traces += keys(named, (0.5, 1.25), 0.085, size)
        axes = self._axes()
        axes["xaxis2"] = {"domain": [0.62, 1], "anchor": "y2", "range": [0.5, CLASSES + 0.5], **_ticks("z")}
        axes["yaxis2"] = {"anchor": "x2", "range": [0.5, CLASSES + 0.5], **_ticks("p", down=True)}
        traces += on_panel("2", *_plane(arrays, texts, size))
        return figures.panels(traces, axes, self.page, {"": text["panel-bars"], "2": text["panel-jacobian"]}, large)

    def _axes(self) -> dict[str, Spec]:
        across = {"range": [0.4, CLASSES + 0.6], "domain": [0, 0.52], **_ticks("z")}
        return {"xaxis": across, "yaxis": {"range": [0, TOP], "tickvals": [0, 0.25, 0.5, 0.75, 1]}}

    def reading(self, marks: Mapping[str, str]) -> str:
        """What the sliders have come to."""
        return "  \n".join(words.format(self.text[name], **marks) for name in ("read-sums", "read-jacobian"))


def _short(values: Array, decimals: int) -> list[str]:
    """These numbers with so many decimals; what would falsely read as 0 has three, or is the nearest power of ten."""
    texts, sizes = np.array(words.numbers(values, decimals), dtype=object), np.abs(values)
    lost = (sizes > 0) & (sizes < 0.5 * 10.0**-decimals)
    fine, tiny = lost & (sizes >= _LEAST), lost & (sizes < _LEAST)
    texts[fine] = words.numbers(values[fine], 3)
    exponents = np.rint(np.log10(sizes[tiny])).astype(int).tolist()
    texts[tiny] = list(map(_ten, exponents, (values[tiny] < 0).tolist()))
    return list(texts)


@lru_cache(maxsize=1024)
def _ten(exponent: int, negative: bool) -> str:
    return f"{'−' if negative else ''}10{str(exponent).translate(words.SUPERSCRIPT)}"


def _found(at: State) -> tuple[Array, Array, Array]:
    z = np.stack([at[param.name] for param in LOGITS], axis=-1) + at["shift"][:, None]
    heat = at["temperature"]
    return softmax.softmax(z, heat), CATALOGUE["sigmoid"](z / heat[:, None]), softmax.jacobian(z, heat)


def _ticks(letter: str, down: bool = False) -> Spec:
    named = [f"{letter}{sub}" for sub in "₁₂₃₄"]
    shown = named[::-1] if down else named
    return {"tickvals": _PLACES.tolist(), "ticktext": shown, "showgrid": False, "zeroline": False}


def _bars(picture: Picture, texts: Mapping[str, str], size: float) -> list[Spec]:
    corners = np.stack([_PLACES - _HALF] * 2 + [_PLACES + _HALF] * 2 + [np.full(CLASSES, np.nan)], axis=-1)
    look = {"mode": "lines", "fill": "toself", "fillcolor": _FILL, "line": {"color": VECTOR, "width": 2}}
    drawn = [figures.trace({"bars.x": corners.ravel(), **picture}, "bars", **look, **NO_HOVER)]
    for i, place in enumerate(_PLACES, start=1):
        at = {**picture, f"p{i}.x": np.array([place])}
        drawn.append(figures.label(at, f"p{i}", texts[f"p{i}.text"], VECTOR, size, "top center"))
    return drawn


def _plane(picture: Picture, texts: Mapping[str, str], size: float) -> list[Spec]:
    drawn = [figures.plane(picture, "jacobian", _PLACES, _PLACES, DIVERGING, (-STRONG, STRONG), smooth=False)]
    for i, j in _CELLS:
        name = f"j{i}{j}"
        place = {f"{name}.x": np.array([float(j)]), f"{name}.y": np.array([float(CLASSES + 1 - i)])}
        drawn.append(figures.label(place, name, texts[f"{name}.text"], _INK, size - 1, "middle center"))
    return drawn


_NO_DIFFERENCE = -18.0  # where the difference 0 lies on the axis of powers
_Z = np.linspace(LOGIT.low, LOGIT.high, 129)
_TALL = (0.0, 1.08)
_SIGMA = CATALOGUE["sigmoid"]


@dataclass(frozen=True)
class Pair(Scene):
    """Softmax of one logit against zeros: a sigmoid if there is one zero, a shifted sigmoid if there are more."""

    page, words_of = "softmax", "topics/softmax"
    key, kind = "softmax-pair", "pair"
    params = (LOGIT, OTHERS)
    rows = ((LOGIT,), (OTHERS,))
    presets = MappingProxyType({"two": {"others": 1.0}, "three": {"others": 2.0}, "ten": {"others": 9.0}})

    def arrays(self, state: State) -> Arrays:
        """The curve, the dots at z, and how far softmax is from the sigmoid in powers of ten."""
        z, others = state["z"][:, None], state["others"][:, None]
        # The curve is the same for all places with as many others.
        counts, which = np.unique(state["others"], return_inverse=True)
        line, values = first(_Z, counts[:, None])[which], first(z, others)
        hair = np.repeat(z, 2, axis=1)
        return {
            "hair.x": hair,
            "hair_off.x": hair,
            "line.y": line,
            "dot.x": z,
            "dot.y": values,
            "sigma_dot.x": z,
            "sigma_dot.y": _SIGMA(z),
            "off.y": _decades(line - _SIGMA(_Z)),
            "off_dot.x": z,
            "off_dot.y": _decades(values - _SIGMA(z)),
        }

    def texts(self, state: State, text: words.Words) -> Texts:
        """Both values, how far they are apart, and by how much the sigmoid is moved."""
        z, others = state["z"], state["others"]
        values, sigmoid = first(z, others), _SIGMA(z)
        zeros = [", ".join(["0"] * int(m)) for m in others]
        moved = words.numbers(np.log(others), 3)
        found = zip(others.tolist(), moved, strict=True)
        return {
            "z": words.numbers(z, 1),
            "zeros": zeros,
            "m": [str(int(m)) for m in others],
            "softmax": words.numbers(values, 4),
            "sigmoid": words.numbers(sigmoid, 4),
            "off": [power(abs(size)) for size in (values - sigmoid).tolist()],
            "verdict": [words.format(text["verdict-two" if m == 1 else "verdict-more"], moved=by) for m, by in found],
        }

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text = self.text
        size, wide = (17.0, 1.5) if large else (13.0, 1.0)
        sigmoid = figures.colour("sigmoid")
        still: Picture = {**arrays, "line.x": _Z, "sigma.x": _Z, "sigma.y": _SIGMA(_Z), "off.x": _Z}
        ends = {"hair.y": np.array(_TALL), "hair_off.y": np.array([_NO_DIFFERENCE, 0.0])}
        still = {**still, **ends}
        named = {"line": (text["key-first"], VECTOR), "sigma": (text["key-sigma"], sigmoid)}
        traces = [
            figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **NO_HOVER),
            figures.line(still, "line", VECTOR, 6 * wide),
            figures.line(still, "sigma", sigmoid, 3 * wide, line={"dash": "8px,7px"}),
            figures.dots(still, "dot", VECTOR, 11),
            figures.dots(still, "sigma_dot", sigmoid, 7),
            *keys(named, (LOGIT.low + 0.3, 0.98), 0.09, size),
            *on_panel(
                "2",
                figures.line(still, "hair_off", PROBE, 1.4, opacity=0.7, **NO_HOVER),
                figures.line(still, "off", GREY, 2.5 * wide, **NO_HOVER),
                figures.dots(still, "off_dot", PROBE, 9),
            ),
        ]
        return figures.panels(traces, self._axes(), self.page, {"": text["panel-first"], "2": text["panel-off"]}, large)

    def _axes(self) -> dict[str, Spec]:
        ticks = [_NO_DIFFERENCE, -16, -12, -8, -4, 0]
        powers = ["0", *(f"10{str(int(tick)).translate(words.SUPERSCRIPT)}" for tick in ticks[1:-1]), "1"]
        across = {"range": [LOGIT.low, LOGIT.high], "dtick": 2}
        return {
            "xaxis": {**across, "anchor": "y", "showticklabels": False},
            "xaxis2": {**across, "anchor": "y2", "title": "z"},
            "yaxis": {"range": list(_TALL), "domain": [0.46, 1], "nticks": 5},
            "yaxis2": {
                "range": [_NO_DIFFERENCE - 0.5, 0.5],
                "domain": [0, 0.36],
                "tickvals": ticks,
                "ticktext": powers,
            },
        }

    def reading(self, marks: Mapping[str, str]) -> str:
        """Both values and their difference."""
        return words.format(self.text["read-pair"], **marks)


def first(z: Array, others: Array) -> Array:
    """The first probability of softmax([z, 0, …, 0]) with so many zeros, for arrays that broadcast."""
    z, others = np.broadcast_arrays(z, others)
    logits = np.zeros((*z.shape, int(OTHERS.high) + 1))
    logits[..., 0] = z
    logits[..., 1:] = np.where(np.arange(int(OTHERS.high)) < others[..., None], 0.0, -math.inf)
    return np.asarray(softmax.softmax(logits)[..., 0])


def _decades(off: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.maximum(np.log10(np.abs(off)), _NO_DIFFERENCE)


LOWEST = -130.0  # where minus infinity lies on the axis of logarithms
FLOOR = -50.0  # where 0 lies on the axis of powers
_D = GAP.grid
_COLOURS = {"textbook": figures.colour("relu"), "shifted": figures.colour("sigmoid"), "stable": VECTOR}
_STYLES = {"stable": (6.5, "solid"), "shifted": (3.5, "9px,7px"), "textbook": (2.5, "2px,5px")}


@dataclass(frozen=True)
class Logarithms(Scene):
    """Log-softmax of two logits, s and s − d, written in three ways and computed in float32."""

    page, words_of = "softmax", "topics/softmax"
    key, kind = "softmax-log", "log"
    params = (GAP, RAISED)
    rows = ((GAP,), (RAISED,))
    presets = MappingProxyType(
        {
            "fine": {"gap": 5.0, "raised": 0.0},
            "sure": {"gap": 20.0, "raised": 0.0},
            "under": {"gap": 110.0, "raised": 0.0},
            "over": {"gap": 20.0, "raised": 100.0},
        }
    )

    def arrays(self, state: State) -> Arrays:
        """Both logarithms by each way along all gaps, and at this one."""
        gap, raised = state["gap"][:, None], state["raised"][:, None]
        hair = np.repeat(gap, 2, axis=1)
        drawn: Arrays = {"hair_right.x": hair, "hair_wrong.x": hair}
        # The lines are the same for all places that are raised as far.
        heights, which = np.unique(state["raised"], return_inverse=True)
        for way in WAYS:
            lines, values = _placed(way, _D, heights[:, None]), _placed(way, gap, raised)
            for name in ("right", "wrong"):
                drawn[f"{way}_{name}.y"] = lines[name][which]
                drawn |= {f"{way}_{name}_dot.x": gap, f"{way}_{name}_dot.y": values[name]}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """Both logarithms by each way."""
        texts = {"d": [str(int(d)) for d in state["gap"]], "s": [str(int(s)) for s in state["raised"]]}
        texts["less"] = words.numbers(state["raised"] - state["gap"], 0)
        texts["logits.text"] = [f"z = ({s}, {less})" for s, less in zip(texts["s"], texts["less"], strict=True)]
        for way in WAYS:
            found = _logs(way, state["gap"], state["raised"])
            for place, name in enumerate(("right", "wrong")):
                values = found[:, place].tolist()
                spelled = {value: spelt(value, text) for value in values}
                texts[f"{way}_{name}"] = [spelled[value] for value in values]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        text = self.text
        size, wide = (17.0, 1.5) if large else (13.0, 1.0)
        tall = {"wrong": (LOWEST, 4.0), "right": (FLOOR, 1.0)}
        still: Picture = {**arrays, **{f"hair_{name}.y": np.array(ends) for name, ends in tall.items()}}
        traces = []
        for place, name in (("", "wrong"), ("2", "right")):
            drawn: list[Spec] = [figures.line(still, f"hair_{name}", PROBE, 1.4, opacity=0.7, **NO_HOVER)]
            for way, (width, dash) in _STYLES.items():
                line: Picture = {**still, f"{way}_{name}.x": _D}
                style: Spec = {"line": {"dash": dash}, **NO_HOVER}
                drawn.append(figures.line(line, f"{way}_{name}", _COLOURS[way], width * wide, **style))
            for way, (width, _) in _STYLES.items():
                drawn.append(figures.dots(still, f"{way}_{name}_dot", _COLOURS[way], 5 + width))
            traces += on_panel(place, *drawn)
        named = {way: (text[f"way-{way}"], _COLOURS[way]) for way in _STYLES}
        traces += keys(named, (GAP.low + 3, -88.0), 14.0, size)
        # Raising both logits moves nothing else, until a power overflows.
        corner = {"logits.x": np.array([GAP.high - 2]), "logits.y": np.array([-10.0])}
        traces.append(figures.label(corner, "logits", texts["logits.text"], PROBE, size, "middle left"))
        return figures.panels(
            traces, self._axes(), self.page, {"": text["panel-wrong"], "2": text["panel-right"]}, large
        )

    def _axes(self) -> dict[str, Spec]:
        across = {"range": [GAP.low, GAP.high], "dtick": 20}
        powers = [FLOOR, -40, -30, -20, -10, 0]
        named = ["0", *(f"10{str(int(tick)).translate(words.SUPERSCRIPT)}" for tick in powers[1:-1]), "1"]
        depths = [LOWEST, -100, -75, -50, -25, 0]
        return {
            "xaxis": {**across, "anchor": "y", "showticklabels": False},
            "xaxis2": {**across, "anchor": "y2", "title": "d"},
            "yaxis": {"range": [LOWEST - 3, 4], "domain": [0.5, 1], "tickvals": depths}
            | {"ticktext": ["−∞", *(str(d).replace("-", "−") for d in depths[1:])]},
            "yaxis2": {"range": [FLOOR - 1, 1], "domain": [0, 0.4], "tickvals": powers, "ticktext": named},
        }

    def reading(self, marks: Mapping[str, str]) -> str:
        """Both logarithms by each way."""
        rows = [
            [self.text[f"way-{way}"], *(f"**{marks[f'{way}_{name}']}**" for name in ("right", "wrong"))] for way in WAYS
        ]
        head = [self.text["head-way"], self.text["head-right"], self.text["head-wrong"]]
        return f"{words.format(self.text['read-log'], **marks)}\n\n{table(head, *rows)}"


def spelt(value: float, text: words.Words) -> str:
    """A logarithm as it is printed."""
    if math.isnan(value):
        return text["no-number"]
    if math.isinf(value):
        return "−∞"
    if value == 0 or abs(value) >= 0.001:
        return words.number(value, "3" if value else "0")
    return f"−{power(-value)}"


def _logs(way: str, gap: Array, raised: Array) -> Array:
    gap, raised = np.broadcast_arrays(gap, raised)
    # Both logits of all places lie together: sums of two numbers each take long, those of two long rows do not.
    both = np.moveaxis(np.stack([raised, raised - gap]), 0, -1)
    return np.asarray(softmax.written(way, both), dtype=np.float64)


def _placed(way: str, gap: Array, raised: Array) -> dict[str, Array]:
    """Where they are drawn: that of the larger logit, nearly 0, as a power of ten without its sign."""
    right, wrong = np.moveaxis(_logs(way, gap, raised), -1, 0)
    with np.errstate(divide="ignore"):
        return {"right": np.maximum(np.log10(-right), FLOOR), "wrong": np.maximum(wrong, LOWEST)}


TOPIC = Topic(
    {"softmax": Bars(), "pair": Pair(), "log": Logarithms()},
    answer_state={"show": "softmax", SHIFT.name: 3.0},
    links={"sigmoid": {"x0": 2.0}, "rounding": {}},
)
