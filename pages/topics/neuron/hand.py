"""The first act: a neuron whose weights are set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from activations.experiments import neuron
from activations.spec import Array
from pages.shared import controls, figures, live, state, words
from pages.topics.neuron import picture, printed
from pages.topics.neuron.figure import Drawing


@dataclass(frozen=True)
class Hand:
    """The neuron as its sliders stand, and the task it is to answer."""

    task: str
    text: words.Words
    legend = "legend-hand"

    @property
    def stand(self) -> dict[str, float]:
        """Where the sliders stand."""
        return {param.name: float(st.session_state[param.name]) for param in neuron.WEIGHTS}

    @property
    def chart(self) -> live.Chart:
        """The chart and all that is printed about it."""
        said = _said(np.array([[*self.stand.values()]]), self.task)
        return live.Chart("neuron-set", {name: texts[0] for name, texts in said.items()}, page="neuron")

    def controls(self) -> None:
        """Sliders, and what the neuron answers."""
        for param in neuron.WEIGHTS:
            controls.slider(param, self.text[f"param-{param.name}"])
        chart, stand = self.chart, self.stand
        with st.container(key="answers"):
            st.markdown(self._table(chart.marks))
        chart.follow(
            live.Slider.of(param, stand[param.name], [_along(param.name, self.task, *stand.values())])
            for param in neuron.WEIGHTS
        )

    def draw(self) -> None:
        """The chart."""
        chart, weights = self.chart, np.array([[*self.stand.values()]])
        drawn = {name: rows[0] for name, rows in _frames(weights).items()}
        drawing = Drawing(picture.still() | drawn, chart.said, self.task, self.text, state.presenting())
        chart.draw(drawing.curves(), words.format(self.text["alt-hand"], **chart.marks), figures.CONFIG)

    def _table(self, marks: Mapping[str, str]) -> str:
        head = [self.text["table-input"], "z", *printed.short(self.text)]
        rows = [head]
        for place, ((x1, x2), target) in enumerate(zip(neuron.INPUTS, neuron.TASKS[self.task], strict=True)):
            outputs = [marks[f"{slug}_{place}"] for slug in picture.FUNCTIONS]
            rows.append([f"{x1:.0f}\u2009{x2:.0f} → **{target:.0f}**", marks[f"z_{place}"], *outputs])
        score = [f"**{marks[f'{slug}_right']}**/4" for slug in picture.FUNCTIONS]
        return printed.table([*rows, [self.text["table-right"], "", *score]])


def _all(weights: Array) -> dict[str, Array]:
    return dict.fromkeys(picture.FUNCTIONS, weights)


def _frames(weights: Array) -> dict[str, Array]:
    return picture.planes(_all(weights)) | picture.dots(weights)


def _said(weights: Array, task: str) -> dict[str, list[str]]:
    return printed.sums(weights) | printed.answers(_all(weights), task)


def _along(name: str, task: str, *stand: float) -> live.Pack:
    """All that the slider ``name`` moves, where the others stand."""
    others = {param.name: value for param, value in zip(neuron.WEIGHTS, stand, strict=True) if param.name != name}
    return _packed(name, task, tuple(others.items()))


@lru_cache(maxsize=256)
def _packed(name: str, task: str, others: tuple[tuple[str, float], ...]) -> live.Pack:
    weights = neuron.along(dict(others), name)
    frames, said = _frames(weights), _said(weights, task)
    return live.pack(frames, said | printed.labels(said), picture.units(frames))
