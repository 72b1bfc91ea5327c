"""A small feed-forward network: two inputs, three hidden neurons, one output; forward, and backward by the chain rule.

Each hidden neuron computes z = w1 x1 + w2 x2 + b and a = f(z). The output is the weighted sum of the three activations
plus a bias, without an activation function. The loss is C = (output - target)^2 / 2.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from activations.spec import Activation, Array, Param

_REAL = (-math.inf, math.inf)
TARGET = 1.0


def _param(name: str, symbol: str, default: float) -> Param:
    return Param(name, symbol, default, -2.0, 2.0, 0.1, domain=_REAL)


INPUTS = (_param("x1", "x_1", 1.0), _param("x2", "x_2", -0.5))
NEURONS: Mapping[str, tuple[Param, ...]] = {
    "h1": (_param("w11", "w_{11}", 0.8), _param("w12", "w_{12}", -0.6), _param("b1", "b_1", 0.3)),
    "h2": (_param("w21", "w_{21}", -0.9), _param("w22", "w_{22}", 0.8), _param("b2", "b_2", 0.4)),
    "h3": (_param("w31", "w_{31}", 0.5), _param("w32", "w_{32}", 1.2), _param("b3", "b_3", 0.7)),
    "out": (_param("v1", "v_1", 0.7), _param("v2", "v_2", 1.2), _param("v3", "v_3", -0.8), _param("c", "c", -0.2)),
}
"""The weights and, last, the bias of each neuron; ``out`` is the output."""
HIDDEN = ("h1", "h2", "h3")
PARAMS = (*INPUTS, *(param for params in NEURONS.values() for param in params))


@dataclass(frozen=True)
class Pass:
    """One pass forward and one backward, at ``n`` settings.

    Of shape (n, 2) are the inputs ``x``; of (n, 3) ``z``, ``a``, ``derivative`` = f'(z), the weights ``v`` to the
    output, and the gradients by z and by v, ``dz`` and ``dv``; of (n, 3, 2) the weights ``w`` and their gradient
    ``dw``; of (n,) ``output``, ``error`` = output - target, which is also the gradient by the output, and ``loss``.
    """

    x: Array
    w: Array
    v: Array
    z: Array
    a: Array
    derivative: Array
    output: Array
    error: Array
    loss: Array
    dz: Array
    dw: Array
    dv: Array


def run(activation: Activation, at: Mapping[str, Array]) -> Pass:
    """Both passes with these values of the parameters: arrays of one length, by the names of ``PARAMS``."""
    x = np.stack([at[param.name] for param in INPUTS], axis=-1)
    w = np.stack([np.stack([at[param.name] for param in NEURONS[name][:2]], axis=-1) for name in HIDDEN], axis=1)
    b = np.stack([at[NEURONS[name][2].name] for name in HIDDEN], axis=-1)
    v = np.stack([at[param.name] for param in NEURONS["out"][:3]], axis=-1)
    # Rounded so that tenths which add up to 0 do: ReLU has its kink there.
    z = np.round(np.einsum("njk,nk->nj", w, x) + b, 12)
    a, derivative = np.asarray(activation(z)), np.asarray(activation.derivative(z))
    output = np.einsum("nj,nj->n", v, a) + at[NEURONS["out"][3].name]
    error = output - TARGET
    dz = error[:, None] * v * derivative
    return Pass(
        x, w, v, z, a, derivative, output, error, error**2 / 2, dz, dz[:, :, None] * x[:, None, :], error[:, None] * a
    )
