"""The page about normalisation and skips draws, prints and tells what was measured, read without the guide's code."""

import json
import math
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad

from activations import CATALOGUE
from activations.experiments import normalised
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.drawing import Drawing, decoded
from tests.oracle.explosion import spelt
from tests.oracle.quoted_numbers import stands_for
from tests.oracle.visitor import Visit

FILE = Path(__file__).parents[2] / "activations" / "experiments" / "normalised.npz"
POWERS = np.round(-2 + 0.25 * np.arange(25), 2)
SPAN, OUT = 16, 18
ARRANGEMENTS = ("plain", "before", "after", "skip", "pre", "post")
# (function, arrangement, normalisation, exponent of the weight scale, depth), and the language it is opened in.
CASES = [
    ("sigmoid", "plain", "batch", 0.0, 50, "en"),
    ("sigmoid", "before", "batch", 0.0, 50, "zh"),
    ("sigmoid", "before", "layer", 2.5, 31, "en"),
    ("relu", "skip", "layer", 4.0, 50, "zh"),
    ("gelu", "pre", "layer", -2.0, 1, "en"),
    ("binary_step", "after", "batch", 1.25, 7, "zh"),
    ("soft_shrink", "plain", "batch", -2.0, 40, "en"),
    ("hard_tanh", "post", "batch", 3.75, 49, "zh"),
]
over_cases = pytest.mark.parametrize("case", CASES, ids=str)
# By tab the table of the map, and the slider that moves the crosshair down.
KINDS, DOWN = {"map": 0, "layers": 2}, {"map": "depth", "layers": "at_layer"}
each_language = pytest.mark.parametrize("language", ["en", "zh"])


@cache
def kept(slug, arrangement, norm):
    """Decades of gradient and activations by (power, depth), as they lie in the file: differences in thousandths."""
    name = arrangement if arrangement in ("plain", "skip") else f"{arrangement}.{norm}"
    with np.load(FILE) as file:
        found = file[f"{slug}.{name}"].cumsum(axis=-1) / 1000
    found = np.where(found <= -400, -np.inf, found)
    return np.repeat(found, 25, axis=1) if arrangement == "before" else found


def cell(slug, arrangement, norm, power, depth, kind=0):
    return float(kept(slug, arrangement, norm)[kind, int(np.argmin(np.abs(POWERS - power))), depth - 1])


def words(language):
    return library.parts(language, "topics/normalise")


def opened(slug, arrangement, norm, power, depth, language, **query):
    asked = {"lang": language, "f": slug, "layer": arrangement, "norm": norm, "gain": str(power), "depth": str(depth)}
    if query.get("show") == "layers":
        asked["at_layer"] = asked.pop("depth")
    return Visit().go("normalise", asked | query)


def told(decades):
    return "0" if decades == -math.inf else spelt(decades)


def said(slug, arrangement, norm, power, depth, language, show="map"):
    """All that is printed about the crosshair, by name."""
    decades = cell(slug, arrangement, norm, power, depth, KINDS[show])
    passed = depth if show == "map" else 51 - depth
    state = "faded" if decades < -1 else "grown" if decades > 1 else "kept"
    state = "zero" if decades < -45.155 else "infinite" if decades > 38.532 else state
    found = {"gain": f"{2**power:.2f}", "depth": str(depth), "left": told(decades), "factor": told(decades / passed)}
    found["size"] = told(cell(slug, arrangement, norm, power, depth, 1))
    return found | {"state": words(language)[f"state-{state}"]}


def rows(slug, arrangement, norm, power, depth, show="map"):
    """Every array that moves, and both labels."""
    tables = kept(slug, arrangement, norm)[:, int(np.argmin(np.abs(POWERS - power)))]
    gradient, size = tables[KINDS[show]], tables[1]
    decades = gradient[depth - 1]
    dot = float(np.clip(decades, -SPAN, SPAN))
    found = {"cut.x": np.clip(gradient, -OUT, OUT), "size.x": np.clip(size, -OUT, OUT)}
    found |= {"dot.x": [dot], "dot.y": [depth], "spot.x": [power], "spot.y": [depth]}
    for edge in ("", "_edge"):
        found |= {f"down{edge}.x": [power, power], f"down{edge}.y": [0.5, 50.5]}
        found |= {f"across{edge}.x": [-2, 4], f"across{edge}.y": [depth, depth]}
    found |= {"level.x": [-SPAN, SPAN], "level.y": [depth, depth]}
    found |= {"right.x": [dot + 1.2], "left.x": [dot - 1.2], "right.y": [depth], "left.y": [depth]}
    if show == "layers" and depth < 5:  # below the strip of colours
        found |= {"right.y": [depth + 4], "left.y": [depth + 4]}
    low = decades <= 0
    return found, {"right.text": told(decades) if low else "\u00a0", "left.text": "\u00a0" if low else told(decades)}


