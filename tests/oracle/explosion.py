"""The page of exploding gradients as a reader meets it, and the stored map read without the guide's own code."""

import math
from functools import cache
from pathlib import Path

import numpy as np

from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

FILE = Path(__file__).parents[2] / "activations" / "experiments" / "exploding.npz"
SLUGS = ("relu", "sigmoid", "tanh", "gelu", "selu", "identity")
POWERS = np.round(-2 + 0.1 * np.arange(61), 1)
GUESSED = {"1": -8, "2": 0, "3": 3}
# (function, clipped, exponent of the weight scale, depth), and the language it is opened in.
CASES = [
    ("relu", "off", 0.0, 50, "en"),
    ("sigmoid", "on", 2.0, 50, "zh"),
    ("selu", "on", 3.9, 31, "en"),
    ("gelu", "off", -2.0, 1, "zh"),
]


@cache
def stored_map(slug, kind="measured"):
    """Decades by (power, depth), as they lie in the file: differences in ten-thousandths."""
    with np.load(FILE) as file:
        return file[f"{slug}.{kind}"].cumsum(axis=1) / 10_000


def cell(slug, power, depth, kind="measured"):
    """One number of the map, in decades; depth 0 is where the gradient starts."""
    row = int(np.argmin(np.abs(POWERS - power)))
    return float(stored_map(slug, kind)[row, depth - 1]) if depth else 0.0


def opened(slug="relu", clip="off", power=0.0, depth=50, language="en", **query):
    asked = {"lang": language, "f": slug, "clip": clip, "gain": str(power), "depth": str(depth), **query}
    return Visit().go("exploding", asked)


def part(language):
    return library.parts(language, "topics/exploding")


def spelt(decades):
    """How a magnitude of so many decades is printed: three digits."""
    if -3 <= decades < 2.99:
        return f"{10**decades:#.3g}".rstrip(".")
    digits, power = f"{10 ** (decades % 1):.2f}", math.floor(decades)
    digits, power = ("1.00", power + 1) if digits == "10.00" else (digits, power)
    return f"{digits}·10{str(power).translate(str.maketrans('-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def crosshair_texts(slug, clip, power, depth, language):
    """All that is printed about the crosshair, by name."""
    decades = cell(slug, power, depth)
    factor = cell(slug, power, depth, "theory") - cell(slug, power, depth - 1, "theory")
    state = "faded" if decades < -1 else "grown" if decades > 1 else "kept"
    state = "zero" if decades < -45.16 else "infinite" if decades > 38.54 else state
    texts = {"gain": f"{2**power:.2f}", "deviation": f"{2**power / 16:.4f}", "depth": str(depth)}
    texts["ratio"] = spelt(cell(slug, power, depth, "weights"))
    texts |= {"left": spelt(decades), "factor": spelt(factor), "state": part(language)[f"state-{state}"]}
    if clip == "on":
        rescued = "nothing" if decades <= 0 else "infinite" if decades > 38.54 else "bounded"
        texts |= {"clipped": spelt(min(decades, 0)), "output": spelt(min(-decades, 0))}
        texts["rescued"] = part(language)[f"clip-{rescued}"]
    return texts


def reading(page):
    """The sentences beside the picture."""
    first = next(element.value for element in page.at.markdown if "*g* = " in element.value)
    return plain(first).split("  \n")
