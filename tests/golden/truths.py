"""What the page on rounding calls true, with 60 digits: ``python -m tests.golden.truths`` stores it for the page.

A true value is kept as (high + low) · 2^exponent, which gives 32 digits of it and no smallest number.
"""

from pathlib import Path

import numpy as np
from mpmath import findroot, mp, mpf

STORED = Path(__file__).parents[2] / "activations" / "experiments" / "rounding.npz"
X = np.arange(-160, 161) / 4  # of few bits: exact in every format
LOWEST = (-24, -133, -149, -1074)  # the powers of two that are the smallest numbers of the formats
TRUE = {
    "sigmoid": lambda x: 1 / (2 + mp.exp(x) + mp.exp(-x)),
    "tanh": lambda x: mp.sech(x) ** 2,
    "gelu": lambda x: x * mp.erfc(-x / mp.sqrt(2)) / 2,
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "logistic": lambda x: 1 / (1 + mp.exp(-x)),
}


def parts(true: mpf) -> tuple[float, float, int]:
    """High and low part, and the power of two."""
    mantissa, exponent = mp.frexp(true)
    high = float(mantissa)
    return high, float(mantissa - high), int(exponent)


def gone(pair: str, lowest: int) -> float:
    """The x < 0 at which the true value is half of the smallest number, and so rounds to 0."""
    bits = mpf(lowest - 1)

    def above(x: mpf) -> mpf:
        return mp.log(abs(TRUE[pair](x)), 2) - bits

    far = -mp.sqrt(-2 * bits * mp.log(2)) if pair == "gelu" else bits * mp.log(2) / (2 if pair == "tanh" else 1)
    return float(findroot(above, far))


def main() -> None:
    arrays = {"x": X}
    with mp.workdps(60):
        for pair, define in TRUE.items():
            columns = zip(*(parts(define(mpf(x))) for x in X.tolist()), strict=True)
            arrays |= dict(zip((f"{pair}_{name}" for name in ("high", "low", "exponent")), columns, strict=True))
            arrays[f"{pair}_exponent"] = np.array(arrays[f"{pair}_exponent"], np.int16)
            arrays[f"{pair}_gone"] = [gone(pair, lowest) for lowest in LOWEST]
    np.savez_compressed(STORED, **arrays)


if __name__ == "__main__":
    main()
