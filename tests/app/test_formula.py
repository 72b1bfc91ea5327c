"""What the page of a reader's own function draws, prints and tells is true, and a mistake is pointed at."""

import html
import math
import re

import numpy as np
import pytest
from mpmath import mpf

from activations.formulas import FormulaError, parse
from activations.formulas.measured import GRID
from activations.formulas.parsing import FUNCTIONS, HIGHEST_POWER, LONGEST, MOST_NODES
from activations.formulas.switches import _SAMPLES, MOST
from pages.register import BY_PATH
from pages.tools.formula.page import EXAMPLES
from pages.tools.formula.scene import FIRST
from tests.activations.test_formula_parsing import MISTAKES
from tests.oracle import library
from tests.oracle.formula import derivatives, function
from tests.oracle.tab_page import drawn
from tests.oracle.visitor import Visit

# Formula, settings, and what is printed of it in English: computed by hand.
STANDS = {
    (FIRST, 1.0, 1.0, -1.2): "At x = 0, f″ jumps from 1 to 0.",
    (FIRST, 2.0, 0.5, 0.75): "At x = 0, f″ jumps from 0.500 to 0.",
    (FIRST, 2.0, 1.0, -0.3): "At x = 0, f′ jumps from 2 to 1.",
    ("x*sigmoid(a*x)", 1.7, 1.0, 0.5): "No kink, jump or pole was found between −6 and 6.",
    ("1/(x - a)", 1.5, 1.0, 2.0): "At x = 1.50, f has a pole: it is unbounded.",
    ("sqrt(x - b)", 1.0, -0.5, 1.0): "Left of x = −0.50, f is not defined.",
    ("sin(x)/x", 1.0, 1.0, 2.0): "At x = 0 alone, f is not defined.",
    ("max(-a, min(x, b))", 1.0, 2.0, 0.0): "At x = −1, f′ jumps from 0 to 1. At x = 2, f′ jumps from 1 to 0.",
    ("where(x >= a, b, x)", 2.0, 0.5, -1.0): "At x = 2, f jumps from 2 to 0.500.",
    ("abs(sin(x))", 1.0, 1.0, 1.0): "f′ jumps at x = −3.14, 0, 3.14.",
    ("abs(sin(a*x))", 3.0, 1.0, 1.0): "Of 11 places the eight nearest to 0 are shown. f′ jumps at x = ",
}
each_stand = pytest.mark.parametrize("stand", STANDS, ids=lambda stand: f"{stand[0]} {stand[1:]}")


def opened(text, a=1.0, b=1.0, x0=-1.2, **more):
    query = {"formula": text, "a": str(a), "b": str(b), "x0": str(x0)}
    return Visit().go("formula", {"lang": "en", **query, **more})


def read(text):
    """The number that is printed."""
    value, _, power = text.replace("−", "-").partition("·10")
    return float(value) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


@each_stand
def test_what_is_printed_at_the_probe_and_of_kinks_is_true(stand):
    text, a, b, x0 = stand
    now, (f, slope, _) = opened(*stand).blob.now, derivatives(text, x0, a, b)
    assert read(now["value"]) == pytest.approx(float(f), abs=5.1e-5)
    assert read(now["slope"]) == pytest.approx(float(slope), abs=5.1e-5)
    assert now["places"].startswith(STANDS[stand])


@each_stand
def test_the_lines_are_the_function_and_its_derivative(stand):
    text, a, b, _ = stand
    lines = drawn(opened(*stand))
    for order, kind in enumerate(("value", "slope")):
        x, y = lines[f"{kind}.x"], lines[f"{kind}.y"]
        compared = 0
        for at, height in zip(x[3::17].tolist(), y[3::17].tolist(), strict=True):
            if abs(at * 20 - round(at * 20)) > 1e-4:
                continue  # a kink
            at = round(at * 20) / 20  # where it was sampled, before single precision
            try:
                true = float(derivatives(text, mpf(at), a, b)[order])
            except (TypeError, ZeroDivisionError):
                continue
            if not math.isnan(height) and abs(true) < 5:
                assert height == pytest.approx(true, abs=1e-5), at
                compared += 1
        assert compared > 4


