# %% numpy
import numpy as np
from scipy.special import expit


def gelu_tanh(x):
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)
    return x * expit(2 * u)


def gelu_tanh_slope(x):
    u = np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)
    du = np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x * x)
    return expit(2 * u) + 2 * x * du * expit(2 * u) * expit(-2 * u)

# %% pytorch
import torch

y = torch.nn.functional.gelu(x, approximate="tanh")

# %% keras
import keras

y = keras.activations.gelu(x, approximate=True)

# %% jax
import jax

y = jax.nn.gelu(x, approximate=True)
