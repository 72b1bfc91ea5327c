"""A small dense network that learns by full-batch gradient descent, kept at every moment of the run that is asked for.

Backpropagation as in Rumelhart, Hinton & Williams, Nature 323, 1986. Initialisations: LeCun et al., "Efficient
BackProp", 1998; Glorot & Bengio, AISTATS 2010; He et al., arXiv:1502.01852. Adam: Kingma & Ba, arXiv:1412.6980.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.special import expit

from activations.spec import Activation, Array

Loss = Callable[[Array, Array], tuple[Array, Array]]
"""From output and target, both (..., examples, outputs), the loss (...) and its derivative by the output."""

VARIANCE: dict[str, Callable[[int, int], float]] = {
    "lecun": lambda fan_in, _: 1 / fan_in,
    "xavier": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "he": lambda fan_in, _: 2 / fan_in,
}
"""The variance of the weights of a layer, from its numbers of inputs and outputs, by the name of the initialisation."""
_sum = np.add.reduce  # the method of arrays does the same, with more ado
LOST = 1e12  # loss above which a run has diverged, long before its numbers overflow
_MEANS, _TINY = (0.9, 0.999), 1e-8  # Adam's, as in its paper


def logistic(output: Array, target: Array) -> tuple[Array, Array]:
    """Mean cross-entropy of the logits ``output`` against targets in {0, 1}, and its derivative by ``output``."""
    each = np.logaddexp(0.0, output) - target * output
    return _mean(each), (expit(output) - target) / output.shape[-2]


def squared(output: Array, target: Array) -> tuple[Array, Array]:
    """Half the mean squared distance, and its derivative by ``output``."""
    error = output - target
    return _mean(error * error) / 2, error / output.shape[-2]


def _mean(each: Array) -> Array:
    """Over the examples, of the sum over the outputs."""
    return np.asarray(_sum(_sum(each, axis=-1), axis=-1) / each.shape[-2])


@dataclass(frozen=True)
class Passed:
    """What a forward pass met, layer 1 first; each array is (..., examples, units).

    ``pre_activations`` has an array for every layer, of which the last is the output. ``activations`` is what each
    layer is given: the inputs, then f of each pre-activation but the last.
    """

    pre_activations: list[Array]
    activations: list[Array]

    @property
    def output(self) -> Array:
        """The last layer's pre-activation: no function is applied to it."""
        return self.pre_activations[-1]


