# %% numpy
from scipy.special import expit


def swish(x, beta={beta}):
    return x * expit(beta * x)


def swish_slope(x, beta={beta}):
    t = beta * x
    return expit(t) * (1 + t * expit(-t))

# %% pytorch, composed
import torch

beta = {beta}
y = x * torch.sigmoid(beta * x)

# %% keras, composed
import keras

beta = {beta}
y = x * keras.activations.sigmoid(beta * x)

# %% jax, composed
import jax

beta = {beta}
y = x * jax.nn.sigmoid(beta * x)
