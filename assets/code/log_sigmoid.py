# %% numpy
import numpy as np
from scipy.special import expit


def log_sigmoid(x):
    return -np.logaddexp(0, -x)


def log_sigmoid_slope(x):
    return expit(-x)

# %% pytorch
import torch

y = torch.nn.functional.logsigmoid(x)

# %% keras
import keras

y = keras.activations.log_sigmoid(x)

# %% jax
import jax

y = jax.nn.log_sigmoid(x)
