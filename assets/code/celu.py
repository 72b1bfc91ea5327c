# %% numpy
import numpy as np


def celu(x, alpha={alpha}):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / alpha))


def celu_slope(x, alpha={alpha}):
    return np.exp(np.minimum(x, 0) / alpha)

# %% pytorch
import torch

y = torch.nn.functional.celu(x, alpha={alpha})

# %% keras
import keras

y = keras.activations.celu(x, alpha={alpha})

# %% jax
import jax

y = jax.nn.celu(x, alpha={alpha})
