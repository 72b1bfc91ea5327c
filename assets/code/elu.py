# %% numpy
import numpy as np


def elu(x, alpha={alpha}):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, alpha={alpha}):
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))

# %% pytorch
import torch

y = torch.nn.functional.elu(x, alpha={alpha})

# %% keras
import keras

y = keras.activations.elu(x, alpha={alpha})

# %% jax
import jax

y = jax.nn.elu(x, alpha={alpha})
