# %% numpy
import numpy as np


def isrlu(x, alpha={alpha}):
    left = np.minimum(x, 0)
    return np.where(x < 0, left / np.sqrt(1 + alpha * left * left), x)


def isrlu_slope(x, alpha={alpha}):
    left = np.minimum(x, 0)
    return 1 / np.sqrt(1 + alpha * left * left) ** 3

# %% pytorch, composed
import torch

alpha = {alpha}
y = torch.where(x < 0, x * torch.rsqrt(1 + alpha * x * x), x)

# %% keras, composed
import keras

alpha = {alpha}
y = keras.ops.where(x < 0, x * keras.ops.rsqrt(1 + alpha * x * x), x)

# %% jax, composed
import jax
import jax.numpy as jnp

alpha = {alpha}
y = jnp.where(x < 0, x * jax.lax.rsqrt(1 + alpha * x * x), x)
