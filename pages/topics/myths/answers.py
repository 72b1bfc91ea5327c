"""What the reader answered: kept by the browser from visit to visit, never in the address, forgotten on request.

A card is drawn from the answer to it, so Python has to know the answers too. It has them for as long as its session
lasts; the browser (``assets/question.js``) keeps them for longer and hands them back to a new session.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

import streamlit as st

from pages.shared import state
from pages.topics.myths.cards import BY_NAME, CARDS, Card, beside

_KEY, _SESSION, _KEPT = "myths.answers", "myths.session", "myths.networks"
# A script of one line would be taken for the name of a file.
_keeper = st.components.v2.component("answers", js="export default (part) =>\n  window.nonlinear?.keepAnswers(part);")


def keep() -> None:
    """Let the browser keep the answers, and hand back those that it has kept."""
    session = st.session_state.setdefault(_SESSION, secrets.token_hex(4))
    _keeper(key=_KEPT, data={"page": "myths", "session": session, "given": given()}, on_kept_change=_take)


def _take() -> None:
    """Take what the browser has kept for all that was answered, unless it speaks to an earlier session."""
    reported = parsed(st.session_state[_KEPT].get("kept"), st.session_state.get(_SESSION))
    if reported is not None:
        st.session_state[_KEY] = reported


def parsed(text: Any, session: str | None) -> dict[str, bool | None] | None:
    """The answers that a browser says it has kept; None if it says nothing of the kind to this ``session``."""
    try:
        message = json.loads(text)
        if message["session"] != session:
            return None
        answers = message["given"].items()
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
    return {name: answer for name, answer in answers if name in BY_NAME and answer in (True, False, None)}


def given() -> dict[str, bool | None]:
    """The answers by the name of the card; None where the verdict was shown without one."""
    return st.session_state.setdefault(_KEY, {})  # type: ignore[no-any-return]


def give(card: Card, answer: bool | None) -> None:
    """Note an answer; the first one counts."""
    given().setdefault(card.name, answer)


def forget() -> None:
    """Begin again, with the first card."""
    st.session_state[_KEY] = {}
    st.query_params["card"] = CARDS[0].name


def revealed(card: Card) -> bool:
    """Whether the verdict of a card may be shown."""
    return state.questions_off() or card.name in given()


def right(card: Card) -> bool | None:
    """Whether the reader was right about a card; None without an answer."""
    answer = given().get(card.name)
    return None if answer is None else answer == card.true


def following(card: Card) -> Card:
    """The next card without an answer, first among those offered with ``card``; where every verdict is shown, simply
    the next one. The last is followed by the first."""
    place = CARDS.index(card) + 1
    others = (*CARDS[place:], *CARDS[:place])
    unanswered = [other for other in others if not revealed(other)]
    return next(iter([other for other in unanswered if other in beside(card)] + unanswered), others[0])


def turn(card: Card) -> None:
    """Go to a card."""
    st.query_params["card"] = card.name
