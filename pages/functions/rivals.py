"""The functions that are compared with a function: neighbours, and those that are chosen instead of it."""

from __future__ import annotations

# Each pair once; both functions of a pair lead to the same comparison.
PAIRS: tuple[tuple[str, str], ...] = (
    ("identity", "leaky_relu"),
    ("binary_step", "sigmoid"),
    ("sigmoid", "tanh"),
    ("sigmoid", "hard_sigmoid"),
    ("sigmoid", "gaussian"),
    ("sigmoid", "sparse_sigmoid"),
    ("hard_sigmoid", "sparse_sigmoid"),
    ("tanh", "softcap"),
    ("tanh", "softsign"),
    ("tanh", "hard_tanh"),
    ("tanh", "lecun_tanh"),
    ("tanh", "arctan"),
    ("tanh", "erf"),
    ("softsign", "arctan"),
    ("softsign", "isru"),
    ("hard_sigmoid", "hard_tanh"),
    ("relu", "leaky_relu"),
    ("relu", "gelu"),
    ("relu", "elu"),
    ("relu", "softplus"),
    ("relu", "relu6"),
    ("relu", "relu_squared"),
    ("relu", "threshold"),
    ("leaky_relu", "prelu"),
    ("leaky_relu", "rrelu"),
    ("prelu", "rrelu"),
    ("relu6", "hard_swish"),
    ("threshold", "hard_shrink"),
    ("relu_squared", "xielu"),
    ("softplus", "sparse_plus"),
    ("softplus", "squareplus"),
    ("softplus", "log_sigmoid"),
    ("elu", "selu"),
    ("elu", "celu"),
    ("elu", "exponential"),
    ("elu", "isrlu"),
    ("isru", "isrlu"),
    ("elu", "xielu"),
    ("selu", "celu"),
    ("gelu", "swish"),
    ("gelu", "mish"),
    ("gelu", "gelu_tanh"),
    ("gelu", "gelu_sigmoid"),
    ("gelu_tanh", "gelu_sigmoid"),
    ("swish", "mish"),
    ("swish", "hard_swish"),
    ("soft_shrink", "hard_shrink"),
    ("soft_shrink", "tanh_shrink"),
    ("sine", "snake"),
)


def rivals(slug: str) -> list[str]:
    """The slugs of the functions that are compared with ``slug``, in the order of the pairs."""
    return [pair[1 - pair.index(slug)] for pair in PAIRS if slug in pair]
