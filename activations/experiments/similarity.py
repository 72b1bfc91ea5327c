"""Which functions are alike: how far their curves lie apart for standard normal inputs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from activations.spec import Activation

# Fine enough for kinks and jumps, at which Gauss-Hermite quadrature is not.
_NODES = np.linspace(-9.0, 9.0, 9001)
_WEIGHTS = np.exp(-(_NODES**2) / 2)


def distance(one: Activation, other: Activation) -> float:
    """sqrt E (f(Z) - g(Z))² for Z ~ N(0, 1) at the default parameters, by the trapezoidal rule."""
    gap = one(_NODES) - other(_NODES)
    return float(np.sqrt((gap * gap) @ _WEIGHTS / _WEIGHTS.sum()))


# The forms of one function count as one function, except when they are compared with each other.
_FORMS = {"gelu_tanh": "gelu", "gelu_sigmoid": "gelu"}


@lru_cache(maxsize=256)
def nearest(activation: Activation, among: tuple[Activation, ...], count: int) -> tuple[tuple[Activation, float], ...]:
    """The ``count`` functions that lie nearest to ``activation``, nearest first, each with its distance.

    Approximations of a function are left out, except for that function and its other approximations.
    """
    itself = _FORMS.get(activation.slug, activation.slug)
    candidates = [
        place
        for place, other in enumerate(among)
        if _FORMS.get(other.slug, itself) == itself and other is not activation
    ]
    far = sorted((distance(activation, among[place]), place) for place in candidates)
    return tuple((among[place], gap) for gap, place in far[:count])
