# %% numpy
import numpy as np

SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772


def selu(x):
    return SCALE * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0)))


def selu_slope(x):
    return SCALE * np.where(x > 0, 1.0, ALPHA * np.exp(np.minimum(x, 0)))

# %% pytorch
import torch

y = torch.nn.functional.selu(x)

# %% keras
import keras

y = keras.activations.selu(x)

# %% jax
import jax

y = jax.nn.selu(x)
