"""Six activation functions and two gated units in one small network, trained alike, each at its own best learning rate.

The network has 10 inputs, two hidden layers and one output. A hidden layer is f(x W + b); a gated one is
(x V + c) · g(x W + b) with g = GELU for GEGLU and SiLU for SwiGLU (Shazeer 2020, arXiv:2002.05202). Gated layers have
two matrices and therefore 22 units instead of 33, with which all networks have exactly 1519 parameters.

Weights are normal and biases 0. The variance of a weight is 1/n in the first layer and 1/(n m) after it, for n inputs
of a unit and m the mean square of f(Z) for a standard normal Z. For ReLU, m is ½ and this is He's (arXiv:1502.01852).
Adam (arXiv:1412.6980) takes 4000 steps on batches of 64, while the learning rate falls linearly to 0. A seed settles
the examples, the batches and the random numbers of the weights. ``python -m activations.measure`` trains all networks
and writes what ``load`` reads.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from activations.experiments import meanfield, stored
from activations.experiments.descent import Descent, Loss, logistic, squared
from activations.experiments.gated import GATED
from activations.spec import Activation, Array, Param, Trait

FUNCTIONS = ("relu", "relu_squared", "gelu", "swish", "tanh", "sigmoid", "geglu", "swiglu")
RATES = 10.0 ** np.arange(-3.5, 0.25, 0.5)
SEEDS, STEPS, BATCH = 5, 4000, 64
INPUTS, LAYERS = 10, 3  # two hidden layers and the output
UNITS = {False: 33, True: 22}  # of a hidden layer, by whether it is gated
PARAMETERS = 1519  # weights and biases of each network
TRAINING, VALIDATION, HELD_OUT = 3000, 1000, 3000  # how many examples there are of each kind
TIME = Param("t", "t", 10, 0, 49, 1, domain=(0, math.inf), whole=True)
UNIT = 1e-4  # decades that a number is kept to
_LOST, _ZERO = 400.0, -400.0  # decades that stand for a run that diverged and for an exact 0
_TURNS, _NOISE = 1.25, 0.15
_GROUP = 50
_HIDDEN = np.array([(LAYERS - 1) * UNITS[slug in GATED] for slug in FUNCTIONS])
_KEPT = ("validation", "held_out", "training", "gradient")
_FILE = Path(__file__).with_suffix(".npz")

Examples = tuple[Array, Array]


def moments() -> NDArray[np.int_]:
    """The steps after which networks are seen, one a position of ``TIME``: close together first, then further apart."""
    return np.asarray(np.round(STEPS * (TIME.grid / TIME.high) ** 1.7).astype(int))


def _spirals(rng: np.random.Generator, count: int) -> Examples:
    """Two noisy spirals of 1¼ turns in the first two inputs, as classes 0 and 1; the other inputs are noise."""
    far = np.sqrt(0.06 + 0.94 * rng.uniform(size=count))
    arm = rng.integers(0, 2, count)
    angle = 2 * math.pi * _TURNS * far + math.pi * arm
    spiral = 2 * far[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    near = spiral + rng.normal(0.0, _NOISE, (count, 2))
    return np.concatenate([near, rng.standard_normal((count, INPUTS - 2))], axis=1), arm[:, None].astype(np.float64)


def _friedman(rng: np.random.Generator, count: int) -> Examples:
    """Friedman's function of ten uniform inputs, of which it uses five, without noise; all of mean 0 and variance 1.

    Friedman 1991, "Multivariate adaptive regression splines", Annals of Statistics 19(1).
    """
    u = rng.uniform(size=(count, INPUTS))
    y = 10 * np.sin(math.pi * u[:, 0] * u[:, 1]) + 20 * (u[:, 2] - 0.5) ** 2 + 10 * u[:, 3] + 5 * u[:, 4]
    return (u - 0.5) * math.sqrt(12), ((y - FRIEDMAN_MEAN) / FRIEDMAN_DEVIATION)[:, None]


FRIEDMAN_MEAN, FRIEDMAN_DEVIATION = 14.413297, 4.881236
TASKS: Mapping[str, Callable[[np.random.Generator, int], Examples]] = {"spirals": _spirals, "friedman": _friedman}
_squares = Loss(lambda o, y: 2 * squared.value(o, y), lambda o, y: 2 * squared.derivative(o, y))
LOSSES = {"spirals": logistic, "friedman": _squares}
"""By task, the mean cross-entropy or the mean squared error."""


class Data(NamedTuple):
    """Everything that a seed draws but the weights: examples, and those of each batch as (steps, ``BATCH``)."""

    training: Examples
    validation: Examples
    held_out: Examples
    batches: NDArray[np.int_]


def draw(task: str, seed: int) -> tuple[Data, np.random.Generator]:
    """The data of a seed, and the generator that draws the weights next."""
    rng = np.random.default_rng([list(TASKS).index(task), seed])
    training, validation, held_out = (TASKS[task](rng, count) for count in (TRAINING, VALIDATION, HELD_OUT))
    return Data(training, validation, held_out, rng.integers(0, TRAINING, (STEPS, BATCH))), rng


class Layer(NamedTuple):
    """The weights (..., inputs, columns) and biases (..., 1, columns) of a layer."""

    weight: Array
    bias: Array


@dataclass(frozen=True)
class Network:
    """The network of an activation, which gates if ``gated``: then its hidden layers have a column for each value and,
    after these, one for each gate."""

    activation: Activation
    gated: bool

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """The inputs and columns of each layer, first to last."""
        units, matrices = UNITS[self.gated], 1 + self.gated
        return [(INPUTS, matrices * units), *[(units, matrices * units)] * (LAYERS - 2), (units, 1)]

    @property
    def parameters(self) -> int:
        """The number of weights and biases."""
        return sum((rows + 1) * columns for rows, columns in self.shapes)

    def fresh(self, rng: np.random.Generator) -> Array:
        """Weights and biases before training, as they lie in one row."""
        mean_square = float(meanfield.moments(self.activation, 1.0)[0])
        parts = []
        for place, (rows, columns) in enumerate(self.shapes):
            variance = 1 / (rows * (mean_square if place else 1.0))
            parts += [rng.normal(0.0, math.sqrt(variance), rows * columns), np.zeros(columns)]
        return np.concatenate(parts)

    def layers(self, theta: Array) -> list[Layer]:
        """Views of parameters (..., parameters), layer by layer."""
        sizes = [size for rows, columns in self.shapes for size in (rows * columns, columns)]
        parts = np.split(theta, np.cumsum(sizes)[:-1], axis=-1)
        found = zip(parts[::2], parts[1::2], self.shapes, strict=True)
        return [Layer(w.reshape(*w.shape[:-1], *shape), b[..., None, :]) for w, b, shape in found]

    def forward(self, layers: Sequence[Layer], x: Array) -> tuple[list[Array], list[Array]]:
        """What each layer is given, and its pre-activations, of which the last are the output (..., examples, 1)."""
        given, met = [x], list[Array]()
        for layer in layers:
            z = given[-1] @ layer.weight
            z += layer.bias
            met.append(z)
            if len(met) < LAYERS:
                given.append(self._units(z))
        return given, met

    def backward(self, layers: Sequence[Layer], passed: tuple[list[Array], list[Array]], error: Array) -> Array:
        """The gradient (..., parameters) from the loss's derivative by the output."""
        given, met = passed
        parts = list[Array]()
        for place in reversed(range(LAYERS)):
            weight = given[place].swapaxes(-1, -2) @ error
            parts = [weight.reshape(*weight.shape[:-2], -1), error.sum(axis=-2), *parts]
            if place:
                error = self._through(met[place - 1], error @ layers[place].weight.swapaxes(-1, -2))
        return np.concatenate(parts, axis=-1)

    def dead(self, met: Sequence[Array]) -> float:
        """The share of hidden units at whose pre-activations f' is exactly 0 for every example.

        Only functions that are flat somewhere have such units. A gated unit has none: its value always has a slope.
        """
        if Trait.CAN_DIE not in self.activation.traits or self.gated:
            return 0.0
        flat = [(self._f(z, 1) == 0).reshape(-1, z.shape[-1]) for z in met[:-1]]
        return float(np.mean([each.all(axis=0) for each in flat]))

    def _units(self, z: Array) -> Array:
        """The outputs of hidden units."""
        if not self.gated:
            return self._f(z, 0)
        value, gate = np.split(z, 2, axis=-1)
        return np.asarray(value * self._f(gate, 0))

    def _through(self, z: Array, error: Array) -> Array:
        """The gradient by pre-activations, from that by the outputs of their units."""
        if not self.gated:
            return np.asarray(error * self._f(z, 1))
        value, gate = np.split(z, 2, axis=-1)
        return np.concatenate([error * self._f(gate, 0), error * value * self._f(gate, 1)], axis=-1)

    def _f(self, z: Array, order: int) -> Array:
        """The function or its derivative at its default parameters, without the checks that a single step need not
        repeat."""
        return np.asarray((self.activation.f, self.activation.df)[order](z, **self._settings))

    @cached_property
    def _settings(self) -> dict[str, Array]:
        return self.activation.checked({})


