"""The second vanishing. The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from activations.experiments.formats import FORMATS
from activations.experiments.rounding import PAIRS, X
from pages.parts import controls, essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.rounding import figure, picture, tables
from pages.topics.rounding.figure import ASKED


def render() -> None:
    """Draw the page."""
    text = words.page("topics/rounding")
    Page(text, Prediction("rounding", text, (X.name, "pair", "format"))).draw()


@dataclass
class Page:
    """One drawing of the page: its words, the question, what is computed, and in which format."""

    text: words.Page
    guess: Prediction
    pair: str = ASKED[0]
    kind: str = ASKED[1]

    def draw(self) -> None:
        """The question, picture and slider, where each form is lost, and why."""
        with frame.stage() as (picture_side, control_side):
            with control_side:
                self.guess.ask()
                drag, choices = frame.ranks()
                if self.guess.open:
                    with choices:
                        self._choose()
                with drag:
                    live.section(self._controls)
                self.guess.tell({}, picture_side)
            with picture_side:
                self._picture()
        if self.guess.open:
            st.markdown(f"{tables.lost(self.text, self.pair)}\n\n{tables.frameworks(self.text, self.kind)}")
        essay.close(self.text, {"vanishing": {}, "approximations": {}})

    def _choose(self) -> None:
        pairs = {pair: self.text[f"pair-{pair}"] for pair in PAIRS}
        self.pair = controls.choice("pair", pairs, ASKED[0], self.text["pair"])
        self.kind = controls.choice("format", {kind: kind for kind in FORMATS}, ASKED[1], self.text["format"])

    @property
    def x(self) -> float:
        """Where the slider stands."""
        return float(st.session_state[X.name])

    def _controls(self) -> None:
        if self.guess.open:
            controls.slider(X, self.text["x"], alone=True)
        chart = self._said()
        if not self.guess.open:
            return chart.follow([])
        st.markdown(words.fill(self.text["reading"], **chart.marks, **tables.names(self.text, self.pair)))
        return chart.follow(
            [live.Slider.of(X, self.x, [picture.along(self.pair, self.kind)])], handles=[picture.HANDLE]
        )

    def _said(self) -> live.Chart:
        said = picture.printed(self.pair, self.kind, np.array([self.x]))
        return live.Chart("rounded", {name: texts[0] for name, texts in said.items()}, room="rounding")

    def _picture(self) -> None:
        chart, seen = self._said(), picture.Seen(self.pair, self.kind, self.guess.open)
        probed = picture.probed(self.pair, self.kind, np.array([self.x]))
        drawn = {**picture.lines(self.pair, self.kind), **{name: rows[0] for name, rows in probed.items()}}
        said = {**chart.marks, **tables.names(self.text, self.pair), "format": self.kind}
        alt = words.fill(self.text["alt" if seen.open else "alt-asked"], **said)
        chart.draw(figure.chart(drawn, self.text, seen, self.guess.chosen, visit.presenting()), alt, figures.CONFIG)
