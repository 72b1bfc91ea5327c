"""What a stack of bare activations (w = 1, b = 0) makes of its input, at every depth."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from activations.experiments.chain import run
from activations.spec import Activation, Array, Param

LAYERS = Param("layers", "L", 1, 1, 20, 1, domain=(1, np.inf), whole=True)
INPUTS = (-4.0, 4.0)  # the two inputs that are followed on their way down


def layer_outputs(activation: Activation, x: ArrayLike) -> Array:
    """The value after each layer, of shape (deepest + 1, points): row d is what d layers make of ``x``, row 0."""
    return run(activation, int(LAYERS.high), 1.0, 0.0, x).output
