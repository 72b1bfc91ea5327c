"""A neuron and its threshold: the page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from activations.experiments import neuron
from pages.shared import controls, explanation, layout, live, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.neuron.hand import Hand
from pages.topics.neuron.learning import SHOWS, Learning


def render() -> None:
    """Draw the page."""
    text = words.page("topics/neuron")
    Page(text).draw()


@dataclass
class Page:
    """One drawing of the page: by hand, or by gradient descent."""

    text: words.Words

    def draw(self) -> None:
        """The choice of an act and a task, picture and controls of the act, the question, and why it is so."""
        with st.container(key="neuron-acts", horizontal=True):
            act = self._act()
        with layout.stage() as (picture_side, control_side):
            with control_side:
                live.section(act.controls)
                st.markdown(self.text[act.legend])
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                act.draw()
        with curtain("text"):
            explanation.close(self.text, {"collapse": {}, "vanishing": {"f": ["sigmoid", "relu"]}})

    def _act(self) -> Hand | Learning:
        self._keep()
        with curtain("choices"):
            act = self._choose("act", ("hand", "learn"), "hand")
        task = self._choose("task", neuron.TASKS, "and")
        if act == "hand":
            return Hand(task, self.text)
        return Learning(task, self._choose("start", neuron.STARTS, "a"), self.text)

    def _choose(self, name: str, options: Iterable[str], default: str) -> str:
        return controls.choice(name, {option: self.text[f"{name}-{option}"] for option in options}, default)

    def _keep(self) -> None:
        """What the sliders of the other act say would be forgotten while they are not drawn."""
        for param in neuron.PARAMS:
            if param.name in st.session_state:
                st.session_state[param.name] = st.session_state[param.name]
