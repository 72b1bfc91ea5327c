"""What the page about softmax asks and tells: its answers, its reasons and the numbers of its text are true."""

import math
import re

import mpmath
import numpy as np
import pytest
from mpmath import mpf
from scipy.special import log_softmax

from activations.experiments.softmax import written
from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.printed import number
from tests.oracle.softmax import DEFAULTS, opened, part, shares, sigma
from tests.oracle.tab_page import drawn
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])


@each_language
def test_everything_is_there_at_once_and_each_wrong_answer_is_drawn_unseen(language):
    words, page = part(language), Visit().ask("softmax", {"lang": language})
    assert set(page.sliders) == set(DEFAULTS["softmax"])
    traces = {trace["name"]: trace for trace in page.spec["data"]}
    assert {"jacobian", "each"} <= set(traces)
    assert {name for name in traces if name.startswith("guess_")} == {"guess_2", "guess_3"}
    for answer in "23":
        guessed = float(re.search(r"0\.\d+", words[f"choice-{answer}"])[0])
        np.testing.assert_allclose(drawn(page)[f"guess_{answer}.y"], [guessed] * 2, rtol=1e-6)
        assert traces[f"guess_{answer}"]["visible"] is False
        assert traces[f"guess_{answer}"]["text"][1].strip() == library.labels(language)["drawn.guess"]


def test_the_answer_is_shown_where_the_page_moves_to():
    assert BY_PATH["softmax"].answer_state == {"show": "softmax", "shift": 3.0}
    before, after = opened("softmax").blob.now["all"], opened("softmax", shift=3.0).blob.now["all"]
    assert before == after
    number(after.split(", ")[0], shares([5, 4, 3, 2])[0], 3)


@each_language
def test_the_answers_and_their_numbers_are_true(language):
    words = part(language)
    logits, raised = [2, 1, 0, -1], [5, 4, 3, 2]
    first = [shares(z)[0] for z in (logits, raised)]
    assert abs(first[0] - first[1]) < 1e-14
    for place, true in (("1", first[1]), ("2", sigma(5)), ("3", mpf(5) / 14)):
        number(re.search(r"0\.\d+", words[f"choice-{place}"])[0], true, 2)
    number(re.search(r"σ\(5\) = (0\.\d+)", words["why-2"])[1], sigma(5), 3)
    number(re.search(r"3\.81", words["why-2"])[0], sum(map(sigma, raised)), 2)
    number(re.search(r"5/14 = (0\.\d+)", words["why-3"])[1], mpf(5) / sum(raised), 3)
    assert words["right"] == "1"
    assert all(str(z).replace("-", "−") in words["question"] for z in logits)
    number(re.search(r"0\.\d+", words["question"])[0], first[0], 2)


@pytest.mark.parametrize("heat", [1, mpf("0.5"), 4])
def test_the_gradient_of_cross_entropy_is_that_of_the_essay(heat):
    z, right = [mpf(2), mpf(1), mpf(0), mpf(-1)], 1

    def loss(k, moved):
        return -mpmath.log(shares([(moved if j == k else v) / heat for j, v in enumerate(z)])[right])

    for k in range(4):
        share = shares([v / heat for v in z])[k]
        assert abs(mpmath.diff(lambda v, k=k: loss(k, v), z[k]) - (share - (k == right)) / heat) < mpf("1e-9")
    assert all(r"(p - y)/T" in part(language)["why"] for language in ("en", "zh"))


@each_language
def test_the_numbers_and_links_of_the_essay_are_true(language):
    words, page = part(language), opened("log", language)
    single = np.finfo(np.float32)
    assert math.log(single.max) == pytest.approx(88.72, abs=0.005)
    assert "$z = 88.72$" in words["why"] or "$88.72$" in words["why"]
    # What is at most half of the smallest number is rounded to 0.
    assert float(single.smallest_subnormal) / 2 == pytest.approx(7e-46, rel=0.01)
    assert np.float32(1 - 2.9e-8) == 1 != np.float32(1 - 3.1e-8)
    assert all(text in words["why"] for text in (r"7 \cdot 10^{-46}", r"3 \cdot 10^{-8}"))
    sure = np.array([20, 0], dtype=np.float32)
    assert log_softmax(sure)[0] == 0, "SciPy's gives 0"
    assert written("stable", sure)[0] == pytest.approx(-math.log1p(math.exp(-20)), rel=1e-6)
    links = re.findall(r"\]\(((?!http|glossary)[^)]+)\)", "\n".join(element.value for element in page.at.markdown))
    assert [link.split("?")[0] for link in links] == ["sigmoid", "rounding"]
    for link in links:
        assert Visit().follow(link).title
