"""What is printed about the chains: sentences, updates and cells, one text a setting, by the names of their marks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from activations import Activation
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import DEEPEST, Fading
from activations.spec import Array
from pages.parts import words

RATES = (0.001, 0.01, 0.1, 0.5, 1.0)
HARDEST = "sigmoid"  # the function of the challenge
_STATES = ("gone", "kept", "whole", "grown")
_WHOLE = 1e-9  # decades within which the gradient is all there
_ASKED = 1.0  # decades up or down that the challenge allows
_Texts = dict[str, list[str]]


def told(acts: Mapping[Activation, str], fadings: Sequence[Fading], rate: float, done: str) -> _Texts:
    """All that is printed at each setting, ``done`` when the challenge is met; ``acts`` has the functions' names."""
    texts: _Texts = {}
    for (act, name), fading in zip(acts.items(), fadings, strict=True):
        texts |= _left(act.slug, name, fading.left) | updates(act, fading, rate) | _lost(act.slug, fading)
    return texts | challenge(acts, fadings, done)


def sentences(acts: Mapping[Activation, str], marks: Mapping[str, str]) -> list[str]:
    """One sentence a function: what of its gradient reaches the input, the number in bold."""
    return [f"{marks[f'head_{a.slug}']}**{marks[f'left_{a.slug}']}**{marks[f'tail_{a.slug}']}" for a in acts]


def hovers(acts: Mapping[Activation, str], fadings: Sequence[Fading]) -> dict[str, list[str]]:
    """The number of each point of the first setting, by the name of its line."""
    texts = {}
    for act, fading in zip(acts, fadings, strict=True):
        texts[act.slug] = powers(fading.back[0])
        with np.errstate(divide="ignore"):
            sizes = powers(np.log10(np.abs(fading.forward[0])))
        signs = ["−" if minus else "" for minus in (fading.forward[0] < 0).tolist()]
        texts[f"{act.slug}_forward"] = [sign + size for sign, size in zip(signs, sizes, strict=True)]
    return texts


def moves(acts: Mapping[Activation, str], marks: Mapping[str, str]) -> list[str]:
    """One sentence a function: by how much its first weight moves."""
    return [words.ui("update", name=name, value=marks[f"update_{act.slug}"]) for act, name in acts.items()]


def updates(act: Activation, fading: Fading, rate: float) -> _Texts:
    """By how much the first weight moves."""
    return {f"update_{act.slug}": powers(math.log10(rate) + fading.first)}


def challenge(acts: Mapping[Activation, str], fadings: Sequence[Fading], done: str) -> _Texts:
    """``done`` where fifty sigmoids keep their gradient between 0.1 and 10, else nothing."""
    for act, fading in zip(acts, fadings, strict=True):
        if act.slug == HARDEST:
            won = (fading.depth == DEEPEST) & (np.abs(fading.left) <= _ASKED)
            return {"challenge": [done if yes else "" for yes in won.tolist()]}
    return {"challenge": [""] * len(fadings[0].depth)}


def powers(logs: Array) -> list[str]:
    """Magnitudes of these decimal logarithms with three digits each: 0.178, 20.5, 3.31·10⁻⁸; 0 for -inf."""
    finite = np.isfinite(logs)
    exponent = np.floor(np.where(finite, logs, 0.0))
    digits = np.round(100 * 10 ** (np.where(finite, logs, 0.0) - exponent))
    exponent, digits = exponent + (digits == 1000), np.where(digits == 1000, 100, digits)
    triples = zip(finite.tolist(), digits.astype(int).tolist(), exponent.astype(int).tolist(), strict=True)
    return [_power(number, power) if some else "0" for some, number, power in triples]


@lru_cache(maxsize=8192)
def _power(digits: int, exponent: int) -> str:
    if -3 <= exponent <= 2:
        return f"{digits * 10.0 ** (exponent - 2):.{2 - exponent}f}"
    return f"{digits / 100:.2f}·10{str(exponent).translate(words.SUPERSCRIPT)}"


def _left(slug: str, name: str, left: Array) -> _Texts:
    """The sentence in three pieces: before, within and after its bold part."""
    conditions = [left == -math.inf, left < -_WHOLE, left <= _WHOLE]
    states = np.select(conditions, [0, 1, 2], 3).tolist()
    pieces = [words.ui(state, name=name).split("**") for state in _STATES]
    bold = [pieces[state][1] for state in states]
    size = powers(np.abs(left))
    filled = [text.replace("{ratio}", n).replace("{value}", n) for text, n in zip(bold, size, strict=True)]
    heads, tails = ([pieces[state][end] for state in states] for end in (0, 2))
    return {f"head_{slug}": heads, f"left_{slug}": filled, f"tail_{slug}": tails}


def _lost(slug: str, fading: Fading) -> _Texts:
    """For each number format the row of the ledger in which it first holds 0."""
    label, never = words.ui("lost.layer"), words.ui("lost.never")
    texts = {}
    for kind in UNDERFLOW:
        after = zip(fading.depth.tolist(), fading.lost(kind).tolist(), strict=True)
        texts[f"lost_{slug}_{kind}"] = [never if math.isnan(n) else _where(label, depth, int(n)) for depth, n in after]
    return texts


@lru_cache(maxsize=8192)
def _where(label: str, depth: int, back: int) -> str:
    # Row l of the ledger holds da_L/da_{l-1}.
    return words.fill(label, layer=depth - back + 1, back=back)
