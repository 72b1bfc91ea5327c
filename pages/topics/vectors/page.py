"""Functions of a vector. The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from pages.parts import essay, figures, frame, live, visit, words
from pages.parts.prediction import Prediction, curtain
from pages.topics.vectors import choices, scores
from pages.topics.vectors.view import View


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/vectors")).draw()


@dataclass
class Page:
    """One drawing of the page: its words, and which function of a vector is shown."""

    text: words.Page
    view: View = scores.VIEW

    def draw(self) -> None:
        """The picture with its sliders, the question, and why it is so."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                drag, above = frame.ranks()
                with above:
                    self.view = choices.view(self.text)
                with drag:
                    live.section(self._controls)
                with curtain("choices"):
                    choices.stories(self.view, self.text)
                Prediction(self.text, choices.SHOWS).ask({})
            with picture_side:
                self._picture()
        with curtain("text"):
            essay.close(self.text, {"sigmoid": {"x0": 2.0}, "swish": {"beta": 1.0}})

    @property
    def stand(self) -> dict[str, float]:
        """Where the sliders stand."""
        return {param.name: float(st.session_state[param.name]) for param in self.view.params}

    def _controls(self) -> None:
        stand = choices.sliders(self.view, self.text)
        chart = self._chart()
        with st.container(key="vectors-read"):
            st.markdown(self.view.reading(self.text, chart.marks))
        chart.follow(self.view.along(stand))

    def _chart(self) -> live.Chart:
        said = self.view.still(self.stand)[1]
        told = {name: text for name, text in said.items() if "." not in name}
        return live.Chart(f"vectors-{self.view.name}", told, room="vectors")

    def _picture(self) -> None:
        chart, large = self._chart(), visit.presenting()
        picture, said = self.view.still(self.stand)
        alt = words.fill(self.text[f"alt-{self.view.name}"], **chart.marks)
        chart.draw(self.view.figure(picture, said, self.text, large), alt, figures.CONFIG)
