"""What is printed about the picture: its title, the table at the probe, and its description."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from pages.shared import words
from pages.tools.compare.stand import Stand

SYMBOLS = ("f", "f′", "f″")


def title(stand: Stand, text: words.Words) -> str:
    """What is drawn: a function or a derivative, perhaps less that of another function."""
    shown = f"{SYMBOLS[stand.order]}(x)"
    return words.format(text["title-less"], shown=shown, name=_name(stand.away)) if stand.away else shown


def table(stand: Stand, text: words.Words, marks: Mapping[str, str]) -> str:
    """Every function at the probe, as Markdown."""
    less = [text["difference"]] if stand.away else []
    head = [words.format(text["at"], x0=marks["x0"]), *(SYMBOLS[order] for order in stand.read), *less]
    rows = [head, ["---", *["--:"] * (len(head) - 1)]]
    for activation in stand.activations:
        told = [f"{activation.slug}_{part}" for part in (*stand.read, *(["less"] if less else []))]
        rows.append([_name(activation.slug), *(marks[name] for name in told)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def alt(stand: Stand, text: words.Words, marks: Mapping[str, str]) -> str:
    """The picture in words."""
    part = "less" if stand.away else str(stand.order)
    at = joined(
        [f"{_name(activation.slug)} {marks[f'{activation.slug}_{part}']}" for activation in stand.activations],
        text["joint"],
    )
    names = joined([_name(activation.slug) for activation in stand.activations], text["joint"])
    return words.format(text["alt"], shown=title(stand, text), names=names, x0=marks["x0"], values=at)


def joined(parts: list[str], joint: str) -> str:
    """All of them in one: each two as ``joint`` says, with its marks ``before`` and ``after``."""
    return reduce(lambda before, after: words.format(joint, before=before, after=after), parts)


def _name(slug: str) -> str:
    return words.page(f"functions/{slug}")["title"]
