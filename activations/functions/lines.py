"""Where it began: the identity (no activation at all) and the binary threshold."""

import numpy as np

from activations.spec import Activation, Array, Latex, Trait, always, fixed


def _zero(x: Array) -> Array:
    return np.zeros_like(x)


identity = Activation(
    slug="identity",
    name="Identity",
    latex=Latex("f(x) = x", "f'(x) = 1"),
    f=lambda x: x,
    df=np.ones_like,
    ddf=_zero,
    claims=dict.fromkeys(
        (Trait.CONTINUOUS, Trait.C1, Trait.C2, Trait.SMOOTH, Trait.MONOTONE, Trait.ODD, Trait.ZERO_CENTRED), always
    ),
)

binary_step = Activation(
    slug="binary_step",
    name="Binary step",
    latex=Latex(
        r"f(x) = \begin{cases} 1 & x \ge 0 \\ 0 & x < 0 \end{cases}",
        r"f'(x) = 0 \quad (x \ne 0)",
    ),
    f=lambda x: np.where(x >= 0, 1.0, 0.0),
    df=_zero,
    ddf=_zero,
    claims=dict.fromkeys(
        (
            Trait.MONOTONE,
            Trait.BOUNDED_BELOW,
            Trait.BOUNDED_ABOVE,
            Trait.SATURATES_LEFT,
            Trait.SATURATES_RIGHT,
            Trait.CAN_DIE,
        ),
        always,
    ),
    kinks=fixed(0.0),
)
