# %% numpy
import numpy as np


def rrelu(x):
    return np.where(x > 0, x, 11 / 48 * x)


def rrelu_slope(x):
    return np.where(x > 0, 1.0, 11 / 48)

# %% pytorch
import torch

y = torch.nn.functional.rrelu(x, lower=1 / 8, upper=1 / 3)

# %% keras, composed
import keras

y = keras.activations.leaky_relu(x, negative_slope=11 / 48)

# %% jax, composed
import jax

y = jax.nn.leaky_relu(x, negative_slope=11 / 48)
