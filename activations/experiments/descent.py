"""What a network goes by as it learns: the loss and its slope, and the step that gradient descent takes.

Adam: Kingma & Ba, arXiv:1412.6980.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from activations.spec import Array

_MEANS, _TINY = (0.9, 0.999), 1e-8  # Adam's, as in its paper
_sum = np.add.reduce  # the method of arrays does the same, with more ado


class Loss(NamedTuple):
    """From output and target, both (..., examples, outputs): the loss (...), and its derivative by the output."""

    value: Callable[[Array, Array], Array]
    derivative: Callable[[Array, Array], Array]


def _entropy(output: Array, target: Array) -> Array:
    return _mean(np.logaddexp(0.0, output) - target * output)


def _surprise(output: Array, target: Array) -> Array:
    return np.asarray((expit(output) - target) / output.shape[-2])


def _distance(output: Array, target: Array) -> Array:
    error = output - target
    return _mean(error * error) / 2


def _error(output: Array, target: Array) -> Array:
    return np.asarray((output - target) / output.shape[-2])


def _mean(each: Array) -> Array:
    """Over the examples, of the sum over the outputs."""
    return np.asarray(_sum(_sum(each, axis=-1), axis=-1) / each.shape[-2])


logistic = Loss(_entropy, _surprise)
"""Mean cross-entropy of logits against targets in {0, 1}."""
squared = Loss(_distance, _error)
"""Half the mean squared distance."""


@dataclass(frozen=True)
class Descent:
    """Gradient descent with this learning rate; ``momentum`` weighs the step before, ``adam`` scales each number's."""

    rate: float
    momentum: float = 0.0
    adam: bool = False

    def move(self, gradient: Array, first: Array, second: Array, step: int) -> Array:
        """By how much to move; ``first`` and ``second``, what is remembered of earlier gradients, are updated."""
        if not self.adam:
            first *= self.momentum
            first += gradient
            return self.rate * first
        for mean, power, decay in ((first, gradient, _MEANS[0]), (second, gradient * gradient, _MEANS[1])):
            mean *= decay
            mean += (1 - decay) * power
        size = np.sqrt(second / (1 - _MEANS[1] ** step)) + _TINY
        return np.asarray(self.rate * (first / (1 - _MEANS[0] ** step)) / size)
