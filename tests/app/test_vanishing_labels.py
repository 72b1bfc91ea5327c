"""While a slider is held, each line keeps its name: where it ends or leaves the picture, and clear of the others."""

import math

import numpy as np
import pytest

from tests.oracle.visitor import Visit

LABEL = 0.09
PLAIN = {
    "sigmoid": (
        lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0,
        lambda z: math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2,
    ),
    "relu": (lambda z: max(z, 0.0), lambda z: float(z > 0)),
    "identity": (lambda z: z, lambda z: 1.0),
    "relu6": (lambda z: min(max(z, 0.0), 6.0), lambda z: float(0 < z < 6)),
}
NAMES = {"sigmoid": "Sigmoid", "relu": "ReLU", "identity": "Identity", "relu6": "ReLU6"}
STATES = [
    {"depth": 30, "w": 1.0, "b": 0.0, "input": 1.0},
    {"depth": 50, "w": 8.0, "b": -4.0, "input": 0.5},
    {"depth": 3, "w": -2.0, "b": 0.3, "input": -4.0},
    {"depth": 20, "w": 1.0, "b": 0.2, "input": -0.5},
    {"depth": 50, "w": 0.0, "b": -8.0, "input": 6.0},
]


def left(slug, depth, w, b, x0):
    """log10 of what reaches the input; plain floats are good enough to tell where a line goes."""
    f, slope = PLAIN[slug]
    a, total = x0, 0.0
    for _ in range(depth):
        z = w * a + b
        factor = abs(w * slope(z))
        total += math.log10(factor) if factor else -math.inf
        a = f(z)
    return total


def assert_named(text, slug, size, shelf_shown, ends):
    """The text has the function's name and, where its line leaves the picture, the way and how much is left."""
    (low, high), (name, *way) = ends, text.split(" ")
    assert name == NAMES[slug]
    gone = size == -math.inf
    if (gone and not shelf_shown) or (size < low - 1e-6 and not gone):
        assert way[0] == "↓", text
        assert way[1] == ("0" if gone else spelt(size)) or abs(size - round(size)) < 1e-6
    elif size > high + 1e-6:
        assert way == ["↑", spelt(size)] or abs(size - round(size)) < 1e-6
    elif gone or low + 1e-6 < size < high - 1e-6:
        assert way == [], text


def spelt(size):
    return "10" + str(math.floor(size)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def at_rest(blob):
    """Places and texts of all names where the sliders were left: what no slider moves, and each slider's own row."""
    found = dict(blob.unmoved)
    for slider in blob.sliders.values():
        row = round((slider.value - slider.low) / slider.step)
        found |= {name: rows[row] for name, rows in [*slider.rows.items(), *slider.texts.items()]}
    return {name: value for name, value in found.items() if "_end" in name}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_as_the_page_opens_no_line_crosses_the_words_of_a_format_on_a_phone(language):
    spec = Visit().go("vanishing", {"lang": language}).spec
    layout, wide = spec["layout"], 390 - 2 * 16
    (words,) = [trace for trace in spec["data"] if trace["name"] == "floor_words"]
    (text,) = [text for text in words["text"] if text.startswith("float16")]
    length = sum(1.0 if letter > "\u2e7f" else 0.55 for letter in text) * words["textfont"]["size"]
    low, high = layout["xaxis"]["range"]
    layers = (high - low) * length / (wide - layout["margin"]["l"] - layout["margin"]["r"])
    # Where the words end, the sigmoid's gradient is below them: they stand over the line of the format.
    crossed = next(n for n in range(31) if left("sigmoid", n, 1.0, 0.0, 1.0) < -25 * math.log10(2))
    assert words["textposition"][0] == "top right"
    assert layers < 30 - crossed, text


@pytest.mark.parametrize("state", STATES, ids=str)
def test_names_are_where_lines_end_and_clear_of_each_other_at_every_position(state):
    slugs = list(PLAIN)
    page = Visit().go("vanishing", {"lang": "en", "f": slugs, **{name: str(v) for name, v in state.items()}})
    layout = page.spec["layout"]
    low, high = layout["yaxis"]["range"]
    shelf_shown = "exactly 0" in layout["yaxis"]["ticktext"]
    resting = at_rest(page.blob)
    for key, moved in page.blob.sliders.items():
        if key not in state:
            continue
        for k in range(moved.positions):
            at = {**state, key: round(moved.low + k * moved.step, 10)}
            at["depth"] = int(at["depth"])
            ends = resting | {name: rows[k] for name, rows in [*moved.rows.items(), *moved.texts.items()]}
            heights = np.array([ends[f"{slug}_end.y"][0] for slug in slugs])
            # Half a unit of rounding on either side.
            assert np.diff(np.sort(heights)).min() >= LABEL * (high - low) * 0.99 - (high - low) / 240
            assert low < heights.min() < heights.max() < high
            for slug in slugs:
                assert layout["xaxis"]["range"][0] <= ends[f"{slug}_end.x"][0] <= layout["xaxis"]["range"][1], (
                    slug,
                    at,
                )
                size = left(slug, *at.values())
                assert_named(ends[f"{slug}_end.text"], slug, size, shelf_shown, (low, high))