@pytest.mark.parametrize("show", KINDS)
@over_cases
def test_the_page_draws_and_prints_what_was_measured(case, show):
    *at, language = case
    page = opened(*case, show=show)
    drawing, (arrays, labels) = Drawing(page.spec), rows(*at, show)
    for name, row in arrays.items():
        trace, axis = name.split(".")
        np.testing.assert_allclose(drawing.xy(trace)["xy".index(axis)], row, atol=1e-4, err_msg=name)
    assert drawing.xy("cut")[1].tolist() == drawing.xy("size")[1].tolist() == list(range(1, 51))
    for name, text in labels.items():
        assert drawing.traces[name.split(".")[0]]["text"] == [text]
    assert page.blob.now == said(*case, show)
    begins = {"map": "read", "layers": "at"}[show]
    sentences = [f"computes-{at[1]}", *(f"{begins}-{name}" for name in ("left", "factor", "size"))]
    sentences += ["read-unscaled"] * (at[1] == "before")
    expected = "  \n".join(library.filled(words(language)[name], said(*case, show)) for name in sentences)
    reading = next(element.value for element in page.at.markdown if "*g* = " in element.value)
    assert plain(reading) == expected
    assert plain(page.alt).endswith(expected.replace("*", ""))
    assert library.parts(language, f"functions/{at[0]}")["title"] in page.alt
    (field,) = [trace for trace in page.spec["data"] if trace["name"] == "field"]
    cells = decoded({name: value for name, value in field["z"].items() if name != "shape"}).reshape(50, 25)
    np.testing.assert_allclose(cells, np.clip(kept(*at[:3])[KINDS[show]], -SPAN, SPAN).T, atol=1e-5)
    np.testing.assert_allclose(decoded(field["x"]), POWERS, atol=1e-6)


@pytest.mark.parametrize("show", KINDS)
@over_cases
def test_every_position_of_every_slider_is_what_was_measured_there(case, show):
    *at, language = case
    page = opened(*case, show=show)
    assert list(page.blob.sliders) == ["gain", DOWN[show]]
    drawing, (still, labels) = Drawing(page.spec), rows(*at, show)
    still = {name: drawing.xy(name.split(".")[0])["xy".index(name[-1])] for name in still}
    printed = {**page.blob.now, **labels}
    for key, places in (("gain", POWERS.tolist()), (DOWN[show], range(1, 51))):
        moved = page.blob.sliders[key]
        assert moved.positions == len(places)
        for k, place in enumerate(places):
            there = [*at[:3], *((place, at[4]) if key == "gain" else (at[3], place))]
            expected, labels = rows(*there, show)
            held = {**still, **{name: array[k] for name, array in moved.rows.items()}}
            for name, row in expected.items():
                np.testing.assert_allclose(held[name], row, rtol=0, atol=0.03, err_msg=f"{name} at {there}")
            texts = {**printed, **{name: lines[k] for name, lines in moved.texts.items()}}
            assert texts == {**said(*there, language, show), **labels}, there


@pytest.mark.parametrize("show", KINDS)
def test_where_float32_ends_is_where_the_measured_gradient_passes_its_ends(show):
    page = opened("sigmoid", "plain", "batch", 0.0, 50, "en", show=show)
    x, y = Drawing(page.spec).xy("zero")
    half = len(x) // 2
    table = kept("sigmoid", "plain", "batch")[KINDS[show]]
    assert (y[half:] == (50.5 if show == "map" else 0.5)).all()
    for power, edge in zip(x[:half].tolist(), y[:half].tolist(), strict=True):
        decades = table[int(np.argmin(np.abs(POWERS - power)))]
        beyond = np.arange(1, 51) >= edge if show == "map" else np.arange(1, 51) <= edge
        assert (decades[beyond] <= -45.15).all()
        assert (decades[~beyond] > -45.16).all()


def test_a_picture_and_a_release_weigh_little():
    for case in CASES:
        page = opened(*case)
        (follower,) = page.at.get("bidi_component")
        (chart,) = page.at.get("plotly_chart")
        assert len(follower.proto.bytes) <= 10_000
        assert len(chart.proto.spec) + len(follower.proto.bytes) <= 50_000


@each_language
def test_the_right_answer_is_right_and_is_where_the_page_moves(language):
    state = BY_PATH["normalise"].answer_state
    assert state == {"show": "map", "f": "sigmoid", "layer": "before", "norm": "batch", "gain": 0.0, "depth": 50}
    batch, layer = (cell("sigmoid", "before", norm, 0.0, 50) for norm in ("batch", "layer"))
    assert -1 < batch < 1, "between 0.1 and 10, as asked"
    assert layer < -1
    assert words(language)["right"] == "2"
    assert Visit().go("normalise", {name: str(value) for name, value in state.items()}).blob.now["left"] == told(batch)


