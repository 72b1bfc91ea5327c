# %% numpy
import numpy as np
from scipy.special import expit


def softplus(x, beta={beta}):
    return np.logaddexp(0, beta * x) / beta


def softplus_slope(x, beta={beta}):
    return expit(beta * x)

# %% pytorch
import torch

y = torch.nn.functional.softplus(x, beta={beta})

# %% keras, composed
import keras

beta = {beta}
y = keras.activations.softplus(beta * x) / beta

# %% jax, composed
import jax

beta = {beta}
y = jax.nn.softplus(beta * x) / beta
