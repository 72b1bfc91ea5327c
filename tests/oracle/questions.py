"""The questions that pages ask: which answer is right, and what each number in them stands for."""

from mpmath import acosh, ln, mp, mpf, sqrt, tanh

from tests.oracle import right_answers, stack
from tests.oracle.nearest import held
from tests.oracle.right_answers import at_zero, f, forward, nearest, only, peak, slope, step


def sigmoid():
    share = mpf("0.98") * (1 - mpf("0.98")) / slope("sigmoid", 0)
    return only(*(abs(share - answer) < 0.005 for answer in (mpf("0.5"), mpf("0.02"), mpf("0.08"))))


def relu():
    got = (f("relu", mpf("0.05")) - f("relu", mpf("-0.05"))) / mpf("0.1")
    return only(*(abs(got - answer) < 1e-30 for answer in (0, mpf("0.5"), 1)))


def binary_step():
    got = (f("binary_step", mpf("0.05")) - f("binary_step", mpf("-0.05"))) / mpf("0.1")
    return only(*(abs(got - answer) < 1e-30 for answer in (0, mpf("0.5"), 10)))


def relu6():
    signal = factor = 1
    for _ in range(3):
        signal, factor = f("relu6", 2 * signal), factor * 2 * slope("relu6", 2 * signal)
    return only(factor == 8, factor == 6, factor == 0)


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
    half = mpf("0.5")
    inputs = [mpf(k) / 8 for k in range(-32, 33)]
    twice = [f("soft_shrink", f("soft_shrink", x, lam=half), lam=half) for x in inputs]
    return only(*(twice == [f("soft_shrink", x, lam=lam) for x in inputs] for lam in (mpf("0.25"), half, 1)))


def vanishing():
    gradients = [stack.of("sigmoid", 30, w, 0, 1).left for w in (1, 4)]
    return only(gradients[1] > 0.5, gradients[0] < gradients[1] < 0.5, gradients[1] < gradients[0])


def rounding():
    s = held(f("sigmoid", 20), "float32")
    given = held(s * held(1 - s, "float32"), "float32")
    off = abs(given / slope("sigmoid", 20) - 1)
    return only(off < 1e-7, 1e-3 < off < 1e-1, given == 0, given != given)


