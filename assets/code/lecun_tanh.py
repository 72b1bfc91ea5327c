# %% numpy
import numpy as np
from scipy.special import expit


def lecun_tanh(x):
    return 1.7159 * np.tanh(2 * x / 3)


def lecun_tanh_slope(x):
    return 1.7159 * 8 / 3 * expit(4 * x / 3) * expit(-4 * x / 3)

# %% pytorch, composed
import torch

y = 1.7159 * torch.tanh(2 * x / 3)

# %% keras, composed
import keras

y = 1.7159 * keras.ops.tanh(2 * x / 3)

# %% jax, composed
import jax.numpy as jnp

y = 1.7159 * jnp.tanh(2 * x / 3)
