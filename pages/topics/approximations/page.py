"""Three ways to write GELU. The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations.experiments import approximations as forms
from activations.experiments.curve import PROBE
from pages.parts import controls, essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.approximations import figure, picture, tables


def render() -> None:
    """Draw the page."""
    text = words.page("topics/approximations")
    Page(text, Prediction("approximations", text, ("format",))).draw()


@dataclass
class Page:
    """One drawing of the page: its words, the question, and the number format that computes."""

    text: words.Page
    guess: Prediction
    kind: str = "exact"

    def draw(self) -> None:
        """The question, curves and errors, the largest of them, code, and what was used."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                self.guess.ask()
                drag, choices = frame.ranks()
                if self.guess.open:
                    names = {kind: self.text[f"format-{kind}"] for kind in forms.FORMATS}
                    with choices:
                        self.kind = controls.choice("format", names, "exact", self.text["format"])
                with drag:
                    live.section(self._controls)
                self.guess.tell({}, picture_side)
            with picture_side:
                self._picture()
        if self.guess.open:
            st.markdown(tables.worst(self.text, self.kind))
        essay.close(self.text, {"gate": {}, "cost": {}}, tables.ran(self.text), self.guess.open)

    @property
    def x0(self) -> float:
        """Where the probe stands."""
        return float(st.session_state[PROBE.name])

    @property
    def room(self) -> str:
        """The page and its number format, in which other things move."""
        return f"approximations {self.kind}"

    def _controls(self) -> None:
        if self.guess.open:
            controls.slider(PROBE, words.ui("probe"), alone=True)
        chart = self._said()
        if not self.guess.open:
            return chart.follow([])
        with st.container(key="forms-read"):
            st.markdown(tables.reading(self.text, self.kind, chart.marks))
        return chart.follow([live.Slider.of(PROBE, self.x0, [picture.along(self.kind)])], handles=[picture.HANDLE])

    def _said(self) -> live.Chart:
        return live.Chart("forms", picture.still(self.x0, self.kind)[1], self.room)

    def _picture(self) -> None:
        chart, whole = self._said(), self.guess.open
        drawn = picture.still(self.x0, self.kind)[0]
        alt = words.fill(
            self.text["alt" if whole else "alt-asked"], **chart.marks, format=self.text[f"format-{self.kind}"]
        )
        spec = figure.chart(drawn, self.text, self.guess.chosen, self.room, whole, visit.presenting())
        chart.draw(spec, alt, figures.CONFIG)
