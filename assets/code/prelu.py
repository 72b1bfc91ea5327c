# %% numpy
import numpy as np


def prelu(x, alpha={alpha}):
    return np.where(x > 0, x, alpha * x)


def prelu_slope(x, alpha={alpha}):
    return np.where(x > 0, 1.0, alpha)

# %% pytorch
import torch

y = torch.nn.PReLU(init={alpha}, dtype=x.dtype)(x)

# %% keras
import keras

start = keras.initializers.Constant({alpha})
y = keras.layers.PReLU(alpha_initializer=start, dtype=x.dtype)(x)

# %% jax, composed
import jax.numpy as jnp

alpha = {alpha}
y = jnp.where(x > 0, x, alpha * x)
