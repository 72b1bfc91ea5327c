# %% numpy
import numpy as np


def snake(x, alpha={alpha}):
    return x + np.sin(alpha * x) ** 2 / alpha


def snake_slope(x, alpha={alpha}):
    return 1 + np.sin(2 * alpha * x)

# %% pytorch, composed
import torch

alpha = {alpha}
y = x + torch.sin(alpha * x) ** 2 / alpha

# %% keras, composed
import keras

alpha = {alpha}
y = x + keras.ops.sin(alpha * x) ** 2 / alpha

# %% jax, composed
import jax.numpy as jnp

alpha = {alpha}
y = x + jnp.sin(alpha * x) ** 2 / alpha
