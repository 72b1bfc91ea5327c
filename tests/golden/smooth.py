"""Definitions of activations that are one formula everywhere."""

from mpmath import mp, mpf

from tests.golden.pieces import Jet


def logistic(x: mpf) -> mpf:
    return 1 / (1 + mp.exp(-x))


def sigmoid(x: mpf) -> Jet:
    s, c = logistic(x), logistic(-x)
    return s, [s * c], [s * c * c, -s * s * c]


def tanh(x: mpf) -> Jet:
    return mp.tanh(x), [mp.sech(x) ** 2], [-2 * mp.tanh(x) * mp.sech(x) ** 2]


def gelu(x: mpf) -> Jet:
    # mpmath's erfc gives up on a huge argument, long after it is 0 or 2 to a billion digits.
    tail = mp.erfc(-max(mpf(-1e6), min(x, mpf(1e6))) / mp.sqrt(2)) / 2
    bell = mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
    return x * tail, [tail, x * bell], [2 * bell, -x * x * bell]


def swish(x: mpf, beta: mpf) -> Jet:
    s, c = logistic(beta * x), logistic(-beta * x)
    return x * s, [s, beta * x * s * c], [2 * beta * s * c, -(beta**2) * x * s * c * mp.tanh(beta * x / 2)]


def softplus(x: mpf, beta: mpf) -> Jet:
    s, c = logistic(beta * x), logistic(-beta * x)
    return mp.log1p(mp.exp(beta * x)) / beta, [s], [beta * s * c]


def mish(x: mpf) -> Jet:
    soft = mp.log1p(mp.exp(x))
    t, h, s, c = mp.tanh(soft), mp.sech(soft) ** 2, logistic(x), logistic(-x)
    return x * t, [t, x * h * s], [2 * h * s, x * h * s * c, -2 * x * t * h * s * s]


def lecun_tanh(x: mpf) -> Jet:
    f, (df,), (ddf,) = tanh(2 * x / 3)
    a = mpf("1.7159")
    return a * f, [a * 2 / 3 * df], [a * 4 / 9 * ddf]


def arctan(x: mpf) -> Jet:
    return mp.atan(x), [1 / (1 + x**2)], [-2 * x / (1 + x**2) ** 2]


def erf(x: mpf) -> Jet:
    bell = 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)
    # As with erfc below, mpmath gives up far out.
    return mp.erf(max(mpf(-1e6), min(x, mpf(1e6)))), [bell], [-2 * x * bell]


def isru(x: mpf, alpha: mpf) -> Jet:
    h = mp.sqrt(1 + alpha * x**2)
    return x / h, [h**-3], [-3 * alpha * x / h**5]


def squareplus(x: mpf, b: mpf) -> Jet:
    h = mp.sqrt(x**2 + b)
    # The textbook sum cancels left of 0, more than any number of digits can spare.
    f = (x + h) / 2 if x > 0 else b / (h - x) / 2
    return f, [f / h], [b / h**3 / 2]


def log_sigmoid(x: mpf) -> Jet:
    s, c = logistic(x), logistic(-x)
    return -softplus(-x, mpf(1))[0], [c], [-s * c]


def exponential(x: mpf) -> Jet:
    return mp.exp(x), [mp.exp(x)], [mp.exp(x)]


def gelu_tanh(x: mpf) -> Jet:
    k, c = mp.sqrt(2 / mp.pi), mpf("0.044715")
    u, du, ddu = k * (x + c * x**3), k * (1 + 3 * c * x**2), 6 * k * c * x
    s, h = logistic(2 * u), mp.sech(u) ** 2 / 2  # (1 + tanh u) / 2 and its derivative by u
    return x * s, [s, x * h * du], [2 * h * du, x * h * ddu, -2 * x * h * mp.tanh(u) * du**2]


def gelu_sigmoid(x: mpf) -> Jet:
    return swish(x, mpf("1.702"))


def tanh_shrink(x: mpf) -> Jet:
    return x - mp.tanh(x), [mp.tanh(x) ** 2], [2 * mp.tanh(x) * mp.sech(x) ** 2]


def sine(x: mpf, omega: mpf) -> Jet:
    s, c = mp.sin(omega * x), mp.cos(omega * x)
    return s, [omega * c], [-(omega**2) * s]


def snake(x: mpf, alpha: mpf) -> Jet:
    s, c = mp.sin(2 * alpha * x), mp.cos(2 * alpha * x)
    return x + mp.sin(alpha * x) ** 2 / alpha, [mpf(1), s], [2 * alpha * c]


def gaussian(x: mpf) -> Jet:
    bell = mp.exp(-x * x)
    return bell, [-2 * x * bell], [4 * x * x * bell, -2 * bell]


def softcap(x: mpf, cap: mpf) -> Jet:
    f, (df,), (ddf,) = tanh(x / cap)
    return cap * f, [df], [ddf / cap]
