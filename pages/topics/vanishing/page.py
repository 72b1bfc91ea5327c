"""How much of the error signal survives depth? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from activations import Activation
from pages.shared import controls, figures, layout, live, state, words
from pages.shared.prediction import Prediction, curtain
from pages.topics.vanishing import choices, diagram, figure, printed, tables
from pages.topics.vanishing.moment import Moment
from pages.topics.vanishing.reply import Reply


def render() -> None:
    """Draw the page."""
    text = words.page("topics/vanishing")
    Page(text).draw()


@dataclass
class Page:
    """One drawing of the page. What a released slider writes anew is laid out before the sliders are drawn."""

    text: words.Words
    of: str = field(init=False)
    activations: dict[Activation, str] = field(init=False)
    now: Moment = field(init=False)

    def draw(self) -> None:
        """The chain, its picture and sliders, the question, why gradients vanish, and what few need in folds."""
        with st.container(key="chain"):
            st.html(diagram.html(self.text["drawing"]))
            st.markdown(self.text["chain"])
        with st.container(key="stories"):
            controls.presets("story", choices.STORIES)
        with layout.stage() as (picture, beside), beside:
            drag = st.container(key="drag")
            with st.container(key="chosen"):
                self.of = choices.of()
                self.activations = choices.functions()
            Prediction(self.text, choices.SHOWS).ask({})
        st.markdown(self.text["legend"])
        with curtain("text"):
            why, means = st.columns(2, gap="large")
            why.markdown(self.text["why"])
            means.markdown(f"{self.text['weights']}\n\n{self.text['means']}")
        challenge = why.container()
        self.found, self.book = self._replies()
        formats = st.expander(words.ui("formats"))
        with st.expander(words.ui("about_numbers")):
            st.markdown(self.text["done"])
        with drag:
            live.section(self._drag)
        self._picture(picture)
        self._challenge(challenge)
        formats.markdown(f"{self.text['formats']}\n\n{tables.lost(self.activations, self.now.chart.marks)}")

    def _replies(self) -> tuple[Reply[str], Reply[Activation]]:
        found = Reply("found", choices.target, partial(tables.found, self.activations), choices.setting)
        book = Reply("book", lambda: choices.book(self.activations), tables.ledger, choices.setting)
        with st.expander(words.ui("ledger.title")):
            st.markdown(self.text["ledger"])
            book.lay_out(height=420)
        with st.expander(words.ui("find")):
            st.markdown(self.text["target"])
            found.lay_out()
        return found, book

    def _drag(self) -> None:
        where, rate, fold = choices.sliders()
        now = self.now = Moment(self.activations, where, rate, self.text["challenge-done"], self.of)
        fold.markdown("  \n".join(printed.moves(self.activations, now.chart.marks)))
        st.markdown("  \n".join(printed.sentences(self.activations, now.chart.marks, self.of)))
        now.chart.follow(now.sliders(), figure.layout(now.axes), now.hovers)
        self.found.write(now.where)
        self.book.write(now.where)

    def _picture(self, place: Any) -> None:
        sentences = printed.sentences(self.activations, self.now.chart.marks, self.of)
        alt = words.ui(f"alt.{self.of}") + "; ".join(sentences).replace("**", "")
        with place:
            self.now.chart.draw(figure.gradients(self.now, state.presenting()), alt, figures.CONFIG)

    def _challenge(self, place: Any) -> None:
        with place:
            st.markdown(f"{self.text['challenge']} **{self.now.chart.marks['challenge']}**")
            with st.expander(words.ui("hint")):
                st.markdown(self.text["challenge-hint"])
