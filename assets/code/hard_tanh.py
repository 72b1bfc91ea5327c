# %% numpy
import numpy as np


def hard_tanh(x):
    return np.clip(x, -1, 1)


def hard_tanh_slope(x):
    return np.where(np.abs(x) < 1, 1.0, 0.0)

# %% pytorch
import torch

y = torch.nn.functional.hardtanh(x)

# %% keras
import keras

y = keras.activations.hard_tanh(x)

# %% jax
import jax

y = jax.nn.hard_tanh(x)
