# %% numpy
import numpy as np


def exponential(x):
    return np.exp(x)


def exponential_slope(x):
    return np.exp(x)

# %% pytorch
import torch

y = torch.exp(x)

# %% keras
import keras

y = keras.activations.exponential(x)

# %% jax
import jax.numpy as jnp

y = jnp.exp(x)
