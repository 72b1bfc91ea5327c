"""How much of the error signal survives depth? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from activations import Activation
from pages.parts import figures, frame, live, visit, words
from pages.parts.prediction import Prediction, curtain
from pages.topics.vanishing import choices, figure, printed, tables
from pages.topics.vanishing.moment import Moment
from pages.topics.vanishing.reply import Reply


def render() -> None:
    """Draw the page."""
    text = words.page("topics/vanishing")
    Page(text).draw()


@dataclass
class Page:
    """One drawing of the page. What a released slider writes anew is laid out before the sliders are drawn."""

    text: words.Page
    acts: dict[Activation, str] = field(init=False)
    now: Moment = field(init=False)

    def draw(self) -> None:
        """Question, picture and sliders, what the numbers mean, the ledger behind them, and why it is so."""
        self.acts = choices.functions()
        with frame.stage() as (picture, controls), controls:
            drag = st.container(key="drag")
            Prediction(self.text, choices.SHOWS).ask({})
        st.markdown(self.text["legend"])
        meaning, search = st.columns(2, gap="large")
        self.found, self.book = self._replies(search)
        with curtain("text"):
            st.markdown("\n\n".join(self.text[part] for part in ("why", "means", "done")))
        with drag:
            live.section(self._drag)
        self._picture(picture)
        self._meaning(meaning)

    def _replies(self, search: Any) -> tuple[Reply[str], Reply[Activation]]:
        found = Reply("found", choices.target, partial(tables.found, self.acts), choices.setting)
        book = Reply("book", lambda: choices.book(self.acts), tables.ledger, choices.setting)
        with search:
            st.markdown(f"## {words.ui('find')}")
            found.lay_out()
        st.markdown(f"## {words.ui('ledger.title')}\n\n{self.text['ledger']}")
        book.lay_out(height=420)
        return found, book

    def _drag(self) -> None:
        now = self.now = Moment(self.acts, *choices.sliders(), self.text["challenge-done"])
        st.markdown("  \n".join(printed.sentences(self.acts, now.chart.marks)))
        now.chart.follow(now.sliders(), figure.layout(now.axes), now.hovers)
        self.found.write(now.where)
        self.book.write(now.where)

    def _picture(self, place: Any) -> None:
        sentences = printed.sentences(self.acts, self.now.chart.marks)
        alt = words.ui("alt.gradient") + "; ".join(sentences).replace("**", "")
        with place:
            self.now.chart.draw(figure.gradients(self.now, visit.presenting()), alt, figures.CONFIG)

    def _meaning(self, place: Any) -> None:
        marks = self.now.chart.marks
        moves = "  \n".join(printed.moves(self.acts, marks))
        with place:
            st.markdown(f"## {words.ui('meaning')}\n\n{moves}\n\n{tables.lost(self.acts, marks)}")
            st.markdown(f"{self.text['challenge']} **{marks['challenge']}**")
            with st.expander(words.ui("hint")):
                st.markdown(self.text["challenge-hint"])
