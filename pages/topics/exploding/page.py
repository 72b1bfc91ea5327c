"""What explodes? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from activations import Activation
from pages.shared import explanation, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.exploding import choices, figure, tables
from pages.topics.exploding.moment import HANDLES, Moment

_NIELSEN = {"f": "sigmoid", "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5}


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/exploding")).draw()


@dataclass
class Page:
    """One drawing of the page."""

    text: words.Words
    activation: Activation = field(init=False)
    clip: bool = field(init=False)
    now: Moment = field(init=False)
    chart: live.Chart = field(init=False)

    def draw(self) -> None:
        """Map and crosshair, the question, why it is so, and what few need in folds."""
        with layout.stage() as (picture, controls), controls:
            place = st.container()
            with curtain("choices"):
                function, clip = st.columns(2)
                with function:
                    self.activation = choices.function(self.text)
                with clip:
                    self.clip = choices.clip(self.text)
                choices.stories(self.text)
            with place:
                live.section(self._crosshair)
            Prediction(self.text, choices.SHOWS).ask({})
        with picture:
            self._picture()
        with curtain("text"):
            self._below(self.text)

    def _below(self, text: words.Words) -> None:
        explanation.close(text, {"vanishing": _NIELSEN, "dying": {}})
        with st.container(key="scales"):
            with st.expander(text["head-table"]):
                st.markdown(f"{text['table']}\n\n{tables.scales(text)}\n\n{text['table-note']}")
            with st.expander(text["head-nielsen"]):
                st.markdown(text["nielsen"])
                st.fragment(choices.chain)(text)

    def _crosshair(self) -> None:
        self.now = now = Moment(self.activation, self.clip, *choices.stand())
        self.chart = live.Chart("explosion", now.printed, page="exploding")
        choices.sliders(self.text, self.chart.marks)
        st.markdown("  \n".join(self._sentences()))
        self.chart.follow(now.sliders(), handles=HANDLES)

    def _sentences(self) -> list[str]:
        """What the crosshair reads."""
        told = (
            "reading",
            "reading-left",
            "reading-factor",
            "reading-weights",
            *(["reading-clip"] if self.clip else []),
        )
        return [words.format(self.text[name], **self.chart.marks) for name in told]

    def _picture(self) -> None:
        drawn = figure.chart(self.now, self.text, state.presenting())
        name, critical = words.page(f"functions/{self.activation.slug}")["title"], figure.critical(self.activation)
        alt = words.format(self.text["alt"], name=name, critical=critical) + " "
        alt += " ".join(self._sentences()).replace("*", "")
        self.chart.draw(drawn, alt, figures.CONFIG)
