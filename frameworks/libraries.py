"""The libraries, each as one thing: its versions, and value and derivative of a few of its lines at given inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jax
import keras
import numpy as np
import tensorflow as tf
import torch
from numpy.typing import NDArray

Array = NDArray[np.float64]
Line = Callable[[Any], Any]
Jet = Callable[[Line, Array, str], tuple[Any, Any]]

CPU = torch.backends.cpu.get_cpu_capability()  # the widest vector instructions that PyTorch uses here

jax.config.update("jax_enable_x64", True)


@dataclass(frozen=True)
class Library:
    """A library: the ``versions`` that were run, and how it gives value and derivative."""

    versions: Mapping[str, str]
    jet: Jet

    def run(self, code: str, x: Array, dtype: str = "float64", **names: Any) -> tuple[Array, Array]:
        """``y`` and dy/dx by automatic differentiation after ``code``, which finds ``x`` in this format, and ``names``.

        Both as float64, of the shape of ``x``. The derivative is NaN where the library has none.
        """
        compiled = compile(code, "code", "exec")

        def line(given: Any) -> Any:
            space = {**names, "x": given}
            exec(compiled, space)
            return space["y"]

        value, slope = self.jet(line, x, dtype)
        nothing = np.full(np.shape(x), np.nan)
        return np.asarray(value, np.float64), nothing if slope is None else np.asarray(slope, np.float64)


def _torch(line: Line, x: Array, dtype: str) -> tuple[Any, Any]:
    given = torch.tensor(x, dtype=getattr(torch, dtype), requires_grad=True)
    value = line(given)
    try:
        value.sum().backward()
    except RuntimeError as error:
        if "is not implemented" not in str(error):
            raise
    slope = None if given.grad is None else given.grad.double().numpy()
    return value.detach().double().numpy(), slope


def _jax(line: Line, x: Array, dtype: str) -> tuple[Any, Any]:
    value, back = jax.vjp(line, jax.numpy.asarray(x, dtype))
    return value, back(jax.numpy.ones_like(value))[0]


def _tensorflow(line: Line, x: Array, dtype: str) -> tuple[Any, Any]:
    given = tf.constant(x, dtype)
    with tf.GradientTape() as tape:
        tape.watch(given)
        value = line(given)
    slope = tape.gradient(value, given)
    return tf.cast(value, tf.float64), None if slope is None else tf.cast(slope, tf.float64)


# What Keras computes with, under its own names.
BACKENDS: Mapping[str, Jet] = {"tensorflow": _tensorflow, "torch": _torch, "jax": _jax}
LIBRARIES: Mapping[str, Library] = {
    "pytorch": Library({"PyTorch": torch.__version__.partition("+")[0]}, _torch),
    "tensorflow": Library({"TensorFlow": tf.__version__}, _tensorflow),
    "keras": Library({"Keras": keras.__version__, "TensorFlow": tf.__version__}, BACKENDS[keras.backend.backend()]),
    "jax": Library({"JAX": jax.__version__}, _jax),
}
