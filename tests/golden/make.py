"""The golden numbers: what each activation is worth, from definitions that share no code with the package.

Made with mpmath: 60 digits, and one more for every halving of |x| below 1, so that no root of a derivative
is lost. A derivative is a list of terms; the file holds their sum and, as its scale, the sum of their
magnitudes, which is all a float64 formula can be held to next to a root. x is the exact float64 that is
printed; f, df and ddf are correctly rounded to float64.

Run from anywhere: python tests/golden/make.py
"""

import csv
import itertools
import math
from collections.abc import Callable, Iterator
from pathlib import Path

from mpmath import mp, mpf

HERE = Path(__file__).parent
KINKS = (0.3, 0.5, 1.0, 2.0, 3.0, 6.0)  # where functions of the catalogue break, beside 0
HEADER = ("x", "f", "df", "ddf", "df_scale", "ddf_scale")

Jet = tuple[mpf, list[mpf], list[mpf]]  # value, terms of the first derivative, terms of the second


def identity(x: mpf) -> Jet:
    return x, [mpf(1)], [mpf(0)]


def binary_step(x: mpf) -> Jet:
    return mpf(x >= 0), [mpf(0)], [mpf(0)]


def logistic(x: mpf) -> mpf:
    return 1 / (1 + mp.exp(-x))


def sigmoid(x: mpf) -> Jet:
    s, c = logistic(x), logistic(-x)
    return s, [s * c], [s * c * c, -s * s * c]


def tanh(x: mpf) -> Jet:
    return mp.tanh(x), [mp.sech(x) ** 2], [-2 * mp.tanh(x) * mp.sech(x) ** 2]


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


# Slug -> definition, and settings of each parameter: default, ends of the slider, one between.
FUNCTIONS: dict[str, tuple[Callable[..., Jet], dict[str, tuple[float, ...]]]] = {
    "identity": (identity, {}),
    "binary_step": (binary_step, {}),
    "sigmoid": (sigmoid, {}),
    "tanh": (tanh, {}),
    "hard_tanh": (hard_tanh, {}),
    "relu": (relu, {}),
    "leaky_relu": (leaky_relu, {"alpha": (0.01, 0.0, 0.3, 1.0)}),
    "relu6": (relu6, {}),
    "elu": (elu, {"alpha": (1.0, 0.0, 0.3, 3.0)}),
    "selu": (selu, {}),
    "gelu": (gelu, {}),
    "swish": (swish, {"beta": (1.0, 0.0, 1.702, 5.0)}),
    "softplus": (softplus, {"beta": (1.0, 0.2, 1.7, 5.0)}),
    "mish": (mish, {}),
    "soft_shrink": (soft_shrink, {"lam": (0.5, 0.0, 0.3, 2.0)}),
}


def grid() -> list[float]:
    """Halves and powers of two are exact in float32 too, so the same rows judge both precisions."""
    dense = [k / 2 for k in range(-80, 81)] + [k * 0.3719 for k in range(-27, 28)]
    tails = [sign * (41.3 + 17.77 * k) for sign in (-1, 1) for k in range(41)]
    decades = [*range(-1070, -150, 92), *range(-149, -20, 16), *range(-20, 6), *range(6, 128, 11), 127]
    decades += [*range(128, 1024, 90), 1023]
    spread = [sign * (1, 1.25, 1.625)[k % 3] * 2.0**k for sign in (-1, 1) for k in decades]
    powers = [sign * power for sign in (-1, 1) for power in (1e-300, 1e-100, 1e-8, 1e8, 1e100, 1e300, 1e308)]
    kink = [sign * x for sign in (-1, 1) for x in (5e-324, 2.2250738585072014e-308, 1.1920929e-07)]
    kink += [sign * math.nextafter(x, side) for sign in (-1, 1) for x in KINKS for side in (-math.inf, math.inf)]
    ends = [sign * x for sign in (-1, 1) for x in (3.4028234663852886e38, 1.7976931348623157e308)]
    # Minima of GELU, SiLU and Mish, then inflections of the three: a derivative vanishes here.
    roots = [-0.7517915246935645, -1.2784645427610738, -1.192431214515495]
    roots += [-math.sqrt(2), math.sqrt(2), -2.3993572805154677, 2.3993572805154677, -2.2564, 1.4907]
    roots += [math.nextafter(x, side) for x in roots for side in (-math.inf, math.inf)]
    return sorted({*dense, *tails, *spread, *powers, *kink, *ends, *roots})


def rounded(exact: mpf) -> float:
    # Far outside float64 mpmath would print exponents of 300 digits; the answer is already known.
    if abs(exact) < mpf("1e-330"):
        return 0.0
    return math.copysign(math.inf, exact) if abs(exact) > mpf("1e309") else float(mp.nstr(exact, 50))


def row(slug: str, params: dict[str, float], x: float) -> list[str]:
    with mp.workdps(60 + max(0, -math.frexp(x)[1])):
        define = FUNCTIONS[slug][0]
        f, df, ddf = define(mpf(x), **{name: mpf(value) for name, value in params.items()})
        numbers = [*params.values(), x, *map(rounded, (f, mp.fsum(df), mp.fsum(ddf)))]
        scales = [rounded(mp.fsum(terms, absolute=True)) for terms in (df, ddf)]
    return [*map(repr, numbers), *(f"{scale:.4g}" for scale in scales)]


def settings(slug: str) -> list[dict[str, float]]:
    sliders = FUNCTIONS[slug][1]
    return [dict(zip(sliders, some, strict=True)) for some in itertools.product(*sliders.values())]


def rows(slug: str) -> Iterator[list[str]]:
    yield [*FUNCTIONS[slug][1], *HEADER]
    for params in settings(slug):
        yield from (row(slug, params, x) for x in grid())


def main() -> None:
    for slug in FUNCTIONS:
        with (HERE / f"{slug}.csv").open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows(slug))


if __name__ == "__main__":
    main()