@dataclass(frozen=True)
class Trained:
    """What was seen of networks at the first moments: each array begins with (rates, seeds, moments).

    The losses on training, validation and held-out examples are inf where a run has diverged. ``gradient``
    (..., layers) is the root mean square of the training loss's gradient over the weights of a layer. ``dead`` is a
    share of hidden units.
    """

    training: Array
    validation: Array
    held_out: Array
    gradient: Array
    dead: Array


def train(
    net: Network, task: str, rates: Sequence[float] = tuple(RATES), seeds: Sequence[int] = tuple(range(SEEDS)),
    seen: int = len(TIME.grid),
) -> Trained:  # fmt: skip
    """Train a network at each rate from each seed, as far as the last of the first ``seen`` moments."""
    loss, at = LOSSES[task], moments()[:seen].tolist()
    drawn = [draw(task, seed) for seed in seeds]
    data = [each for each, _ in drawn]
    theta = np.tile(np.stack([net.fresh(rng) for _, rng in drawn]), (len(rates), 1))
    inputs, targets = (np.stack([each.training[kind] for each in data]) for kind in (0, 1))
    batches, seed = np.stack([each.batches for each in data], axis=1), np.arange(len(seeds))[:, None]
    rate = np.repeat(np.asarray(rates, dtype=np.float64), len(seeds))[:, None]
    first, second, adam = np.zeros_like(theta), np.zeros_like(theta), Descent(1.0, adam=True)
    layers, found = net.layers(theta), []
    with np.errstate(all="ignore"):
        for step in range(at[-1] + 1):
            if step in at:
                found.append([_look(net, row, data[run % len(seeds)], loss) for run, row in enumerate(theta)])
            if step == at[-1]:
                break
            x, y = (np.tile(each[seed, batches[step]], (len(rates), 1, 1)) for each in (inputs, targets))
            passed = net.forward(layers, x)
            gradient = net.backward(layers, passed, loss.derivative(passed[1][-1], y))
            theta -= rate * (1 - step / STEPS) * adam.move(gradient, first, second, step + 1)
    seen_of_all = np.array(found).reshape(len(at), len(rates), len(seeds), -1).transpose(1, 2, 0, 3)
    losses = np.where(np.isfinite(seen_of_all[..., :3]), seen_of_all[..., :3], math.inf)
    training, validation, held_out = np.moveaxis(losses, -1, 0)
    return Trained(training, validation, held_out, seen_of_all[..., 3:-1], seen_of_all[..., -1])


