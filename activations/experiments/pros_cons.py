"""What speaks for and against the usual functions, gathered from their traits and from experiments."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from activations.experiments import cost, dying, exploding, fading, survival
from activations.experiments.fading import Stack
from activations.experiments.summary import summary
from activations.spec import Activation, Array, Param, Trait

LAYERS = Param("layers", "n", 10, 1, 20, 1, domain=(1.0, math.inf), whole=True)
CHAIN = Stack(int(LAYERS.high), 1.0, 0.0, 0.5)  # w = 1, b = 0, x0 = 0.5: no activation meets a kink
RATE, SEED = 6.0, 1  # of the training in which units die
SIZE = cost.SIZE.default  # of the arrays whose timing counts
HIDDEN, GATE, STATE = "hidden", "gate", "state"
ROLES = (HIDDEN, GATE, STATE)
# What networks are built with, the most usual first: ReLU in convolutional networks, with a leak in the discriminators
# of GANs (Radford et al. 2015, arXiv:1511.06434); GELU (Devlin et al. 2018, arXiv:1810.04805) or SiLU in Transformers;
# sigmoid and tanh in the gates and states of an LSTM (Gers et al. 2000).
USED = ("relu", "leaky_relu", "gelu", "swish", "sigmoid", "tanh")


@dataclass(frozen=True)
class ProsCons:
    """About one function, at its default parameters: ``left`` is log10 of the gradient after 20 layers of the chain,
    ``dies`` tells whether a side of it is exactly flat, ``dead`` how many of 256 units end dead in each of a few
    trainings with a large learning rate (empty where it was not trained so), ``critical`` the gain at which random
    layers keep a gradient (None: not measured, NaN: there is none), ``forward`` and ``backward`` are times the cost of
    ReLU, and ``low`` and ``high`` bound the values.
    """

    slug: str
    traits: frozenset[Trait]
    low: float
    high: float
    left: float
    dies: bool
    dead: tuple[int, ...]
    critical: float | None
    forward: float
    backward: float

    @property
    def total(self) -> float:
        """The cost of both ways."""
        return self.forward + self.backward

    def serves(self, role: str) -> bool:
        """Whether it can be what is asked for: hidden layers, a gate in [0, 1], a bounded state around 0."""
        bounded = {Trait.BOUNDED_BELOW, Trait.BOUNDED_ABOVE} <= self.traits
        if role == GATE:
            return bounded and (self.low, self.high) == (0, 1)
        return Trait.ZERO_CENTRED in self.traits if bounded and role == STATE else not bounded and role == HIDDEN


@lru_cache(maxsize=64)
def of(activation: Activation) -> ProsCons:
    """The pros and cons of a function that was timed; KeyError for any other."""
    timings, found = cost.recorded(), summary(activation)
    scale = exploding.scales().get(activation.slug)
    critical = scale.critical if scale else None
    dies = _flat(activation)
    trained = map(int, survival.SEEDS) if dies and activation.slug in dying.FUNCTIONS else ()
    dead = tuple(int(survival.fate(activation, RATE, seed).dead[-1]) for seed in trained)
    costs = (timings.ratio(activation.slug, SIZE), timings.ratio(activation.slug + cost.BACK, SIZE))
    return ProsCons(
        activation.slug,
        activation.traits,
        found.infimum,
        found.supremum,
        float(left(activation)[-1]),
        dies,
        dead,
        critical,
        *costs,
    )


@lru_cache(maxsize=64)
def left(activation: Activation) -> Array:
    """log10 of the gradient that is left at the input of the chain, for each number of layers."""
    return fading.fade(activation, LAYERS.grid, CHAIN.w, CHAIN.b, CHAIN.input).at_input


def _flat(activation: Activation) -> bool:
    """Whether its slope is exactly 0 all the way out, on one side or both."""
    kinks = activation.kinks_at()
    return bool(kinks) and bool(np.any(activation.derivative(np.array([kinks[0] - 1, kinks[-1] + 1])) == 0))


def choose(among: Sequence[ProsCons], role: str, smooth: bool, undying: bool) -> ProsCons:
    """Of those in use that serve and have what is asked for, the one in the widest use."""
    fit = [found for found in among if found.slug in USED and found.serves(role)]
    fit = [found for found in fit if not smooth or Trait.SMOOTH in found.traits]
    fit = [found for found in fit if not undying or not found.dies]
    return min(fit, key=lambda found: USED.index(found.slug))
