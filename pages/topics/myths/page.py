"""True or false? The page itself, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import streamlit as st

from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.topics.myths import answers, figure, picture, record
from pages.topics.myths.deck import AT_A_TIME, BY_NAME, CARDS, Card, beside


def render() -> None:
    """Draw the page."""
    Page(words.page("topics/myths")).draw()


@dataclass
class Page:
    """One drawing of the page: one card beside its evidence, all answers below."""

    text: words.Words
    card: Card = field(init=False)

    def draw(self) -> None:
        """A sentence, an answer, the verdict with the line that settles it; then the list to take away."""
        with layout.stage() as (picture_side, control_side), control_side:
            place = st.container(key="card")
            self.card = BY_NAME[controls.choice("card", self._labels(), CARDS[0].name, self.text["cards"])]
            self._others()
            chart = live.Chart("evidence", {"score": record.score(self.text)}, page="myths")
            with place:
                self._ask(chart.marks["score"])
            answers.keep()
            chart.follow([])
        with picture_side:
            drawn = figure.evidence(self.card, self.text, answers.told(self.card), state.presenting())
            chart.draw(drawn, self._alt(), figures.CONFIG)
        with st.container(key="record"):
            st.markdown(record.taken(self.text))
        if answers.given():
            st.button(self.text["over"], on_click=answers.forget)
        explanation.close(self.text, {"vanishing": {}, "choose": {}})

    def _labels(self) -> dict[str, str]:
        """The cards that are offered together with the one in the address."""
        marks = {True: " ✓", False: " ×", None: ""}
        asked = BY_NAME.get(str(st.query_params.get("card", state.remembered("card"))), CARDS[0])
        return {card.name: f"{CARDS.index(card) + 1}{marks[answers.right(card)]}" for card in beside(asked)}

    def _others(self) -> None:
        """A button for each other group of cards."""
        for first in range(0, len(CARDS), AT_A_TIME):
            group = beside(CARDS[first])
            if self.card not in group:
                label = words.format(self.text["turn"], first=first + 1, last=first + len(group))
                st.button(label, key=f"cards.{first}", type="tertiary", on_click=answers.turn, args=(group[0],))

    def _ask(self, score: str) -> None:
        card, text = self.card, self.text
        lead = words.format(text["card"], **self._numbers(), score=score)
        st.markdown(f"{lead}\n\n**{text[f'says-{card.name}']}**")
        if answers.told(card):
            st.markdown(record.verdict(card, text))
            st.button(text["next"], on_click=answers.turn, args=(answers.ahead(card),))
            return
        with st.container(horizontal=True, key="answers"):
            for answer, word in ((True, "say-true"), (False, "say-false")):
                st.button(text[word], key=f"{card.name}.{answer}", on_click=answers.give, args=(card, answer))
            with st.container(key="shown"):
                shown = words.ui("question.reveal")
                st.button(shown, key=f"{card.name}.shown", type="tertiary", on_click=answers.give, args=(card, None))

    def _numbers(self) -> dict[str, int]:
        return {"place": CARDS.index(self.card) + 1, "all": len(CARDS)}

    def _alt(self) -> str:
        drawn, card = picture.drawn(self.card.name), self.card
        told = [self._ends("alt", drawn["claimed.y"], **self._numbers(), says=self.text[f"says-{card.name}"])]
        if answers.told(card):
            told.append(self._ends("alt-true", drawn["true.y"]))
        return " ".join(told)

    def _ends(self, part: str, line: Array, **values: object) -> str:
        form = "power" if self.card.decades else "4"
        first, last = (words.number(float(end), form) for end in line[np.isfinite(line)][[0, -1]])
        return words.format(self.text[part], **{"from": first, "to": last}, **values)
