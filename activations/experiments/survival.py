"""A layer of 256 units in training: which are off for one input, and which for every input of the data.

The count of dead units is that of Lu, Shin, Su & Karniadakis, arXiv:1903.06733; that most units are off for an input
is argued as representation by Glorot, Bordes & Bengio, AISTATS 2011.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from activations.experiments import descent, dying, network
from activations.spec import Activation, Array

UNITS = 256
RATES = {"1": 1.0, "3": 3.0, "6": 6.0, "20": 20.0}
SEEDS = ("1", "2", "3")
EXAMPLES, FEATURES = 32, 4
PARAMETERS = {"leaky_relu": dying.LEAK.default, "elu": dying.FLOOR.default}
_LOST = 255  # stored instead of a count from the step on at which a run diverged
_FILE = Path(__file__).with_suffix(".npz")
MOMENTS = np.concatenate([np.arange(25), [27, 30, 33, 37, 41, 45, 50, 55, 61, 67, 74, 81, 88, 94, 97, 100]])


@dataclass(frozen=True)
class Fate:
    """What became of a layer at each of ``MOMENTS``: NaN from the step at which the run ``diverged``, if it did.

    ``on`` (moments, units) is the share of inputs for which a unit's pre-activation is above 0, ``loss`` (moments)
    the mean cross-entropy.
    """

    on: Array
    loss: Array
    diverged: int | None

    @property
    def dead(self) -> Array:
        """How many units are off for all inputs, (moments); for ReLU their gradient is exactly 0."""
        return np.where(np.isnan(self.on[:, 0]), np.nan, (self.on == 0).sum(axis=1))

    @property
    def off(self) -> Array:
        """Share of all pairs of unit and input in which the unit is off, (moments)."""
        return np.asarray(1 - self.on.mean(axis=1))


def data(seed: int) -> tuple[Array, Array]:
    """Normal inputs (32, 4), and labels (32, 1) that are coins: hard to learn, so that there is much to correct."""
    draw = np.random.default_rng([seed, UNITS])
    return draw.standard_normal((EXAMPLES, FEATURES)), draw.integers(0, 2, (EXAMPLES, 1)).astype(np.float64)


@lru_cache(maxsize=64)
def fate(activation: Activation, rate: float, seed: int) -> Fate:
    """What ``trained`` gives: as it is stored, or found anew."""
    with np.load(_FILE) as file:
        name = _name(activation.slug, rate, seed)
        if f"{name}.on" not in file:
            return trained(activation, rate, seed)
        counts, loss, diverged = (file[f"{name}.{part}"] for part in ("on", "loss", "diverged"))
    on = np.cumsum(counts, axis=0, dtype=np.uint8)
    return Fate(np.where(on == _LOST, np.nan, on / EXAMPLES), loss, None if diverged < 0 else int(diverged))


def trained(activation: Activation, rate: float, seed: int) -> Fate:
    """Train 256 units of ``activation`` and a logistic output on all data at once, from He's weights.

    Leaky ReLU and ELU have the parameter that ``PARAMETERS`` says; same seed, same data and same first weights.
    """
    given = tuple(replace(param, default=PARAMETERS.get(activation.slug, param.default)) for param in activation.params)
    net = network.Network.fresh(replace(activation, params=given), (FEATURES, UNITS, 1), "he", seed)
    x, y = data(seed)
    run = network.train(net, x, y, descent.logistic, descent.Descent(rate), MOMENTS.tolist())
    z = run.networks.forward(x).pre_activations[0]
    on = np.where(np.isnan(z[:, 0, :]), np.nan, (z > 0).mean(axis=1))
    return Fate(on, run.loss[MOMENTS], run.diverged)


def write(catalogue: Mapping[str, Activation]) -> None:
    """Train at every setting there is to choose, and keep what became of it."""
    arrays: dict[str, Any] = {}
    for slug in dying.FUNCTIONS:
        for rate, seed in itertools.product(RATES.values(), map(int, SEEDS)):
            found, name = trained(catalogue[slug], rate, seed), _name(slug, rate, seed)
            on = np.where(np.isnan(found.on), _LOST, found.on * EXAMPLES).astype(np.uint8)
            # By how much a count differs from the moment before, modulo 256: most do not.
            arrays[f"{name}.on"] = np.diff(on, axis=0, prepend=np.uint8(0))
            arrays[f"{name}.loss"], arrays[f"{name}.diverged"] = found.loss, found.diverged or -1
    np.savez_compressed(_FILE, **arrays)


def _name(slug: str, rate: float, seed: int) -> str:
    return f"{slug}.{rate:g}.{seed}"
