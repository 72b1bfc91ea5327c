"""What is printed about the chains: sentences, updates and cells, one text a setting, by the names of their marks."""

from __future__ import annotations

import math
import re
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
_PIECES = ("head", "before", "left", "after", "tail")  # of a sentence
_Texts = dict[str, list[str]]


def told(acts: Mapping[Activation, str], fadings: Sequence[Fading], rate: float, done: str) -> _Texts:
    """All that is printed at each setting, ``done`` when the challenge is met; ``acts`` has the functions' names."""
    texts: _Texts = {}
    labels = words.ui("lost.layer"), words.ui("lost.never")
    for (act, name), fading in zip(acts.items(), fadings, strict=True):
        texts |= _left(act.slug, name, fading.left) | updates(act, fading, rate) | _lost(act.slug, fading, *labels)
    return texts | challenge(acts, fadings, done)


def is_below(name: str) -> bool:
    """Whether a text stands further down the page than a reader who drags can see."""
    return name.startswith(("update_", "lost_"))


def only(here: int, texts: list[str]) -> list[str]:
    """The text at one position, dots at all others."""
    return [text if place == here else "…" for place, text in enumerate(texts)]


def sentences(acts: Mapping[Activation, str], marks: Mapping[str, str]) -> list[str]:
    """One sentence a function: what of its gradient reaches the input, that part in bold."""
    pieces = [[marks[f"{piece}_{act.slug}"] for piece in _PIECES] for act in acts]
    return [f"{head}**{before}{number}{after}**{tail}" for head, before, number, after, tail in pieces]


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
    return {f"update_{act.slug}": powers(math.log10(rate) + fading.first, 2)}


def challenge(acts: Mapping[Activation, str], fadings: Sequence[Fading], done: str) -> _Texts:
    """``done`` where fifty sigmoids keep their gradient between 0.1 and 10, else nothing."""
    for act, fading in zip(acts, fadings, strict=True):
        if act.slug == HARDEST:
            won = (fading.depth == DEEPEST) & (np.abs(fading.left) <= _ASKED)
            return {"challenge": [done if yes else "" for yes in won.tolist()]}
    return {"challenge": [""] * len(fadings[0].depth)}


def powers(logs: Array, digits: int = 3) -> list[str]:
    """Magnitudes of these decimal logarithms with so many digits each: 0.178, 20.5, 3.31·10⁻⁸; 0 for -inf."""
    finite = np.isfinite(logs)
    exponent = np.floor(np.where(finite, logs, 0.0))
    whole = np.round(10 ** (np.where(finite, logs, 0.0) - exponent + digits - 1))
    over = whole == 10**digits
    triples = zip(
        finite.tolist(),
        np.where(over, whole / 10, whole).astype(int).tolist(),
        (exponent + over).astype(int).tolist(),
        strict=True,
    )
    return [_power(number, power, digits) if some else "0" for some, number, power in triples]


@lru_cache(maxsize=32768)
def _power(whole: int, exponent: int, digits: int) -> str:
    places = digits - 1 - exponent
    if -3 <= exponent <= 2 and places >= 0:
        return f"{whole / 10.0**places:.{places}f}"
    return f"{whole / 10 ** (digits - 1):.{digits - 1}f}·10{str(exponent).translate(words.SUPERSCRIPT)}"


def _left(slug: str, name: str, left: Array) -> _Texts:
    """The sentence in five pieces: before its bold part, that part around its number, and after it."""
    sentences = _sentences(words.language(), name)
    states = np.select([left == -math.inf, left < -_WHOLE, left <= _WHOLE], [0, 1, 2], 3).tolist()
    texts = {f"{piece}_{slug}": [sentences[s][k] for s in states] for k, piece in enumerate(_PIECES)}
    sizes = zip(texts[f"left_{slug}"], powers(np.abs(left)), strict=True)
    return {**texts, f"left_{slug}": [place and size for place, size in sizes]}


@lru_cache(maxsize=256)
def _sentences(_: str, name: str) -> list[tuple[str, ...]]:
    """The sentence for each state, cut; the first argument keeps the languages apart."""
    return [_cut(words.ui(state, name=name)) for state in _STATES]


def _cut(sentence: str) -> tuple[str, ...]:
    head, bold, tail = sentence.split("**")
    before, number, after = [*re.split(r"(\{\w+\})", bold), "", ""][:3]
    return head, before, number, after, tail


def _lost(slug: str, fading: Fading, label: str, never: str) -> _Texts:
    """For each number format the row of the ledger in which it first holds 0."""
    texts, depths = {}, fading.depth.tolist()
    for kind in UNDERFLOW:
        lost = fading.lost(kind)
        back = np.where(np.isnan(lost), -1, lost).astype(int).tolist()
        found = zip(depths, back, strict=True)
        texts[f"lost_{slug}_{kind}"] = [never if n < 0 else _where(label, depth, n) for depth, n in found]
    return texts


@lru_cache(maxsize=8192)
def _where(label: str, depth: int, back: int) -> str:
    # Row l of the ledger holds da_L/da_{l-1}.
    return words.fill(label, layer=depth - back + 1, back=back)
