"""What explodes? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from pages.parts import essay, figures, frame, live, visit, words
from pages.parts.locked import Prediction
from pages.topics.exploding import choices, figure, tables
from pages.topics.exploding.moment import HANDLES, Moment

_NIELSEN = {"f": "sigmoid", "depth": 10, "w": 8.0, "b": -4.0, "input": 0.5}


def render() -> None:
    """Draw the page."""
    text = words.page("topics/exploding")
    Page(text, Prediction("exploding", text, ("gain", "depth", "clip"))).draw()


@dataclass
class Page:
    """One drawing of the page: before the reader's answer only what is asked about, after it the map."""

    text: words.Page
    guess: Prediction
    now: Moment | None = field(init=False, default=None)
    chart: live.Chart = field(init=False)

    def draw(self) -> None:
        """Question, map and crosshair, what follows, and why it is so."""
        with frame.stage() as (picture, controls), controls:
            self.guess.ask()
            place = st.container()
            if self.guess.open:
                function, clip = st.columns(2)
                with function:
                    self.act = choices.function(self.text)
                with clip:
                    self.clip = choices.clip(self.text)
                choices.stories(self.text)
            with place:
                live.section(self._crosshair)
            self.guess.tell(self.chart.marks, picture)
        with picture:
            self._picture()
        if self.guess.open:
            self._below(self.text)

    def _below(self, text: words.Page) -> None:
        with st.container(key="scales"):
            st.markdown(f"{text['table']}\n\n{tables.scales(text)}\n\n{text['table-note']}\n\n{text['nielsen']}")
            st.fragment(choices.chain)(text)
        essay.close(text, {"vanishing": _NIELSEN, "dying": {}})

    def _crosshair(self) -> None:
        if not self.guess.open:
            self.chart = live.Chart("explosion", {}, room="exploding")
            return self.chart.follow([])
        self.now = now = Moment(self.act, self.clip, *choices.stand())
        self.chart = live.Chart("explosion", now.printed, room="exploding")
        choices.sliders(self.text, self.chart.marks)
        st.markdown("  \n".join(self._sentences()))
        return self.chart.follow(now.sliders(), handles=HANDLES)

    def _sentences(self) -> list[str]:
        """What the crosshair reads."""
        told = ("reading", "reading-left", "reading-factor", *(["reading-clip"] if self.clip else []))
        return [words.fill(self.text[name], **self.chart.marks) for name in told]

    def _picture(self) -> None:
        if self.now is None:
            return self.chart.draw(figure.ask(self.text, visit.presenting()), self.text["alt-ask"], figures.CONFIG)
        drawn = figure.chart(self.now, self.text, visit.presenting(), self.guess.chosen)
        name, critical = words.page(f"functions/{self.act.slug}")["title"], figure.critical(self.act)
        alt = words.fill(self.text["alt"], name=name, critical=critical) + " "
        alt += " ".join(self._sentences()).replace("*", "")
        return self.chart.draw(drawn, alt, figures.CONFIG)
