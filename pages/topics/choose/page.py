"""Which activation function to use? The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from activations.experiments.pros_cons import GATE, LAYERS
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.choose import figure, guide, picture, table

SHOWS: Mapping[str, float | str] = {"role": GATE, LAYERS.name: LAYERS.high}
_USED = ("relu", "gelu", "sigmoid", "tanh", "identity", "softmax")


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/choose")).draw()


@dataclass
class Page:
    """One drawing of the page."""

    text: words.Words

    @property
    def chart(self) -> live.Chart:
        """The chart and what is printed about it at this number of layers."""
        place = picture.place(float(st.session_state[LAYERS.name]))
        return live.Chart("merits", {name: texts[place] for name, texts in picture.printed().items()}, page="choose")

    def draw(self) -> None:
        """What models use beside the three questions; cost against gradient; the table of merits; why it is so."""
        # A slide begins with its picture.
        for part in (self._stage, self._choice) if state.presenting() else (self._choice, self._stage):
            part()
        self._table()
        with curtain("text"):
            explanation.close(self.text, {"cost": {}, "myths": {}}, table.quoted())

    def _choice(self) -> None:
        with st.container(key="choice"):
            used, asked = st.columns([0.62, 0.38], gap="large")
            links = {path: state.address(path) for path in _USED}
            used.markdown(words.format(self.text["use"], swiglu=state.address("gated", show="swiglu"), **links))
            with asked:
                st.fragment(guide.ask)(self.text)
            st.markdown(self.text["picture"])

    def _stage(self) -> None:
        with layout.stage() as (picture_side, control_side):
            with control_side:
                live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                self._picture()

    def _table(self) -> None:
        st.markdown(self.text["table"])
        by = controls.choice("by", {key: self.text[f"by-{key}"] for key in table.ORDERS}, "cost", self.text["by"])
        st.html(table.html(by))
        with st.expander(self.text["measured-head"]):
            st.markdown(words.format(self.text["measured"], **table.quoted()))

    def _controls(self) -> None:
        with curtain("sliders"):
            layers = controls.slider(LAYERS, self.text["layers"])
        chart = self.chart
        st.markdown(words.format(self.text["reading"], **chart.marks))
        chart.follow([live.Slider.of(LAYERS, layers, [picture.along()])])

    def _picture(self) -> None:
        chart, drawn = self.chart, picture.still(float(st.session_state[LAYERS.name]))
        spec = figure.merits(drawn, self.text, state.presenting())
        chart.draw(spec, words.format(self.text["alt"], **chart.marks), figures.CONFIG)