def test_a_kink_a_jump_and_a_pole_break_the_line():
    lines = drawn(opened(FIRST, 2.0, 1.0))
    assert np.isnan(lines["slope.y"][lines["slope.x"] == 0]).any()
    assert not np.isnan(lines["value.y"]).any()
    assert (lines["slope_closed.x"][0], lines["slope_closed.y"][0]) == (0, 2)
    assert [y for y in lines["slope_open.y"].tolist() if not math.isnan(y)] == [1]
    pole = drawn(opened("1/(x - a)", 1.3))
    at = np.flatnonzero(np.isclose(pole["value.x"], 1.3))
    assert np.isnan(pole["value.y"][at]).sum() == 1
    assert np.nanmin(pole["value.y"]) < -20
    assert np.isnan(pole["value_open.y"]).all()
    edge = drawn(opened("sqrt(x)"))
    assert np.isnan(edge["value.y"][edge["value.x"] < 0]).all()
    assert np.isfinite(edge["value.y"][edge["value.x"] > 0]).all()


def test_where_nothing_is_defined_the_picture_says_so():
    page = opened("log(-1 - x**2)")
    (label,) = (trace for trace in page.spec["data"] if trace["name"] == "nothing")
    assert label["text"] == [library.parts("en", "tools/formula")["nothing"]]
    assert np.isfinite(drawn(page)["nothing.y"]).all()
    assert page.blob.now["places"] == "f is not defined anywhere between −6 and 6."
    assert page.blob.now["value"] == "not defined"
    assert not {"nan", "inf"} & set(re.findall(r"\w+", page.text + page.alt))
    assert np.isnan(drawn(opened("x"))["nothing.y"]).all()


@pytest.mark.parametrize("name", ["a", "b", "x0"])
def test_a_dragged_picture_is_the_picture_there(name):
    page = opened(FIRST, 1.5, 0.5, 0.3)
    moved = page.blob.sliders[name]
    assert moved.positions == {"a": 61, "b": 61, "x0": 241}[name]
    place = 11
    there = opened(**{"text": FIRST, "a": 1.5, "b": 0.5, "x0": 0.3, name: round(moved.low + place * moved.step, 2)})
    arrays, texts = drawn(there), there.blob.now
    for each, rows in moved.rows.items():
        span = np.nanmax(np.abs(arrays[each])) if np.isfinite(arrays[each]).any() else 1.0
        np.testing.assert_allclose(rows[place], arrays[each], atol=0.01 * max(1.0, span), err_msg=each)
    for each, lines in moved.texts.items():
        assert each.endswith(".text") or lines[place] == texts[each]


def test_a_picture_of_one_formula_is_not_dragged_as_that_of_another():
    pages = [opened(text) for text in ("x", "x + 0", "-x")]
    assert len({page.blob.head["page"] for page in pages}) == 3
    assert all(page.blob.head["page"] == page.spec["layout"]["meta"] for page in pages)


def test_only_the_sliders_that_a_formula_has_are_drawn_and_moving_one_keeps_it():
    page = opened("x*sigmoid(b*x)", b=2.0)
    assert set(page.sliders) == {"b", "x0"}
    assert page.set("b", 0.5).blob.now["value"] == opened("x*sigmoid(b*x)", b=0.5).blob.now["value"]
    assert set(opened("tanh(x)").sliders) == {"x0"}


def test_what_is_measured_is_in_the_table_and_true():
    page = opened("x*sigmoid(a*x)", 1.0)
    now = page.blob.now
    assert now["low"] == "−0.278 at x = −1.28"
    assert now["high"] == "5.985 at x = 6"
    assert now["steepest"] == "1.100 at x = −2.40" or now["steepest"] == "1.100 at x = 2.40"
    assert (now["rises"], now["odd"], now["flat"], now["mean"]) == ("no", "no", "no", "0.207")
    (table,) = (element.value for element in page.at.markdown if "## Measured" in element.value)
    rows = re.findall(r"^\| (.*) \| [^|]*\|$", table, re.MULTILINE)
    assert len(rows) == 12
    relu = opened("relu(x)").blob.now
    assert (relu["forward"], relu["backward"]) == ("1.414", "1.414")
    assert opened("1/x").blob.now["high"] == "unbounded"


SHOWN = [(text, ("en", "zh")[place % 2]) for place, text in enumerate(filter(str.strip, MISTAKES))]


@pytest.mark.parametrize(("text", "language"), SHOWN)
def test_a_mistake_is_explained_in_one_sentence_with_a_caret_under_it(text, language):
    page = Visit().go("formula", {"lang": language, "formula": text})
    assert not page.at.get("plotly_chart"), "a curve that is not the formula's"
    (shown,) = re.findall(r"<pre>(.*?)</pre><p>(.*?)</p>", page.html, re.DOTALL)
    line, caret = html.unescape(re.sub("</?mark>", "", shown[0])).split("\n")
    kind, place = MISTAKES[text]
    pointed = line[len(caret) - 1 : len(caret)]
    assert pointed in (text.strip()[place : place + 1], "…") or place == len(text.strip()) or kind == "long"
    sentence = html.unescape(shown[1])
    template = library.parts(language, "tools/formula")[f"mistake-{kind}"]
    assert re.fullmatch(re.sub(r"\\{\w+\\}", ".*", re.escape(template)), sentence)
    assert "{" not in sentence


