"""Exploding gradients: a map over weight scale and depth of what is left of a gradient in random networks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from activations import CATALOGUE, Activation
from activations.experiments import exploding
from activations.experiments.chain import UNDERFLOW
from activations.experiments.exploding import DEPTH, FUNCTIONS, GAIN, NIELSEN, OVERFLOW, PARAMS
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, words
from pages.shared.controls import Slider
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec, on_panel
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts, index, rows

PRESETS: Mapping[str, Mapping[str, Any]] = {
    "fades": {"f": "relu", "clip": "off", "gain": 0.0},
    "he": {"f": "relu", "clip": "off", "gain": 0.5},
    "sigmoid": {"f": "sigmoid", "clip": "off", "gain": 2.0},
    "selu": {"f": "selu", "clip": "off", "gain": 0.0},
    "bounded": {"f": "relu", "clip": "on", "gain": 1.0},
    "helpless": {"f": "relu", "clip": "on", "gain": 0.0},
}
ANSWER_STATE: Mapping[str, float | str] = {"f": "tanh", GAIN.name: 1.0}  # twice LeCun's weights, as the question has it
_CHAIN_WEIGHTS = (NIELSEN, 8.0, 4.0, 1.0)
_NIELSEN_ADDRESS = {"f": "sigmoid", "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5}

_SPAN = 16.0  # decades to either side of 1 that the axis of the cut and the colours tell apart
_BELOW = _SPAN + 2  # where lines end that have left the panel
_STABLE = 1.0  # decades up or down within which a gradient counts as kept
_GUESSES = {"1": -8.0, "2": 0.0}  # decades that each wrong answer stands for
_SIDES = {"right": 1, "left": -1}  # of the dot: its number is clear of the line on one of them, the other is empty
_BESIDE = 1.2  # decades between the dot and its number
_EMPTY = "\u00a0"  # a label without any character would not be drawn, and could not be written to later
_LAYERS = np.arange(1, DEPTH.high + 1)
_LINES = ("cut", "theory", "raw", "output", "weights")


def render() -> None:
    """Draw the page."""
    text = words.page(Crosshair.words_of)
    with layout.stage() as (picture_side, control_side):
        with control_side:
            sliders = st.container()
            with curtain("choices"):
                scene = _chosen(text)
                _presets(text)
            with sliders:
                live.section(lambda: _sliders(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        explanation.close(text, {"vanishing": _NIELSEN_ADDRESS, "dying": {}})
        with st.container(key="scales"):
            with st.expander(text["head-table"]):
                st.markdown(f"{text['table']}\n\n{_scales(text)}\n\n{text['table-note']}")
            with st.expander(text["head-nielsen"]):
                st.markdown(text["nielsen"])
                st.fragment(_chain)(text)


def _chosen(text: words.Words) -> Crosshair:
    """The scene of the function, and of whether its gradient is clipped, that the reader chooses."""
    function, clip = st.columns(2)
    with function:
        activation = controls.function(text["function"], FUNCTIONS[0], FUNCTIONS)
    with clip:
        labels = {name: text[f"clip-{name}"] for name in ("off", "on")}
        return Crosshair(activation, controls.choice("clip", labels, "off", text["clip"]) == "on")


def _presets(text: words.Words) -> None:
    """Settings worth a look, all fifty layers deep."""
    key = "exploding.story"

    def choose() -> None:
        chosen = dict(PRESETS.get(st.session_state[key], {}))
        for name in ("f", "clip"):
            if name in chosen:
                st.query_params[name] = chosen.pop(name)
        st.session_state.update({**chosen, DEPTH.name: int(DEPTH.high)} if chosen else {})
        st.session_state[key] = None

    st.pills(
        text["stories"], list(PRESETS), format_func=lambda name: text[f"story-{name}"], key=key,
        on_change=choose, wrap=True,
    )  # fmt: skip


def _sliders(scene: Crosshair) -> None:
    """Both sliders, and the reading of the crosshair at their values."""
    for param in scene.params:
        with curtain("sliders") if param.name in ANSWER_STATE else nullcontext():
            controls.draw(param, scene.label(param))
    st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


@dataclass(frozen=True)
class Crosshair(Scene):
    """The map of a function with a crosshair at the weight scale 2^k and the depth, and the cut at that scale."""

    activation: Activation
    clip: bool

    page, words_of, key = "exploding", "topics/exploding", "explosion"
    params = PARAMS
    handles = (live.Handle(["spot"], GAIN.name, DEPTH.name), live.Handle(["dot"], y=DEPTH.name))

    @property
    def map(self) -> exploding.Map:
        """What was measured of the function."""
        return exploding.load(self.activation.slug)

    def arrays(self, state: State) -> Arrays:
        """The hairlines over the map, the lines of the cut, and the dot on it with its number."""
        power, depth = state[GAIN.name][:, None], state[DEPTH.name][:, None]
        row, count = index(GAIN, state[GAIN.name]), len(power)
        upright, level = np.repeat(power, 2, axis=1), np.repeat(depth, 2, axis=1)
        across = rows([GAIN.low, GAIN.high], count)
        down = rows([DEPTH.low - 0.5, DEPTH.high + 0.5], count)
        measured = np.clip(self.map.measured[row], -_BELOW, _BELOW)
        dot = np.clip(self._drawn(state), -_SPAN, _SPAN)[:, None]
        arrays: Arrays = {
            "spot.x": power,
            "spot.y": depth,
            **dict.fromkeys(("down.x", "down_edge.x"), upright),
            **dict.fromkeys(("down.y", "down_edge.y"), down),
            **dict.fromkeys(("across.x", "across_edge.x"), across),
            **dict.fromkeys(("across.y", "across_edge.y", "level.y"), level),
            "level.x": rows([-_SPAN, _SPAN], count),
            "weights.x": np.clip(self.map.weights[row], -_BELOW, _BELOW),
            "dot.x": dot,
            "dot.y": depth,
        }
        for side, sign in _SIDES.items():
            arrays |= {f"{side}.x": dot + sign * _BESIDE, f"{side}.y": depth}
        if self.clip:
            clipped = {"cut.x": exploding.clipped(measured), "output.x": exploding.rescaled(measured)}
            return arrays | clipped | {"raw.x": measured}
        return arrays | {"cut.x": measured, "theory.x": np.clip(self.map.theory[row], -_BELOW, _BELOW)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The weight scale, the gradient that is left, and what clipping makes of it."""
        row, depth = index(GAIN, state[GAIN.name]), state[DEPTH.name].astype(int)
        gains, measured = self.map.gains[row], self._measured(state)
        theory = np.concatenate([np.zeros((len(self.map.gains), 1)), self.map.theory], axis=1)
        drawn = self._drawn(state)
        numbers = _powers(drawn)
        texts = {
            "gain": words.numbers(gains, 2),
            "deviation": words.numbers(gains / np.sqrt(exploding.WIDTH), 4),
            "depth": [str(layers) for layers in depth.tolist()],
            "left": _powers(measured),
            "state": [text[f"state-{_fate(decades)}"] for decades in measured.tolist()],
            "ratio": _powers(self.map.weights[row, depth - 1]),
            "factor": _powers(theory[row, depth] - theory[row, depth - 1]),
            "right.text": [number if low else _EMPTY for number, low in zip(numbers, drawn <= 0, strict=True)],
            "left.text": [_EMPTY if low else number for number, low in zip(numbers, drawn <= 0, strict=True)],
        }
        if self.clip:
            texts["clipped"] = _powers(exploding.clipped(measured))
            texts["output"] = _powers(exploding.rescaled(measured))
            texts["rescued"] = [text[f"clip-{_clipping(decades)}"] for decades in measured.tolist()]
        return texts

    def steps(self, arrays: Picture) -> Mapping[str, float]:
        """A step of a quarter of a pixel on the lines of the cut."""
        return dict.fromkeys((f"{name}.x" for name in _LINES), 0.04)

    def _measured(self, state: State) -> Array:
        """The gradient at layer 1, in decades."""
        return np.asarray(self.map.measured[index(GAIN, state[GAIN.name]), state[DEPTH.name].astype(int) - 1])

    def _drawn(self, state: State) -> Array:
        """The same as the dot shows it: clipped if the gradient is."""
        return exploding.clipped(self._measured(state)) if self.clip else self._measured(state)

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The map with its crosshair, and beside it the cut."""
        size = 17.0 if large else 12.0
        traces = [*_map(self), *_limits(self, size), _strip(), *_cut(self, arrays, texts, size), *_guesses(self, size)]
        traces += _crosshair(arrays, figures.colour(self.activation.slug))
        margin = {"l": 62 if large else 48, "r": 26, "t": 30 if large else 20, "b": 72 if large else 56}
        notes = _notes(self, 16 if large else 12)
        return figures.figure(traces, _axes(self.text), self.page, large, annotations=notes, margin=margin)

    def alt(self, marks: Mapping[str, str]) -> str:
        """The map, the critical weight scale, and what the crosshair reads."""
        name, critical = words.title(self.activation.slug), _critical(self.activation)
        reading = " ".join(self._sentences(marks)).replace("*", "")
        return f"{words.format(self.text['alt'], name=name, critical=critical)} {reading}"

    def label(self, param: Slider) -> str:
        """That of the weight scale holds the scale g itself, because the number of its slider is the exponent k."""
        return self.format(self.text[f"slider-{param.name}"])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What the crosshair reads."""
        return "  \n".join(self._sentences(marks))

    def _sentences(self, marks: Mapping[str, str]) -> list[str]:
        names = ("reading", "reading-left", "reading-factor", "reading-weights")
        return [words.format(self.text[name], **marks) for name in (*names, *["reading-clip"] * self.clip)]


