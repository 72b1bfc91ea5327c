# %% numpy
import numpy as np

series = np.polynomial.Polynomial(
    [1 / 3, -2 / 15, 17 / 315, -62 / 2835, 1382 / 155925, -21844 / 6081075]
)


def tanh_shrink(x):
    # Near 0 the difference x - tanh(x) would lose its digits.
    near = np.clip(x, -0.1, 0.1)
    return np.where(np.abs(x) < 0.1, near**3 * series(near**2), x - np.tanh(x))


def tanh_shrink_slope(x):
    return np.tanh(x) ** 2

# %% pytorch
import torch

y = torch.nn.functional.tanhshrink(x)

# %% keras
import keras

y = keras.activations.tanh_shrink(x)

# %% jax, composed
import jax.numpy as jnp

y = x - jnp.tanh(x)
