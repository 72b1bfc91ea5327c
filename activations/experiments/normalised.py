"""What normalisation and skips leave of a gradient, for every weight scale and depth: measured, and kept.

A plain layer is a ← f(W a) with 64 units, weights from N(0, g²/64) and no biases. A normalisation N subtracts a mean
and divides by a standard deviation: batch normalisation (Ioffe & Szegedy 2015, arXiv:1502.03167) for each unit over the
batch, layer normalisation (Ba, Kiros & Hinton 2016, arXiv:1607.06450) for each example over the units. It has no
learned scale and shift, as at initialisation, and adds no ε; what does not vary becomes 0. ``ARRANGEMENTS`` says where
it stands, and where the input of a layer is added to its output (He et al. 2015, arXiv:1512.03385).

A batch of 32 examples of mean square 1 enters. Let J be the Jacobian of all 32 outputs with respect to all 32 inputs,
since batch normalisation makes each output depend on the whole batch. A gradient of norm 1 and random direction u at
the outputs arrives at the inputs as Jᵀu. Because J is square, ‖Jᵀu‖ has the same distribution as ‖Jv‖ for a random
direction v at the inputs. The tangent Jv is carried forward beside the activations, and one forward pass therefore
measures networks of every depth. What arrives at each layer of the deepest network is measured on the way back from a
gradient at its outputs. ``python -m activations.measure`` measures anew and writes what ``load`` reads.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.experiments import chain, stored
from activations.experiments.exploding import DEPTH
from activations.spec import Activation, Array, Param

GAIN = Param("gain", "k", 0.0, -2.0, 4.0, 0.25, domain=(-2.0, 4.0))
PARAMS = (GAIN, DEPTH)
LAYER = Param("at_layer", "l", 1, 1, DEPTH.high, 1, domain=(1, DEPTH.high), whole=True)
NORMS = {"batch": -1, "layer": 0}  # the axis over which each normalises activations of shape (units, scales, batch)
WIDTH, BATCH, SEEDS, SEED = 64, 32, 3, 2015
UNIT = 1e-3  # decades that a number is kept to
ZERO = -400.0  # decades that stand for an exact 0, which float64 has below 10⁻³²⁴
_ROUNDING = 1e-12  # a standard deviation below this share of the mean is rounding: all values are equal
_FILE = Path(__file__).with_suffix(".npz")

Map = Callable[[Array], Array]
# Activations a and their tangents lie in one array: what is linear, as a sum is, treats both alike.
# So they do with arrays that know their way back.
ARRANGEMENTS: Mapping[str, Callable[[Any, Any, Any, Any], Any]] = {
    "plain": lambda a, w, f, norm: f(w(a)),
    "before": lambda a, w, f, norm: f(norm(w(a))),
    "after": lambda a, w, f, norm: norm(f(w(a))),
    "skip": lambda a, w, f, norm: a + f(w(a)),
    "pre": lambda a, w, f, norm: a + f(w(norm(a))),
    "post": lambda a, w, f, norm: norm(a + f(w(a))),
}
UNNORMALISED = ("plain", "skip")
UNSCALED = "before"  # the normalisation divides by the weight scale again, which therefore changes nothing


@dataclass(frozen=True)
class Measured:
    """Medians of the networks in decades, of shape (gains, depths): rows are those of ``GAIN``, columns depth 1, 2, …

    ``gradient`` is the norm at the input, ``activation`` the root mean square after the last layer; -inf is exactly 0.
    ``arriving`` is of the deepest network: the norm at the input of layer 1, 2, …; ``activation`` is also its root mean
    square after each of these layers.
    """

    gradient: Array
    activation: Array
    arriving: Array


def network(
    activation: Activation, arrangement: str, norm: str, scales: ArrayLike, seed: int,
    depth: int = int(DEPTH.high), width: int = WIDTH, batch: int = BATCH,
) -> tuple[Array, Array]:  # fmt: skip
    """What one random network of 1 … ``depth`` layers does to gradients and activations, for all ``scales`` of weights.

    First log10 of ‖Jv‖, -inf for an exact 0, then log10 of the root mean square of the activations; each of shape
    (scales, depth). The length of the tangent is divided out layer by layer and kept as a logarithm.
    """
    scale = np.asarray(scales, dtype=np.float64)
    both, weights = _drawn(seed, len(scale), depth, width, batch)
    logs, gradient, sizes = np.zeros(len(scale)), [], []
    for weight in weights:

        def linear(x: Array, weight: Array = weight) -> Array:
            product = (weight @ x.reshape(2, width, -1)).reshape(x.shape)
            return np.asarray(product * scale[:, None])

        def nonlinear(z: Array) -> Array:
            return np.stack([activation(z[0]), activation.derivative(z[0]) * z[1]])

        both = ARRANGEMENTS[arrangement](both, linear, nonlinear, lambda x: normalise(x, NORMS[norm]))
        length = np.sqrt(np.sum(both[1] ** 2, axis=(0, 2)))
        both[1] /= np.where(length > 0, length, 1.0)[:, None]
        with np.errstate(divide="ignore"):
            logs = logs + np.log10(length)
            sizes.append(np.log10(np.mean(both[0] ** 2, axis=(0, 2))) / 2)
        gradient.append(logs)
    return np.stack(gradient, axis=1), np.stack(sizes, axis=1)


def arriving(
    activation: Activation, arrangement: str, norm: str, scales: ArrayLike, seed: int,
    depth: int = int(DEPTH.high), width: int = WIDTH, batch: int = BATCH,
) -> Array:  # fmt: skip
    """log10 of the norm of the gradient at the input of each layer of one random network, of shape (scales, depth).

    The network is that of ``network``; a gradient of norm 1 and random direction is at the outputs of all examples.
    """
    scale = np.asarray(scales, dtype=np.float64)
    (a, gradient), weights = _drawn(seed, len(scale), depth, width, batch)
    ways = []
    for weight in weights:

        def linear(x: _Traced, weight: Array = weight) -> _Traced:
            def product(matrix: Array, each: Array) -> Array:
                return np.asarray((matrix @ each.reshape(width, -1)).reshape(each.shape) * scale[:, None])

            return _Traced(product(weight, x.value), lambda back: x.way(product(weight.T, back)))

        def nonlinear(z: _Traced) -> _Traced:
            slope = activation.derivative(z.value)
            return _Traced(activation(z.value), lambda back: z.way(slope * back))

        def normal(x: _Traced) -> _Traced:
            # The derivative of a normalisation is a symmetric matrix: back goes what goes forward.
            def through(tangent: Array) -> Array:
                return normalise(np.stack([x.value, tangent]), NORMS[norm])

            return _Traced(through(x.value)[0], lambda back: x.way(through(back)[1]))

        layer = ARRANGEMENTS[arrangement](_Traced(a, lambda back: back), linear, nonlinear, normal)
        a = layer.value
        ways.append(layer.way)
    logs, found = np.zeros(len(scale)), []
    for way in reversed(ways):
        gradient = way(gradient)
        length = np.sqrt(np.sum(gradient**2, axis=(0, 2)))
        gradient = gradient / np.where(length > 0, length, 1.0)[:, None]
        with np.errstate(divide="ignore"):
            logs = logs + np.log10(length)
        found.append(logs)
    return np.stack(found[::-1], axis=1)


@dataclass(frozen=True)
class _Traced:
    """Activations, and the ``way`` of a gradient from them back to the input of their layer."""

    value: Array
    way: Map

    def __add__(self, other: _Traced) -> _Traced:
        return _Traced(self.value + other.value, lambda back: self.way(back) + other.way(back))


def _drawn(seed: int, scales: int, depth: int, width: int, batch: int) -> tuple[Array, Array]:
    """An input and a direction for every scale, of shape (2, units, scales, batch), and the weights of all layers."""
    rng = np.random.default_rng([SEED, seed])
    start = rng.standard_normal((2, width, 1, batch))
    weights = rng.standard_normal((depth, width, width)) / np.sqrt(width)
    start[0] /= np.sqrt(np.mean(start[0] ** 2, axis=0))
    start[1] /= np.linalg.norm(start[1])
    return np.repeat(start, scales, axis=2), weights


def normalise(both: Array, axis: int) -> Array:
    """Values x = ``both[0]`` with mean 0 and mean square 1 along an axis, and their tangents; equal values become 0."""
    x, dx = both
    mean = x.mean(axis, keepdims=True)
    centred = x - mean
    deviation = np.sqrt(np.mean(centred**2, axis=axis, keepdims=True))
    varies = deviation > _ROUNDING * np.abs(mean)
    inverse = np.divide(1.0, deviation, out=np.zeros_like(deviation), where=varies)
    y = centred * inverse
    dy = dx - dx.mean(axis, keepdims=True) - y * np.mean(y * dx, axis=axis, keepdims=True)
    return np.stack([y, dy * inverse])


def measure(activation: Activation, arrangement: str, norm: str) -> Measured:
    """The medians over ``SEEDS`` networks of what ``network`` and ``arriving`` find."""
    scales = [1.0] if arrangement == UNSCALED else 2.0**GAIN.grid
    asked = (activation, arrangement, norm, scales)
    found = [(*network(*asked, seed), arriving(*asked, seed)) for seed in range(SEEDS)]
    return Measured(*(np.median(each, axis=0) for each in zip(*found, strict=True)))


@lru_cache
def functions() -> tuple[str, ...]:
    """The functions that were measured, by slug: all of which a deep stack can be computed."""
    with np.load(_FILE) as file:
        return tuple(json.loads(str(file["about"]))["functions"])


@lru_cache(maxsize=64)
def load(slug: str, arrangement: str, norm: str) -> Measured:
    """What was measured of a function; without a normalisation both values of ``norm`` are the same."""
    name = f"{slug}.{_name(arrangement, norm)}"
    with np.load(_FILE) as file:
        kept = stored.values(file[name], UNIT)
    whole = np.broadcast_to(np.where(kept > ZERO, kept, -np.inf), (3, len(GAIN.grid), int(DEPTH.high)))
    return Measured(*whole)


def write(catalogue: Mapping[str, Activation]) -> None:
    """Measure every function in every arrangement, a function on each processor, and keep what is found."""
    slugs = [slug for slug, activation in catalogue.items() if chain.stackable(activation)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(_measure_all, [catalogue[slug] for slug in slugs]))
    arrays: dict[str, Any] = {
        f"{slug}.{name}": each for slug, maps in zip(slugs, found, strict=True) for name, each in maps.items()
    }
    about: dict[str, Any] = {"seed": SEED, "seeds": SEEDS, "width": WIDTH, "batch": BATCH, "functions": slugs}
    about |= {"python": platform.python_version(), "numpy": np.__version__}
    np.savez_compressed(_FILE, **arrays | {"about": np.array(json.dumps(about))})


def _measure_all(activation: Activation) -> dict[str, NDArray[np.int32]]:
    measured = {}
    for arrangement in ARRANGEMENTS:
        for norm in NORMS:
            name = _name(arrangement, norm)
            if name not in measured:
                found = measure(activation, arrangement, norm)
                tables = np.stack([found.gradient, found.activation, found.arriving])
                measured[name] = stored.steps(np.maximum(tables, ZERO), UNIT)
    return measured


def _name(arrangement: str, norm: str) -> str:
    return arrangement if arrangement in UNNORMALISED else f"{arrangement}.{norm}"