def _powers(decades: Array) -> list[str]:
    return [words.number(each, "power") for each in decades.tolist()]


def _fate(decades: float) -> str:
    """What has become of a gradient of 1: zero, faded, kept, grown, infinite; zero and infinite as float32 has it."""
    if decades <= UNDERFLOW["float32"]:
        return "zero"
    if decades > OVERFLOW:
        return "infinite"
    return "kept" if abs(decades) <= _STABLE else "faded" if decades < 0 else "grown"


def _clipping(decades: float) -> str:
    """What clipping to 1 does: nothing to a small gradient, a bound for a large one, nothing about infinity."""
    return "nothing" if decades <= 0 else "infinite" if decades > OVERFLOW else "bounded"


def _critical(activation: Activation) -> str:
    """The critical gain as it is printed."""
    return words.number(exploding.scales()[activation.slug].critical, "3")


_REDS = ((16, "#7a1203"), (8, "#c9431a"), (4, "#ec8a4a"), (1.5, "#f6cfa8"), (0, "#f7f3e8"))
_BLUES = ((-1.5, "#bcd7ee"), (-4, "#6aa5d8"), (-8, "#2464aa"), (-16, "#0b2a5b"))
_COLOURS = [(0.5 + decades / _SPAN / 2, shade) for decades, shade in reversed((*_REDS, *_BLUES))]
_CORE, _EDGE = "#1f2328", "rgba(255,255,255,0.85)"  # of what is drawn on the map, which is the same in both themes
_MAP, _CUT = (0.0, 0.6), (0.66, 1.0)
_HEIGHT = (0.0, 0.945)  # of both panels, below the strip of colours
_DOWNWARD = [DEPTH.high + 0.5, DEPTH.low - 0.5]
_GAINS = ("¼", "½", "1", "2", "4", "8", "16")
_BENDS = np.array([0.0, 0.25, 1.0])  # of a guess: its name stands at the second of them
_DECADES = {-10: "10⁻¹⁰", 0: "1", 10: "10¹⁰"}
_LIMITS = {"zero": UNDERFLOW["float32"], "infinite": OVERFLOW}


