# %% numpy
import numpy as np


def softsign(x):
    return x / (1 + np.abs(x))


def softsign_slope(x):
    return 1 / (1 + np.abs(x)) ** 2

# %% pytorch
import torch

y = torch.nn.functional.softsign(x)

# %% keras
import keras

y = keras.activations.softsign(x)

# %% jax
import jax

y = jax.nn.soft_sign(x)
