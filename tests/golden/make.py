"""The golden numbers: what each activation is worth, from definitions that share no code with the package.

Made with mpmath: 60 digits, and one more for every halving of |x| below 1, so that no root of a derivative
is lost. A derivative is a list of terms; the file holds their sum and, as its scale, the sum of their
magnitudes, which is all a float64 formula can be held to next to a root. x is the exact float64 that is
printed; f, df and ddf are correctly rounded to float64.

Run from the project's folder: python -m tests.golden.make
"""

import csv
import itertools
import math
from collections.abc import Callable, Iterator
from pathlib import Path

from mpmath import mp, mpf

from tests.golden import pieces, smooth
from tests.golden.pieces import Jet

HERE = Path(__file__).parent
KINKS = (0.3, 0.5, 1.0, 2.0, 3.0, 6.0)  # where functions of the catalogue break, beside 0
# Where exponentials, or their squares, first are subnormal and then 0: of x^2, x^2 / 2, 5 x, 2 x, 1.702 x and x. The
# last two are where the square of x overflows and where its reciprocal is 0.
ENDS = (26.5, 26.7, 27.2, 27.3, 37.4, 37.6, 37.68, 37.7, 37.9, 38.4, 38.6, 141.9, 141.96, 143.0, 148.9, 150.3)
ENDS += (354.8, 354.9, 356.0, 371.9, 375.0, 417.0, 417.5, 420.0, 437.7, 442.0)
ENDS += (708.4, 709.78, 709.79, 710.0, 712.0, 714.3, 716.0, 730.0, 744.4, 745.1, 745.2, 748.0, 751.5, 752.5)
ENDS += (1.5e154, 2e161)
HEADER = ("x", "f", "df", "ddf", "df_scale", "ddf_scale")

# Slug -> definition, and settings of each parameter: default, ends of the slider, one between.
FUNCTIONS: dict[str, tuple[Callable[..., Jet], dict[str, tuple[float, ...]]]] = {
    "identity": (pieces.identity, {}),
    "binary_step": (pieces.binary_step, {}),
    "sigmoid": (smooth.sigmoid, {}),
    "hard_sigmoid": (pieces.hard_sigmoid, {}),
    "sparse_sigmoid": (pieces.sparse_sigmoid, {}),
    "tanh": (smooth.tanh, {}),
    "lecun_tanh": (smooth.lecun_tanh, {}),
    "hard_tanh": (pieces.hard_tanh, {}),
    "softsign": (pieces.softsign, {}),
    "arctan": (smooth.arctan, {}),
    "erf": (smooth.erf, {}),
    "isru": (smooth.isru, {"alpha": (1.0, 0.1, 2.3, 4.0)}),
    "softcap": (smooth.softcap, {"cap": (5.0, 1.0, 30.0, 50.0)}),
    "relu": (pieces.relu, {}),
    "leaky_relu": (pieces.leaky_relu, {"alpha": (0.01, 0.0, 0.3, 1.0)}),
    "prelu": (pieces.prelu, {"alpha": (0.25, -1.0, -0.3, 1.0)}),
    "rrelu": (pieces.rrelu, {}),
    "relu6": (pieces.relu6, {}),
    "relu_squared": (pieces.relu_squared, {}),
    "threshold": (pieces.threshold, {"threshold": (1.0, -2.0, 2.0), "below": (0.0, -2.0, 2.0)}),
    "softplus": (smooth.softplus, {"beta": (1.0, 0.2, 1.7, 5.0)}),
    "squareplus": (smooth.squareplus, {"b": (4.0, 0.1, 1.9, 8.0)}),
    "sparse_plus": (pieces.sparse_plus, {}),
    "elu": (pieces.elu, {"alpha": (1.0, 0.0, 0.3, 3.0)}),
    "celu": (pieces.celu, {"alpha": (1.0, 0.1, 0.7, 3.0)}),
    "selu": (pieces.selu, {}),
    "isrlu": (pieces.isrlu, {"alpha": (1.0, 0.1, 2.3, 4.0)}),
    "xielu": (pieces.xielu, {"alpha_p": (0.8, 0.0, 2.0), "alpha_n": (0.8, 0.5, 2.0)}),
    "log_sigmoid": (smooth.log_sigmoid, {}),
    "exponential": (smooth.exponential, {}),
    "gelu": (smooth.gelu, {}),
    "gelu_tanh": (smooth.gelu_tanh, {}),
    "gelu_sigmoid": (smooth.gelu_sigmoid, {}),
    "swish": (smooth.swish, {"beta": (1.0, 0.0, 1.702, 5.0)}),
    "hard_swish": (pieces.hard_swish, {}),
    "mish": (smooth.mish, {}),
    "soft_shrink": (pieces.soft_shrink, {"lam": (0.5, 0.0, 0.3, 2.0)}),
    "hard_shrink": (pieces.hard_shrink, {"lam": (0.5, 0.0, 0.3, 2.0)}),
    "tanh_shrink": (smooth.tanh_shrink, {}),
    "sine": (smooth.sine, {"omega": (1.0, 0.1, 1.7, 4.0)}),
    "snake": (smooth.snake, {"alpha": (1.0, 0.1, 0.7, 3.0)}),
    "gaussian": (smooth.gaussian, {}),
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
    ends = [sign * x for sign in (-1, 1) for x in (*ENDS, 3.4028234663852886e38, 1.7976931348623157e308)]
    # Minima of GELU, SiLU and Mish, then inflections of the three and of the Gaussian: a derivative vanishes here.
    roots = [-0.7517915246935645, -1.2784645427610738, -1.192431214515495]
    roots += [-math.sqrt(2), math.sqrt(2), -2.3993572805154677, 2.3993572805154677, -2.2564, 1.4907]
    roots += [-math.sqrt(0.5), math.sqrt(0.5)]
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
