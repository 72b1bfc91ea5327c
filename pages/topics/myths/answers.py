"""What the reader answered: kept for the visit, never in the address, forgotten on request."""

from __future__ import annotations

import streamlit as st

from pages.parts import visit
from pages.topics.myths.deck import CARDS, Card

_KEY = "myths.answers"


def given() -> dict[str, bool]:
    """The answers by the name of the card."""
    return st.session_state.setdefault(_KEY, {})  # type: ignore[no-any-return]


def give(card: Card, answer: bool) -> None:
    """Note an answer; the first one counts."""
    given().setdefault(card.name, answer)


def forget() -> None:
    """Begin again, with the first card."""
    st.session_state[_KEY] = {}
    st.query_params["card"] = CARDS[0].name


def told(card: Card) -> bool:
    """Whether the verdict of a card may be shown."""
    return visit.telling() or card.name in given()


def right(card: Card) -> bool | None:
    """Whether the reader was right about a card; None without an answer."""
    return given()[card.name] == card.true if card.name in given() else None


def ahead(card: Card) -> Card:
    """The next card without an answer or, where every verdict is told, simply the next; the last is followed by the
    first."""
    place = CARDS.index(card) + 1
    following = (*CARDS[place:], *CARDS[:place])
    return next((card for card in following if not told(card)), following[0])


def turn(card: Card) -> None:
    """Go to a card."""
    st.query_params["card"] = card.name
