"""Home as a reader meets it, and what its stacks really do, computed here with nothing of the guide's own."""

import base64
import json
import math
import re
from pathlib import Path

import mpmath
import numpy as np
from streamlit.testing.v1 import AppTest

from tests.oracle.blob import Blob

MAIN = Path(__file__).parents[2] / "pages" / "main.py"
DEPTHS = range(1, 21)
INVISIBLE = re.compile("[\u2061-\u2064]")
X = np.linspace(-4, 4, 121)
LAYER = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": lambda x: (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x)),
    "relu": lambda x: (x + np.abs(x)) / 2,
}


def visit(**query):
    """The page after its first run, without an error."""
    at = AppTest.from_file(MAIN, default_timeout=30)
    at.query_params.update(query)
    at.run()
    assert not at.exception, [error.value for error in at.exception]
    return at


def chart(at):
    """The chart's specification and its description, without marks."""
    (found,) = at.get("plotly_chart")
    return json.loads(found.proto.spec), INVISIBLE.sub("", found.proto.alt)


def drawn(spec):
    """Each array of a specification by name."""
    given = {f"{trace['name']}.{axis}": trace[axis]["bdata"] for trace in spec["data"] for axis in "xy"}
    return {name: np.frombuffer(base64.b64decode(data), "<f4").astype(float) for name, data in given.items()}


def printed(at):
    """All that is written on the page, without marks."""
    return INVISIBLE.sub("", "\n".join(element.value for element in at.main.markdown))


def wall(at):
    """The markup below the stage."""
    return next(html.proto.body for html in at.main.get("html") if "nl-wall" in html.proto.body)


def followed(at):
    """What the slider moves: rows by name, texts by name, unpacked as the browser does."""
    (follower,) = at.get("bidi_component")
    blob = Blob(follower.proto.bytes)
    (moved,) = blob.sliders.values()
    assert (*blob.sliders, moved.low, moved.step) == ("layers", 1, 1)
    return moved.rows, moved.texts, blob.head


def stacked(slug, x, layers):
    """The output of that many layers."""
    for _ in range(layers):
        x = LAYER[slug](x)
    return x


def ends(slug, layers):
    """What becomes of −4 and of 4, with four decimals, as a page prints numbers."""
    texts = [f"{stacked(slug, x, layers):.4f}" for x in (-4.0, 4.0)]
    return [text.replace("-", "" if float(text) == 0 else "−") for text in texts]


def distance(layers):
    """How far apart sigmoids leave −4 and 4, to many digits."""
    with mpmath.workdps(60):
        low, high = mpmath.mpf(-4), mpmath.mpf(4)
        for _ in range(layers):
            low, high = (1 / (1 + mpmath.exp(-x)) for x in (low, high))
        return high - low


def spelled(size):
    """A small positive number with three digits, as a page prints it."""
    exponent = math.floor(mpmath.log10(size))
    if exponent >= -3:
        return f"{float(size):.{2 - exponent}f}"
    digits = mpmath.nstr(size / mpmath.mpf(10) ** exponent, 3, strip_zeros=False)
    return f"{digits}·10⁻{''.join('⁰¹²³⁴⁵⁶⁷⁸⁹'[int(digit)] for digit in str(-exponent))}"