def _axes(text: words.Words) -> dict[str, Spec]:
    depth = {"range": _DOWNWARD, "zeroline": False, "showgrid": False, "tickvals": [1, 10, 20, 30, 40, 50]}
    decades = {"tickvals": list(_DECADES), "ticktext": list(_DECADES.values()), "range": [-_SPAN, _SPAN]}
    scale = {"tickvals": list(range(-2, 5)), "ticktext": list(_GAINS), "showgrid": False, "zeroline": False}
    return {
        "xaxis": {"range": [GAIN.low, GAIN.high], "domain": _MAP, "title": text["axis-gain"], **scale},
        "yaxis": {**depth, "domain": _HEIGHT, "title": text["axis-depth"]},
        "xaxis2": {"domain": _CUT, "anchor": "y2", "title": text["axis-left"], "showgrid": True, **decades},
        "yaxis2": {**depth, "domain": _HEIGHT, "anchor": "x2", "showticklabels": False},
        "yaxis3": {"domain": [0.97, 1], "anchor": "x2", "visible": False, "range": [0, 1]},
    }


def _notes(scene: Crosshair, size: float) -> list[Spec]:
    """Over the map the weight scales of the literature and the critical one, over the strip what its colours mean."""
    text, slug = scene.text, scene.activation.slug
    critical = words.format(text["mark-critical"], gain=_critical(scene.activation))
    edge = math.log2(exploding.scales()[slug].critical)
    notes: list[Spec] = [
        {"text": text["mark-lecun"], "x": 0, "xanchor": "right", "xshift": 4},
        {"text": text["mark-he"], "x": 0.5, "xanchor": "left", "xshift": -4},
        {"text": f"<b>{critical}</b>", "x": edge, "xanchor": "center", "yshift": 17},
    ]
    notes += [{"text": each, "x": x, "xref": "x2", "xanchor": "center", "y": 1} for x, each in _DECADES.items()]
    place = {"showarrow": False, "yref": "paper", "y": _HEIGHT[1], "yanchor": "bottom"}
    return [{**place, "font": {"size": size, "color": GREY}, **note} for note in notes]