def _look(net: Network, theta: Array, data: Data, loss: Loss) -> list[float]:
    """The three losses of one network, the gradient of each of its layers, and its share of dead units."""
    layers = net.layers(theta)
    x, y = _grouped(data.training)
    passed = net.forward(layers, x)
    output = passed[1][-1]
    gradient = net.layers(net.backward(layers, passed, loss.derivative(output, y)).mean(axis=0))
    losses = [loss.value(output, y)]
    for x, y in map(_grouped, (data.validation, data.held_out)):
        losses.append(loss.value(net.forward(layers, x)[1][-1], y))
    sizes = [float(np.sqrt(np.mean(layer.weight**2))) for layer in gradient]
    return [*(float(each.mean()) for each in losses), *sizes, net.dead(passed[1])]


def _grouped(examples: Examples) -> Examples:
    """Inputs and targets in groups: products of larger matrices would be shared among all processors, each of which
    has a network of its own to train."""
    x, y = (each.reshape(-1, _GROUP, each.shape[-1]) for each in examples)
    return x, y


@dataclass(frozen=True)
class Race:
    """What came of all functions on a task, in the order of ``FUNCTIONS``; the loss of a run that diverged is inf.

    At all rates are the ``validation`` loss after the last step (functions, rates, seeds), the ``held_out`` loss and
    the share of ``dead`` units (functions, rates, seeds, moments). At the ``best`` rate are the ``training`` loss
    (functions, seeds, moments) and for each layer the root mean square of its ``gradient`` (functions, layers, seeds,
    moments).
    """

    validation: Array
    held_out: Array
    dead: Array
    training: Array
    gradient: Array

    @cached_property
    def best(self) -> NDArray[np.int_]:
        """The rate of each function, by its index, with the least median validation loss."""
        return _best(self.validation)

    @property
    def at_best(self) -> Array:
        """The held-out loss of each function at its best rate, (functions, seeds, moments)."""
        return np.asarray(self.held_out[np.arange(len(FUNCTIONS)), self.best])


