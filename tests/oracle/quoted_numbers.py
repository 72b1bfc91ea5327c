"""Numbers as sentences tell them, and whether one stands for what is true."""

import re

from tests.oracle.fading import spelt

_FRACTIONS = {"½": "0.5", "¼": "0.25"}
_NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|[½¼]")
_NOT_READ = re.compile(r"\$[^$]*\$|`[^`]*`|\{\w+\}|[A-Za-z]+\d")


def numbers(text):
    """All numbers of a sentence that stand in neither a formula, a name nor code."""
    return _NUMBER.findall(_NOT_READ.sub(" ", text))


def stands_for(text, true):
    """Whether ``text`` is the true number, rounded."""
    value, error = spelt(_FRACTIONS.get(text, text))
    return abs(value - true) <= error
