"""What does an activation cost? The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from activations.experiments.cost import SIZE
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.cost import counter, figure, picture, printed
from pages.topics.cost.desk import DESK, Result

SHOWS: Mapping[str, float | str] = {"view": picture.FUNCTIONS, SIZE.name: 3.0}  # the thousand values of the question


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/cost")).draw()


@dataclass
class Page:
    """One drawing of the page. What was measured here last is asked for once: all parts show the same."""

    text: words.Words
    here: Result | None = field(init=False)
    view: str = picture.FUNCTIONS

    def __post_init__(self) -> None:
        self.here = DESK.last

    @property
    def seen(self) -> picture.Seen:
        """What there is to see: the view, and what was measured here."""
        return picture.Seen(self.view, self.here.timings if self.here else None, words.language())

    @property
    def place(self) -> int:
        """The position of the slider."""
        return picture.place(float(st.session_state[SIZE.name]))

    @property
    def chart(self) -> live.Chart:
        """The chart and what is printed about it where the slider stands."""
        return live.Chart("costs", {name: texts[self.place] for name, texts in picture.printed().items()}, page="cost")

    def draw(self) -> None:
        """Picture and slider, the question, the counter at which one can measure, the code, and why it is so."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, choices = layout.ranks()
                self.view = counter.view(choices, self.text)
                with drag:
                    live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
                st.fragment(counter.measuring)(self.text, self.here)
            with picture_side:
                self._picture()
        with curtain("text"):
            st.markdown(counter.results(self.text, self.here))
            for head, told in (
                ("code-head", printed.code(self.text, self.chart.marks)),
                ("zeros-head", printed.zeros(self.text)),
            ):
                with st.expander(self.text[head]):
                    st.markdown(told)
            explanation.close(self.text, {"approximations": {}, "choose": {}}, printed.quoted())

    def _controls(self) -> None:
        with curtain("sliders"):
            size = controls.slider(SIZE, self.text["size"])
        chart = self.chart
        st.markdown(words.format(self.text[f"reading-{self.view}"], **chart.marks))
        chart.follow([live.Slider.of(SIZE, size, [picture.along(self.seen)])])

    def _picture(self) -> None:
        chart = self.chart
        spec = figure.dots(picture.still(self.seen, self.place), self.seen, self.place, state.presenting())
        chart.draw(spec, printed.alt(self.text, self.seen, chart.marks), figures.CONFIG)
