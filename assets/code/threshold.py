# %% numpy
import numpy as np


def threshold(x, threshold={threshold}, below={below}):
    return np.where(x > threshold, x, below)


def threshold_slope(x, threshold={threshold}, below={below}):
    return np.where(x > threshold, 1.0, 0.0)

# %% pytorch
import torch

y = torch.nn.functional.threshold(x, threshold={threshold}, value={below})

# %% keras
import keras

y = keras.activations.threshold(x, threshold={threshold}, default_value={below})

# %% jax, composed
import jax.numpy as jnp

threshold, below = {threshold}, {below}
y = jnp.where(x > threshold, x, below)
