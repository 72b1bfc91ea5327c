"""A neuron and its threshold: the page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from activations.experiments import neuron
from pages.parts import controls, essay, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.neuron.hand import Hand
from pages.topics.neuron.learning import Learning


def render() -> None:
    """Draw the page."""
    text = words.page("topics/neuron")
    Page(text, Prediction("neuron", text, ("act", "t"))).draw()


@dataclass
class Page:
    """One drawing of the page: by hand, and, once the reader has said what will happen, by gradient descent."""

    text: words.Page
    guess: Prediction

    def draw(self) -> None:
        """The choice of an act and a task, picture and controls of the act, the question, and why it is so."""
        with st.container(key="neuron-acts", horizontal=True):
            act = self._act()
        with frame.stage() as (picture_side, control_side):
            with control_side:
                live.section(act.controls)
                self.guess.ask()
                st.markdown(self.text[act.legend])
                self.guess.tell({}, picture_side)
            with picture_side:
                act.draw()
        essay.close(self.text, {"collapse": {}, "vanishing": {"f": ["sigmoid", "relu"]}}, told=self.guess.open)

    def _act(self) -> Hand | Learning:
        self._keep()
        # Whoever has answered wants to see; whom nothing is asked begins at the beginning.
        first = "hand" if visit.telling() else "learn"
        learns = self.guess.open and self._choose("act", ("hand", "learn"), first) == "learn"
        task = self._choose("task", neuron.TASKS, "and")
        if not learns:
            return Hand(task, self.text, self.guess.open)
        start = self._choose("start", neuron.STARTS, "a")
        return Learning(task, start, self.guess.chosen, self.text)

    def _choose(self, name: str, options: Iterable[str], default: str) -> str:
        return controls.choice(name, {option: self.text[f"{name}-{option}"] for option in options}, default)

    def _keep(self) -> None:
        """What the sliders of the other act say would be forgotten while they are not drawn."""
        for param in neuron.PARAMS:
            if param.name in st.session_state:
                st.session_state[param.name] = st.session_state[param.name]
