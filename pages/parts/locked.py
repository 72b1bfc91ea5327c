"""A question that the reader answers before the picture does; then a reason for each answer, not only the right one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts import visit, words

_SKIP = "skip"
_PILLS = "prediction"


@dataclass(frozen=True)
class Prediction:
    """The question of the page with these words; what was answered is kept for the visit, never in the address.

    The words are ``question``, ``choice-1`` to ``choice-4`` at most, ``why-1`` …, and ``right``, the number of one.
    ``decisive`` are the controls that give the answer: a link that sets one of them asks nothing.
    """

    room: str
    text: words.Page
    decisive: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether everything is shown: after an answer, after "skip", or where the address says so."""
        told = visit.telling() or any(name in st.query_params for name in self.decisive)
        return told or self._key in st.session_state

    @property
    def chosen(self) -> str | None:
        """The number of the answer, None if there is none."""
        chosen = str(st.session_state.get(self._key, "")).removeprefix("choice-")
        return chosen if chosen in self._choices else None

    def ask(self) -> None:
        """The question with its choices, until there is an answer."""
        if self.open:
            return
        # Not the numbers alone: an answer may itself be a number, and Streamlit takes either.
        parts = [f"choice-{choice}" for choice in self._choices]
        labels = {part: self.text[part] for part in parts} | {_SKIP: words.ui("skip")}
        st.pills(
            self.text["question"], list(labels), format_func=labels.__getitem__, key=_PILLS, on_change=self._commit,
            wrap=True,
        )  # fmt: skip

    def tell(self, marks: Mapping[str, str], picture: Any = None) -> None:
        """The reader's answer first, then the right one, then the others, each with its reason; nothing before.

        With the ``picture``, if that is given, stand the question and the reader's answer: the first screen holds them.
        """
        if not self.open:
            return
        told = [f"**{self.text['question']}**", *self._reasons()]
        if self.chosen and picture:
            with picture, st.container(key="verdict"):
                st.markdown(words.fill("\n\n".join(told[:2]), **marks))
            told = told[2:]
        with st.container(key="reasons"):
            st.markdown(words.fill("\n\n".join(told), **marks))

    @property
    def _key(self) -> str:
        return f"{self.room or 'home'}.predicted"

    @property
    def _choices(self) -> list[str]:
        return [number for number in "1234" if f"choice-{number}" in self.text]

    def _commit(self) -> None:
        st.session_state[self._key] = st.session_state[_PILLS]

    def _reasons(self) -> list[str]:
        right, chosen = self.text["right"], self.chosen
        reasons = []
        for choice in sorted(self._choices, key=lambda choice: (choice != chosen, choice != right)):
            mark = " ✓" if choice == right else " ✗" if choice == chosen else ""
            answer = f"**{self.text[f'choice-{choice}']}**{mark}"
            yours = words.ui("by_you") if choice == chosen else ""
            reasons.append(f"{answer}{yours}\u2003{self.text[f'why-{choice}']}")
        return reasons
