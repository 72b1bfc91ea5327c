import numpy as np


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def jacobian(z):
    p = softmax(z)
    return np.diag(p) - np.outer(p, p)  # ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ)


def backward(z, grad_p):
    p = softmax(z)
    return p * (grad_p - grad_p @ p)  # without the matrix


rows = jacobian(np.array([2.0, 1.0, 0.0])).sum(axis=1)
print(rows)  # 0, up to rounding
