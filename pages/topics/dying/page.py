"""How does a ReLU die? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations.experiments import dying, sparsity
from pages.parts import controls, essay, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.dying.act import Act
from pages.topics.dying.layer import Layer
from pages.topics.dying.step import Step
from pages.topics.dying.zone import Zone

ACTS = ("zone", "step", "layer")
DECISIVE = ("act", "rate", "seed", *(param.name for param in dying.LATER))


def render() -> None:
    """Draw the page."""
    text = words.page("topics/dying")
    Page(text, Prediction("dying", text, DECISIVE)).draw()


@dataclass
class Page:
    """One drawing of the page: the zone, and, once the reader has said what will happen, the step and the layer."""

    text: words.Page
    guess: Prediction

    def draw(self) -> None:
        """Picture and controls of one act, the question, what a zero costs, and why it is so."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                drag, choices, reads = st.container(), st.container(key="dying-acts"), st.container().empty()
                with choices:
                    act = self._act()
                with drag:
                    live.section(lambda: act.control(reads))
                self.guess.ask()
                if act.name == Step.name:
                    self.guess.tell({}, picture_side)
            with picture_side:
                act.draw()
        st.markdown(self._spared())
        essay.close(self.text, {"exploding": {}, "leaky_relu": {}}, told=self.guess.open)

    def _act(self) -> Act:
        # Streamlit would forget where a slider stood that another act does not draw.
        names = {param.name for param in (dying.BIAS, *dying.LATER)}
        st.session_state.update({name: value for name, value in st.session_state.items() if name in names})
        acts = {act: self.text[f"act-{act}"] for act in ACTS}
        # Whoever has answered wants to see; whom nothing is asked begins at the beginning.
        first = "zone" if visit.telling() else "step"
        chosen = controls.choice("act", acts, first) if self.guess.open else "zone"
        if chosen == "layer":
            layer = Layer(self.text)
            layer.choose()
            return layer
        return Step(self.text, self.guess.chosen) if chosen == "step" else Zone(self.text)

    def _spared(self) -> str:
        """Whether the zeros of a ReLU save time, as it was measured."""
        found = sparsity.found()
        rows = zip(found.zeros, found.dense, found.compressed, strict=True)
        lines = [f"| {100 * zeros:g} % | {dense:.1f} | {compressed:.1f} |" for zeros, dense, compressed in rows]
        table = "\n".join([self.text["spared-head"], "|--:|--:|--:|", *lines])
        return f"{self.text['spared']}\n\n{table}\n\n:small[{words.fill(self.text['spared-where'], where=found.where)}]"
