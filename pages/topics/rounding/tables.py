"""From where on each form is lost in each format."""

from __future__ import annotations

from collections.abc import Callable

from activations.experiments import framework_losses as measured
from activations.experiments import rounding
from activations.experiments.formats import FORMATS
from activations.experiments.rounding import CAREFUL, FORMS, PLAIN, Ends
from pages.shared import words


def names(text: words.Words, pair: str) -> dict[str, str]:
    """What is computed, and how its two forms are written."""
    return {name: text[f"{name}-{pair}"] for name in ("value", *FORMS)}


def lost(text: words.Words, pair: str) -> str:
    """Format by format: where not one digit is right, where 0 comes out, where inf or NaN, and where nothing is to be
    had."""
    asked: list[tuple[str, Callable[[str], Ends]]] = [
        ("dim", lambda kind: rounding.under_one_digit(pair, PLAIN, kind)),
        ("zero", lambda kind: rounding.zero(pair, PLAIN, kind)),
        ("broken", lambda kind: rounding.broken(pair, PLAIN, kind)),
        ("careful", lambda kind: rounding.zero(pair, CAREFUL, kind)),
        ("gone", lambda kind: rounding.gone(pair, kind)),
    ]
    named = names(text, pair)
    titles = [words.format(text[f"lost-head-{name}"], **named) for name, _ in asked]
    rows = [[title, *(_outside(find(k)) for k in FORMATS)] for title, (_, find) in zip(titles, asked, strict=True)]
    return (
        f"{words.format(text['lost'], **named)}\n\n{_table([text['lost-head'], *FORMATS], rows)}\n\n{text['lost-note']}"
    )


def frameworks(text: words.Words, kind: str) -> str:
    """What PyTorch and JAX lose in this format, as stored, and where they give NaN."""
    head = [kind]
    rows = [[text[f"line-{name}"]] for name in measured.measured()]
    for library, title in measured.LIBRARIES.items():
        head += [f"{title}: {text[f'head-{column}']}" for column in ("tenth", "zero")]
        for name, row in zip(measured.measured(), rows, strict=True):
            found = measured.by(library, name, kind)
            row += [_outside(found.tenth), _outside(found.zero)]
    versions = words.ui("and").join(" ".join(pair) for pair in measured.versions().items())
    told = [words.format(text["frameworks"], versions=versions, cpu=measured.cpu(), format=kind), _table(head, rows)]
    nans = [_nans(text, library, kind, side) for side in (0, 1) for library in measured.LIBRARIES]
    return "\n\n".join([*told, text["frameworks-why"], *filter(None, nans)])


def _nans(text: words.Words, library: str, kind: str, side: int) -> str:
    """Of what a library gives NaN at -inf (side 0) or at inf (side 1); empty where there is none."""
    found = [text[f"line-{name}"] for name in measured.measured() if measured.by(library, name, kind).nan[side]]
    template, lines = text["nan-right" if side else "nan"], words.ui("and").join(found)
    return words.format(template, library=measured.LIBRARIES[library], lines=lines) if found else ""


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
