"""What is written about cards: verdicts, and below the picture the list to take away."""

from __future__ import annotations

from collections.abc import Iterable

from pages.shared import state, words
from pages.topics.myths import answers
from pages.topics.myths.deck import CARDS, Card


def verdict(card: Card, text: words.Words) -> str:
    """True or false, whether the reader said so, and why."""
    return f"**{_said(card, text)}** {text[f'because-{card.name}']}\n\n{_way(card, text)}"


def score(text: words.Words) -> str:
    """How many answers were right so far."""
    found = [answers.right(card) for card in CARDS if answers.right(card) is not None]
    return words.format(text["score"], right=found.count(True), answered=len(found)) if found else text["score-none"]


def taken(text: words.Words) -> str:
    """The list below: what to look at again and what was known or, where every verdict is told, all cards."""
    if state.questions_off():
        return f"## {text['all']}\n\n{_told(CARDS, text)}"
    missed = [card for card in CARDS if card.name in answers.given() and not answers.right(card)]
    known = [card for card in CARDS if answers.right(card)]
    chapters = [f"## {text['again']}\n\n{_told(missed, text) or text['none']}"]
    if known:
        lines = [f"- {text[f'says-{card.name}']} **{_verdict(card, text)}**" for card in known]
        chapters.append("\n".join([f"## {text['known']}", "", *lines]))
    return "\n\n".join(chapters)


def _told(cards: Iterable[Card], text: words.Words) -> str:
    return "\n".join(
        f"- {text[f'says-{card.name}']} **{_verdict(card, text)}** {text[f'because-{card.name}']} {_way(card, text)}"
        for card in cards
    )


def _said(card: Card, text: words.Words) -> str:
    right = answers.right(card)
    return _verdict(card, text) if right is None else f"{_verdict(card, text)} {text['knew' if right else 'missed']}"


def _verdict(card: Card, text: words.Words) -> str:
    return text["is-true" if card.true else "is-false"]


def _way(card: Card, text: words.Words) -> str:
    return f"[{text[f'look-{card.name}']} →]({state.address(card.page, **card.asked)})"