@dataclass(frozen=True)
class Network:
    """Layers of these widths, the inputs first; ``act`` at its defaults between them, none after the last.

    ``theta`` has all weights and biases in its last axis; axes before it are networks of their own, computed together.
    """

    act: Activation
    widths: tuple[int, ...]
    theta: Array

    @classmethod
    def fresh(cls, act: Activation, widths: Sequence[int], scheme: str, seed: int) -> Network:
        """Normal weights of the variance that ``scheme`` (a name in ``VARIANCE``) asks for, and biases of 0.

        Raises KeyError for an unknown scheme.
        """
        draw, parts = np.random.default_rng(seed), []
        for fan_in, fan_out in itertools.pairwise(widths):
            spread = math.sqrt(VARIANCE[scheme](fan_in, fan_out))
            parts += [draw.normal(0.0, spread, fan_in * fan_out), np.zeros(fan_out)]
        return cls(act, tuple(widths), np.concatenate(parts))

    @cached_property
    def layers(self) -> list[tuple[Array, Array]]:
        """The weights (..., inputs, units) and the biases (..., units) of each layer: views of ``theta``."""
        found, start = [], 0
        for fan_in, fan_out in itertools.pairwise(self.widths):
            middle, end = start + fan_in * fan_out, start + (fan_in + 1) * fan_out
            weight = self.theta[..., start:middle].reshape(*self.theta.shape[:-1], fan_in, fan_out)
            found.append((weight, self.theta[..., middle:end]))
            start = end
        return found

    @cached_property
    def _settings(self) -> dict[str, Array]:
        return self.act.checked({})

    def forward(self, x: Array) -> Passed:
        """Send examples of shape (examples, inputs) through."""
        with np.errstate(all="ignore"):
            return self._passed(x)

    def _passed(self, x: Array) -> Passed:
        passed = Passed([], [x])
        for place, (weight, bias) in enumerate(self.layers, 1):
            z = passed.activations[-1] @ weight
            z += bias[..., None, :]
            passed.pre_activations.append(z)
            if place < len(self.layers):
                passed.activations.append(np.asarray(self.act.f(z, **self._settings)))
        return passed

    def gradient(self, x: Array, y: Array, loss: Loss) -> tuple[Array, Array]:
        """The loss and its gradient by ``theta``, of the same shape; at a kink f' is what PyTorch takes."""
        with np.errstate(all="ignore"):
            return self._gradient(x, y, loss)

    def _gradient(self, x: Array, y: Array, loss: Loss) -> tuple[Array, Array]:
        passed, parts = self._passed(x), list[Array]()
        value, error = loss(passed.output, y)
        for place in reversed(range(len(self.layers))):
            weight = passed.activations[place].swapaxes(-1, -2) @ error
            parts += [_sum(error, axis=-2), weight.reshape(*weight.shape[:-2], -1)]
            if place:
                error = error @ self.layers[place][0].swapaxes(-1, -2)
                error *= self.act.df(passed.pre_activations[place - 1], **self._settings)
        return value, np.concatenate(parts[::-1], axis=-1)


@dataclass(frozen=True)
class Descent:
    """Gradient descent with this learning rate; ``momentum`` weighs the step before, ``adam`` scales each number's."""

    rate: float
    momentum: float = 0.0
    adam: bool = False


@dataclass(frozen=True)
class Run:
    """A training: ``loss`` after 0, 1, 2 … steps, and ``kept``, the network after each of the steps asked for.

    ``kept.theta`` is (moments, parameters). From the step at which the run ``diverged`` (None if it never does) the
    losses and all weights are NaN.
    """

    loss: Array
    kept: Network
    diverged: int | None


def train(net: Network, x: Array, y: Array, loss: Loss, how: Descent, at: Sequence[int]) -> Run:
    """Train on (examples, inputs) and (examples, outputs); ``at`` are the steps to keep, ascending, 0 the untrained.

    A run whose loss is no number or exceeds ``LOST`` has diverged and ends there, without a warning.
    """
    losses = np.full(at[-1] + 1, math.nan)
    kept = np.full((len(at), net.theta.size), math.nan)
    theta, first, second = net.theta.copy(), np.zeros(net.theta.size), np.zeros(net.theta.size)
    # The layers of a network are views of its parameters: they follow.
    now, places, diverged = replace(net, theta=theta), {step: place for place, step in enumerate(at)}, None
    with np.errstate(all="ignore"):
        for step in range(at[-1] + 1):
            value, gradient = now._gradient(x, y, loss)
            if not value <= LOST:
                diverged = step
                break
            losses[step] = value
            if step in places:
                kept[places[step]] = theta
            theta -= _move(how, gradient, first, second, step + 1)
    return Run(losses, replace(net, theta=kept), diverged)


def _move(how: Descent, gradient: Array, first: Array, second: Array, step: int) -> Array:
    """By how much to move; ``first`` and ``second``, what is remembered of earlier gradients, are updated."""
    if not how.adam:
        first *= how.momentum
        first += gradient
        return how.rate * first
    for mean, power, kept in ((first, gradient, _MEANS[0]), (second, gradient * gradient, _MEANS[1])):
        mean *= kept
        mean += (1 - kept) * power
    size = np.sqrt(second / (1 - _MEANS[1] ** step)) + _TINY
    return np.asarray(how.rate * (first / (1 - _MEANS[0] ** step)) / size)
