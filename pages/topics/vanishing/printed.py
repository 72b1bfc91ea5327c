"""What is printed about the chains: sentences, updates and cells, one text a setting, by the names of their marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import add

import numpy as np
from numpy.typing import ArrayLike

from activations import Activation
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import DEEPEST, WEIGHTS, Fading
from activations.spec import Array
from pages.shared import words

RATES = (0.001, 0.01, 0.1, 0.5, 1.0)
HARDEST = "sigmoid"  # the function of the challenge
_ASKED = 1.0  # decades up or down that the challenge allows
_PLAIN = (-3, 2)  # powers of ten between which a number is written out
_BACK = range(DEEPEST + 1)  # layers of travel back
_Texts = dict[str, list[str]]


def told(activations: Iterable[Activation], fadings: Sequence[Fading], rate: float, done: str, of: str) -> _Texts:
    """All that is printed at each setting, ``done`` when the challenge is met."""
    texts: _Texts = {}
    labels = words.ui("lost.layer"), words.ui("lost.never")
    for activation, fading in zip(activations, fadings, strict=True):
        texts |= {f"left_{activation.slug}": powers(fading.first if of == WEIGHTS else fading.left)} | updates(
            activation, fading, rate
        )
        texts |= _lost(activation.slug, fading, *labels)
    return texts | challenge(activations, fadings, done)


def is_below(name: str) -> bool:
    """Whether a text stands further down the page than a reader who drags can see."""
    return name.startswith(("update_", "lost_"))


def only(here: int, texts: list[str]) -> list[str]:
    """The text at one position, dots at all others."""
    return [text if place == here else "…" for place, text in enumerate(texts)]


def sentences(activations: Mapping[Activation, str], marks: Mapping[str, str], of: str) -> list[str]:
    """One sentence a function: its gradient at the input, or that of its first weight."""
    return [
        words.ui(f"arrives.{of}", name=name, value=marks[f"left_{activation.slug}"])
        for activation, name in activations.items()
    ]


def hovers(activations: Iterable[Activation], fadings: Sequence[Fading], of: str) -> dict[str, list[str]]:
    """The number of each point of the first setting, by the name of its line."""
    texts = {}
    for activation, fading in zip(activations, fadings, strict=True):
        texts[activation.slug] = powers(fading.at_layers(of)[0])
        with np.errstate(divide="ignore"):
            sizes = powers(np.log10(np.abs(fading.forward[0])))
        signs = ["−" if minus else "" for minus in (fading.forward[0] < 0).tolist()]
        texts[f"{activation.slug}_forward"] = [sign + size for sign, size in zip(signs, sizes, strict=True)]
    return texts


def moves(activations: Mapping[Activation, str], marks: Mapping[str, str]) -> list[str]:
    """One sentence a function: by how much its first weight moves."""
    return [
        words.ui("update", name=name, value=marks[f"update_{activation.slug}"])
        for activation, name in activations.items()
    ]


def updates(activation: Activation, fading: Fading, rate: ArrayLike) -> _Texts:
    """By how much the first weight moves; settings and learning rates broadcast."""
    return {f"update_{activation.slug}": powers(np.log10(rate) + fading.first, 2)}


def challenge(activations: Iterable[Activation], fadings: Sequence[Fading], done: str) -> _Texts:
    """``done`` where fifty sigmoids keep their gradient between 0.1 and 10, else nothing."""
    for activation, fading in zip(activations, fadings, strict=True):
        if activation.slug == HARDEST:
            won = (fading.depth == DEEPEST) & (np.abs(fading.left) <= _ASKED)
            return {"challenge": [done if yes else "" for yes in won.tolist()]}
    return {"challenge": [""] * len(fadings[0].depth)}


def powers(logs: Array, digits: int = 3) -> list[str]:
    """Magnitudes of these decimal logarithms with so many digits each: 0.178, 20.5, 3.31·10⁻⁸; 0 for -inf."""
    some = np.isfinite(logs)
    logs = np.where(some, logs, 0.0)
    exponent = np.floor(logs)
    whole = np.round(10 ** (logs - exponent + digits - 1))
    over = whole == 10**digits
    whole, exponent = np.where(over, whole / 10, whole), exponent + over
    plain = (exponent >= _PLAIN[0]) & (exponent <= min(_PLAIN[1], digits - 1))
    heads = some * (plain * (exponent - _PLAIN[0] + 1) * 10**digits + whole)
    tails = np.where(plain, 0, exponent)
    looked_up = map(_heads(digits).__getitem__, heads.astype(int).tolist())
    return list(map(add, looked_up, map(_tail, tails.astype(int).tolist())))


@lru_cache(maxsize=8)
def _heads(digits: int) -> list[str]:
    """What a number begins with, by its digits as a whole number: first before ``·10``, then for each plain exponent
    the number itself."""
    wholes = range(10**digits)
    heads = [f"{whole / 10 ** (digits - 1):.{digits - 1}f}·10" for whole in wholes]
    heads[0] = "0"
    for exponent in range(_PLAIN[0], min(_PLAIN[1], digits - 1) + 1):
        places = digits - 1 - exponent
        heads += [f"{whole / 10.0**places:.{places}f}" for whole in wholes]
    return heads


@lru_cache(maxsize=4096)
def _tail(exponent: int) -> str:
    return str(exponent).translate(words.SUPERSCRIPT) if exponent else ""


def _lost(slug: str, fading: Fading, label: str, never: str) -> _Texts:
    """For each number format the row of the ledger in which it first holds 0."""
    rows, starts = _rows(label, never), fading.depth * (DEEPEST + 2) + 1
    texts = {}
    for kind in UNDERFLOW:
        lost = fading.lost(kind)
        places = starts + np.where(np.isnan(lost), -1, lost).astype(int)
        texts[f"lost_{slug}_{kind}"] = list(map(rows.__getitem__, places.tolist()))
    return texts


@lru_cache(maxsize=8)
def _rows(label: str, never: str) -> list[str]:
    """For each depth what is said of a number that is never lost, and after 0, 1 … layers of travel back."""
    # Row l of the ledger holds da_L/da_{l-1}.
    told = [[words.format(label, layer=depth - back + 1, back=back) for back in _BACK] for depth in _BACK]
    return [text for texts in told for text in (never, *texts)]
