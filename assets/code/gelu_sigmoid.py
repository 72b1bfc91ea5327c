# %% numpy
from scipy.special import expit


def gelu_sigmoid(x):
    return x * expit(1.702 * x)


def gelu_sigmoid_slope(x):
    t = 1.702 * x
    return expit(t) * (1 + t * expit(-t))

# %% pytorch, composed
import torch

y = x * torch.sigmoid(1.702 * x)

# %% keras, composed
import keras

y = x * keras.activations.sigmoid(1.702 * x)

# %% jax, composed
import jax

y = x * jax.nn.sigmoid(1.702 * x)
