"""GELU as the average of a random gate. The page itself, from top to bottom."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

import streamlit as st

from activations.experiments import gate
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.gate import figure, moment

SHOWS: dict[str, float | str] = {"show": "gate", gate.X.name: -2.0}


def render() -> None:
    """Draw the page."""
    text = words.page("topics/gate")
    Page(text).draw()


@dataclass
class Page:
    """One drawing of the page: its words, which picture is shown and the seed of all chance."""

    text: words.Words
    act: str = "gate"
    seed: int = 1

    def draw(self) -> None:
        """The picture with its sliders, the question, and why it is so."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, choices = st.container(key="drag"), st.container(key="choices")
                with choices:
                    self._choices()
                with drag:
                    live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                self._picture()
        with curtain("text"):
            explanation.close(self.text, {"approximations": {}, "gelu": {"x0": -0.5}})

    @property
    def stand(self) -> tuple[float, int, int, int]:
        """Where input, moment and number of draws stand, and the seed."""
        x, t = st.session_state[gate.X.name], st.session_state[gate.TIME.name]
        count = st.session_state.get(*moment.DRAWN[self.act])
        return float(x), int(t), gate.COUNTS.index(count), self.seed

    def _choices(self) -> None:
        self.act = controls.choice("show", {act: self.text[f"show-{act}"] for act in moment.PICTURES}, "gate")
        self.seed = int(controls.choice("seed", {s: f"{self.text['seed']} {s}" for s in moment.SEEDS}, "1"))

    def _controls(self) -> None:
        for param in (gate.X, gate.TIME):
            with curtain("sliders") if param.name in SHOWS else nullcontext():
                controls.slider(param, self.text[f"{param.name}-{self.act}"])
        key, first = moment.DRAWN[self.act]
        st.select_slider(self.text[f"n-{self.act}"], gate.COUNTS, first, key=key, bind="query-params")
        chart = self._said()
        chart.follow(
            moment.sliders(self.act, *self.stand), plays=controls.play(gate.TIME.name), handles=moment.handles(self.act)
        )
        st.markdown(words.format(self.text[f"read-{self.act}"], **chart.marks))

    def _said(self) -> live.Chart:
        said = moment.still(self.act, *self.stand)[1]
        return live.Chart("drawn", {name: text for name, text in said.items() if "." not in name}, page="gate")

    def _picture(self) -> None:
        picture, said = moment.still(self.act, *self.stand)
        chart = self._said()
        drawn = figure.CHARTS[self.act](picture, said, self.text, state.presenting())
        chart.draw(drawn, words.format(self.text[f"alt-{self.act}"], **chart.marks), figures.CONFIG)
