import numpy as np
from scipy.special import expit


def sigmoid(x):
    e = np.exp(-np.abs(x))  # at most 1: never overflows
    return np.where(x >= 0, 1, e) / (1 + e)


def softplus(x):
    return np.logaddexp(0, x)  # ln(1 + exp(x))


x = np.array([-1000.0, 0.0, 1000.0])
print(sigmoid(x), expit(x))  # [0.  0.5 1. ] [0.  0.5 1. ]
