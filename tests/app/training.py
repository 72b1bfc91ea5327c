"""The training of a PReLU as a reader meets it, and done once more with nothing of the guide's own."""

from functools import cache

import numpy as np
import pytest

from activations.experiments import prelu
from tests.oracle import library
from tests.oracle.drawing import Drawing
from tests.oracle.visitor import Visit

LANGUAGES = ("en", "zh")
SLOPES = {"abs": -1.0, "relu": 0.0, "leaky": 0.5, "line": 1.0}
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_target = pytest.mark.parametrize("target", SLOPES)


@cache
def trained(target):
    """alpha, w, b, loss and the gradient on alpha before each of 121 steps."""
    x, y = prelu.data(target)
    at, seen = np.array([0.25, 0.6, 0.4]), []
    for _ in range(121):
        z = at[1] * x + at[2]
        on = z > 0
        error = np.where(on, z, at[0] * z) - y
        slope = np.where(on, 1, at[0]) * error
        pull = np.mean(error * np.where(on, 0, z))
        seen.append((*at, np.mean(error**2) / 2, pull))
        at = at - 0.2 * np.array([pull, np.mean(slope * x), np.mean(slope)])
    return np.array(seen)


def steps(t):
    """How many steps the moment ``t`` comes after."""
    return t + round(72 * (t / 48) ** 2)


def signed(value, decimals):
    text = f"{value:.{decimals}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def moment_texts(target, t):
    """All that is printed at a moment, by name."""
    alpha, _, _, loss, pull = trained(target)[steps(t)]
    texts = {"step": str(steps(t)), "alpha": signed(alpha, 3), "pull": signed(pull, 4), "loss": signed(loss, 4)}
    return texts | {"moves": signed(-0.2 * pull, 4)}


def opened(language="en", **query):
    return Visit().go("prelu", {"lang": language, "show": "training", **query})


def text(language):
    return library.parts(language, "topics/prelu_training")


def at_rest(page):
    """Each array of the chart by name."""
    picture = Drawing(page.spec)
    return {f"{name}.{axis}": picture.xy(name)["xy".index(axis)] for name in picture.traces for axis in "xy"}
