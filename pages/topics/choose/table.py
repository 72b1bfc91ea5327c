"""The table of merits: a row a function, a column an advantage or disadvantage, and each cell leads to its page."""

from __future__ import annotations

import math
from functools import lru_cache
from html import escape
from typing import Any

from activations import CATALOGUE, Trait
from activations.experiments import cost, dying, exploding, pros_cons, survival
from activations.experiments.pros_cons import CHAIN, Merits
from pages.shared import state, words

ORDERS = ("cost", "left", "taught")
COLUMNS = ("left", "dies", "saturates", "smooth", "centred", "bounds", "gain", "forward", "backward", "learns")


@lru_cache(maxsize=1)
def found() -> tuple[Merits, ...]:
    """The merits of every function that was timed, in teaching order."""
    return tuple(pros_cons.of(activation) for slug, activation in CATALOGUE.items() if slug in cost.FORWARD)


def html(by: str) -> str:
    """The table, from the best to the worst ``by`` cost or gradient left, or as it is taught."""
    return _html(by, words.language(), state.query())


@lru_cache(maxsize=32)
def _html(by: str, _language: str, _said: str) -> str:
    # What every link of the visit says is part of the key.
    text = words.page("topics/choose")
    keys = {"cost": lambda one: one.total, "left": lambda one: abs(one.left), "taught": lambda one: 0}
    head = "".join(f"<th scope='col'>{escape(text[f'col-{name}'])}</th>" for name in ("function", *COLUMNS))
    rows = "".join(_row(text, one) for one in sorted(found(), key=keys[by]))
    name = escape(text["table-name"])
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<div class='nl-merits' role='region' tabindex='0' aria-label='{name}'>{table}</div>"


@lru_cache(maxsize=1)
def quoted() -> dict[str, str]:
    """The numbers that sentences quote, by what and whose: ``left_sigmoid``, ``forward_gelu``, ``gain_relu``."""
    kinds = ("left", "gain", "forward", "backward")
    told = {f"{name}_{one.slug}": _number(one, name) for one in found() for name in kinds}
    return {**told, "units": str(survival.UNITS), "rate": f"{pros_cons.RATE:g}"}


def _row(text: words.Words, one: Merits) -> str:
    title = words.page(f"functions/{one.slug}")["title"]
    cells = "".join(f"<td>{_link(_shown(text, one, name), one.slug, name)}</td>" for name in COLUMNS)
    return f"<tr><th scope='row'>{_link(title, one.slug, 'function')}</th>{cells}</tr>"


def _link(shown: str, slug: str, column: str) -> str:
    chain = {"f": slug, "depth": CHAIN.depth, "w": CHAIN.w, "b": CHAIN.b, "input": CHAIN.input}
    ended = {dying.TIME.name: int(dying.TIME.high)}
    layer = {"act": "layer", "rate": f"{pros_cons.RATE:g}", "seed": pros_cons.SEED, **ended}
    seen = {"f": slug} if slug in exploding.FUNCTIONS else {}
    timed = {"size": pros_cons.SIZE}
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        "left": ("vanishing", chain), "gain": ("exploding", seen),
        "forward": ("cost", timed), "backward": ("cost", timed),
    }  # fmt: skip
    if slug in dying.FUNCTIONS:
        pages["dies"] = ("dying", layer)
    path, asked = pages.get(column, (slug, {}))
    return f"<a href='{escape(state.address(path, **asked))}'>{escape(shown)}</a>"


def _shown(text: words.Words, one: Merits, column: str) -> str:
    has = one.traits.__contains__
    both = {"saturates": (Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT)}
    both["bounds"] = (Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE)
    if column in both:
        left, right = map(has, both[column])
        return text[f"{column}-{'both' if left and right else 'left' if left else 'none'}"]
    if column == "smooth":
        return text[f"smooth-{'smooth' if has(Trait.SMOOTH) else 'c1' if has(Trait.C1) else 'kink'}"]
    if column == "dies":
        some = words.format(text["dies-yes"], least=min(one.dead), most=max(one.dead)) if one.dead else words.ui("yes")
        return some if one.dies else words.ui("no")
    if column == "centred":
        return words.ui("yes" if has(Trait.ZERO_CENTRED) else "no")
    if column == "learns":
        return text[f"learns-{one.slug}" if f"learns-{one.slug}" in text else "learns-none"]
    return _number(one, column)


def _number(one: Merits, column: str) -> str:
    if column == "left":
        return words.number(one.left, "power")
    if column == "gain":
        return "–" if one.critical is None or math.isnan(one.critical) else words.number(one.critical, "2")
    ratio = float(getattr(one, column))
    return words.number(ratio, "0" if ratio >= 9.95 else "1")
