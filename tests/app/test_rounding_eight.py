"""Eight bits on the page about rounding: numbers, lines and sentences against ml_dtypes and Python's own arithmetic."""

import math
import re

import numpy as np
import pytest

from tests.oracle import library
from tests.oracle.eight_bits import silu, silu_slope, store
from tests.oracle.printed import number
from tests.oracle.tab_page import drawn
from tests.oracle.visitor import Visit

STATES = [
    ("en", "int8", {}),
    ("zh", "int8", {"largest": 128, "point": 0.4}),
    ("en", "e4m3", {"point": -3}),
    ("zh", "e5m2", {"largest": 8}),
]
NAMES = {"int8": ("INT8", 255), "e4m3": ("FP8 E4M3", 253), "e5m2": ("FP8 E5M2", 247)}


def opened(language, **query):
    return Visit().go("rounding", {"lang": language, "show": "eight", **{k: str(v) for k, v in query.items()}})


@pytest.mark.parametrize(("language", "kind", "query"), STATES, ids=str)
def test_what_is_drawn_and_printed_is_what_is_stored(language, kind, query):
    page = opened(language, bits=kind, **query)
    x, largest = query.get("point", -1.3), query.get("largest", 60)
    now, picture = page.blob.now, drawn(page)
    steepest = max(silu_slope(k / 1000) for k in range(-8000, 8001))

    def at(point):
        stored = store(kind, point, largest)
        factor = store(kind, 1 / (1 + math.exp(-stored)), 1.0)
        return {
            "value": store(kind, silu(stored), silu(largest)),
            "apart": store(kind, stored * factor, largest),
            "slope": store(kind, silu_slope(stored), steepest),
        }

    found = at(x)
    for name, value in {
        **found,
        "stored": store(kind, x, largest),
        "value_true": silu(x),
        "slope_true": silu_slope(x),
    }.items():
        number(now[name], value, 4)
    for name, value in found.items():
        number(now[f"{name}_error"], abs(value - (silu_slope(x) if name == "slope" else silu(x))), 4)
        assert picture[f"{name}_dot.y"][0] == pytest.approx(value, abs=1e-5)
        line = picture[f"{name}_stored.y"]
        # Where a step begins, the last bit of x decides; single precision has lost it.
        expected = np.array([at(point)[name] for point in np.linspace(-6, 6, 401)])
        assert np.mean(np.abs(line - expected) < 1e-5) > 0.99, name
    assert f"**{now['value']}** | {now['value_error']} |" in page.text
    assert f"**{now['apart']}** | {now['apart_error']} |" in page.text
    title, count = NAMES[kind]
    assert title in page.text
    assert str(count) in page.text
    assert f"{title}" in page.alt
    assert now["largest"] == str(largest)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_function_without_a_factor_is_one_operation(language):
    page = opened(language, f="relu", bits="int8")
    assert not [name for name in drawn(page) if name.startswith("apart")]
    assert "{" not in page.alt


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sentences_about_eight_bits_are_true(language):
    why = library.parts(language, "topics/rounding")["why"]
    for quoted in ("255", "128", "448", "57,344", "−0.28", "75 %", "46 %", "204"):
        assert quoted in why, quoted
    assert store("int8", 0.5, 128) == 0 == store("int8", -0.5, 128)
    assert store("int8", 0.52, 128) != 0
    assert -0.28 < min(silu(-k / 100) for k in range(1000)) < -0.275
    assert re.search("E4M3.{0,9}4", why)
    assert re.search("E5M2.{0,9}3", why)
