"""The same as ``questions`` for the functions that follow the first fifteen."""

from mpmath import atanh, exp, mpf, sqrt

from tests.oracle import exact


def f(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[0]


def slope(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[1]


def at_zero(slug, **settings):
    return slope(slug, 0, **settings)


def peak(slug, **settings):
    """(The largest slope, whether it is taken, where)."""
    return exact.of(slug, **settings).highest(1)


def step(slug, at, order=1, **settings):
    """By how much f' (or f) jumps at a place."""
    left, right = exact.of(slug, **settings).sides(at)
    return right[order] - left[order]


def forward(slug, x, layers):
    """What layers with weights of 1 make of an input."""
    for _ in range(layers):
        x = f(slug, x)
    return x


def only(*answers):
    """The number, from 1, of the one answer that holds."""
    (right,) = [k for k, holds in enumerate(answers, start=1) if holds]
    return right


def nearest(true, *answers):
    """The number, from 1, of the one answer that is within 5 % of what is true."""
    return only(*(abs(mpf(number) - true) <= abs(mpf(number)) / 20 for number in answers))


def hard_sigmoid():
    left = f("hard_sigmoid", 3) ** 100
    return only(left == f("sigmoid", 3) ** 100, left == 1, left == 0)


def softsign():
    ratio = slope("softsign", 5) / slope("tanh", 5)
    return only(ratio < 1, 0.5 < ratio < 2, ratio > 100)


def prelu():
    # The inputs that give 1: on the left x = 1/a if that is negative, on the right 1.
    met = [x for x in (mpf(1), 1 / mpf("-0.5")) if f("prelu", x, alpha=mpf("-0.5")) == 1]
    return [0, 1, 2].index(len(met)) + 1


def threshold():
    by = step("threshold", -1, 0, threshold=-1, below=0)
    return only(by > 1e-30, by < -1e-30, abs(by) < 1e-30)


def hard_shrink():
    inputs = [mpf(k) / 8 for k in range(-32, 33)]
    both = [f("hard_shrink", f("hard_shrink", x, lam=mpf("0.5")), lam=mpf("1.5")) for x in inputs]
    return only(*(both == [f("hard_shrink", x, lam=lam) for x in inputs] for lam in (1, mpf("1.5"), 2)))


def hard_swish():
    most = peak("hard_swish")[0] ** 10
    return only(abs(most - 1) < 0.1, abs(most - peak("swish", beta=1)[0] ** 10) < 0.1, abs(most - 58) < 0.5)


def snake():
    return nearest(slope("snake", 0, alpha=3), 3, 1, 2)


def gaussian():
    out = forward("gaussian", 3, 2)
    return only(out < 0.01, abs(out - mpf("0.37")) < 0.01, 0.99 < out < 1)


def reached(slug, factor):
    """Where the slope has fallen to a factor of the one at 0, for a function of tanh."""
    return 1.5 * atanh(sqrt(1 - factor / at_zero(slug)))


RIGHT = {
    "hard_sigmoid": hard_sigmoid,
    "lecun_tanh": lambda: nearest(at_zero("lecun_tanh") ** 10, "0.3", 1, "3.8"),
    "softsign": softsign,
    "arctan": lambda: nearest(slope("arctan", 6), "0.05", "0.027", "0.01"),
    "erf": lambda: nearest(slope("erf", 3), "0.06", "0.013", "0.00014"),
    "isru": lambda: nearest(slope("isru", 2, alpha=4), "0.045", "0.022", "0.014"),
    "softcap": lambda: nearest(f("softcap", 6, cap=30), f("softcap", 6, cap=5), "5.9", "0.2"),
    "sparse_sigmoid": lambda: nearest(f("sparse_sigmoid", 1), "0.73", "0.67", 1),
    "sparse_plus": lambda: nearest(f("sparse_plus", -2), "0.127", 0, "0.018"),
    "isrlu": lambda: nearest(f("isrlu", -6, alpha=4), "-3.99", "-0.50", "-0.25"),
    "xielu": lambda: nearest(slope("xielu", -4, alpha_p=mpf("0.8"), alpha_n=mpf("0.8")), 0, "0.5", "-0.29"),
    "prelu": prelu,
    "rrelu": lambda: nearest(slope("rrelu", -2) ** 10, "0.02", "4e-7", "9e-10"),
    "relu_squared": lambda: nearest(forward("relu_squared", 2, 3), 8, 64, 256),
    "threshold": threshold,
    "celu": lambda: nearest(slope("celu", -1, alpha=2), "0.74", "0.61", "0.18"),
    "squareplus": lambda: nearest(f("squareplus", -6, b=8), "0.16", "0.23", "0.32"),
    "log_sigmoid": lambda: nearest(-f("log_sigmoid", 6), "0.024", "0.0025", 0),
    "exponential": lambda: nearest(forward("exponential", 3, 2), 40, 403, "5.3e8"),
    "gelu_tanh": lambda: nearest(f("gelu_tanh", -6), "-5.9e-9", "-8.4e-11", 0),
    "gelu_sigmoid": lambda: nearest(f("gelu_sigmoid", -4), "-0.00013", "-0.0044", "-0.00003"),
    "hard_swish": hard_swish,
    "hard_shrink": hard_shrink,
    "tanh_shrink": lambda: nearest(f("tanh_shrink", mpf("0.25")), "0.06", "0.015", "0.005"),
    "sine": lambda: nearest(slope("sine", 2, omega=3), "-1.25", "-0.42", "2.88"),
    "snake": snake,
    "gaussian": gaussian,
}
MEANT = {
    "hard_sigmoid": {"0.9526": f("sigmoid", 3), "0.8": 100 * f("sigmoid", 3) ** 100},
    "lecun_tanh": {
        "3.8": at_zero("lecun_tanh") ** 10,
        "1.14": at_zero("lecun_tanh"),
        "1.144": at_zero("lecun_tanh"),
        "0.76": slope("lecun_tanh", 1),
        "0.56": reached("lecun_tanh", 1),
    },
    "softsign": {
        "0.0002": slope("tanh", 5),
        "0.028": slope("softsign", 5),
        "153": slope("softsign", 5) / slope("tanh", 5),
    },
    "arctan": {
        "0.1": slope("arctan", 3),
        "0.05": slope("arctan", 3) / 2,
        "0.027": slope("arctan", 6),
        "0.01": slope("arctan", 3) ** 2,
    },
    "erf": {
        "0.12": slope("erf", mpf("1.5")),
        "0.06": slope("erf", mpf("1.5")) / 2,
        "0.013": slope("erf", mpf("1.5")) ** 2 / at_zero("erf"),
        "0.00014": slope("erf", 3),
        "71": slope("tanh", 3) / slope("erf", 3),
    },
    "isru": {
        "0.089": slope("isru", 2, alpha=1),
        "0.045": slope("isru", 2, alpha=1) / 2,
        "0.022": slope("isru", 2, alpha=1) / 4,
        "0.014": slope("isru", 2, alpha=4),
        "½": exact.of("isru", alpha=4).highest(0)[0],
        "6.3": slope("isru", 2, alpha=1) / slope("isru", 2, alpha=4),
    },
    "softcap": {
        "4.2": f("softcap", 6, cap=5),
        "5.9": f("softcap", 6, cap=30),
        "0.2": f("tanh", mpf("0.2")),
    },
    "sparse_sigmoid": {"0.73": f("sigmoid", 1), "0.67": f("hard_sigmoid", 1)},
    "sparse_plus": {"0.127": f("softplus", -2, beta=1), "0.018": f("softplus", -4, beta=1)},
    "isrlu": {
        "−0.99": f("isrlu", -6, alpha=1),
        "−3.99": f("elu", -6, alpha=4),
        "−0.50": f("isrlu", -6, alpha=4),
        "−0.25": f("isrlu", -6, alpha=1) / 4,
    },
    "xielu": {
        "0.50": slope("xielu", 0, alpha_p=1, alpha_n=1),
        "−0.29": slope("xielu", -4, alpha_p=mpf("0.8"), alpha_n=mpf("0.8")),
    },
    "prelu": {"−2": 1 / mpf("-0.5")},
    "rrelu": {
        "0.229": slope("rrelu", -2),
        "0.02": slope("rrelu", -2) / 10,
        "4·10⁻⁷": slope("rrelu", -2) ** 10,
        "9·10⁻¹⁰": mpf(8) ** -10,
    },
    "relu_squared": {"64": mpf(2) ** 6, "256": forward("relu_squared", 2, 3), "0.0039": mpf("0.5") ** 8},
    "celu": {
        "0.37": slope("celu", -1, alpha=1),
        "0.74": slope("elu", -1, alpha=2),
        "0.61": slope("celu", -1, alpha=2),
        "0.18": slope("celu", -1, alpha=1) / 2,
    },
    "squareplus": {
        "0.16": f("squareplus", -6, b=4),
        "0.23": f("squareplus", -6, b=4) * sqrt(2),
        "0.32": f("squareplus", -6, b=8),
    },
    "log_sigmoid": {
        "0.049": -f("log_sigmoid", 3),
        "0.024": -f("log_sigmoid", 3) / 2,
        "0.0025": -f("log_sigmoid", 6),
        "20": f("log_sigmoid", 3) / f("log_sigmoid", 6),
    },
    "exponential": {"20": exp(3), "40": 2 * exp(3), "403": exp(6), "5·10⁸": exp(exp(3))},
    "gelu_tanh": {
        "−5.9·10⁻⁹": f("gelu", -6),
        "−8.4·10⁻¹¹": f("gelu_tanh", -6),
        "70": f("gelu", -6) / f("gelu_tanh", -6),
    },
    "gelu_sigmoid": {
        "−0.00013": f("gelu", -4),
        "−0.0044": f("gelu_sigmoid", -4),
        "0.0203": f("gelu", mpf("2.27")) - f("gelu_sigmoid", mpf("2.27")),
        "35": f("gelu_sigmoid", -4) / f("gelu", -4),
    },
    "hard_swish": {
        "2.6": peak("swish", beta=1)[0] ** 10,
        "1.0998": peak("swish", beta=1)[0],
        "1.5": peak("hard_swish")[0],
        "58": peak("hard_swish")[0] ** 10,
    },
    "tanh_shrink": {
        "0.24": f("tanh_shrink", 1),
        "0.06": f("tanh_shrink", 1) / 4,
        "0.015": f("tanh_shrink", 1) / 16,
        "0.005": f("tanh_shrink", mpf("0.25")),
    },
    "sine": {
        "−0.42": slope("sine", 2, omega=1),
        "−1.25": 3 * slope("sine", 2, omega=1),
        "2.88": slope("sine", 2, omega=3),
    },
    "gaussian": {"0.37": forward("gaussian", 0, 2), "0.0001": f("gaussian", 3)},
}
PLACES = {
    "hard_sigmoid": "0 1 3 100",
    "lecun_tanh": "0 1 −1 0.3 1.7159 2 3",
    "softsign": "0 5 1 36 100",
    "arctan": "3 6",
    "erf": "1.5 3",
    "isru": "0 1 2 4 5 17",
    "softcap": "0.2 2 5 6 30",
    "sparse_sigmoid": "0 1 2 3",
    "sparse_plus": "0 −1 −2 −4",
    "isrlu": "0 1 4 −6",
    "xielu": "0 ½ 0.8 2 −4",
    "prelu": "−1 0 1 −0.5",
    "rrelu": "1 8 11 48",
    "relu_squared": "0.5 1 2 4 8 16",
    "threshold": "−1 0 1",
    "celu": "0 1 −1 2",
    "squareplus": "0 4 8 −6",
    "log_sigmoid": "0 1 3 6",
    "exponential": "3",
    "gelu_tanh": "0 1 −1 −6 0.0005",
    "gelu_sigmoid": "−4 −0.00003",
    "hard_swish": "1 3",
    "hard_shrink": "0 0.5 1 1.2 1.5 1.8 2",
    "tanh_shrink": "0 0.25 1",
    "sine": "1 2 3",
    "snake": "0 1 2 3",
    "gaussian": "0 1 3",
}
SHOWN = {
    "softcap": ("value", "5.9"),
    "sparse_sigmoid": ("value", "1"),
    "sparse_plus": ("value", "0"),
    "isrlu": ("value", "−0.50"),
    "xielu": ("slope", "−0.29"),
    "hard_sigmoid": ("value", "1"),
    "lecun_tanh": ("slope", "1.144"),
    "softsign": ("slope", "0.028"),
    "arctan": ("slope", "0.027"),
    "erf": ("slope", "0.00014"),
    "isru": ("slope", "0.014"),
    "prelu": ("value", "1"),
    "rrelu": ("slope", "0.229"),
    "relu_squared": ("value", "16"),
    "threshold": ("value", "0"),
    "celu": ("slope", "0.61"),
    "squareplus": ("value", "0.32"),
    "log_sigmoid": ("value", "−0.0025"),
    "exponential": ("value", "20"),
    "gelu_tanh": ("value", "−8.4·10⁻¹¹"),
    "gelu_sigmoid": ("value", "−0.0044"),
    "hard_swish": ("slope", "1.5"),
    "hard_shrink": ("value", "1.8"),
    "tanh_shrink": ("value", "0.005"),
    "sine": ("slope", "2.88"),
    "snake": ("slope", "1"),
    "gaussian": ("value", "0.0001"),
}
