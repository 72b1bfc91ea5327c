"""The page on which a ReLU dies as a reader meets it, and what happens there, found without its experiments."""

import math

import numpy as np

from tests.oracle import library
from tests.oracle.drawing import decoded
from tests.oracle.visitor import Visit

SLUGS = ("relu", "leaky_relu", "elu", "gelu")
X = (np.arange(16) + 0.5) / 8
STEPS = [*range(8), *(round(8 * 75 ** (k / 32)) for k in range(33))]  # at the positions of the slider of time
DEFAULTS = {"t": 1, "step": 2.0, "leak": 0.1, "alpha": 1.0}


def part(language):
    return library.parts(language, "topics/dying")


def opened(tab, language="en", **query):
    """The page at one of its tabs, with nothing asked."""
    return Visit().go("dying", {"lang": language, "act": tab, **{name: str(value) for name, value in query.items()}})


def phi(x):
    return math.erfc(-x / math.sqrt(2)) / 2


def share(off):
    """A share in per cent as it is printed."""
    decimals = 1 if 0.01 <= off <= 0.99 else 3
    return f"{100 * off:.{decimals}f}" if 0 < off < 1 else f"{100 * off:.0f}"


_PHI = np.vectorize(phi)


def jet(slug, z, alpha):
    """f and f' of many numbers."""
    if slug == "gelu":
        return z * _PHI(z), _PHI(z) + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if slug == "elu":
        tail = alpha * np.exp(np.minimum(z, 0))
        return np.where(z > 0, z, tail - alpha), np.where(z > 0, 1, tail)
    alpha = alpha if slug == "leaky_relu" else 0.0
    return np.where(z > 0, z, alpha * z), np.where(z > 0, 1, alpha)


def thrown(slug, step, alpha, last=600):
    """The pre-activations (steps + 1, 16) of a unit from before its large step on."""
    w, b, seen = 1.5, 0.5, []
    for now in range(last + 1):
        seen.append(w * X + b)
        value, slope = jet(slug, seen[-1], alpha)
        error = (value - X) * slope
        rate = 0.5 if now else step
        w, b = w - rate * (error * X).mean(), b - rate * error.mean()
    return np.array(seen)


def again(seen):
    """The first step after which an input is on, None if there is none."""
    return next((step for step, z in enumerate(seen) if step and z.max() > 0), None)


def alpha(slug, stand):
    return {"leaky_relu": stand["leak"], "elu": stand["alpha"]}.get(slug)


def drawn(page):
    """Every array of a picture that its follower may move, by name."""
    found = {}
    for trace in page.spec["data"]:
        if trace["type"] == "heatmap":
            found[f"{trace['name']}.z"] = np.ravel(decoded({k: trace["z"][k] for k in ("dtype", "bdata")}))
        else:
            found |= {f"{trace['name']}.{axis}": decoded(trace[axis]) for axis in "xy"}
    return found


def labels(page):
    """Every word on a picture by its name."""
    return {f"{trace['name']}.text": trace["text"][0] for trace in page.spec["data"] if "text" in trace}
