# %% numpy
from scipy.special import expit


def sigmoid(x):
    return expit(x)


def sigmoid_slope(x):
    return expit(x) * expit(-x)

# %% pytorch
import torch

y = torch.sigmoid(x)

# %% keras
import keras

y = keras.activations.sigmoid(x)

# %% jax
import jax

y = jax.nn.sigmoid(x)
