"""Number formats by their definition, in exact fractions."""

from fractions import Fraction

from mpmath import mpf

DIGITS = {"float16": (11, -24), "bfloat16": (8, -133), "float32": (24, -149), "float64": (53, -1074)}
LARGEST = {"float16": 16, "bfloat16": 128, "float32": 128, "float64": 1024}  # powers of two that are too large


def nearest(x, digits, lowest):
    """The number of a binary format nearest to the fraction x, ties to even; ``lowest`` is the exponent of its steps
    at least."""
    if x == 0:
        return Fraction(0)
    size, exponent = abs(x), 0
    while size >= Fraction(2) ** (exponent + 1):
        exponent += 1
    while size < Fraction(2) ** exponent:
        exponent -= 1
    step = Fraction(2) ** max(exponent - digits + 1, lowest)
    return round(x / step) * step  # Python rounds ties to even


def fraction(x):
    """An mpf, exactly."""
    sign, mantissa, exponent, _ = mpf(x)._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def held(x, kind):
    """The mpf, rounded to a format."""
    if not abs(x) < 2 * mpf(2) ** LARGEST[kind]:  # inf and NaN stay what they are
        return x if x != x else mpf("inf") * (1 if x > 0 else -1)
    found = nearest(fraction(x), *DIGITS[kind])
    if abs(found) >= Fraction(2) ** LARGEST[kind]:
        return mpf("inf") * (1 if x > 0 else -1)
    return mpf(found.numerator) / found.denominator