def mean(of):
    """The mean of a function of a standard normal number."""
    return quad(lambda z: of(z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi), -12, 12, epsabs=1e-12)[0]


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


SLOPES = math.sqrt(mean(lambda z: (sigmoid(z) * sigmoid(-z)) ** 2))
SIZE = math.sqrt(mean(lambda z: sigmoid(z) ** 2))
SPREAD = math.sqrt(SIZE**2 - mean(sigmoid) ** 2)
NORMS = ("batch", "layer")
PRE = [10 ** kept(slug, "pre", norm)[0, 8, -1] for slug in normalised.functions() for norm in NORMS]
# By number the parts that say it, and what it stands for.
TRUE = {
    "2.6·10⁻³²": ("question", 10 ** cell("sigmoid", "plain", "", 0.0, 50)),
    "0.54": ("why-1", SIZE),
    "0.39": ("why-1 why", SLOPES / SIZE),
    "0.21": ("why-2", SPREAD),
    "0.207": ("why", mean(lambda z: sigmoid(z) * sigmoid(-z))),
    "0.212": ("why", SLOPES),
    "0.208": ("why", SPREAD),
    "0.542": ("why", SIZE),
    "1.02": ("why", SLOPES / SPREAD),
    "1.21": ("why", math.sqrt(math.pi / (math.pi - 1))),
    "6.6·10¹⁰": ("why", 10 ** cell("relu", "skip", "", 0.5, 50)),
    "20": ("why", max(PRE)),
    "39": ("why", len(normalised.functions())),
    "7.6": ("why", 10 ** cell("relu", "post", "layer", 4.0, 10)),
    "2.6·10⁴": ("why", 10 ** cell("relu", "post", "layer", 4.0, 50)),
    "57": ("why", 10 ** cell("relu", "pre", "layer", 4.0, 10)),
    "193": ("why", 10 ** cell("relu", "pre", "layer", 4.0, 50)),
}


@each_language
@pytest.mark.parametrize("number", TRUE)
def test_every_number_in_the_words_is_true(number, language):
    names, true = TRUE[number]
    assert stands_for(number, true), true
    assert all(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d·])", words(language)[name]) for name in names.split())


def test_the_numbers_that_need_no_rounding():
    assert round(SPREAD, 2) == round(SLOPES, 2) == 0.21
    assert mean(sigmoid) == pytest.approx(0.5)
    assert mean(lambda z: max(z, 0) ** 2) - mean(lambda z: max(z, 0)) ** 2 == pytest.approx((1 - 1 / math.pi) / 2)
    assert min(PRE) == pytest.approx(1, abs=0.002)


def test_no_gradient_is_below_1_beside_a_skip_that_is_not_rescaled():
    for slug in normalised.functions():
        for arrangement, norm in (("skip", ""), ("pre", "batch"), ("pre", "layer")):
            assert kept(slug, arrangement, norm)[0].min() >= -0.001, (slug, arrangement, norm)


def test_layer_normalisation_keeps_the_gradient_of_sigmoids_after_them_but_not_before():
    assert abs(cell("sigmoid", "after", "layer", 0.0, 50)) < 1
    assert cell("sigmoid", "before", "layer", 0.0, 50) < -20


def test_what_is_not_offered_leaves_float64_without_normalisation():
    for slug in ("relu_squared", "xielu", "exponential"):
        with np.errstate(all="ignore"):
            a = normalised.network(CATALOGUE[slug], "plain", "batch", [4.0], 0, 20)[1]
        assert slug not in normalised.functions()
        assert not np.isfinite(a[0, -1])


@pytest.mark.parametrize("value", ["evil", "", "exponential", "9" * 5000, "<script>", "中文", "nan"])
def test_a_choice_nobody_could_make_is_dropped(value):
    names = ("f", "layer", "norm", "gain", "depth", "show", "at_layer")
    page = Visit().go("normalise", {"lang": "en", **dict.fromkeys(names, value)})
    assert page.blob.now == said("sigmoid", "plain", "batch", 0.0, 50, "en")


def test_every_function_that_is_offered_was_measured_in_every_arrangement():
    with np.load(FILE) as file:
        offered = json.loads(str(file["about"]))["functions"]
    page = Visit().go("normalise", {"lang": "en"})
    (picker,) = page.at.selectbox
    assert len(picker.options) == len(offered)
    for slug in offered:
        for arrangement in ARRANGEMENTS:
            assert kept(slug, arrangement, "layer").shape == (3, 25, 50)
