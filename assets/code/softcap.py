# %% numpy
import numpy as np


def softcap(x, cap={cap}):
    return cap * np.tanh(x / cap)


def softcap_slope(x, cap={cap}):
    return 1 / np.cosh(x / cap) ** 2

# %% pytorch, composed
import torch

cap = {cap}
y = cap * torch.tanh(x / cap)

# %% keras, composed
import keras

cap = {cap}
y = cap * keras.ops.tanh(x / cap)

# %% jax, composed
import jax.numpy as jnp

cap = {cap}
y = cap * jnp.tanh(x / cap)
