# %% numpy
import numpy as np


def relu6(x):
    return np.clip(x, 0, 6)


def relu6_slope(x):
    return np.where((x > 0) & (x < 6), 1.0, 0.0)

# %% pytorch
import torch

y = torch.nn.functional.relu6(x)

# %% keras
import keras

y = keras.activations.relu6(x)

# %% jax
import jax

y = jax.nn.relu6(x)
