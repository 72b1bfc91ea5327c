"""What does an activation cost? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from activations.experiments.cost import SIZE
from pages.parts import controls, essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.cost import counter, figure, picture, printed
from pages.topics.cost.desk import DESK, Result


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/cost")).draw()


@dataclass
class Page:
    """One drawing of the page. What was measured here last is asked for once: all parts show the same."""

    text: words.Page
    here: Result | None = field(init=False)
    guess: Prediction = field(init=False)
    view: str = picture.FUNCTIONS

    def __post_init__(self) -> None:
        self.here, self.guess = DESK.last, Prediction("cost", self.text, (SIZE.name, "view"))

    @property
    def seen(self) -> picture.Seen:
        """What there is to see: the view, what was answered, and what was measured here."""
        timings = self.here.timings if self.here else None
        return picture.Seen(self.view, self.guess.open, self.guess.chosen, timings, words.language())

    @property
    def place(self) -> int:
        """The position of the slider."""
        return picture.place(float(st.session_state[SIZE.name]))

    @property
    def chart(self) -> live.Chart:
        """The chart and what is printed about it where the slider stands."""
        return live.Chart("costs", {name: texts[self.place] for name, texts in picture.printed().items()}, room="cost")

    def draw(self) -> None:
        """Question, picture and slider, the counter at which one can measure, the code, and why it is so."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                self.guess.ask()
                drag, choices = frame.ranks()
                self.view = counter.view(choices, self.text) if self.guess.open else self.view
                with drag:
                    live.section(self._controls)
                if self.guess.open:
                    st.fragment(counter.measuring)(self.text, self.here)
                self.guess.tell(printed.quoted(), picture_side)
            with picture_side:
                self._picture()
        if self.guess.open:
            st.markdown(printed.code(self.text, self.chart.marks))
            st.markdown(counter.results(self.text, self.here))
        essay.close(self.text, {"approximations": {}, "choose": {}}, printed.quoted(), self.guess.open)

    def _controls(self) -> None:
        if not self.guess.open:
            self.chart.follow([])
            return
        size = controls.slider(SIZE, self.text["size"])
        chart = self.chart
        st.markdown(words.fill(self.text[f"reading-{self.view}"], **chart.marks))
        chart.follow([live.Slider.of(SIZE, size, [picture.along(self.seen)])])

    def _picture(self) -> None:
        chart = self.chart
        spec = figure.dots(picture.still(self.seen, self.place), self.seen, self.place, visit.presenting())
        chart.draw(spec, printed.alt(self.text, self.seen, chart.marks), figures.CONFIG)
