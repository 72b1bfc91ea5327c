# %% numpy
import numpy as np


def leaky_relu(x, alpha={alpha}):
    return np.where(x > 0, x, alpha * x)


def leaky_relu_slope(x, alpha={alpha}):
    return np.where(x > 0, 1.0, alpha)

# %% pytorch
import torch

y = torch.nn.functional.leaky_relu(x, negative_slope={alpha})

# %% keras
import keras

y = keras.activations.leaky_relu(x, negative_slope={alpha})

# %% jax
import jax

y = jax.nn.leaky_relu(x, negative_slope={alpha})
