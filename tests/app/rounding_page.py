"""The page on rounding as it is opened, and how what it draws and prints is read."""

import base64
from functools import cache

import numpy as np
from mpmath import mp, mpf

from tests.oracle.visitor import Visit

LETTERS = {"float16": 4, "bfloat16": 3, "float32": 8, "float64": 16}
TRUE = {
    "sigmoid": lambda x: mp.sech(x / 2) ** 2 / 4,
    "tanh": lambda x: mp.sech(x) ** 2,
    "gelu": lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "logistic": lambda x: 1 / (1 + mp.exp(-x)),
}
# Each pair and each format, and where something happens; both languages.
CASES = [
    ("sigmoid", "float32", 12.0, "en"), ("sigmoid", "bfloat16", 20.0, "zh"), ("tanh", "float64", -12.5, "en"),
    ("gelu", "float64", -38.5, "zh"), ("gelu", "float16", 0.0, "en"), ("softplus", "float16", 12.0, "zh"),
    ("softplus", "float32", -16.0, "en"), ("logistic", "float16", 11.5, "en"), ("logistic", "bfloat16", -40.0, "zh"),
]  # fmt: skip


def opened(pair="sigmoid", kind="float32", language="en", **query):
    asked = {"lang": language, "pair": pair, "format": kind, **{name: str(value) for name, value in query.items()}}
    return Visit().go("rounding", asked)


@cache
def seen(pair, kind, x, language):
    """The same to look at only: it is not opened twice."""
    return opened(pair, kind, language, x=x)


def drawn(page):
    given = {f"{trace['name']}.{axis}": trace[axis]["bdata"] for trace in page.spec["data"] for axis in "xy"}
    return {name: np.frombuffer(base64.b64decode(data), "<f4").astype(float) for name, data in given.items()}


def true(pair, x):
    with mp.workdps(60):
        return TRUE[pair](mpf(x))


def spelled(text):
    digits, _, power = text.replace("−", "-").replace("∞", "inf").partition("·10")
    return mpf(digits) * mpf(10) ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or "0")


def assert_says(text, value, letters):
    """``text`` spells ``value`` with so many significant digits."""
    digits = text.partition("·10")[0].lstrip("−0.").replace(".", "")
    assert len(digits) == letters or value == 0, text
    assert abs(spelled(text) - value) <= abs(value) * mpf(10) ** (1 - letters) / 2 * (1 + mpf("1e-9")), (text, value)
