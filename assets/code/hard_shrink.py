# %% numpy
import numpy as np


def hard_shrink(x, lam={lam}):
    return np.where(np.abs(x) > lam, x, 0.0)


def hard_shrink_slope(x, lam={lam}):
    return np.where((np.abs(x) > lam) | (lam == 0), 1.0, 0.0)

# %% pytorch
import torch

y = torch.nn.functional.hardshrink(x, lambd={lam})

# %% keras
import keras

y = keras.activations.hard_shrink(x, threshold={lam})

# %% jax, composed
import jax.numpy as jnp

lam = {lam}
y = jnp.where(jnp.abs(x) > lam, x, 0)
