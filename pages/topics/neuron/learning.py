"""The second act: three neurons that start alike and are trained, one through each function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import streamlit as st

from activations import CATALOGUE
from activations.experiments import neuron
from activations.spec import Array
from pages.shared import controls, figures, live, state, words
from pages.shared.prediction import GUESS, curtain
from pages.topics.neuron import picture, printed
from pages.topics.neuron.figure import Drawing

ASKED = ("and", "a")  # task and start that the question is about
SHOWS: dict[str, float | str] = {
    "act": "learn",
    **dict(zip(("task", "start"), ASKED, strict=True)),
    neuron.MOMENT.name: neuron.MOMENT.high,
}
# Where a wrong answer says that a function's line ends: at the line that answers AND, or where it started.
_GUESSES = {
    f"{GUESS}1": {"binary_step": neuron.HALFWAY["and"]},
    f"{GUESS}3": {"relu": neuron.STARTS["a"]},
    f"{GUESS}4": {"binary_step": neuron.HALFWAY["and"], "sigmoid": neuron.STARTS["a"], "relu": neuron.STARTS["a"]},
}
HANDLE = live.Handle([f"now_{slug}" for slug in picture.FUNCTIONS], neuron.MOMENT.name)
_HIGH = 0.62  # the height at which "your answer" is written along its line


@dataclass(frozen=True)
class Learning:
    """The training of a task from a start."""

    task: str
    start: str
    text: words.Words
    legend = "legend-learn"

    @property
    def moment(self) -> int:
        """Where the slider of time stands."""
        return int(st.session_state[neuron.MOMENT.name])

    @property
    def chart(self) -> live.Chart:
        """The chart and all that is printed about it."""
        said = {name: texts[self.moment] for name, texts in _said(self.task, self.start).items()}
        return live.Chart("neuron-learns", said, page="neuron")

    def controls(self) -> None:
        """Time, and how far each neuron has come."""
        with curtain("sliders"):
            controls.slider(neuron.MOMENT, self.text["param-t"], alone=True)
        chart = self.chart
        time = live.Slider.of(neuron.MOMENT, self.moment, [_packed(self.task, self.start)])
        chart.follow([time], plays=controls.play(neuron.MOMENT.name), handles=[HANDLE])
        told = words.format(self.text["done"], **chart.marks)
        with st.container(key="answers"):
            st.markdown(f"{told}\n\n{self._table(chart.marks)}")

    def draw(self) -> None:
        """The chart."""
        chart, runs = self.chart, _runs(self.task, self.start)
        drawn = {name: rows[self.moment] for name, rows in _frames(self.task, self.start).items()}
        names, height = picture.names(runs)
        whole = picture.still() | names | self._begun() | self._guessed() | drawn
        drawing = Drawing(whole, chart.said, self.task, self.text, state.presenting())
        chart.draw(drawing.losses(height), words.format(self.text["alt-learn"], **chart.marks), figures.CONFIG)

    def _table(self, marks: Mapping[str, str]) -> str:
        rows = [["", "w₁", "w₂", "b", self.text["table-loss"], self.text["table-right"]]]
        for slug, called in zip(picture.FUNCTIONS, printed.short(self.text), strict=True):
            cells = [marks[f"{slug}_{what}"] for what in ("w1", "w2", "b", "loss")]
            rows.append([called, *cells, f"**{marks[f'{slug}_right']}**/4"])
        return printed.table(rows)

    def _begun(self) -> dict[str, Array]:
        start = neuron.STARTS[self.start]
        lines = [picture.line(f"start_{slug}", start) for slug in picture.FUNCTIONS]
        return {name: row for line in lines for name, row in line.items()}

    def _guessed(self) -> dict[str, Array]:
        """The lines that wrong answers stand for, where the picture is the one that is asked about."""
        drawn: dict[str, Array] = {}
        lines = [(name, *line) for name, guess in _GUESSES.items() for line in guess.items()]
        for name, slug, weights in lines if (self.task, self.start) == ASKED else ():
            (w1, w2, b), word = weights, f"{name}_{slug}_word"
            drawn |= picture.line(f"{name}_{slug}", weights)
            drawn |= {f"{word}.x": np.array([-(w2 * _HIGH + b) / w1]), f"{word}.y": np.array([_HIGH])}
        return drawn


def _runs(task: str, start: str) -> dict[str, neuron.Run]:
    return {slug: neuron.learn(CATALOGUE[slug], task, start) for slug in picture.FUNCTIONS}


@lru_cache
def _frames(task: str, start: str) -> dict[str, Array]:
    runs = _runs(task, start)
    return picture.planes({slug: run.weights for slug, run in runs.items()}) | picture.losses(runs)


@lru_cache
def _said(task: str, start: str) -> dict[str, list[str]]:
    runs = _runs(task, start)
    return printed.progress(runs) | printed.answers({slug: run.weights for slug, run in runs.items()}, task)


@lru_cache
def _packed(task: str, start: str) -> live.Pack:
    frames, said = _frames(task, start), _said(task, start)
    return live.pack(frames, said | printed.labels(said), picture.units(frames))
