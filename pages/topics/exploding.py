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
from activations.experiments.exploding import DEPTH, FUNCTIONS, GAIN, NIELSEN, OVERFLOW, PARAMS
from activations.spec import Array
from pages.shared import controls, crosshair, explanation, figures, layout, live, words
from pages.shared.controls import Slider
from pages.shared.crosshair import BELOW, CORE, DOWNWARD, LAYERS, line, powers
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec, on_panel
from pages.shared.prediction import GUESS, Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts, index

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
CHOICES = {
    "f": controls.offer(FUNCTIONS, FUNCTIONS[0]),
    "clip": controls.offer(("off", "on"), "off"),
    "chain": controls.offer((f"{weight:g}" for weight in _CHAIN_WEIGHTS), f"{NIELSEN:g}"),
}
_NIELSEN_ADDRESS = {"f": "sigmoid", "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5}

_GUESSES = {"1": -8.0, "2": 0.0}  # decades that each wrong answer stands for
_BENDS = np.array([0.0, 0.25, 1.0])  # of a guess: its name stands at the second of them
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
        activation = controls.function(text["function"], FUNCTIONS[0], FUNCTIONS, exploding.computable)
    with st.spinner(text["measuring"]) if activation.slug not in FUNCTIONS else nullcontext():
        exploding.of(activation)
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
    handles = crosshair.handles(GAIN)

    @property
    def variant(self) -> str:
        """The formula, if it is one."""
        return "" if self.activation.slug in FUNCTIONS else self.activation.slug

    @property
    def map(self) -> exploding.Map:
        """What was measured of the function."""
        return exploding.of(self.activation)

    def arrays(self, state: State) -> Arrays:
        """The hairlines over the map, the lines of the cut, and the dot on it with its number."""
        row = index(GAIN, state[GAIN.name])
        measured = np.clip(self.map.measured[row], -BELOW, BELOW)
        arrays = crosshair.moved(GAIN, state, self._drawn(state))
        arrays["weights.x"] = np.clip(self.map.weights[row], -BELOW, BELOW)
        if self.clip:
            clipped = {"cut.x": exploding.clipped(measured), "output.x": exploding.rescaled(measured)}
            return arrays | clipped | {"raw.x": measured}
        return arrays | {"cut.x": measured, "theory.x": np.clip(self.map.theory[row], -BELOW, BELOW)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The weight scale, the gradient that is left, and what clipping makes of it."""
        row, depth = index(GAIN, state[GAIN.name]), state[DEPTH.name].astype(int)
        gains, measured = self.map.gains[row], self._measured(state)
        theory = np.concatenate([np.zeros((len(self.map.gains), 1)), self.map.theory], axis=1)
        with np.errstate(invalid="ignore"):
            factor = theory[row, depth] - theory[row, depth - 1]
        texts = {
            "gain": words.numbers(gains, 2),
            "deviation": words.numbers(gains / np.sqrt(self.map.width), 4),
            "depth": [str(layers) for layers in depth.tolist()],
            "left": powers(measured),
            "state": [text[f"state-{crosshair.fate(decades)}"] for decades in measured.tolist()],
            "ratio": _ratios(self.map.weights[row, depth - 1]),
            "factor": _ratios(np.where(np.isneginf(theory[row, depth]), -np.inf, factor)),
            **crosshair.numbered(self._drawn(state)),
        }
        if self.clip:
            texts["clipped"] = powers(exploding.clipped(measured))
            texts["output"] = powers(exploding.rescaled(measured))
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
        traces = [*_map(self), *crosshair.limits(self.map.measured, GAIN, self.text, size), crosshair.strip()]
        traces += [*_cut(self, arrays, texts, size), *_guesses(self, size)]
        traces += crosshair.hairs(arrays, figures.colour(self.activation.slug))
        notes = _notes(self, 16 if large else 12)
        axes = crosshair.axes(GAIN, {name: self.text[f"axis-{name}"] for name in ("gain", "depth", "left")})
        return figures.figure(traces, axes, self.meta, large, annotations=notes, margin=crosshair.margin(large))

    def alt(self, marks: Mapping[str, str]) -> str:
        """The map, the critical weight scale, and what the crosshair reads."""
        reading = " ".join(self._sentences(marks)).replace("*", "")
        kept = "none" if math.isnan(self.map.critical) else "critical"
        critical = words.format(self.text[f"alt-{kept}"], critical=_critical(self))
        return f"{words.format(self.text['alt'], name=words.title(self.activation.slug), critical=critical)} {reading}"

    def label(self, param: Slider) -> str:
        """That of the weight scale holds the scale g itself, because the number of its slider is the exponent k."""
        return self.format(self.text[f"slider-{param.name}"])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What the crosshair reads."""
        return "  \n".join(self._sentences(marks))

    def _sentences(self, marks: Mapping[str, str]) -> list[str]:
        names = ["reading", "reading-left", "reading-factor", "reading-weights"]
        names += ["reading-clip"] * self.clip + ["reading-own"] * (self.activation.slug not in FUNCTIONS)
        return [words.format(self.text[name], **marks) for name in names]


def _clipping(decades: float) -> str:
    """What clipping to 1 does: nothing to a small gradient, a bound for a large one, nothing about infinity."""
    return "nothing" if decades <= 0 else "infinite" if decades > OVERFLOW else "bounded"


def _ratios(decades: Array) -> list[str]:
    """Numbers of so many decades as they are printed, NaN as the quotient that it is."""
    return ["0/0" if math.isnan(each) else words.number(each, "power") for each in decades.tolist()]


def _critical(scene: Crosshair) -> str:
    """The critical gain as it is printed."""
    return words.number(scene.map.critical, "3")


def _notes(scene: Crosshair, size: float) -> list[Spec]:
    """Over the map the weight scales of the literature and the critical one, over the strip what its colours mean."""
    text, edge = scene.text, math.log2(scene.map.critical)
    named = crosshair.known_scales(text["mark-lecun"], text["mark-he"])
    if not GAIN.low <= edge <= GAIN.high:
        return crosshair.notes(named, size)
    critical = words.format(text["mark-critical"], gain=_critical(scene))
    named.append({"text": f"<b>{critical}</b>", "x": edge, "xanchor": "center", "yshift": 17})
    return crosshair.notes(named, size)


def _map(scene: Crosshair) -> list[Spec]:
    """The heat map, and on it the weight scales of the literature and the critical one."""
    measured = scene.map.measured
    shown = exploding.clipped(measured) if scene.clip else measured
    edge = math.log2(scene.map.critical)
    if not GAIN.low <= edge <= GAIN.high:
        edge = math.nan
    dashed = {"critical.x": np.full(2, edge), "critical.y": np.array(DOWNWARD)}
    drawn = figures.line(dashed, "critical", CORE, 2.0, line={"dash": "5px,4px"}, **NO_HOVER)
    return [*crosshair.field(shown, GAIN), drawn]


def _cut(scene: Crosshair, arrays: Picture, texts: Mapping[str, str], size: float) -> list[Spec]:
    picture = {**arrays, **{f"{name}.y": LAYERS for name in _LINES}}
    colour = figures.colour(scene.activation.slug)
    if scene.clip:
        drawn = [line(picture, "raw", colour, 2.0, "3px,5px"), line(picture, "output", GREY, 2.5, "9px,4px")]
    else:
        drawn = [line(picture, "theory", GREY, 1.8, "2px,4px")]
    drawn += [line(picture, "weights", colour, 2.5, "8px,3px,2px,3px"), line(picture, "cut", colour, 3.5, "solid")]
    drawn += crosshair.dot(picture, texts, colour, size)
    return on_panel("2", *drawn)


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
        drawn.append({**line(place, name, GREY, 2.5, "7px,5px"), **label, **font})
    return on_panel("2", *drawn)


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
