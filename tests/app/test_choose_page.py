"""What /choose begins with, its picture of cost and gradient, and its question: true, in both languages."""

import re

import mpmath
import numpy as np
import plotly.graph_objects as go
import pytest
from mpmath import mpf

from activations import CATALOGUE
from activations.experiments import cost
from pages.register import BY_PATH
from tests.oracle import exact, library
from tests.oracle.blob import plain
from tests.oracle.drawing import Drawing
from tests.oracle.fading import spelt
from tests.oracle.visitor import Visit

TIMED = [slug for slug in CATALOGUE if slug in cost.FORWARD]
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def opened(language="en", **query):
    return Visit().go("choose", {"lang": language, **query})


def text(language):
    return library.parts(language, "topics/choose")


def left(slug, layers):
    """The gradient at the input of a chain of these from x0 = 0.5, layer by layer."""
    true, x, slope = exact.of(slug, **CATALOGUE[slug].defaults), mpf("0.5"), mpf(1)
    for _ in range(layers):
        value, steep = true.jet(x)[:2]
        x, slope = value, slope * steep
    return slope


def check(picture, layers):
    relu = cost.recorded().ratio("relu", 6.0) + cost.recorded().ratio("relu.back", 6.0)
    for slug in TIMED:
        total = cost.recorded().ratio(slug, 6.0) + cost.recorded().ratio(f"{slug}.back", 6.0)
        assert picture[f"{slug}.x"] == pytest.approx([np.log10(total / relu)], abs=1e-4)
        assert picture[f"{slug}.y"] == pytest.approx([float(mpmath.log10(left(slug, layers)))], abs=2e-3)
    tops = [picture[f"{slug}.y"][0] for slug in TIMED]
    assert picture["stems.y"][1::3] == pytest.approx(tops, abs=4e-3)
    assert picture["stems.y"][::3] == pytest.approx([0] * len(TIMED), abs=4e-3)


def at_rest(page):
    picture = Drawing(page.spec)
    return {f"{name}.{axis}": picture.xy(name)["xy".index(axis)] for name in picture.traces for axis in "xy"}


def test_dragged_to_any_number_of_layers_each_dot_is_its_cost_and_the_gradient_it_keeps():
    page = opened()
    moved, still = page.blob.sliders["layers"], at_rest(page)
    assert moved.positions == 20
    for k in (0, 6, 19):
        check({**still, **{name: rows[k] for name, rows in moved.rows.items()}}, k + 1)
        there = opened(layers=str(k + 1))
        check(at_rest(there), k + 1)
        assert {**page.blob.now, **{name: texts[k] for name, texts in moved.texts.items()}} == there.blob.now


@each_language
def test_sentence_and_description_say_what_is_kept(language):
    page = opened(language, layers="20")
    now = page.blob.now
    assert now["n"] == "20"
    for slug in ("relu", "gelu", "tanh", "sigmoid"):
        value, error = spelt(now[f"left_{slug}"])
        assert abs(value - left(slug, 20)) <= error
    assert library.filled(text(language)["reading"], now) in page.text
    assert plain(page.alt) == library.filled(text(language)["alt"], now)


@each_language
def test_the_page_begins_with_what_models_use_and_each_function_there_is_a_link(language):
    page = opened(language)
    prose = [element.value for element in page.at.markdown]
    (used,) = [k for k, value in enumerate(prose) if "1512.03385" in value]
    (asked,) = [k for k, value in enumerate(prose) if value == text(language)["guide"]]
    (table,) = [k for k, value in enumerate(prose) if value == text(language)["table"]]
    assert used < asked < table
    links = [link for link in re.findall(r"\]\(([^)]+)\)", prose[used]) if not link.startswith("http")]
    paths = ["relu", "gelu", "gated", "sigmoid", "tanh", "identity", "sigmoid", "softmax"]
    assert [link.partition("?")[0] for link in links] == paths
    assert "show=swiglu" in links[2]


@each_language
def test_the_answer_is_right_and_the_page_shows_it(language):
    part = text(language)
    assert part["right"] == "2"
    assert BY_PATH["choose"].answer_state == {"role": "gate", "layers": 20}
    page = opened(language, **{name: str(value) for name, value in BY_PATH["choose"].answer_state.items()})
    (advice,) = [element.value for element in page.at.markdown if element.value.startswith("→")]
    assert "](sigmoid?" in advice
    costs = {slug: at_rest(page)[f"{slug}.x"][0] for slug in TIMED}
    assert min(costs, key=costs.get) == "relu"
    assert left("relu", 20) == 1


def test_plotly_accepts_the_figure_and_it_is_small():
    for present in ("0", "1"):
        page = opened(present=present)
        assert go.Figure(page.spec).layout.meta == "choose"
        assert len(page.at.get("bidi_component")[0].proto.bytes) < 6000
        assert len(page.at.get("plotly_chart")[0].proto.spec) < 12_000
