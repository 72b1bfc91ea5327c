# %% numpy
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def relu_slope(x):
    return np.where(x > 0, 1.0, 0.0)

# %% pytorch
import torch

y = torch.relu(x)

# %% keras
import keras

y = keras.activations.relu(x)

# %% jax
import jax

y = jax.nn.relu(x)
