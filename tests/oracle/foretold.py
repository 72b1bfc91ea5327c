"""The same as ``predicted`` for the functions that follow the first fifteen."""

from mpmath import mp, mpf, sqrt

from tests.oracle import exact


def f(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[0]


def slope(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[1]


def steepest(slug, **settings):
    return exact.of(slug, **settings).highest(1)


def step(slug, at, order=1, **settings):
    """By how much f' (or f) jumps at a place."""
    left, right = exact.of(slug, **settings).sides(at)
    return right[order] - left[order]


def only(*answers):
    """The number, from 1, of the one answer that holds."""
    (right,) = [k for k, holds in enumerate(answers, start=1) if holds]
    return right


def hard_sigmoid():
    top = {slope("hard_sigmoid", x) for x in (mpf("-2.9"), 0, mpf("2.9"))}
    return only(len(top) > 1, abs(max(top) - mpf(1) / 6) < 1e-30, top == {1})


def lecun_tanh():
    share = slope("lecun_tanh", 1) / slope("lecun_tanh", 0)
    assert abs(f("lecun_tanh", 1) - 1) < 5e-5
    return only(share > 0.99, abs(share - mpf(2) / 3) < 0.01, share < 0.01)


def softsign():
    ratio = slope("softsign", 5) / slope("tanh", 5)
    return only(ratio < 1, 0.5 < ratio < 2, ratio > 100)


def arctan():
    share = slope("arctan", 2000) / slope("arctan", 1000)
    return only(abs(share - 0.5) < 0.1, abs(share - 0.25) < 1e-5, share < 1e-3)


def erf():
    steeper = slope("erf", 0) - slope("tanh", 0)
    sooner = all(slope("erf", x) < slope("tanh", x) for x in (2, 3, 6))
    return only(steeper > 0 and sooner, steeper > 0 and not sooner, steeper == 0)


def isru():
    wide, narrow = (slope("isru", 0, alpha=alpha) for alpha in (mpf("0.1"), 4))
    return only(narrow > wide, narrow == wide == 1, narrow < wide)


def prelu():
    turned = [f("prelu", x, alpha=-1) for x in range(-3, 4)]
    flat, falling = [max(x, 0) for x in range(-3, 4)], [-x for x in range(-3, 4)]
    return only(turned == flat, turned == falling, turned == [abs(x) for x in range(-3, 4)])


def threshold():
    def still(value):
        return abs(step("threshold", 1, 0, threshold=1, below=value)) < 1e-30

    return only(still(0), still(1), not (still(0) or still(1)))


def celu():
    left = exact.of("celu", alpha=mpf("0.1")).sides(0)[0][1]
    return only(*(abs(left - told) < 1e-30 for told in (mpf("0.1"), 1, 10)))


def squareplus():
    few, many = ({"b": mpf("0.1")}, {"b": 8})
    round_off = exact.of("squareplus", **few).jet(0)[2] - exact.of("squareplus", **many).jet(0)[2]
    steeper = slope("squareplus", mpf(10) ** 9, **many) - slope("squareplus", mpf(10) ** 9, **few)
    higher = f("squareplus", -(mpf(10) ** 30), **many)
    return only(round_off > 1, abs(steeper) > 1e-9, higher > 1e-9)


def log_sigmoid():
    left, middle, right = (slope("log_sigmoid", x) for x in (-9, 0, 9))
    return only(left < 0.01 < 0.99 < right, max(left, right) < middle, right < 0.01 < 0.99 < left)


def exponential():
    ratio = [slope("exponential", x) / f("exponential", x) for x in (-3, 0, 5)]
    return only(ratio == [1] * 3, max(ratio) < 1, slope("exponential", 2) == 2 * slope("exponential", 1))


def gelu_tanh():
    most, exactly = steepest("gelu_tanh")[0], steepest("gelu")[0]
    return only(most <= 1, abs(most - exactly) < 0.001, most > 2)


def gelu_sigmoid():
    most, silu = steepest("gelu_sigmoid")[0], steepest("swish", beta=1)[0]
    return only(most > 1.5 * silu, abs(most - silu) < 1e-20, most < 0.99 * silu)


def hard_swish():
    before, after = (side[1] for side in exact.of("hard_swish").sides(3))
    near = [abs(before - 1) + abs(after - 1), abs(before - 1.5) + abs(after - 1), abs(before - 1) + abs(after)]
    return only(*(gap < 1e-30 for gap in near))


def tanh_shrink():
    here, beside = slope("tanh_shrink", 0), slope("tanh_shrink", mpf("0.01"))
    return only(here == 0 < beside, here == beside == 0, here > 0)


def sine():
    before, after = (steepest("sine", omega=omega)[0] for omega in (1, 4))
    return only(*(abs(after - told) < 1e-30 for told in (before, 4, mpf("0.25"))))


def snake():
    before, after = (steepest("snake", alpha=alpha)[0] for alpha in (mpf("0.2"), 3))
    return only(after > before + 1e-9, abs(after - 2) + abs(before - 2) < 1e-20, after < before - 1e-9)


def gaussian():
    most = max((abs(slope("gaussian", mpf(k) / 1000)), mpf(k) / 1000) for k in range(3100))[1]
    return only(most < 0.01, abs(most - mpf("0.71")) < 0.005, abs(most - 3) < 0.1)


RIGHT = {
    "hard_sigmoid": hard_sigmoid,
    "lecun_tanh": lecun_tanh,
    "softsign": softsign,
    "arctan": arctan,
    "erf": erf,
    "isru": isru,
    "prelu": prelu,
    "rrelu": lambda: only(False, abs(slope("rrelu", -2) - mpf(11) / 48) < 1e-30, False),
    "relu_squared": lambda: only(*(abs(step("relu_squared", 0) - by) < 1e-30 for by in (2, 0, 1))),
    "threshold": threshold,
    "celu": celu,
    "squareplus": squareplus,
    "log_sigmoid": log_sigmoid,
    "exponential": exponential,
    "gelu_tanh": gelu_tanh,
    "gelu_sigmoid": gelu_sigmoid,
    "hard_swish": hard_swish,
    "hard_shrink": lambda: only(
        *({f("hard_shrink", 3, lam=lam) for lam in (1, 2)} == told for told in ({2, 1}, {3}, {0}))
    ),
    "tanh_shrink": tanh_shrink,
    "sine": sine,
    "snake": snake,
    "gaussian": gaussian,
}
MEANT = {
    "softsign": {
        "0.0002": slope("tanh", 5),
        "0.028": slope("softsign", 5),
        "153": slope("softsign", 5) / slope("tanh", 5),
    },
    "hard_sigmoid": {"6": 1 / slope("hard_sigmoid", 0)},
    "gelu_tanh": {"1.1289": steepest("gelu")[0], "1.4": steepest("gelu")[2]},
    "gelu_sigmoid": {"1.0998": steepest("swish", beta=1)[0]},
    "hard_swish": {"1.5": exact.of("hard_swish").sides(3)[0][1]},
    "gaussian": {"0.71": 1 / sqrt(2)},
    "relu_squared": {"0.01": f("relu_squared", mpf("0.1"))},
    "hard_shrink": {"2.5": f("soft_shrink", 3, lam=mpf("0.5"))},
    "erf": {"−1": -mp.erf(20)},
}
PLACES = {
    "hard_sigmoid": "0 1 3",
    "lecun_tanh": "0 1 −1",
    "softsign": "0 5 1 36 100",
    "arctan": "0",
    "erf": "0 1",
    "isru": "0 0.1 4 1",
    "prelu": "−1 0 1",
    "rrelu": "1 8 3 11 48",
    "relu_squared": "0 1 2 0.1",
    "threshold": "0",
    "celu": "0 0.1 1 10",
    "squareplus": "0 1",
    "log_sigmoid": "0 1",
    "exponential": "100 1",
    "gelu_tanh": "1",
    "gelu_sigmoid": "1.702 0",
    "hard_swish": "0 1 3",
    "hard_shrink": "0 0.5 1 2 3",
    "tanh_shrink": "0 1",
    "sine": "1 4 ¼",
    "snake": "0.2 3 1 2",
    "gaussian": "0 3 −0.71",
}
