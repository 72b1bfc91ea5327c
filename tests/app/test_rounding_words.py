"""What the page on rounding says, asks and lets a reader copy: every number in it, and every link to it."""

import math
import re

import numpy as np
import plotly.graph_objects as go
import pytest
from mpmath import mp, mpf
from rounding_page import CASES, drawn, opened, seen, true

from activations.experiments import rounding
from activations.experiments.formats import FORMATS
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.nearest import held
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])


@each_language
def test_the_claims_about_rounding_are_true(language):
    parts = library.parts(language, "topics/rounding")
    why = parts["why"]
    assert r"6 \cdot 10^{-8}" in why
    assert float(np.spacing(np.float32(1)) / 2) == pytest.approx(6e-8, rel=0.01)
    assert r"$2 \cdot 10^{-16}$" in why
    assert float(np.spacing(np.float32(true("sigmoid", 20)))) == pytest.approx(2e-16, rel=0.12)
    assert re.findall(r"float32 has (\d+)|bfloat16 has (\d+)|float32 有 (\d+)|bfloat16 有 (\d+)", why) in (
        [("24", "", "", ""), ("", "8", "", "")],
        [("", "", "24", ""), ("", "", "", "8")],
    )
    assert [FORMATS[kind].bits for kind in ("float32", "bfloat16")] == [24, 8]
    assert [int(FORMATS[kind].digits) for kind in ("float32", "bfloat16")] == [7, 2]
    assert "x = 6.25" in why
    assert rounding.zero("sigmoid", "plain", "bfloat16").right == 6.25
    steps = [(1 - held(1 / (1 + mp.exp(-x)), "float32")) * 2**24 for x in (15, 16, 18, 20)]
    assert steps == [5, 2, 0, 0], "of float32 below 1: three apart, and exactly 1"
    beside = math.nextafter(-3, 0)
    assert r"x/6 + \tfrac12" in parts["fold-more"]
    assert beside / 6 + 0.5 == 0.75 * float((mpf(beside) + 3) / 6)
    assert mpf((beside + 3) / 6) == pytest.approx(float((mpf(beside) + 3) / 6), rel=1e-15)
    assert rounding.zero("gelu", "careful", "float64").left > rounding.gone("gelu", "float64").left + 0.5
    assert rounding.broken("logistic", "plain", "float32").right == pytest.approx(88.7228, abs=1e-4)
    assert rounding.outcome("sigmoid", "plain", "float32").digits[rounding.GRID == 14] == pytest.approx(2.45, abs=0.05)


@pytest.mark.parametrize("x", ["-3.5", "0.25", "7"])
def test_the_formulas_hold(x):
    x = mpf(x)
    with mp.workdps(50):

        def sigma(y):
            return 1 / (1 + mp.exp(-y))

        assert abs(true("sigmoid", x) - sigma(x) * sigma(-x)) < 1e-40
        assert abs(true("tanh", x) - 4 * sigma(2 * x) * sigma(-2 * x)) < 1e-40
        assert abs(true("softplus", x) - max(x, 0) - mp.log1p(mp.exp(-abs(x)))) < 1e-40
        assert abs(true("gelu", x) - x / 2 * (1 + mp.erf(x / mp.sqrt(2)))) < 1e-40
        assert abs(mp.diff(lambda y: mp.log(1 + mp.exp(y)), x) - mp.exp(x) / (1 + mp.exp(x))) < 1e-40


@each_language
def test_the_lines_can_be_copied_and_run(language):
    (code,) = re.findall(r"```python\n(.*?)```", library.parts(language, "topics/rounding")["fold-code"], re.S)
    space = {}
    exec(code, space)
    for name, pair in (
        ("sigmoid_slope", "sigmoid"),
        ("tanh_slope", "tanh"),
        ("gelu", "gelu"),
        ("softplus", "softplus"),
    ):
        x = [-30.0, -9.0, 0.5, 21.0, 38.0]
        np.testing.assert_allclose(space[name](np.array(x)), [float(true(pair, v)) for v in x], rtol=1e-12)


@pytest.mark.parametrize(("answer", "digits"), [("1", 7.0), ("2", 2.0)])
def test_each_wrong_answer_is_drawn_unseen_where_the_question_asks(answer, digits):
    assert BY_PATH["rounding"].answer_state == {"show": "digits", "pair": "sigmoid", "format": "float32", "x": 20.0}
    page, name = opened(x=20.0), f"guess_{answer}"
    assert page.blob.now["plain_value"] == "0", "the right answer"
    (trace,) = [trace for trace in page.spec["data"] if trace["name"] == name]
    assert (drawn(page)[f"{name}.x"][0], drawn(page)[f"{name}.y"][0]) == (20, digits)
    assert (trace["visible"], trace["text"], trace["yaxis"]) == (False, ["your guess"], "y2")
    for other in ({"kind": "float64"}, {"pair": "tanh"}):
        assert not [name for name in drawn(opened(**other)) if name.startswith("guess_")]


def test_the_page_opens_in_another_format_than_its_question_is_about():
    page = Visit().ask("rounding", {"lang": "en"})
    assert page.blob.now == opened(kind="float64").blob.now
    assert page.values == {"x": 12.0}


@pytest.mark.parametrize("asked", ["nan", "", "exact", "9" * 5000, "半精度"])
def test_what_nobody_offers_is_passed_over(asked):
    assert opened(asked, asked).blob.now == opened(kind="float64").blob.now


@pytest.mark.parametrize(("pair", "kind", "x", "language"), CASES)
def test_the_page_is_small_and_plotly_accepts_it(pair, kind, x, language):
    page = seen(pair, kind, x, language)
    (follower,) = page.at.get("bidi_component")
    assert len(follower.proto.bytes) < 10_000
    assert len(str(page.spec)) < 40_000
    figure = go.Figure(page.spec)
    assert len({trace.name for trace in figure.data}) == len(figure.data)


@each_language
@pytest.mark.parametrize("page", ["vanishing", "sigmoid", "tanh", "gelu", "softplus"])
def test_who_raises_the_question_leads_here(page, language):
    visitor = Visit().go(page, {"lang": language})
    link = re.search(rf"\[{re.escape(library.labels(language)['to_rounding'])}\]\(([^)]+)\)", visitor.text)
    there = visitor.follow(link[1])
    assert there.title == library.parts(language, "topics/rounding")["title"]
    pair = page if page != "vanishing" else "sigmoid"
    assert library.parts(language, "topics/rounding")[f"plain-{pair}"] in plain(there.alt)
