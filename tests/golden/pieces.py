"""Definitions of activations that are put together from pieces."""

from mpmath import mp, mpf

Jet = tuple[mpf, list[mpf], list[mpf]]  # value, terms of the first derivative, terms of the second


def identity(x: mpf) -> Jet:
    return x, [mpf(1)], [mpf(0)]


def binary_step(x: mpf) -> Jet:
    return mpf(x >= 0), [mpf(0)], [mpf(0)]


def leaky_relu(x: mpf, alpha: mpf) -> Jet:
    return (x, [mpf(1)], [mpf(0)]) if x > 0 else (alpha * x, [alpha], [mpf(0)])


def relu(x: mpf) -> Jet:
    return leaky_relu(x, mpf(0))


def clipped(x: mpf, low: int, high: int) -> Jet:
    return max(mpf(low), min(x, mpf(high))), [mpf(low < x < high)], [mpf(0)]


def hard_tanh(x: mpf) -> Jet:
    return clipped(x, -1, 1)


def relu6(x: mpf) -> Jet:
    return clipped(x, 0, 6)


def soft_shrink(x: mpf, lam: mpf) -> Jet:
    # What is left of x when its part within [-lam, lam] is taken away.
    return x - max(-lam, min(x, lam)), [mpf(abs(x) > lam or lam == 0)], [mpf(0)]


def elu(x: mpf, alpha: mpf) -> Jet:
    if x > 0:
        return x, [mpf(1)], [mpf(0)]
    return alpha * mp.expm1(x), [alpha * mp.exp(x)], [alpha * mp.exp(x)]


def selu(x: mpf) -> Jet:
    # The closed forms of Klambauer et al. (arXiv:1706.02515, eq. 14), not the digits everybody copies.
    e1, e2 = mp.erfc(1 / mp.sqrt(2)) * mp.sqrt(mp.e), mp.erfc(mp.sqrt(2)) * mp.e**2
    alpha = mp.sqrt(2 / mp.pi) / (1 - e1)
    scale = (1 - e1) * mp.sqrt(2 * mp.pi / (2 * e2 + mp.pi * e1**2 - 2 * (2 + mp.pi) * e1 + mp.pi + 2))
    f, df, ddf = elu(x, alpha)
    return scale * f, [scale * df[0]], [scale * ddf[0]]


def prelu(x: mpf, alpha: mpf) -> Jet:
    return leaky_relu(x, alpha)


def rrelu(x: mpf) -> Jet:
    return leaky_relu(x, (mpf(1) / 8 + mpf(1) / 3) / 2)


def relu_squared(x: mpf) -> Jet:
    return (x * x, [2 * x], [mpf(2)]) if x > 0 else (mpf(0), [mpf(0)], [mpf(0)])


def threshold(x: mpf, threshold: mpf, below: mpf) -> Jet:
    return (x, [mpf(1)], [mpf(0)]) if x > threshold else (below, [mpf(0)], [mpf(0)])


def hard_sigmoid(x: mpf) -> Jet:
    inside = mpf(-3 < x < 3)
    return max(mpf(0), min(x + 3, mpf(6))) / 6, [inside / 6], [mpf(0)]


def hard_swish(x: mpf) -> Jet:
    if -3 < x < 3:
        return x * (x + 3) / 6, [x / 3, mpf(1) / 2], [mpf(1) / 3]
    # At 3 itself the second derivative is that of the left side.
    return (x, [mpf(1)], [mpf(x == 3) / 3]) if x >= 3 else (mpf(0), [mpf(0)], [mpf(0)])


def hard_shrink(x: mpf, lam: mpf) -> Jet:
    kept = mpf(abs(x) > lam or lam == 0)
    return x * kept, [kept], [mpf(0)]


def softsign(x: mpf) -> Jet:
    a = 1 + abs(x)
    return x / a, [1 / a**2], [(-2 if x > 0 else 2) / a**3]


def celu(x: mpf, alpha: mpf) -> Jet:
    if x > 0:
        return x, [mpf(1)], [mpf(0)]
    return alpha * mp.expm1(x / alpha), [mp.exp(x / alpha)], [mp.exp(x / alpha) / alpha]


def sparse_sigmoid(x: mpf) -> Jet:
    return max(mpf(0), min(x + 1, mpf(2))) / 2, [mpf(-1 < x < 1) / 2], [mpf(0)]


def sparse_plus(x: mpf) -> Jet:
    if -1 < x < 1:
        return (x + 1) ** 2 / 4, [(x + 1) / 2], [mpf(1) / 2]
    # At 1 itself the second derivative is that of the left side.
    return (x, [mpf(1)], [mpf(x == 1) / 2]) if x > 0 else (mpf(0), [mpf(0)], [mpf(0)])


def isrlu(x: mpf, alpha: mpf) -> Jet:
    if x >= 0:
        return x, [mpf(1)], [mpf(0)]
    h = mp.sqrt(1 + alpha * x**2)
    return x / h, [h**-3], [-3 * alpha * x / h**5]


def xielu(x: mpf, alpha_p: mpf, alpha_n: mpf) -> Jet:
    half = mpf(1) / 2
    if x > 0:
        return alpha_p * x**2 + x / 2, [2 * alpha_p * x, half], [2 * alpha_p]
    # Without the sum of two lines that cancel where both slopes are 1/2.
    f = alpha_n * mp.expm1(x) + (half - alpha_n) * x
    return f, [alpha_n * mp.exp(x), half - alpha_n], [alpha_n * mp.exp(x)]
