"""Three ways to write GELU. The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations.experiments import approximations as forms
from activations.experiments.curve import PROBE
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.approximations import figure, picture, tables

SHOWS: dict[str, float | str] = {"format": "float16", PROBE.name: -4.0}


def render() -> None:
    """Draw the page."""
    text = words.page("topics/approximations")
    Page(text).draw()


@dataclass
class Page:
    """One drawing of the page: its words, and the number format that computes."""

    text: words.Words
    kind: str = "exact"

    def draw(self) -> None:
        """Curves and errors, the question, the largest errors, code, and what was used."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, choices = layout.ranks()
                names = {kind: self.text[f"format-{kind}"] for kind in forms.FORMATS}
                with choices, curtain("choices"):
                    self.kind = controls.choice("format", names, "exact", self.text["format"])
                with drag:
                    live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                self._picture()
        with curtain("text"):
            st.markdown(tables.worst(self.text, self.kind))
            explanation.close(self.text, {"gate": {}, "cost": {}}, tables.ran(self.text))

    @property
    def x0(self) -> float:
        """Where the probe stands."""
        return float(st.session_state[PROBE.name])

    @property
    def page(self) -> str:
        """The page and its number format, in which other things move."""
        return f"approximations {self.kind}"

    def _controls(self) -> None:
        with curtain("sliders"):
            controls.slider(PROBE, words.ui("probe"), alone=True)
        chart = self._said()
        with st.container(key="forms-read"):
            st.markdown(tables.reading(self.text, self.kind, chart.marks))
        chart.follow([live.Slider.of(PROBE, self.x0, [picture.along(self.kind)])], handles=[picture.HANDLE])

    def _said(self) -> live.Chart:
        return live.Chart("forms", picture.still(self.x0, self.kind)[1], self.page)

    def _picture(self) -> None:
        chart, drawn = self._said(), picture.still(self.x0, self.kind)[0]
        alt = words.format(self.text["alt"], **chart.marks, format=self.text[f"format-{self.kind}"])
        chart.draw(figure.chart(drawn, self.text, self.page, state.presenting()), alt, figures.CONFIG)