def _map(scene: Crosshair) -> list[Spec]:
    """The heat map, and on it the weight scales of the literature and the critical one."""
    measured = scene.map.measured
    shown = exploding.clipped(measured) if scene.clip else measured
    cells = {"field.z": np.clip(shown, -_SPAN, _SPAN).T}
    marks = {
        "marks.y": np.array([*_DOWNWARD, math.nan] * 2),
        "marks.x": np.repeat([0, math.nan, 0.5, math.nan], [2, 1, 2, 1]),
    }
    edge = math.log2(exploding.scales()[scene.activation.slug].critical)
    dashed = {"critical.x": np.full(2, edge), "critical.y": np.array(_DOWNWARD)}
    return [
        figures.plane(cells, "field", GAIN.grid, _LAYERS, _COLOURS, (-_SPAN, _SPAN)),
        figures.line(marks, "marks", _CORE, 1.2, opacity=0.55, **NO_HOVER),
        figures.line(dashed, "critical", _CORE, 2.0, line={"dash": "5px,4px"}, **NO_HOVER),
    ]


def _limits(scene: Crosshair, size: float) -> list[Spec]:
    """Where float32 holds only 0, or only infinity, each area with its name."""
    drawn = []
    for name, level in _LIMITS.items():
        edge = exploding.crossing(scene.map.measured, level)
        within = ~np.isnan(edge)
        if not within.any():
            continue
        x, y = GAIN.grid[within], np.minimum(edge[within], _DOWNWARD[0])
        area = {
            f"{name}.x": np.concatenate([x, x[::-1]]),
            f"{name}.y": np.concatenate([y, np.full(len(y), _DOWNWARD[0])]),
        }
        drawn.append(figures.trace(area, name, mode="none", fill="toself", fillcolor="#15181d", **NO_HOVER))
        if len(x) > 4:
            corner, side = (GAIN.low + 0.06, "top right") if name == "zero" else (GAIN.high - 0.06, "top left")
            place = {f"{name}_word.x": np.array([corner]), f"{name}_word.y": np.array([49.0])}
            drawn.append(figures.label(place, f"{name}_word", scene.text[f"limit-{name}"], "#f7f3e8", size, side))
    return drawn


def _strip() -> Spec:
    """What the colours mean: a strip along the scale of the cut."""
    decades = np.linspace(-_SPAN, _SPAN, 129)
    cells = {"key.z": decades}
    strip = figures.plane(cells, "key", decades, np.array([0.5]), _COLOURS, (-_SPAN, _SPAN), smooth=False)
    return {**strip, "xaxis": "x2", "yaxis": "y3"}


