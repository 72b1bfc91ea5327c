# %% numpy
import numpy as np


def hard_swish(x):
    return x * np.clip(x + 3, 0, 6) / 6


def hard_swish_slope(x):
    return np.where(x >= 3, 1.0, np.where(x > -3, (2 * x + 3) / 6, 0.0))

# %% pytorch
import torch

y = torch.nn.functional.hardswish(x)

# %% keras
import keras

y = keras.activations.hard_silu(x)

# %% jax
import jax

y = jax.nn.hard_silu(x)
