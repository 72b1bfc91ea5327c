# %% numpy
import numpy as np


def arctan(x):
    return np.arctan(x)


def arctan_slope(x):
    return 1 / (1 + x * x)

# %% pytorch
import torch

y = torch.atan(x)

# %% keras
import keras

y = keras.ops.arctan(x)

# %% jax
import jax.numpy as jnp

y = jnp.arctan(x)
