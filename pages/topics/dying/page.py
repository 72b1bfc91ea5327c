"""How does a ReLU die? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations.experiments import dying
from pages.shared import controls, explanation, layout, live, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.dying.act import Act
from pages.topics.dying.layer import Layer
from pages.topics.dying.step import Step
from pages.topics.dying.zone import Zone

ACTS = ("zone", "step", "layer")
SHOWS: dict[str, float | str] = {
    "act": Step.name,
    **{param.name: param.default for param in (dying.STEP, dying.LEAK, dying.FLOOR)},
    dying.TIME.name: dying.TIME.high,
}


def render() -> None:
    """Draw the page."""
    text = words.page("topics/dying")
    Page(text).draw()


@dataclass
class Page:
    """One drawing of the page."""

    text: words.Words

    def draw(self) -> None:
        """Picture and controls of one act, the question, and why it is so."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, choices, reads = st.container(), st.container(key="dying-acts"), st.container().empty()
                with choices:
                    act = self._act()
                with drag:
                    live.section(lambda: act.control(reads))
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                act.draw()
        with curtain("text"):
            explanation.close(self.text, {"exploding": {}, "leaky_relu": {}})

    def _act(self) -> Act:
        # Streamlit would forget where a slider stood that another act does not draw.
        names = {param.name for param in (dying.BIAS, *dying.LATER)}
        st.session_state.update({name: value for name, value in st.session_state.items() if name in names})
        acts = {act: self.text[f"act-{act}"] for act in ACTS}
        chosen = controls.choice("act", acts, Step.name)
        if chosen == "layer":
            layer = Layer(self.text)
            layer.choose()
            return layer
        return Step(self.text) if chosen == Step.name else Zone(self.text)
