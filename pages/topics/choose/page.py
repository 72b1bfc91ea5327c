"""Which one, then? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from activations.experiments.prelu import TARGETS, TIME
from pages.parts import controls, essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.choose import figure, guide, picture, table


def render() -> None:
    """Draw the page."""
    text = words.page("topics/choose")
    Page(text, Prediction("choose", text, (TIME.name, "target"))).draw()


@dataclass
class Page:
    """One drawing of the page: a slope that learns, the table of merits, three questions, and why it is so."""

    text: words.Page
    guess: Prediction
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
        """Question, training and time, the table, the three questions, and why it is so."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                self.guess.ask()
                drag, choices = frame.ranks()
                if self.guess.open:
                    labels = {target: self.text[f"target-{target}"] for target in TARGETS}
                    with choices:
                        self.target = controls.choice("target", labels, picture.ASKED, self.text["target"])
                with drag:
                    live.section(self._controls)
                self.guess.tell(picture.quoted(), picture_side)
            with picture_side:
                self._picture()
        st.markdown(words.fill(self.text["table"], **table.quoted()))
        by = controls.choice("by", {key: self.text[f"by-{key}"] for key in table.ORDERS}, "cost", self.text["by"])
        st.html(table.html(by))
        st.fragment(guide.ask)(self.text)
        essay.close(self.text, {"cost": {}, "myths": {}}, table.quoted(), self.guess.open)

    def _controls(self) -> None:
        if not self.guess.open:
            self.chart.follow([])
            return
        time = controls.slider(TIME, self.text["time"])
        chart = self.chart
        slider = live.Slider.of(TIME, time, [picture.along(self.target, self.guess.chosen)])
        chart.follow(
            [slider], plays=controls.play(TIME.name), handles=[live.Handle(["alpha_now", "pull_now"], TIME.name)]
        )
        st.markdown(words.fill(self.text["reading"], **chart.marks))

    def _picture(self) -> None:
        chart, shown = self.chart, self.guess.open
        drawn = picture.still(self.target, self.guess.chosen, self.now) if shown else picture.before()
        spec = figure.learning(drawn, self.text, visit.presenting())
        alt = words.fill(self.text["alt" if shown else "alt-before"], **chart.marks)
        chart.draw(spec, alt, figures.CONFIG)
