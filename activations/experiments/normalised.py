"""Pre-activations of a small network while it learns, each unit's shifted and scaled over the batch.

Mean 0 and variance 1: that is what batch normalisation gives before its own scale and shift (Ioffe & Szegedy,
arXiv:1502.03167). The network has two inputs and learns XOR: whether both have the same sign.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from activations.experiments import descent, network
from activations.experiments.gate import TIME, below
from activations.spec import Activation, Array

WIDTHS = (2, 16, 16, 1)
EDGES = np.round(np.linspace(-4.0, 4.0, 161), 10)
STEPS = 1  # of training from one position of TIME to the next
_RATE, _LEARNT, _BATCH = 0.03, 64, 625  # 625 examples · 16 units = 10 000 pre-activations


@lru_cache(maxsize=8)
def trained(act: Activation, seed: int) -> network.Run:
    """The training of a network of ``act``, kept at each position of ``TIME``."""
    net = network.Network.fresh(act, WIDTHS, "he", seed)
    x, y = _examples(seed, _LEARNT)
    at = (TIME.grid * STEPS).astype(int).tolist()
    return network.train(net, x, y, descent.logistic, descent.Descent(_RATE, adam=True), at)


@lru_cache(maxsize=8)
def pre_activations(act: Activation, seed: int) -> Array:
    """Those of the second hidden layer on a fresh batch, normalised unit by unit, (times, 10 000) in shuffled order."""
    batch, _ = _examples(seed + 1_000, _BATCH)
    order = np.random.default_rng(seed).permutation(_BATCH * WIDTHS[2])
    (enter, enter_bias), (weight, bias), _ = trained(act, seed).kept.layers
    found, settings = np.empty((len(enter), len(order))), act.checked({})
    # One moment after the other: all of them at once are more than a processor keeps at hand.
    for moment, row in enumerate(found):
        z = batch @ enter[moment]
        z += enter_bias[moment]
        z = act.f(z, **settings) @ weight[moment]
        z += bias[moment]
        z -= z.mean(axis=0)
        spread = np.sqrt(np.einsum("es,es->s", z, z) / _BATCH)
        z /= np.where(spread > 0, spread, 1.0)
        np.take(z.ravel(), order, out=row, mode="clip")  # which needs no copy
    found.flags.writeable = False
    return found


@lru_cache(maxsize=8)
def shares(act: Activation, seed: int) -> Array:
    """The share of the first n pre-activations at or below each of ``EDGES``, of shape (counts, edges, times)."""
    found = below(pre_activations(act, seed).T, EDGES)
    found.flags.writeable = False
    return found


def _examples(seed: int, count: int) -> tuple[Array, Array]:
    """Points of the square [−√3, √3]², where each coordinate has variance 1, and whether both have the same sign."""
    x = np.random.default_rng(seed).uniform(-np.sqrt(3), np.sqrt(3), (count, 2))
    return x, (x[:, :1] * x[:, 1:] > 0).astype(np.float64)
