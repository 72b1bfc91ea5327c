# %% numpy
import numpy as np


def squareplus(x, b={b}):
    return np.maximum(x, 0) + b / (np.sqrt(x * x + b) + np.abs(x)) / 2


def squareplus_slope(x, b={b}):
    return squareplus(x, b) / np.sqrt(x * x + b)

# %% pytorch, composed
import torch

b = {b}
y = (x + torch.sqrt(x * x + b)) / 2

# %% keras
import keras

y = keras.activations.squareplus(x, b={b})

# %% jax
import jax

y = jax.nn.squareplus(x, b={b})
