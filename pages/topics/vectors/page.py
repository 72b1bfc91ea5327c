"""Functions of a vector. The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.parts import essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.vectors import choices, scores
from pages.topics.vectors.view import View


def render() -> None:
    """Draw the page."""
    text = words.page("topics/vectors")
    Page(text, Prediction("vectors", text, choices.DECISIVE)).draw()


@dataclass
class Page:
    """One drawing of the page: its words, the question, and which function of a vector is shown."""

    text: words.Page
    guess: Prediction
    view: View = scores.VIEW

    def draw(self) -> None:
        """The question, the picture with its sliders, the reasons, and why it is so."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                self.guess.ask()
                drag, above = frame.ranks()
                if self.guess.open:
                    with above:
                        self.view = choices.view(self.text)
                with drag:
                    live.section(self._controls)
                if self.guess.open:
                    choices.stories(self.view, self.text)
                if self.view is scores.VIEW:
                    self.guess.tell({}, picture_side)
            with picture_side:
                self._picture()
        essay.close(self.text, {"sigmoid": {"x0": 2.0}, "swish": {"beta": 1.0}}, told=self.guess.open)

    @property
    def stand(self) -> dict[str, float]:
        """Where the sliders stand."""
        return {param.name: float(st.session_state[param.name]) for param in self.view.params}

    def _controls(self) -> None:
        if not self.guess.open:
            return self._chart().follow([])
        stand = choices.sliders(self.view, self.text)
        chart = self._chart()
        with st.container(key="vectors-read"):
            st.markdown(self.view.reading(self.text, chart.marks))
        return chart.follow(self.view.along(stand))

    def _chart(self) -> live.Chart:
        said = self.view.still(self.stand)[1]
        told = {name: text for name, text in said.items() if "." not in name}
        return live.Chart(f"vectors-{self.view.name}", told, room="vectors")

    def _picture(self) -> None:
        chart, large = self._chart(), visit.presenting()
        picture, said = self.view.still(self.stand)
        if self.guess.open:
            drawn = self.view.figure(picture, said, self.text, self.guess.chosen, large)
        else:
            drawn = scores.ask(picture, said, self.text, large)
        alt = self.text[f"alt-{self.view.name}" if self.guess.open else "alt-asked"]
        chart.draw(drawn, words.fill(alt, **chart.marks), figures.CONFIG)
