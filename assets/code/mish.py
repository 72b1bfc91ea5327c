# %% numpy
import numpy as np
from scipy.special import expit


def mish(x):
    return x * np.tanh(np.logaddexp(0, x))


def mish_slope(x):
    t = np.tanh(np.logaddexp(0, x))
    return t + x * expit(x) * (1 - t * t)

# %% pytorch
import torch

y = torch.nn.functional.mish(x)

# %% keras
import keras

y = keras.activations.mish(x)

# %% jax
import jax

y = jax.nn.mish(x)