RIGHT = {
    **right_answers.RIGHT,
    "sigmoid": sigmoid,
    "tanh": lambda: nearest(slope("tanh", 6), "0.005", "0.0025", "0.000025"),
    "relu": relu,
    "relu6": relu6,
    "selu": lambda: nearest(slope("selu", 2) ** 10, "0.61", 1, "1.64"),
    "elu": lambda: only(*(abs(step("elu", 0, alpha=2) - by) < 1e-30 for by in (0, 0.5, -1))),
    "leaky_relu": leaky_relu,
    "swish": swish,
    "softplus": softplus,
    "soft_shrink": soft_shrink,
    "binary_step": binary_step,
    "gelu": lambda: nearest(forward("gelu", 1, 10), "0.84", "0.18", "0.01"),
    "mish": lambda: nearest(slope("mish", 0) ** 10, "0.001", "0.006", "0.06"),
    "hard_tanh": lambda: only(
        *(forward("hard_tanh", mpf("0.9"), 10) == mpf(answer) for answer in ("0.35", "0.9", "1"))
    ),
    "identity": lambda: only(*(3 * slope("identity", -5) == answer for answer in (-15, 1, 3))),
    "vanishing": vanishing,
    "rounding": rounding,
}
# What a number in the sentences stands for; what is not here must be among the numbers that are only places.
MEANT = {
    **right_answers.MEANT,
    "identity": {"−15": 3 * f("identity", -5)},
    "binary_step": {"10": f("binary_step", mpf("0.05")) / mpf("0.1")},
    "sigmoid": {
        "0.85": f("sigmoid", 2 * acosh(sqrt(2))),
        "0.02": 1 - mpf("0.98"),
        "2": 100 * (1 - mpf("0.98")),
        "0.0196": mpf("0.98") * (1 - mpf("0.98")),
        "8": 400 * mpf("0.98") * (1 - mpf("0.98")),
        "¼": slope("sigmoid", 0),
    },
    "tanh": {
        "0.0099": slope("tanh", 3),
        "0.005": slope("tanh", 3) / 2,
        "0.0025": slope("tanh", 3) / 4,
        "0.000025": slope("tanh", 6),
        "7.4": slope("tanh", 5) / slope("tanh", 6),
    },
    "relu": {"½": f("relu", mpf("0.05")) / mpf("0.1")},
    "selu": {
        "0.61": 1 / slope("selu", 1) ** 10,
        "1.0507": slope("selu", 1),
        "1.64": slope("selu", 1) ** 10,
    },
    "swish": {"1.0998": peak("swish", beta=1)[0]},
    "softplus": {
        "0.693": f("softplus", 0, beta=1),
        "0.139": f("softplus", 0, beta=5),
        "½": slope("softplus", 0, beta=3),
    },
    "soft_shrink": {
        "0.25": mpf("0.5") ** 2,
        "2.5": f("soft_shrink", 3, lam=0.5),
        "2": f("soft_shrink", 3, lam=1),
    },
    "gelu": {
        "0.84": f("gelu", 1),
        "0.18": f("gelu", 1) ** 10,
        "0.01": forward("gelu", 1, 10),
        "0.80": forward("gelu", 1, 2) / f("gelu", 1),
        "½": at_zero("gelu"),
    },
    "mish": {
        "0.001": at_zero("swish", beta=1) ** 10,
        "0.6": tanh(ln(2)),
        "0.006": at_zero("mish") ** 10,
        "0.06": at_zero("mish") / 10,
        "6": (at_zero("mish") / at_zero("gelu")) ** 10,
        "½": at_zero("swish", beta=1),
    },
    "hard_tanh": {"0.35": forward("tanh", mpf("0.9"), 10)},
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
        "3.00·10⁻²⁰": stack.of("sigmoid", 30, 1, 0, 1).left,
        "2.58·10⁻³⁴": stack.of("sigmoid", 30, 4, 0, 1).left,
    },
}
PLACES = {
    **right_answers.PLACES,
    "sigmoid": "0.98 1 0",
    "tanh": "1 3 6 400",
    "relu": "0 1 0.05 −0.05 0.1",
    "relu6": "0 1 2 4 6 8",
    "selu": "0 1",
    "elu": "0 1 2 ½",
    "leaky_relu": "0 1 −1",
    "swish": "0 1 5",
    "softplus": "0 1 5",
    "soft_shrink": "0 0.5 1 3",
    "binary_step": "0 1 ½ 0.05 −0.05 0.1",
    "gelu": "0 1",
    "mish": "0 1",
    "hard_tanh": "0 0.9 1 −1",
    "identity": "1 3 −5",
    "rounding": "0 1 2 10 14 20",
    "vanishing": "0 1 2 4",
}
# What the picture shows there, at the setting of ``pages.functions.answers``: the number that the right answer tells.
SHOWN = {
    **right_answers.SHOWN,
    "identity": ("slope", "1"),
    "binary_step": ("value", "1"),
    "sigmoid": ("value", "0.98"),
    "tanh": ("slope", "0.000025"),
    "relu": ("value", "0.05"),
    "relu6": ("slope", "0"),
    "selu": ("slope", "1.0507"),
    "elu": ("slope", "2"),
    "leaky_relu": ("slope", "1"),
    "swish": ("steepest", "1.0998"),
    "softplus": ("slope", "½"),
    "soft_shrink": ("value", "2"),
    "gelu": ("value", "0.84"),
    "mish": ("slope", "0.6"),
    "hard_tanh": ("value", "0.9"),
}
