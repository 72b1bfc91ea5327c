"""The question of a page: an invitation to predict, whose answer gives a verdict and moves the sliders to show it.

Nothing waits for an answer. Python draws the question, every choice and every reason. Which of them are visible depends
on the reader's answer, which only the browser stores (``assets/question.js``).

Where the reader asks for it (``?predict=1``), a labelled curtain lies over what would give the answer away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import Any

import numpy as np
import streamlit as st

from pages.shared import figures, state, words
from pages.shared.figures import GREY, NO_HOVER, Spec

GUESS = "guess_"
"""The traces ``guess_1``, ``guess_2`` … of a chart, with labels ``guess_1_word`` …, are seen once the choice of that
number has been answered."""


def guesses(at: Mapping[str, tuple[float, float, float]], size: float) -> list[Spec]:
    """The traces of wrong answers, by number of the answer: each a line from x to x at a height."""
    drawn = []
    for answer, (left, right, height) in at.items():
        name = f"{GUESS}{answer}"
        place = {f"{name}.x": np.array([left, right]), f"{name}.y": np.full(2, height)}
        label = {"text": ["", f" {words.ui('drawn.guess')}"], "textposition": "middle right", "visible": False}
        font = {"mode": "lines+text", "textfont": {"color": GREY, "size": size}}
        drawn.append({**figures.line(place, name, GREY, 2.5, line={"dash": "7px,5px"}, **NO_HOVER), **label, **font})
    return drawn


@dataclass(frozen=True)
class Prediction:
    """The question of a page with these words.

    The words are ``question``, ``choice-1`` to ``choice-4`` at most, ``why-1`` …, and ``right``, the number of one.
    ``answer_state`` is the setting that shows the answer: values of sliders by key, and of choices by their name in
    the address.
    """

    text: words.Words
    answer_state: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def ask(self, marks: Mapping[str, str]) -> None:
        """Draw the question here, unless the address says that nothing is to be asked; reasons may quote ``marks``."""
        if state.questions_off():
            return
        # One element for the text and one for the data of the script, because pages are drawn often.
        choices = (
            f"1. [{self.text[f'choice-{number}']}](#answer-{number})\n\n    {self.text[f'why-{number}']}"
            for number in "1234"
            if f"choice-{number}" in self.text
        )
        asked = [f":small[{words.ui('question.invitation')}]", f"**{self.text['question']}**", *choices]
        with st.container(key="question"):
            st.markdown(words.format("\n\n".join(asked), **marks))
            st.html(self._verdict())

    def _verdict(self) -> str:
        """The element of the verdict with the data for the script, and the buttons."""
        right = self.text["right"]
        answer = self.text[f"choice-{right}"]
        facts = {
            "page": state.page_path() or "home",
            "right": right,
            "answer-state": json.dumps({**self.answer_state, **state.withheld()}),
            "withheld": json.dumps(
                {name: value for name, value in state.withheld().items() if state.is_withheld(name)}
            ),
            **{f"verdict-{kind}": words.ui(f"question.{kind}", answer=answer) for kind in ("right", "wrong", "shown")},
            **{f"note-{part}": words.ui(f"question.note_{part}") for part in ("yours", "correct", "incorrect")},
            **{
                f"hands-{vote}": words.ui(f"slide.hands_{vote}")
                for vote in ("first", "second", "both")
                if state.presenting()
            },
        }
        attributes = " ".join(f"data-{name}='{escape(fact, quote=True)}'" for name, fact in facts.items())
        buttons = "".join(
            f"<button type='button' class='nl-{button}'>{escape(words.ui(f'question.{button}'))}</button>"
            for button in ("reveal", "replay", "again")
        )
        if state.presenting():
            buttons += "".join(
                f"<button type='button' class='nl-{name}'>{escape(words.ui(f'slide.{name}'))}</button>"
                for name in ("count-hands", "minute")
            )
        verdict = "<p class='nl-verdict' role='status' tabindex='-1'></p>"
        return f"<div class='nl-question' {attributes}>{verdict}{buttons}</div>"


@contextmanager
def curtain(what: str, panel: tuple[float, float] | None = None) -> Iterator[None]:
    """What is drawn inside lies under a curtain until the question is answered, if the reader asks to be asked first.

    ``what`` names the label (``curtain.<what>`` among the words). Of a chart only a ``panel`` may be covered: the
    shares of its height, from the top, at which the panel begins and ends.
    """
    if not state.asks_first():
        yield
        return
    with st.container(key=f"curtain-{what}"):
        yield
        top, bottom = panel or (0.0, 1.0)
        look = f"top: {100 * top:.1f}%; height: {100 * (bottom - top):.1f}%"
        shown, show = (escape(words.ui(label)) for label in (f"curtain.{what}", "curtain.show"))
        part = "panel" if panel else "whole"
        st.html(
            f"<div class='nl-curtain' data-covers='{part}' style='{look}'><span>{shown}</span>"
            f"<button type='button' class='nl-reveal'>{show}</button></div>"
        )