class Standing(NamedTuple):
    """Functions in order of their median loss: each array is (..., functions), by place, the best first.

    ``order`` has their indices. ``low`` and ``high`` are the least and the greatest loss of the seeds. A function is
    ``tied`` if its least loss does not exceed the greatest of the best function, so that the ranges overlap.
    """

    order: NDArray[np.int_]
    median: Array
    low: Array
    high: Array
    tied: NDArray[np.bool_]


def standing(losses: Array) -> Standing:
    """The order of functions by losses (..., functions, seeds), of an odd number of seeds."""
    by_seed = np.sort(losses, axis=-1)
    middle = by_seed[..., by_seed.shape[-1] // 2]
    order = np.argsort(middle, axis=-1, kind="stable")
    median, low, high = (
        np.take_along_axis(each, order, axis=-1) for each in (middle, by_seed[..., 0], by_seed[..., -1])
    )
    return Standing(order, median, low, high, low <= high[..., :1])


@lru_cache
def load(task: str) -> Race:
    """What was measured on a task, one of ``TASKS``."""
    with np.load(_FILE) as file:
        dead = np.cumsum(file[f"{task}.dead"], axis=-1, dtype=np.int16) / _HIDDEN[:, None, None, None]
        kept = {name: _powers(stored.values(file[f"{task}.{name}"], UNIT)) for name in _KEPT}
    return Race(dead=dead, **kept)


def _best(validation: Array) -> NDArray[np.int_]:
    return np.asarray(np.median(validation, axis=-1).argmin(axis=-1))


def _powers(decades: Array) -> Array:
    """The numbers with these logarithms."""
    whole = np.where(decades > _LOST - 1, math.inf, np.where(decades < _ZERO + 1, -math.inf, decades))
    return np.asarray(10.0**whole)


def _decades(numbers: Array) -> NDArray[np.int32]:
    """The logarithms of numbers as they are stored."""
    with np.errstate(divide="ignore"):
        return stored.steps(np.clip(np.log10(numbers), _ZERO, _LOST), UNIT)


def network(catalogue: Mapping[str, Activation], slug: str) -> Network:
    """The network of one of ``FUNCTIONS``."""
    return Network(catalogue[GATED.get(slug, slug)], slug in GATED)


def write(catalogue: Mapping[str, Activation]) -> None:
    """Train every function on every task, one on each processor, and keep what is found."""
    cases = list(itertools.product(TASKS, FUNCTIONS))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = list(pool.map(lambda case: train(network(catalogue, case[1]), case[0]), cases))
    arrays: dict[str, Any] = {}
    for place, task in enumerate(TASKS):
        found = runs[place * len(FUNCTIONS) : (place + 1) * len(FUNCTIONS)]
        validation = np.stack([each.validation[..., -1] for each in found])
        at_best = list(zip(found, _best(validation), strict=True))
        kept = {
            "validation": validation,
            "held_out": np.stack([each.held_out for each in found]),
            "training": np.stack([each.training[rate] for each, rate in at_best]),
            "gradient": np.stack([np.moveaxis(each.gradient[rate], -1, 0) for each, rate in at_best]),
        }
        arrays |= {f"{task}.{name}": _decades(kept[name]) for name in _KEPT}
        dead = np.stack([np.round(each.dead * units) for each, units in zip(found, _HIDDEN, strict=True)])
        arrays[f"{task}.dead"] = np.diff(dead.astype(np.int16), axis=-1, prepend=np.int16(0))
    about = {"functions": FUNCTIONS, "python": platform.python_version(), "numpy": np.__version__}
    np.savez_compressed(_FILE, **arrays, about=np.array(json.dumps(about)))
