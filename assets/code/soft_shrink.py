# %% numpy
import numpy as np


def soft_shrink(x, lam={lam}):
    return x - np.clip(x, -lam, lam)


def soft_shrink_slope(x, lam={lam}):
    return np.where((np.abs(x) > lam) | (lam == 0), 1.0, 0.0)

# %% pytorch
import torch

y = torch.nn.functional.softshrink(x, lambd={lam})

# %% keras
import keras

y = keras.activations.soft_shrink(x, threshold={lam})

# %% jax, composed
import jax.numpy as jnp

lam = {lam}
y = x - jnp.clip(x, -lam, lam)
