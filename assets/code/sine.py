# %% numpy
import numpy as np


def sine(x, omega={omega}):
    return np.sin(omega * x)


def sine_slope(x, omega={omega}):
    return omega * np.cos(omega * x)

# %% pytorch, composed
import torch

omega = {omega}
y = torch.sin(omega * x)

# %% keras, composed
import keras

omega = {omega}
y = keras.ops.sin(omega * x)

# %% jax, composed
import jax.numpy as jnp

omega = {omega}
y = jnp.sin(omega * x)
