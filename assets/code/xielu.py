# %% numpy
import numpy as np


def xielu(x, alpha_p={alpha_p}, alpha_n={alpha_n}):
    left = np.minimum(x, 0)
    falling = alpha_n * np.expm1(left) + (0.5 - alpha_n) * left
    return np.where(x > 0, (alpha_p * x + 0.5) * x, falling)


def xielu_slope(x, alpha_p={alpha_p}, alpha_n={alpha_n}):
    left = np.minimum(x, 0)
    return np.where(x > 0, 2 * alpha_p * x + 0.5, alpha_n * np.exp(left) + (0.5 - alpha_n))

# %% pytorch, composed
import torch

alpha_p, alpha_n = {alpha_p}, {alpha_n}
y = torch.where(x > 0, alpha_p * x * x, alpha_n * (torch.expm1(x) - x)) + x / 2

# %% keras, composed
import keras

alpha_p, alpha_n = {alpha_p}, {alpha_n}
y = keras.ops.where(x > 0, alpha_p * x * x, alpha_n * (keras.ops.expm1(x) - x)) + x / 2

# %% jax, composed
import jax.numpy as jnp

alpha_p, alpha_n = {alpha_p}, {alpha_n}
y = jnp.where(x > 0, alpha_p * x * x, alpha_n * (jnp.expm1(x) - x)) + x / 2
