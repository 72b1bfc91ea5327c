"""What reasons and notices say in formulas; each is 0 everywhere."""

from mpmath import exp, log, mp, mpf, pi, sqrt

from tests.oracle import exact
from tests.oracle.right_answers import f, slope

FORMULAS = (
    lambda x: slope("softsign", x) - 1 / (1 + abs(x)) ** 2,
    lambda x: slope("arctan", x) - 1 / (1 + x * x),
    lambda x: slope("isru", x, alpha=4) - (1 + 4 * x * x) ** mpf("-1.5"),
    lambda x: f("log_sigmoid", x) + log(1 + exp(-x)),
    lambda x: slope("lecun_tanh", 0) - mpf("1.7159") * 2 / 3,
    lambda x: slope("mish", 0) - mp.tanh(log(2)),
    lambda x: slope("erf", x) - 2 / sqrt(pi) * exp(-x * x),
    lambda x: slope("celu", -abs(x), alpha=mpf("0.7")) - exp(-abs(x) / mpf("0.7")),
    lambda x: slope("relu_squared", x) - 2 * max(x, 0),
    lambda x: slope("tanh_shrink", x) - mp.tanh(x) ** 2,
    lambda x: slope("snake", x, alpha=3) - 1 - mp.sin(6 * x),
    lambda x: slope("sine", x, omega=4) - 4 * mp.cos(4 * x),
    lambda x: exact.of("gaussian").jet(x)[2] - (4 * x * x - 2) * exp(-x * x),
    lambda x: slope("hard_swish", x / 3) - (2 * x / 3 + 3) / 6,
    lambda x: f("log_sigmoid", x) + f("softplus", -x, beta=1),
    lambda x: slope("log_sigmoid", x) - f("sigmoid", -x),
    lambda x: f("squareplus", 0, b=x * x) - abs(x) / 2,
    lambda x: f("gelu_sigmoid", x) - f("swish", x, beta=mpf("1.702")),
)
