# %% numpy
import numpy as np


def isru(x, alpha={alpha}):
    return x / np.sqrt(1 + alpha * x * x)


def isru_slope(x, alpha={alpha}):
    return 1 / np.sqrt(1 + alpha * x * x) ** 3

# %% pytorch, composed
import torch

alpha = {alpha}
y = x * torch.rsqrt(1 + alpha * x * x)

# %% keras, composed
import keras

alpha = {alpha}
y = x * keras.ops.rsqrt(1 + alpha * x * x)

# %% jax, composed
import jax

alpha = {alpha}
y = x * jax.lax.rsqrt(1 + alpha * x * x)
