"""From where on each form is lost in each format."""

from __future__ import annotations

from collections.abc import Callable

from activations.experiments import rounding
from activations.experiments.formats import FORMATS
from activations.experiments.rounding import CAREFUL, FORMS, PLAIN, Ends
from pages.parts import words


def names(text: words.Page, pair: str) -> dict[str, str]:
    """What is computed, and how its two forms are written."""
    return {name: text[f"{name}-{pair}"] for name in ("value", *FORMS)}


def lost(text: words.Page, pair: str) -> str:
    """Format by format: where not one digit is right, where 0 comes out, where inf or NaN, and where nothing is to be
    had."""
    columns: list[tuple[str, Callable[[str], Ends]]] = [
        ("dim", lambda kind: rounding.under_one_digit(pair, PLAIN, kind)),
        ("zero", lambda kind: rounding.zero(pair, PLAIN, kind)),
        ("broken", lambda kind: rounding.broken(pair, PLAIN, kind)),
        ("careful", lambda kind: rounding.zero(pair, CAREFUL, kind)),
        ("gone", lambda kind: rounding.gone(pair, kind)),
    ]
    named = names(text, pair)
    head = [text["head-format"], *(words.fill(text[f"lost-head-{name}"], **named) for name, _ in columns)]
    rows = [[kind, *(_outside(find(kind)) for _, find in columns)] for kind in FORMATS]
    return f"{words.fill(text['lost'], **named)}\n\n{_table(head, rows)}\n\n{text['lost-note']}"


def _outside(ends: Ends) -> str:
    """x ≤ −9.01, x ≥ 9.01, both, or a dash."""
    left, right = (None if at is None else words.number(at, "2") for at in (ends.left, ends.right))
    if left and right and left == f"−{right}":
        return f"\\|x\\| ≥ {right}"
    said = [f"x ≤ {left}"] if left else []
    return ", ".join(said + ([f"x ≥ {right}"] if right else [])) or "–"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
