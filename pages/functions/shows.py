"""The setting at which the picture of a function page shows the answer to the page's question."""

from __future__ import annotations

from collections.abc import Mapping

# By slug: the sliders to move, by name of the parameter or "x0" for the probe; every other slider stays where it is.
SHOWS: Mapping[str, Mapping[str, float]] = {
    "identity": {"x0": -5.0},
    "binary_step": {"x0": 0.05},
    "sigmoid": {"x0": 3.9},
    "hard_sigmoid": {"x0": 3.0},
    "tanh": {"x0": 6.0},
    "lecun_tanh": {"x0": 0.0},
    "hard_tanh": {"x0": 0.9},
    "softsign": {"x0": 5.0},
    "arctan": {"x0": 6.0},
    "erf": {"x0": 3.0},
    "isru": {"alpha": 4.0, "x0": 2.0},
    "relu": {"x0": 0.05},
    "leaky_relu": {"alpha": 1.0},
    "prelu": {"alpha": -0.5, "x0": -2.0},
    "rrelu": {"x0": -4.0},
    "relu6": {"x0": 6.0},
    "relu_squared": {"x0": 4.0},
    "threshold": {"threshold": -1.0, "below": 0.0, "x0": -1.0},
    "softplus": {"beta": 5.0, "x0": 0.0},
    "squareplus": {"b": 8.0, "x0": -6.0},
    "elu": {"alpha": 2.0, "x0": 0.0},
    "celu": {"alpha": 2.0, "x0": -1.0},
    "selu": {"x0": 1.0},
    "log_sigmoid": {"x0": 6.0},
    "exponential": {"x0": 3.0},
    "gelu": {"x0": 1.0},
    "gelu_tanh": {"x0": -6.0},
    "gelu_sigmoid": {"x0": -4.0},
    "swish": {"beta": 5.0, "x0": 0.5},
    "hard_swish": {"x0": 2.95},
    "mish": {"x0": 0.0},
    "soft_shrink": {"lam": 1.0, "x0": 3.0},
    "hard_shrink": {"lam": 1.5, "x0": 1.8},
    "tanh_shrink": {"x0": 0.25},
    "sine": {"omega": 3.0, "x0": 2.0},
    "snake": {"alpha": 3.0, "x0": 0.0},
    "gaussian": {"x0": 3.0},
}
