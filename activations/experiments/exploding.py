"""What is left of a gradient at layer 1 of random networks, for every weight scale and depth: measured, and kept.

Each layer is a_l = f(W_l a_{l-1}) with 256 units, weights from N(0, g²/256) and no biases; the input has mean square 1.
A gradient of norm 1 starts at the output a_L and comes back to a_0: through all L layers. ``python -m
activations.measure`` measures anew and writes the file that ``load`` reads.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from activations.experiments import chain, meanfield, stored
from activations.spec import Activation, Array, Param

GAIN = Param("gain", "k", 0.0, -2.0, 4.0, 0.1, domain=(-2.0, 4.0))
DEPTH = Param("depth", "L", 50, 1, 50, 1, domain=(1, 50), whole=True)
PARAMS = (GAIN, DEPTH)
FUNCTIONS = ("relu", "sigmoid", "tanh", "gelu", "selu", "identity")
LECUN, HE = 1.0, 2**0.5  # weights of variance 1/n and 2/n; Xavier's 2/(n + n) is LeCun's where all layers are as wide
RECOMMENDED = {
    "identity": 1.0,
    "sigmoid": 1.0,
    "tanh": 5 / 3,
    "relu": HE,
    "selu": 3 / 4,
}  # torch.nn.init.calculate_gain
RECOMMENDED["leaky_relu"] = (2 / (1 + 0.01**2)) ** 0.5
WIDTH, SEEDS, SEED = 256, 9, 2010
OWN_WIDTH, OWN_SEEDS = 64, 3
"""The networks of a formula, which are measured while a reader waits."""
UNIT = 1e-4  # decades that a number is kept to
OVERFLOW = float(np.log10(np.finfo(np.float32).max))  # decades beyond which float32 holds only inf
NIELSEN = 100.0  # the weight of his example, in Neural Networks and Deep Learning, chapter 5
_FILE = Path(__file__).with_suffix(".npz")
_MEASURING = Lock()  # Two visitors with the same formula wait for one measurement.


@dataclass(frozen=True)
class Map:
    """What one function leaves of a gradient, in decades: rows are ``gains``, columns depths 1, 2, …

    ``measured`` is the median of the networks, ``theory`` what infinitely wide layers would leave; -inf is exactly 0.
    ``weights`` is the median of the first layer's weight gradient divided by the last layer's, NaN where both are 0.
    ``critical`` is the critical gain, NaN if there is none, and ``width`` the number of units in a layer.
    """

    gains: Array
    measured: Array
    theory: Array
    weights: Array
    critical: float
    width: int


@dataclass(frozen=True)
class Scale:
    """The ``critical`` gain of a function, NaN if it has none, and by what a layer multiplies a gradient at others.

    ``recommended`` is None where PyTorch recommends no gain.
    """

    critical: float
    lecun: float
    he: float
    recommended: float | None

    @classmethod
    def of(cls, activation: Activation) -> Scale:
        """Found by quadrature."""
        gain = RECOMMENDED.get(activation.slug)
        recommended = None if gain is None else meanfield.factor(activation, gain)
        return cls(
            meanfield.critical(activation),
            meanfield.factor(activation, LECUN),
            meanfield.factor(activation, HE),
            recommended,
        )


def gains() -> Array:
    """The weight scale g = 2^k at each position of its slider."""
    return np.asarray(2.0**GAIN.grid)


def network(
    activation: Activation, scales: ArrayLike, seed: int, depth: int = int(DEPTH.high), width: int = WIDTH
) -> tuple[Array, Array]:
    """What one random network of 1 … ``depth`` layers does to gradients, for all ``scales`` of its weights.

    First log10 of the gradient's norm at the input, then log10 of the norm of the weight gradient of the first layer,
    divided by that of the last layer; NaN where neither is above 0. Each of shape (scales, depth). Norms are divided
    out layer by layer and kept as logarithms, so that nothing overflows before the activations do, at 1e308.
    """
    rng = np.random.default_rng([SEED, seed])
    scale = np.asarray(scales, dtype=np.float64)
    a, back = (rng.standard_normal(width) for _ in range(2))
    weights = rng.standard_normal((depth, width, width)) / np.sqrt(width)
    a = np.repeat((a / np.sqrt(np.mean(a * a)))[:, None], len(scale), axis=1)
    slopes, given = [], []
    for weight in weights:
        given.append(_decades(a))
        z = scale * (weight @ a)
        a = activation(z)
        slopes.append(activation.derivative(z))
    left, first, last = _backwards(weights, slopes, scale, back / np.sqrt(back @ back))
    # A weight gradient is the outer product of the gradient at the pre-activations and of what the layer is given.
    with np.errstate(invalid="ignore"):
        return left, first + given[0][:, None] - last - np.stack(given, axis=1)


def _backwards(weights: Array, slopes: list[Array], scale: Array, start: Array) -> tuple[Array, Array, Array]:
    """The gradients of all depths at once, in decades: each joins at its own last layer.

    At the input, at the pre-activations of the first layer and at those of the last one.
    """
    depth, width = len(weights), len(start)
    back = np.empty((width, len(scale), depth))
    logs = np.zeros((len(scale), depth))
    first, last = np.empty_like(logs), np.empty_like(logs)
    back[:] = start[:, None, None]
    for k in range(depth - 1, -1, -1):
        ahead = slopes[k][:, :, None] * back[:, :, k:]
        last[:, k] = _decades(ahead[:, :, 0])
        if k == 0:
            first[:] = logs + _decades(ahead)
        moved = (weights[k].T @ ahead.reshape(width, -1)).reshape(ahead.shape) * scale[:, None]
        norms = np.sqrt(np.sum(moved * moved, axis=0))
        with np.errstate(divide="ignore"):
            logs[:, k:] += np.log10(norms)
        back[:, :, k:] = moved / np.where(norms > 0, norms, 1.0)
    return logs, first, last


def _decades(vectors: Array) -> Array:
    """log10 of the norms of vectors along the first axis; -inf for an exact 0."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log10(np.sqrt(np.sum(vectors * vectors, axis=0))))


