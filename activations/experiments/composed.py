"""Layers that act on the plane one after another, and the one matrix that does the same at once or comes nearest.

Layer l multiplies by its own 2×2 matrix; between two layers an activation is applied to each coordinate, and none
after the last. Without one (the identity) the stack is the product of its matrices: linear maps compose to a linear
map. With one, the best affine map in the sense of least squares is found over the points that are followed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from activations.spec import Activation, Array, Param

_REAL = (-np.inf, np.inf)
DEPTH = Param("depth", "L", 1, 0, 6, 1, domain=(0, np.inf), whole=True)
WEIGHT = Param("w", "w", 1.0, -1.2, 1.2, 0.1, domain=_REAL)
CROSS = Param("v", "v", 0.5, -1.2, 1.2, 0.1, domain=_REAL)
PARAMS = (DEPTH, WEIGHT, CROSS)
DEEPEST = int(DEPTH.high)
_LINES, _POINTS = 7, 17


def grid() -> Array:
    """The grid on [-1, 1]² as (2, lines, points): first its upright lines from left to right, then the flat ones."""
    along, across = np.linspace(-1, 1, _POINTS), np.linspace(-1, 1, _LINES)
    upright = np.stack(np.broadcast_arrays(across[:, None], along))
    return np.concatenate([upright, upright[::-1]], axis=1)


def matrix(layer: int, w: ArrayLike, v: ArrayLike) -> Array:
    """The matrix (2, 2, *settings) of a layer, counted from 1: ``w`` keeps, ``v`` mixes, odd layers and even unlike.

    Odd: [[w, v], [0, w]]. Even: [[w, 0], [-v, w]].
    """
    keep, mix = np.broadcast_arrays(np.asarray(w, dtype=np.float64), np.asarray(v, dtype=np.float64))
    zero = np.zeros_like(keep)
    return np.array([[keep, mix], [zero, keep]] if layer % 2 else [[keep, zero], [-mix, keep]])


@dataclass(frozen=True)
class Composed:
    """A stack at each depth 0 .. ``DEEPEST`` (the first axis) and each setting of w and v (axes called "settings").

    ``output`` (depths, 2, *settings, points) is what the layers make of the points one after another; ``matrix``
    (depths, 2, 2, *settings) and ``shift`` (depths, 2, *settings) are the one map. ``largest`` (depths, *settings) is
    the largest difference of a coordinate between the two, ``typical`` the root of the mean squared distance.
    """

    output: Array
    matrix: Array
    shift: Array
    largest: Array
    typical: Array


def composed(activation: Activation, w: ArrayLike, v: ArrayLike, points: Array) -> Composed:
    """The stack of each depth, ``activation`` at its defaults between its layers, at ``points`` of shape (2, points).

    Raises ValueError unless the two coordinates of the points have mean 0 and are uncorrelated, as in the grid.
    """
    if np.abs([*points.mean(axis=1), np.mean(points[0] * points[1])]).max() > 1e-12:
        raise ValueError("points must be centred and their coordinates uncorrelated")
    output, one = _passed(activation, [matrix(layer, w, v) for layer in range(1, DEEPEST + 1)], points)
    shift = np.zeros((DEEPEST + 1, *one.shape[2:]))
    if activation.slug != "identity":
        # With fewer than two layers there is no nonlinearity between them, so the product is the stack.
        one[2:], shift[2:] = _nearest(points, output[2:])
    off = np.stack([applied(each, points) for each in one])
    off += shift[..., None]
    off -= output
    largest = np.abs(np.maximum(off.max(axis=-1), -off.min(axis=-1)).max(axis=1))
    squares = np.einsum("d...p,d...p->d...", off, off).sum(axis=1)
    return Composed(output, one, shift, largest, np.sqrt(squares / points.shape[1]))


def _passed(activation: Activation, layers: list[Array], points: Array) -> tuple[Array, Array]:
    """What each depth makes of the points, layer by layer, and the product of its matrices."""
    settings, many = activation.checked({}), layers[0].shape[2:]
    output = np.empty((len(layers) + 1, 2, *many, points.shape[1]))
    product = np.empty((len(layers) + 1, 2, 2, *many))
    output[0] = points.reshape(2, *(1,) * len(many), -1)
    product[0] = np.eye(2).reshape(2, 2, *(1,) * len(many))
    for depth, layer in enumerate(layers, 1):
        given = output[0] if depth == 1 else np.asarray(activation.f(output[depth - 1], **settings))
        applied(layer, given, out=output[depth])
        columns = applied(layer, np.moveaxis(product[depth - 1], 1, -1))
        product[depth] = np.moveaxis(columns, -1, 1)
    return output, product


def imagined(answer: str, depth: ArrayLike, points: Array) -> Array:
    """What a reader may expect of ``points`` (2, points) at each of these depths, of shape (2, *depths, points).

    "bent": each layer after the first bends what it is given a little more. "tapered": lines stay straight, but as in
    perspective parallels run together. Raises KeyError for another answer.
    """
    x, y = points
    much = 0.1 * np.maximum(np.asarray(depth, dtype=np.float64) - 1, 0)[..., None]
    far = 1 + much * (x + y) / 2
    both = {
        "bent": lambda: (x + much * np.sin(math.pi * y), y + much * np.sin(math.pi * x)),
        "tapered": lambda: (x / far, y / far),
    }[answer]()
    return np.stack(np.broadcast_arrays(*both))


def applied(one: Array, points: Array, out: Array | None = None) -> Array:
    """A matrix (2, 2, *settings) times each of the points (2, *settings, points).

    Written out, so that it gives the same to the last bit on every machine.
    """
    x, y = points
    shape = np.broadcast_shapes((*one.shape[2:], 1), x.shape)
    moved = np.empty((2, *shape)) if out is None else out
    for row, (by_x, by_y) in zip(moved, one[..., None], strict=True):
        np.multiply(by_x, x, out=row)
        row += by_y * y
    return moved


def _nearest(points: Array, output: Array) -> tuple[Array, Array]:
    """Least squares over centred, uncorrelated coordinates: each coefficient by itself.

    Summed point by point in the same order whatever the number of settings, so that rounding is the same as well.
    """
    by_size = points / (points**2).sum(axis=1, keepdims=True)
    return np.stack([(output * each).sum(axis=-1) for each in by_size], axis=2), output.mean(axis=-1)
