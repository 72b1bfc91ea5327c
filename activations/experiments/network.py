"""A small dense network that learns by full-batch gradient descent, stored at the moments asked for.

Backpropagation as in Rumelhart, Hinton & Williams, Nature 323, 1986. Initialisations: LeCun et al., "Efficient
BackProp", 1998; Glorot & Bengio, AISTATS 2010; He et al., arXiv:1502.01852.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from activations.experiments.descent import Descent, Loss
from activations.spec import Activation, Array

VARIANCE: dict[str, Callable[[int, int], float]] = {
    "lecun": lambda fan_in, _: 1 / fan_in,
    "xavier": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "he": lambda fan_in, _: 2 / fan_in,
}
"""The variance of the weights of a layer, from its numbers of inputs and outputs, by the name of the initialisation."""
_sum = np.add.reduce  # the method of arrays does the same, with more ado
LOST = 1e12  # loss above which a run has diverged, long before its numbers overflow


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
    """Layers of these widths, the inputs first; ``activation`` at its defaults between them, none after the last.

    ``theta`` has all weights and biases in its last axis; axes before it are networks of their own, computed together.
    """

    activation: Activation
    widths: tuple[int, ...]
    theta: Array

    @classmethod
    def fresh(cls, activation: Activation, widths: Sequence[int], scheme: str, seed: int) -> Network:
        """Normal weights of the variance that ``scheme`` (a name in ``VARIANCE``) asks for, and biases of 0.

        Raises KeyError for an unknown scheme.
        """
        draw, parts = np.random.default_rng(seed), []
        for fan_in, fan_out in itertools.pairwise(widths):
            spread = math.sqrt(VARIANCE[scheme](fan_in, fan_out))
            parts += [draw.normal(0.0, spread, fan_in * fan_out), np.zeros(fan_out)]
        return cls(activation, tuple(widths), np.concatenate(parts))

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
    def _ways(self) -> list[tuple[Array, Array, Array]]:
        """The same for the way through and back: weights, biases in a row, weights turned over."""
        return [(weight, bias[..., None, :], weight.swapaxes(-1, -2)) for weight, bias in self.layers]

    @cached_property
    def _settings(self) -> dict[str, Array]:
        return self.activation.checked({})

    def forward(self, x: Array) -> Passed:
        """Send examples of shape (examples, inputs) through."""
        with np.errstate(all="ignore"):
            return self._passed(x)

    def _passed(self, x: Array) -> Passed:
        met, given = list[Array](), [x]
        for weight, bias, _ in self._ways:
            if met:
                given.append(self.activation.f(met[-1], **self._settings))
            z = given[-1] @ weight
            z += bias
            met.append(z)
        return Passed(met, given)

    def outputs(self, x: Array) -> Array:
        """The output (networks, examples, outputs) of networks along the first axis of ``theta``.

        One after the other: all of them at once are more than a processor keeps at hand.
        """
        now, found = replace(self, theta=np.empty(self.theta.shape[-1])), []
        for theta in self.theta:
            now.theta[:] = theta
            found.append(now.forward(x).output)
        return np.stack(found)

    def gradient(self, x: Array, y: Array, loss: Loss) -> tuple[Array, Array]:
        """The loss and its gradient by ``theta``, of the same shape; at a kink f' is what PyTorch takes."""
        found = replace(self, theta=np.empty_like(self.theta))
        with np.errstate(all="ignore"):
            passed = self._passed(x)
            self._back(passed, loss.derivative(passed.output, y), found)
            return loss.value(passed.output, y), found.theta

    def _back(self, passed: Passed, error: Array, found: Network) -> None:
        """Put the gradient where ``found`` has its parameters, from the derivative ``error`` by the output."""
        for place in reversed(range(len(self._ways))):
            weight, bias = found.layers[place]
            np.matmul(passed.activations[place].swapaxes(-1, -2), error, out=weight)
            _sum(error, axis=-2, out=bias)
            if place:
                error = error @ self._ways[place][2]
                error *= self.activation.df(passed.pre_activations[place - 1], **self._settings)


@dataclass(frozen=True)
class Run:
    """A training: ``loss`` after 0, 1, 2 … steps, and ``networks``, the network after each of the steps asked for.

    ``networks.theta`` is (moments, parameters). From the step at which the run ``diverged`` (None if it never does) the
    losses and all weights are NaN.
    """

    loss: Array
    networks: Network
    diverged: int | None


def train(net: Network, x: Array, y: Array, loss: Loss, how: Descent, at: Sequence[int]) -> Run:
    """Train on (examples, inputs) and (examples, outputs); ``at`` are the steps to keep, ascending, 0 the untrained.

    A run whose loss is no number or exceeds ``LOST`` has diverged there, without a warning.
    """
    theta, thetas, places = (
        net.theta.copy(),
        np.empty((len(at), net.theta.size)),
        {step: k for k, step in enumerate(at)},
    )
    first, second = np.zeros(theta.size), np.zeros(theta.size)
    # The layers of a network are views of its parameters: they follow.
    now, slope = replace(net, theta=theta), replace(net, theta=np.empty_like(theta))
    outputs = np.empty((at[-1] + 1, len(x), net.widths[-1]))
    with np.errstate(all="ignore"):
        for step in range(at[-1] + 1):
            if step in places:
                thetas[places[step]] = theta
            passed = now._passed(x)
            outputs[step] = passed.output
            now._back(passed, loss.derivative(passed.output, y), slope)
            theta -= how.move(slope.theta, first, second, step + 1)
        losses = loss.value(outputs, y)
        lost = np.flatnonzero(~(losses <= LOST))
    diverged = int(lost[0]) if len(lost) else None
    if diverged is not None:
        losses[diverged:], thetas[np.asarray(at) >= diverged] = math.nan, math.nan
    return Run(losses, replace(net, theta=thetas), diverged)