def _cut(scene: Crosshair, arrays: Picture, texts: Mapping[str, str], size: float) -> list[Spec]:
    picture = {**arrays, **{f"{name}.y": _LAYERS for name in _LINES}}
    colour = figures.colour(scene.activation.slug)
    if scene.clip:
        drawn = [_line(picture, "raw", colour, 2.0, "3px,5px"), _line(picture, "output", GREY, 2.5, "9px,4px")]
    else:
        drawn = [_line(picture, "theory", GREY, 1.8, "2px,4px")]
    drawn += [_line(picture, "weights", colour, 2.5, "8px,3px,2px,3px"), _line(picture, "cut", colour, 3.5, "solid")]
    drawn.append(figures.dots(picture, "dot", colour, 9))
    for side in _SIDES:
        number = figures.label(picture, side, texts[f"{side}.text"], colour, size + 3, f"top {side}")
        drawn.append({**number, "textfont": {**number["textfont"], "weight": 700}})
    return on_panel("2", *drawn)


def _line(picture: Picture, name: str, colour: str, width: float, dash: str) -> Spec:
    return figures.line(picture, name, colour, width, line={"dash": dash}, **NO_HOVER)


def _guesses(scene: Crosshair, size: float) -> list[Spec]:
    """The wrong answers about tanh: the same factor in each layer, down to the length that the answer says."""
    if scene.activation.slug != ANSWER_STATE["f"] or scene.clip:
        return []
    drawn = []
    for answer, decades in _GUESSES.items():
        name = f"{GUESS}{answer}"
        place = {f"{name}.x": decades * _BENDS, f"{name}.y": DEPTH.high * _BENDS}
        label = {"text": ["", f"{words.ui('drawn.guess')} ", ""], "textposition": "middle left", "visible": False}
        font = {"mode": "lines+text", "textfont": {"color": GREY, "size": size}}
        drawn.append({**_line(place, name, GREY, 2.5, "7px,5px"), **label, **font})
    return on_panel("2", *drawn)


def _crosshair(arrays: Picture, colour: str) -> list[Spec]:
    """The crosshair over the map, and where it meets the cut."""
    drawn = []
    for name in ("down", "across"):
        drawn.append(figures.line(arrays, f"{name}_edge", _EDGE, 4.0, **NO_HOVER))
        drawn.append(figures.line(arrays, name, _CORE, 1.6, **NO_HOVER))
    drawn += on_panel("2", _line(arrays, "level", GREY, 1.2, "solid"))
    spot = figures.dots(arrays, "spot", colour, 12)
    return [*drawn, {**spot, "marker": {**spot["marker"], "line": {"width": 2.5, "color": "#ffffff"}}}]


def _scales(text: words.Words) -> str:
    """The critical gain of each function, PyTorch's gain, and the factor of a layer deep inside at three gains."""
    head = [text[f"column-{name}"] for name in ("function", "critical", "pytorch", "lecun", "he", "there")]
    cells = {
        slug: (scale.critical, exploding.RECOMMENDED.get(slug), scale.lecun, scale.he, scale.recommended)
        for slug, scale in exploding.scales().items()
    }
    return words.table(head, *([words.title(slug), *map(_cell, row)] for slug, row in cells.items()))


def _cell(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else words.number(value, "3")


def _chain(text: words.Words) -> None:
    """What is left of a gradient in Nielsen's chain of sigmoids at his weight or another, with and without biases."""
    labels = {f"{weight:g}": text["chain-own"] if weight == NIELSEN else f"{weight:g}" for weight in _CHAIN_WEIGHTS}
    weight = float(controls.choice("chain", labels, f"{NIELSEN:g}", text["chain"]))
    sigmoid, layers = CATALOGUE["sigmoid"], (1, 2, 10)
    table = [[text["column-layers"], *map(str, layers)]]
    for name, centred in (("centred", True), ("plain", False)):
        decades = exploding.single(sigmoid, layers[-1], centred, weight)
        label = words.format(text[f"chain-{name}"], w=f"{weight:g}", b=f"{exploding.centring(sigmoid, weight):g}")
        table.append([label, *(words.number(float(decades[n - 1]), "power") for n in layers)])
    st.markdown(words.table(*table))


SCENES = tuple(Crosshair(CATALOGUE[slug], clip) for slug, clip in (("relu", False), ("tanh", False), ("selu", True)))
