import numpy as np


def softmax(z, axis=-1):
    z = z - z.max(axis=axis, keepdims=True)  # the largest is now 0
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    z = z - z.max(axis=axis, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=axis, keepdims=True))


print(softmax(np.array([1000.0, 999.0])))  # [0.73105858 0.26894142]
