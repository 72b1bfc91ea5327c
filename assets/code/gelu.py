# %% numpy
import numpy as np
from scipy.special import ndtr


def gelu(x):
    return x * ndtr(x)


def gelu_slope(x):
    return ndtr(x) + x * np.exp(-x * x / 2) / np.sqrt(2 * np.pi)

# %% pytorch
import torch

y = torch.nn.functional.gelu(x, approximate="none")

# %% keras
import keras

y = keras.activations.gelu(x, approximate=False)

# %% jax
import jax

y = jax.nn.gelu(x, approximate=False)
