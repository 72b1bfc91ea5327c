"""Which one, then? The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from activations.experiments.prelu import TARGETS, TIME
from pages.parts import controls, essay, figures, frame, live, visit, words
from pages.parts.prediction import Prediction, curtain
from pages.topics.choose import figure, guide, picture, table

SHOWS: Mapping[str, float | str] = {"target": picture.ASKED, TIME.name: TIME.high}  # the end of the training


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/choose")).draw()


@dataclass
class Page:
    """One drawing of the page: a slope that learns, three questions, the table of merits, and why it is so."""

    text: words.Page
    target: str = picture.ASKED

    @property
    def now(self) -> int:
        """The moment at which the slider stands."""
        return int(st.session_state[TIME.name])

    @property
    def chart(self) -> live.Chart:
        """The chart and what is printed about it at this moment."""
        printed = picture.printed(self.target)
        return live.Chart("learning", {name: texts[self.now] for name, texts in printed.items()}, room="choose")

    def draw(self) -> None:
        """Training and time, the question, the three questions that end in a function, the table, and why it is so."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                drag, choices = frame.ranks()
                labels = {target: self.text[f"target-{target}"] for target in TARGETS}
                with choices:
                    self.target = controls.choice("target", labels, picture.ASKED, self.text["target"])
                with drag:
                    live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                self._picture()
        st.fragment(guide.ask)(self.text)
        st.markdown(words.fill(self.text["table"], **table.quoted()))
        by = controls.choice("by", {key: self.text[f"by-{key}"] for key in table.ORDERS}, "cost", self.text["by"])
        st.html(table.html(by))
        with curtain("text"):
            essay.close(self.text, {"cost": {}, "myths": {}}, table.quoted())

    def _controls(self) -> None:
        with curtain("sliders"):
            time = controls.slider(TIME, self.text["time"])
        chart = self.chart
        slider = live.Slider.of(TIME, time, [picture.along(self.target)])
        chart.follow(
            [slider], plays=controls.play(TIME.name), handles=[live.Handle(["alpha_now", "pull_now"], TIME.name)]
        )
        st.markdown(words.fill(self.text["reading"], **chart.marks))

    def _picture(self) -> None:
        chart, drawn = self.chart, picture.still(self.target, self.now)
        spec = figure.learning(drawn, self.text, visit.presenting())
        chart.draw(spec, words.fill(self.text["alt"], **chart.marks), figures.CONFIG)
