"""What an activation function is. The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from activations import CATALOGUE, Activation, Param
from activations.experiments import feedforward
from activations.experiments.feedforward import HIDDEN, INPUTS, NEURONS, PARAMS
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.basics import picture, printed
from pages.topics.basics.figure import Drawing

FORWARD, BACKWARD = "forward", "backward"
SHOWS: Mapping[str, float | str] = {"pass": FORWARD, "f": "relu", "neuron": "h2", "b2": 0.9}
Place = tuple[tuple[str, float], ...]


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/basics")).draw()


@dataclass
class Page:
    """One drawing of the page: its words, the function, the direction, and the neuron whose sliders are shown."""

    text: words.Words
    activation: Activation = CATALOGUE["relu"]
    direction: str = FORWARD
    neuron: str = "h1"

    def draw(self) -> None:
        """The network with its sliders, the question, and what it means."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, above = layout.ranks()
                with above:
                    self._choose()
                with drag:
                    live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                self._picture()
        with curtain("text"):
            linked = {name: state.address(name) for name in ("collapse", "vanishing")}
            explanation.close(self.text, {"neuron": {}, "collapse": {}}, linked)

    @property
    def backward(self) -> bool:
        """Whether gradients are shown."""
        return self.direction == BACKWARD

    @property
    def params(self) -> tuple[Param, ...]:
        """The parameters that move the picture: those of the sliders that are seen, and the biases whose dots are."""
        biases = [NEURONS[name][-1] for name in HIDDEN if name != self.neuron]
        return (*INPUTS, *NEURONS[self.neuron], *biases)

    @property
    def stand(self) -> dict[str, float]:
        """Where all parameters stand."""
        return {param.name: float(st.session_state[param.name]) for param in PARAMS}

    def _choose(self) -> None:
        directions = {name: self.text[f"pass-{name}"] for name in (FORWARD, BACKWARD)}
        self.direction = controls.choice("pass", directions, FORWARD, self.text["pass"], visible=False)
        functions = {slug: self.text[f"f-{slug}"] for slug in picture.FUNCTIONS}
        self.activation = CATALOGUE[controls.choice("f", functions, "relu", self.text["f"], visible=False)]
        neurons = {name: self.text[name] for name in NEURONS}
        self.neuron = controls.choice("neuron", neurons, "h1", self.text["neuron"])

    def _controls(self) -> None:
        with st.container(key="basics-drag"):
            self._row(INPUTS)
            # All sliders are drawn, so that the address tells them all; seen are those of the chosen neuron.
            for name, params in NEURONS.items():
                with st.container(key=f"weights-{'on' if name == self.neuron else 'off'}-{name}"):
                    self._row(params[:-1])
                    self._row(params[-1:])
        chart = self._chart()
        with st.container(key="basics-read"):
            shown = self.text[f"f-{self.activation.slug}"]
            st.markdown(printed.reading(self.neuron, shown, self.text, chart.marks, self.backward))
        stand = self.stand
        sliders = []
        for param in self.params:
            others = tuple((name, value) for name, value in stand.items() if name != param.name)
            chosen = (self.activation.slug, self.neuron, self.backward)
            sliders.append(
                live.Slider.of(param, stand[param.name], [_along(*chosen, param.name, others, words.language())])
            )
        chart.follow(sliders, handles=self._handles())

    def _row(self, params: Sequence[Param]) -> None:
        for param, column in zip(params, st.columns(len(params), gap="small"), strict=True):
            with column, curtain("sliders") if param.name in SHOWS else nullcontext():
                controls.slider(param, self.text[self._label(param.name)])

    def _label(self, name: str) -> str:
        return name if name in ("x1", "x2") else "bias" if name[0] in "bc" else f"weight-{name[0]}{name[-1]}"

    def _handles(self) -> list[live.Handle]:
        """The inputs are dragged up and down, the dot of a hidden neuron along z: its bias follows."""
        inputs = [live.Handle([f"input_{k + 1}"], y=param.name) for k, param in enumerate(INPUTS)]
        dots = [live.Handle([f"neuron_{j + 1}"], x=NEURONS[name][-1].name) for j, name in enumerate(HIDDEN)]
        return [*inputs, *dots]

    def _still(self) -> tuple[dict[str, Array], dict[str, str], dict[str, str]]:
        """Arrays, printed texts and labels where the parameters stand."""
        at = {name: np.array([value]) for name, value in self.stand.items()}
        frames, said, labels = _moved(self.activation, self.neuron, self.backward, at, self.text)
        return (
            {name: rows[0] for name, rows in frames.items()},
            {name: texts[0] for name, texts in said.items()},
            {name: texts[0] for name, texts in labels.items()},
        )

    def _chart(self) -> live.Chart:
        return live.Chart(
            "network", self._still()[1], page=f"basics {self.direction} {self.activation.slug} {self.neuron}"
        )

    def _picture(self) -> None:
        chart = self._chart()
        frames, _, labels = self._still()
        whole = picture.still(self.activation) | frames
        drawing = Drawing(
            chart.page, whole, labels, self.activation, self.neuron, self.text, self.backward, state.presenting()
        )
        said = words.format(self.text[f"alt-{self.direction}"], **chart.marks, f=self.text[f"f-{self.activation.slug}"])
        chart.draw(drawing.network(), said, figures.CONFIG)


def _moved(
    activation: Activation, neuron: str, backward: bool, at: Mapping[str, Array], text: words.Words
) -> tuple[dict[str, Array], printed.Texts, printed.Texts]:
    done = feedforward.run(activation, at)
    said = printed.said(done, at, neuron, backward)
    return picture.frames(activation, done, backward), said, printed.labels(said, text, backward)


@lru_cache(maxsize=512)
def _along(slug: str, neuron: str, backward: bool, name: str, others: Place, language: str) -> live.Pack:
    """All that the slider ``name`` moves where the others stand."""
    grid = next(param for param in PARAMS if param.name == name).grid
    at = {name: grid} | {other: np.full(len(grid), value) for other, value in others}
    text = words.page("topics/basics", language)
    frames, said, labels = _moved(CATALOGUE[slug], neuron, backward, at, text)
    return live.pack(moving(frames), varying(said) | varying(labels), picture.UNITS)
