"""What the catalogue has too little of: two parameters, and a kink that moves with one and jumps with the other."""

import math

import numpy as np

from activations import CATALOGUE, Activation, Param
from activations.spec import Latex
from pages.shared import curves

ANYWHERE = (-math.inf, math.inf)


def _left(x, alpha, knee):
    return alpha * np.exp(np.minimum(x, knee))


HINGE = Activation(
    slug="hinge",
    name="Hinge",
    latex=Latex("", ""),
    f=lambda x, alpha, knee: np.where(x > knee, x, _left(x, alpha, knee) - alpha),
    df=lambda x, alpha, knee: np.where(x > knee, 1.0, _left(x, alpha, knee)),
    ddf=lambda x, alpha, knee: np.where(x > knee, 0.0, _left(x, alpha, knee)),
    claims={},
    params=(
        Param("alpha", "a", 1.0, 0.0, 3.0, 0.1, domain=ANYWHERE),
        Param("knee", "k", 0.5, -2.0, 2.0, 0.05, domain=ANYWHERE),
    ),
    kinks=lambda alpha, knee: (knee,),
)
ACTS = (*CATALOGUE.values(), HINGE)


def still(activation, x0, **settings):
    """The curves and the probe at one state, each array of shape (points,)."""
    state = {name: np.array([float(value)]) for name, value in {**activation.defaults, **settings}.items()}
    at_probe = {**state, "x0": np.array([float(x0)])}
    rows = curves.lines(activation, state) | curves.probe(activation, at_probe, curves.at_probe(activation, at_probe))
    return {name: array[0] for name, array in rows.items()}
