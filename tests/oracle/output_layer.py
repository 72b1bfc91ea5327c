"""The output layer to many digits: each output function and loss written out, and training as a plain loop."""

import math

import mpmath
from mpmath import mpf


def sigma(z):
    return 1 / (1 + mpmath.exp(-z))


def softmax(logits):
    raised = [mpmath.exp(z) for z in logits]
    return [each / sum(raised) for each in raised]


def zeros(z, right, count):
    """The logits of ``count`` classes: z of each right one, first, and 0 of the others."""
    return [z] * right + [mpf(0)] * (count - right)


def squared(f):
    return f, lambda z, y: (f(z, y) - y) ** 2


def sigmoid(z, _):
    return sigma(z)


def cross_entropy(z, y):
    return -y * mpmath.log(sigma(z)) - (1 - y) * mpmath.log(sigma(-z))


def tanh(z, _):
    return mpmath.tanh(z)


def once(z, k):
    return softmax(zeros(z, 1, int(k)))[0]


def twice(z, k):
    return softmax(softmax(zeros(z, 1, int(k))))[0]


def shared(z, m):
    return softmax(zeros(z, int(m), 10))[0]


def surprise(p):
    return p, lambda z, count: -mpmath.log(p(z, count))


SQUARED_SIGMOID = squared(sigmoid)
ENTROPY = (sigmoid, cross_entropy)
IDENTITY = squared(lambda z, _: z)
TRUE = {
    "binary": {
        "sigmoid_ce": ENTROPY,
        "sigmoid_se": SQUARED_SIGMOID,
        "tanh_se": (tanh, lambda z, y: (mpmath.tanh(z) - (2 * y - 1)) ** 2),
    },
    "one": {"once_ce": surprise(once), "twice_ce": surprise(twice), "sigmoid_ce": surprise(sigmoid)},
    "several": {"sigmoid_ce": surprise(sigmoid), "once_ce": surprise(shared)},
    "real": {"identity_se": IDENTITY, "relu_se": squared(lambda z, _: max(z, mpf(0))), "tanh_se": squared(tanh)},
    "positive": {
        "exponential_poisson": (lambda z, _: mpmath.exp(z), lambda z, y: mpmath.exp(z) - y * z),
        "exponential_se": squared(lambda z, _: mpmath.exp(z)),
        "softplus_se": squared(lambda z, _: mpmath.log(1 + mpmath.exp(z))),
    },
    "bounded": {"sigmoid_ce": ENTROPY, "identity_se": IDENTITY, "sigmoid_se": SQUARED_SIGMOID},
}
"""By task and pairing the output and the loss as functions of z and the target."""
PANELS = ("output", "loss", "gradient")


def values(task, name, z, target):
    """Output, loss and gradient, to many digits; of a ReLU at 0 the gradient is 0."""
    with mpmath.workdps(50):
        output, loss = TRUE[task][name]
        z, target = mpf(z), mpf(target)
        slope = mpf(0) if (name, z) == ("relu_se", 0) else mpmath.diff(lambda at: loss(at, target), z)
        return output(z, target), loss(z, target), slope


def plain_gradient(name, z, y):
    """The gradient of a pairing of yes or no, in plain floats."""
    if name == "sigmoid_ce":
        return 1 / (1 + math.exp(-z)) - y
    if name == "sigmoid_se":
        p = 1 / (1 + math.exp(-z))
        return 2 * (p - y) * p * (1 - p)
    a = math.tanh(z)
    return 2 * (a - (2 * y - 1)) * (1 - a * a)


def trained(name, x, y, start, rate):
    """Weight and bias of each step of gradient descent, one after the other."""
    w, b = start, 0.0
    while True:
        yield w, b
        slopes = [plain_gradient(name, w * each + b, label) for each, label in zip(x, y, strict=True)]
        w -= rate * sum(slope * each for slope, each in zip(slopes, x, strict=True)) / len(x)
        b -= rate * sum(slopes) / len(x)


def right(x, y, w, b):
    """How many examples are on their side."""
    return sum((w * each + b > 0) == (label > 0) for each, label in zip(x, y, strict=True))
