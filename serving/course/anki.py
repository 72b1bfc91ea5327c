r"""Questions as cards for Anki: a text that Anki imports, in HTML with formulas between \( and \)."""

from __future__ import annotations

from collections.abc import Sequence

from pages.shared import words
from serving.course.questions import Question, html, see, tex

# Anki knows a card again by the first column, so a later file renews the cards and keeps what was learnt.
_COLUMNS = ("guid", "deck", "Front", "Back", "tags")
_CHOICES = '<ol type="A" style="text-align: left">'  # Anki centres what is on a card.


def write(questions: Sequence[Question], code: str) -> bytes:
    """The file: a line for each card, the questions of each group in a deck of its own."""
    head = [
        "#separator:tab", "#html:true", "#guid column:1", "#deck column:2", f"#tags column:{len(_COLUMNS)}",
        "#columns:" + "\t".join(_COLUMNS),
    ]  # fmt: skip
    return ("\n".join([*head, *(_card(question, code) for question in questions)]) + "\n").encode()


def _card(question: Question, code: str) -> str:
    deck = f"{words.name(code)}::{question.group.replace('::', ' ')}"
    cells = (f"{question.id}-{code}", deck, _front(question), _back(question, code), f"nonlinear {question.id}")
    return "\t".join(map(_cell, cells))


def _front(question: Question) -> str:
    choices = "".join(f"<li>{html(choice.text, tex)}</li>" for choice in question.choices)
    return f"{html(question.text, tex)}{_CHOICES}{choices}</ol>"


def _back(question: Question, code: str) -> str:
    reasons = "".join(
        f"<li>{'✓' if choice.right else '✗'} <b>{html(choice.text, tex)}</b><br>{html(choice.reason, tex)}</li>"
        for choice in question.choices
    )
    if question.judged:  # Both choices have the same reason.
        right = next(choice for choice in question.choices if choice.right)
        return f"<b>{html(right.text, tex)}</b><br>{html(right.reason, tex)}<br>{see(question, code)}"
    return f"{_CHOICES}{reasons}</ol>{see(question, code)}"


def _cell(text: str) -> str:
    quoted = text.replace('"', '""')
    return f'"{quoted}"'
