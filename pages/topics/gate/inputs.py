"""The third picture: pre-activations of a small network, normalised, against N(0, 1)."""

from __future__ import annotations

import numpy as np

from activations import CATALOGUE
from activations.experiments import gate, normalised
from activations.experiments.normalised import EDGES
from activations.spec import Array
from pages.parts import words
from pages.topics.gate.stands import Indices, Stands

TOP = 0.62  # of the panel of the histogram
FAR = 2.0  # beyond it, on each side, N(0, 1) has 2.3 % of its mass
_WIDTH = 5  # edges from one bar's beginning to its end
_BARS, _POINTS = EDGES[::_WIDTH], EDGES[::2]


def frames(at: Stands) -> dict[str, Array]:
    """Every array of the picture, of shape (places, points)."""
    share, x = _shares(at), at.x[:, None]
    bars = np.diff(share[:, ::_WIDTH], axis=1) / (_BARS[1] - _BARS[0])
    zero = np.zeros((len(bars), 1))
    return {
        "bars.x": at.each(np.repeat(_BARS, 2)),
        "bars.y": np.minimum(np.hstack([zero, np.repeat(bars, 2, axis=1), zero]), 2 * TOP),
        "normal.x": at.each(_POINTS),
        "normal.y": at.each(gate.density(_POINTS)),
        "found.x": at.each(_POINTS),
        "found.y": share[:, ::2],
        "phi.x": at.each(_POINTS),
        "phi.y": at.each(gate.phi(_POINTS)),
        **at.hair("hair_bars", 0.0, TOP),
        **at.hair("hair_found", 0.0, 1.0),
        "found_dot.x": x,
        "found_dot.y": share[np.arange(len(x)), _edge(at.x)][:, None],
        "phi_dot.x": x,
        "phi_dot.y": gate.phi(x),
    }


def said(at: Stands) -> dict[str, list[str]]:
    """All that is printed, one text a place."""
    share = _shares(at)
    low, high = (share[:, _edge(end)] for end in (-FAR, FAR))
    return {
        "x": words.numbers(at.x, 2),
        "step": [str(step) for step in at.t * normalised.STEPS],
        "n": [str(count) for count in at.counts],
        "met": words.numbers(share[np.arange(len(at.x)), _edge(at.x)], 4),
        "phi": words.numbers(gate.phi(at.x), 4),
        "gap": words.numbers(np.abs(share - gate.phi(EDGES)).max(axis=1), 3),
        "left": words.numbers(100 * low, 1),
        "right": words.numbers(100 * (1 - high), 1),
        "normal": words.numbers(100 * gate.phi(np.full_like(at.x, -FAR)), 1),
    }


def _shares(at: Stands) -> Array:
    return np.asarray(normalised.shares(CATALOGUE["gelu"], at.seed)[at.n, :, at.t])


def _edge(x: Array | float) -> Indices:
    """Which of ``EDGES`` lies at x."""
    return np.asarray(np.round((np.asarray(x) - EDGES[0]) / (EDGES[1] - EDGES[0])), dtype=np.intp)
