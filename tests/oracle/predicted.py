"""The questions that pages ask before they show: which answer is right, and what each number in them stands for."""

from mpmath import acosh, atanh, mp, mpf, sqrt

from activations import CATALOGUE
from tests.oracle import exact, foretold, stack
from tests.oracle.nearest import held


def f(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[0]


def slope(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[1]


def sides(slug, **settings):
    """The slope just left and just right of 0."""
    return [side[1] for side in exact.of(slug, **settings).sides(0)]


def peak(slug, **settings):
    return exact.of(slug, **settings).highest(1)


def only(*answers):
    """The number, from 1, of the one answer that holds."""
    (right,) = [k for k, holds in enumerate(answers, start=1) if holds]
    return right


def sigmoid():
    share = slope("sigmoid", 4) / slope("sigmoid", 0)
    return only(abs(share - 0.98) < 0.01, abs(share - 0.5) < 0.05, abs(share - 0.07) < 0.005)


def tanh():
    half = atanh(1 / sqrt(2))
    assert abs(slope("tanh", half) - slope("tanh", 0) / 2) < 1e-30
    return only(half < 1, abs(half - 2) < 0.5, abs(half - 3) < 0.5)


def jump(slug, **settings):
    left, right = sides(slug, **settings)
    return right - left


def leaky_relu():
    line = [f("leaky_relu", x, alpha=1) for x in range(-3, 4)]
    return only(line == list(range(-3, 4)), line[:3] == [0, 0, 0], line == list(map(abs, range(-3, 4))))


def swish():
    before, after = peak("swish", beta=1)[0], peak("swish", beta=5)[0]
    same = abs(after - before) < 1e-25
    return only(after > before and not same, same, after < before and not same)


def softplus():
    before, after = (slope("softplus", 0, beta=beta) for beta in (1, 5))
    return only(after < before, after > before, before == after == mpf("0.5"))


def soft_shrink():
    after = slope("soft_shrink", 3, lam=1)
    return only(after == slope("soft_shrink", 3, lam=0.5) == 1, after < 1, after > 1)


def gelu():
    top, _, place = peak("gelu")
    return only(place == 0 and top == 0.5, abs(place - 1.4) < 0.05 and top > 1, place is None or place > 6)


def hard_tanh():
    steeper = [slope("hard_tanh", x) > slope("tanh", x) for x in (mpf("0.9"), 2)]
    return [[True, True], [True, False], [False, True], [False, False]].index(steeper) + 1


def vanishing():
    kept = [stack.of("sigmoid", 30, w, 0, 1).left for w in (1, 4)]
    return only(kept[1] > 0.5, kept[0] < kept[1] < 0.5, kept[1] < kept[0])


def rounding():
    s = held(f("sigmoid", 20), "float32")
    given = held(s * held(1 - s, "float32"), "float32")
    off = abs(given / slope("sigmoid", 20) - 1)
    return only(off < 1e-7, 1e-3 < off < 1e-1, given == 0, given != given)


RIGHT = {
    **foretold.RIGHT,
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": lambda: [0, 0.5, 1].index(CATALOGUE["relu"].slope(0.0)) + 1,
    "relu6": lambda: only(slope("relu6", 700) > 1, slope("relu6", 700) == 1, slope("relu6", 700) == 0),
    "selu": lambda: only(jump("selu") > 0, jump("selu") < 0, jump("selu") == 0),
    "elu": lambda: only(*(abs(jump("elu", alpha=2) - step) < 1e-30 for step in (0, 0.5, -1))),
    "leaky_relu": leaky_relu,
    "swish": swish,
    "softplus": softplus,
    "soft_shrink": soft_shrink,
    "binary_step": lambda: only(*(mp.sign(slope("binary_step", 2)) == sign for sign in (1, -1, 0))),
    "gelu": gelu,
    "mish": lambda: only(*(mp.sign(slope("mish", -3)) == sign for sign in (1, 0, -1))),
    "hard_tanh": hard_tanh,
    "identity": lambda: only(*({slope("identity", x) for x in (-5, 2)} == told for told in ({1}, {-5, 2}, {0}))),
    "vanishing": vanishing,
    "rounding": rounding,
}
# What a number in the sentences stands for; what is not here must be among the numbers that are only places.
MEANT = {
    **foretold.MEANT,
    "sigmoid": {
        "98": 100 * f("sigmoid", 4),
        "7": 400 * slope("sigmoid", 4),
        "0.982": f("sigmoid", 4),
        "0.018": 1 - f("sigmoid", 4),
        "1.76": 2 * acosh(sqrt(2)),
        "0.0177": slope("sigmoid", 4),
        "1": exact.of("sigmoid").highest(0)[0],
    },
    "tanh": {
        "0.88": atanh(1 / sqrt(2)),
        "1.76": 2 * acosh(sqrt(2)),
        "0.07": slope("tanh", 2),
        "0.0099": slope("tanh", 3),
    },
    "selu": {
        "1.6733": sides("selu")[0] / sides("selu")[1],
        "1.7581": sides("selu")[0],
        "1.0507": sides("selu")[1],
        "0": exact.of("selu").mean,
    },
    "swish": {"1.0998": peak("swish", beta=1)[0]},
    "softplus": {
        "0.693": f("softplus", 0, beta=1),
        "0.139": f("softplus", 0, beta=5),
        "½": slope("softplus", 0, beta=3),
    },
    "soft_shrink": {
        "2.5": f("soft_shrink", 3, lam=0.5),
        "2": f("soft_shrink", 3, lam=1),
        "99": f("soft_shrink", 100, lam=1),
    },
    "gelu": {"½": slope("gelu", 0), "1.4": peak("gelu")[2], "1": slope("gelu", 40)},
    "mish": {"−0.0934": slope("mish", -3)},
    "hard_tanh": {"0.49": slope("tanh", mpf("0.9")), "0.07": slope("tanh", 2)},
    "rounding": {
        "2.06·10⁻⁹": slope("sigmoid", 20),
        "0.9999999979": f("sigmoid", 20),
        "6·10⁻⁸": mpf(2) ** -24,
        "88.72": mp.log(mpf(2) ** 128),
    },
    "vanishing": {
        "¼": slope("sigmoid", 0),
        "0.105": slope("sigmoid", 2),
        "3.92": stack.of("sigmoid", 30, 4, 0, 1).z[-1],
        "0.019": stack.of("sigmoid", 30, 4, 0, 1).slope[-1],
        "0.076": stack.of("sigmoid", 30, 4, 0, 1).factor[-1],
        "0.225": stack.of("sigmoid", 30, 1, 0, 1).factor[-1],
        "½": f("sigmoid", 0),
        "3.33·10¹⁹": 1 / stack.of("sigmoid", 30, 1, 0, 1).left,
        "3.87·10³³": 1 / stack.of("sigmoid", 30, 4, 0, 1).left,
    },
}
PLACES = {
    **foretold.PLACES,
    "sigmoid": "4 2 0",
    "tanh": "0 1 2 3",
    "relu": "0 1 ½",
    "relu6": "700 3 0 1 6 7",
    "selu": "0 1",
    "elu": "0 1 2 ½",
    "leaky_relu": "0 1 −1",
    "swish": "0 1 5",
    "softplus": "0 1 5",
    "soft_shrink": "0.5 3 1 100 0",
    "binary_step": "0 1 2",
    "gelu": "0",
    "mish": "0 −3",
    "hard_tanh": "0 0.9 1 −1 2",
    "identity": "0 1",
    "rounding": "0 1 2 10 14 20",
    "vanishing": "0 1 2 4",
}