def test_nothing_that_is_typed_becomes_markup():
    for text in ("<script>alert(1)</script>", "x<b>x", "$x$ `x` **x**", "[x](javascript:1)"):
        page = Visit().go("formula", {"lang": "en", "formula": text})
        own = "".join(part for part in page.html.split("<div class='nl-mistake'")[1:])
        assert "<script" not in own
        assert "<b>" not in own
        assert all(text not in element.value for element in page.at.markdown)


def test_hostile_addresses_open():
    for query in (
        {"formula": "9" * 5000},
        {"formula": ["x", "-x"]},
        {"formula": "x", "a": "1e99", "b": "nan", "x0": "inf"},
    ):
        page = Visit().go("formula", {"lang": "en", **query})
        assert page.title == "Your own function"
    assert "5000" in Visit().go("formula", {"lang": "en", "formula": "9" * 5000}).html


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_formula_with_a_picture_and_sets_its_sliders(name):
    page = Visit().go("formula", {"lang": "en"})
    page.set("formula.example", name)
    text, settings = EXAMPLES[name]
    assert page.at.text_input[0].value == text
    assert {key: page.values[key] for key in settings} == settings
    assert set(page.sliders) == {"x0", *parse(text).parameters}
    assert len(page.alt) > 60


def test_what_is_typed_is_drawn_and_kept_in_the_address():
    page = Visit().go("formula", {"lang": "en"})
    page.set("choice.formula", "tanh(a*x)")
    assert page.at.query_params["formula"] in ("tanh(a*x)", ["tanh(a*x)"])
    assert "tanh(a * x)" in page.alt
    page.set("choice.formula", "tanh(a*x")
    assert not page.at.get("plotly_chart")
    page.set("choice.formula", "tanh(x)")
    assert "tanh(x)" in page.alt
    # Back from another page the formula is still there.
    assert "tanh(x)" in page.go("relu").go("formula").alt


@pytest.mark.parametrize("library_", ["numpy", "pytorch"])
def test_the_code_has_the_formula_and_the_values_of_its_sliders(library_):
    (lines,) = opened("x*sigmoid(a*x)", 1.7, code=library_).at.code
    assert "def f(x, a=1.7):" in lines.value
    if library_ == "numpy":
        scope = {}
        exec(lines.value, scope)
        x = np.array([-2.0, 0.3])
        for found, order in ((scope["f"](x), 0), (scope["f_slope"](x), 1)):
            true = [float(derivatives("x*sigmoid(a*x)", each, 1.7)[order]) for each in x.tolist()]
            np.testing.assert_allclose(found, true, rtol=1e-12)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_question_and_explanation_are_true(language):
    words = library.parts(language, "tools/formula")
    f, near = (lambda b: function(FIRST, 2.0, b)), mpf("1e-6")
    for choice, b in (("1", 0.5), ("2", 1.0), ("3", 2.0)):
        assert words[f"choice-{choice}"] == f"b = {b:g}"
        left = (f(b)(-near) - f(b)(-2 * near)) / near
        assert float(left) == pytest.approx(2 * b, rel=1e-5)
        assert f"a·b = {2 * b:g}" in words[f"why-{choice}"]
    assert words["right"] == "1"
    assert BY_PATH["formula"].answer_state == {"formula": FIRST, "a": 2.0, "b": 0.5}
    assert str(LONGEST) in words["why"]
    assert f"{len(_SAMPLES)}" in words["why"]
    assert f"{len(GRID)}" in words["measured-how"]
    assert {name for name in FUNCTIONS if f"`{name}" in words["why"]} == set(FUNCTIONS)
    assert (MOST, MOST_NODES, HIGHEST_POWER) == (8, 60, 64)
    assert "1.414" in words["why"]
    # The three steps of the table, at a point.
    x, a, sigma = 0.7, 1.3, function("sigmoid(x)")
    v2 = sigma(mpf(a * x))
    assert float(v2 + x * derivatives("sigmoid(x)", a * x)[1] * a) == pytest.approx(
        float(derivatives("x*sigmoid(a*x)", x, a)[1]), rel=1e-12
    )


def test_every_kind_of_mistake_has_its_sentence():
    kinds = {kind for kind, _ in MISTAKES.values()}
    for language in ("en", "zh"):
        words = library.parts(language, "tools/formula")
        assert {part.removeprefix("mistake-") for part in words if part.startswith("mistake-")} == kinds
    with pytest.raises(FormulaError):
        parse("x +")