def measure(activation: Activation, scales: ArrayLike, seeds: int = SEEDS, width: int = WIDTH) -> tuple[Array, Array]:
    """The medians over so many networks of what ``network`` finds."""
    found = (network(activation, scales, seed, width=width) for seed in range(seeds))
    left, weights = zip(*found, strict=True)
    return np.asarray(np.median(left, axis=0)), np.asarray(np.median(weights, axis=0))


def of(activation: Activation) -> Map:
    """The map of one of ``FUNCTIONS``, or that of a formula, which takes about a second the first time."""
    if activation.slug in FUNCTIONS:
        return load(activation.slug)
    with _MEASURING:
        return _measured(activation)


@lru_cache(maxsize=64)
def computable(activation: Activation) -> bool:
    """Whether the networks of a formula neither overflow nor underflow at any weight scale: tried at both ends."""
    if not chain.computable(activation):
        return False
    with np.errstate(all="ignore"):
        tried = [network(activation, gains()[[0, -1]], seed, width=OWN_WIDTH) for seed in range(OWN_SEEDS)]
    left, weights = np.array(tried).swapaxes(0, 1)
    return bool(((left < np.inf) & ((weights < np.inf) | (left == -np.inf))).all())


@lru_cache(maxsize=32)
def _measured(activation: Activation) -> Map:
    # Of a formula a derivative may be 0 everywhere, whose logarithm is -inf.
    with np.errstate(all="ignore"):
        measured, weights = measure(activation, gains(), OWN_SEEDS, OWN_WIDTH)
        theory = meanfield.fading(activation, gains(), int(DEPTH.high))
        return Map(gains(), measured, theory, weights, meanfield.critical(activation), OWN_WIDTH)


@lru_cache
def load(slug: str) -> Map:
    """The map of one of ``FUNCTIONS``, as it was measured."""
    with np.load(_FILE) as file:
        measured, theory, weights = (
            stored.values(file[f"{slug}.{kind}"], UNIT) for kind in ("measured", "theory", "weights")
        )
        return Map(gains(), measured, theory, weights, scales()[slug].critical, WIDTH)


@lru_cache
def about() -> Mapping[str, Any]:
    """How the file was made: seed, width, seeds, versions."""
    with np.load(_FILE) as file:
        return dict(json.loads(str(file["about"])))


@lru_cache
def scales() -> Mapping[str, Scale]:
    """What follows for each function of which a deep stack can be computed, by quadrature."""
    with np.load(_FILE) as file:
        return {slug: Scale(**found) for slug, found in json.loads(str(file["scales"])).items()}


def write(catalogue: Mapping[str, Activation]) -> None:
    """Measure every map, find every critical gain, and keep them."""
    arrays: dict[str, Any] = {}
    for slug in FUNCTIONS:
        activation = catalogue[slug]
        measured, weights = measure(activation, gains())
        arrays[f"{slug}.measured"], arrays[f"{slug}.weights"] = (
            stored.steps(measured, UNIT),
            stored.steps(weights, UNIT),
        )
        arrays[f"{slug}.theory"] = stored.steps(meanfield.fading(activation, gains(), int(DEPTH.high)), UNIT)
    found = {
        slug: asdict(Scale.of(activation)) for slug, activation in catalogue.items() if chain.stackable(activation)
    }
    versions = {"python": platform.python_version(), "numpy": np.__version__}
    arrays["scales"] = np.array(json.dumps(found))
    arrays["about"] = np.array(json.dumps({"seed": SEED, "seeds": SEEDS, "width": WIDTH, **versions}))
    np.savez_compressed(_FILE, **arrays)


def clipped(decades: ArrayLike) -> Array:
    """The norm at layer 1 once it is clipped to 1 (Pascanu et al. 2013, arXiv:1211.5063), in decades."""
    return np.minimum(decades, 0.0)


def rescaled(decades: ArrayLike) -> Array:
    """What the same division leaves of the norm 1 at the output, in decades."""
    return -np.maximum(decades, 0.0)


def crossing(decades: Array, level: float) -> Array:
    """The depth at which each row first reaches ``level``, which is not 0, between whole depths; NaN where never."""
    ahead = np.concatenate([np.zeros((len(decades), 1)), decades], axis=1) * np.sign(level)
    beyond = ahead >= abs(level)
    last = np.maximum(beyond.argmax(axis=1), 1)
    row = np.arange(len(ahead))
    before, after = ahead[row, last - 1], ahead[row, last]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(beyond.any(axis=1), last - 1 + (abs(level) - before) / (after - before), np.nan)


def single(activation: Activation, depth: int, centred: bool, weight: float = NIELSEN) -> Array:
    """log10 |da_L/da_0| of a chain of single units with this weight after 1 … ``depth`` layers.

    It starts at f(0). ``centred``: the bias makes every pre-activation 0; else there is none.
    """
    return chain.run(
        activation, depth, weight, centring(activation, weight) if centred else 0.0, activation(0.0)
    ).log_ahead[1:]


def centring(activation: Activation, weight: float) -> float:
    """The bias with which a chain that starts at f(0) has pre-activation 0 in every layer."""
    return -weight * float(activation(0.0))
