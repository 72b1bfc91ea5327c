"""Cancellation. The page itself, from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from activations.experiments.formats import FORMATS
from activations.experiments.rounding import PAIRS, X
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.rounding import figure, picture, tables
from pages.topics.rounding.figure import ASKED

SHOWS: Mapping[str, float | str] = {"pair": ASKED[0], "format": ASKED[1], X.name: ASKED[2]}
_FORMAT = "float64"  # in which the page opens: not the one that the question is about


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/rounding")).draw()


@dataclass
class Page:
    """One drawing of the page: its words, what is computed, and in which format."""

    text: words.Words
    pair: str = ASKED[0]
    kind: str = _FORMAT

    def draw(self) -> None:
        """Picture and slider, the question, and why."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, choices = layout.ranks()
                with choices, curtain("choices"):
                    self._choose()
                with drag:
                    live.section(self._controls)
                Prediction(self.text, SHOWS).ask({})
            with picture_side:
                self._picture()
        with curtain("text"):
            lost, measured = tables.lost(self.text, self.pair), tables.frameworks(self.text, self.kind)
            explanation.close(
                self.text, {"vanishing": {}, "approximations": {}}, {"lost": lost, "frameworks": measured}
            )

    def _choose(self) -> None:
        pairs = {pair: self.text[f"pair-{pair}"] for pair in PAIRS}
        self.pair = controls.choice("pair", pairs, ASKED[0], self.text["pair"])
        self.kind = controls.choice("format", {kind: kind for kind in FORMATS}, _FORMAT, self.text["format"])

    @property
    def x(self) -> float:
        """Where the slider stands."""
        return float(st.session_state[X.name])

    def _controls(self) -> None:
        with curtain("sliders"):
            controls.slider(X, self.text["x"], alone=True)
        chart = self._said()
        st.markdown(words.format(self.text["reading"], **chart.marks, **tables.names(self.text, self.pair)))
        chart.follow([live.Slider.of(X, self.x, [picture.along(self.pair, self.kind)])], handles=[picture.HANDLE])

    def _said(self) -> live.Chart:
        said = picture.printed(self.pair, self.kind, np.array([self.x]))
        return live.Chart("rounded", {name: texts[0] for name, texts in said.items()}, page="rounding")

    def _picture(self) -> None:
        chart, seen = self._said(), picture.Seen(self.pair, self.kind)
        probed = picture.probed(self.pair, self.kind, np.array([self.x]))
        drawn = {**picture.lines(self.pair, self.kind), **{name: rows[0] for name, rows in probed.items()}}
        said = {**chart.marks, **tables.names(self.text, self.pair), "format": self.kind}
        alt = words.format(self.text["alt"], **said)
        chart.draw(figure.chart(drawn, self.text, seen, state.presenting()), alt, figures.CONFIG)
