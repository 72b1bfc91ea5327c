"""What the page of functions of a vector asks, tells and offers; what it does with an address nobody could choose."""

import math
import re

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from pages.rooms import BY_PATH
from tests.oracle import library, many
from tests.oracle.blob import plain
from tests.oracle.many import UNITS, drawn, opened, part
from tests.oracle.printed import number
from tests.oracle.visitor import Visit

PRESET = [("softmax", "en"), ("pair", "zh"), ("log", "en"), ("maxout", "zh"), ("swiglu", "en")]
# Functions of one number whose page leads here, and what of this page it leads to.
LEADING = {"sigmoid": "pair", "exponential": "softmax", "log_sigmoid": "log", "relu": "maxout"}
LEADING |= {"gelu": "geglu", "swish": "swiglu"}
each_language = pytest.mark.parametrize("language", ["en", "zh"])


@each_language
def test_everything_is_there_at_once_and_each_wrong_answer_is_drawn_unseen(language):
    words, page = part(language), Visit().ask("vectors", {"lang": language})
    assert set(page.sliders) == set(many.DEFAULTS["softmax"])
    traces = {trace["name"]: trace for trace in page.spec["data"]}
    assert {"jacobian", "each"} <= set(traces)
    assert {name for name in traces if name.startswith("guess_")} == {"guess_2", "guess_3"}
    for answer in "23":
        guessed = float(re.search(r"0\.\d+", words[f"choice-{answer}"])[0])
        np.testing.assert_allclose(drawn(page)[f"guess_{answer}.y"], [guessed] * 2, rtol=1e-6)
        assert traces[f"guess_{answer}"]["visible"] is False
        assert traces[f"guess_{answer}"]["text"][1].strip() == library.labels(language)["drawn.guess"]


def test_the_answer_is_shown_where_the_page_moves_to():
    assert BY_PATH["vectors"].shows == {"show": "softmax", "shift": 3.0}
    before, after = opened("softmax").blob.now["all"], opened("softmax", shift=3.0).blob.now["all"]
    assert before == after
    number(after.split(", ")[0], many.shares([5, 4, 3, 2])[0], 3)


@each_language
def test_the_answers_and_their_numbers_are_true(language):
    words = part(language)
    logits, raised = [2, 1, 0, -1], [5, 4, 3, 2]
    first = [many.shares(z)[0] for z in (logits, raised)]
    assert abs(first[0] - first[1]) < 1e-14
    for place, true in (("1", first[1]), ("2", many.sigma(5)), ("3", mpf(5) / 14)):
        number(re.search(r"0\.\d+", words[f"choice-{place}"])[0], true, 2)
    number(re.search(r"σ\(5\) = (0\.\d+)", words["why-2"])[1], many.sigma(5), 3)
    number(re.search(r"3\.81", words["why-2"])[0], sum(map(many.sigma, raised)), 2)
    number(re.search(r"5/14 = (0\.\d+)", words["why-3"])[1], mpf(5) / sum(raised), 3)
    assert words["right"] == "1"
    assert all(str(z).replace("-", "−") in words["question"] for z in logits)
    number(re.search(r"0\.\d+", words["question"])[0], first[0], 2)


@pytest.mark.parametrize("heat", [1, mpf("0.5"), 4])
def test_the_gradient_of_cross_entropy_is_that_of_the_essay(heat):
    z, right = [mpf(2), mpf(1), mpf(0), mpf(-1)], 1

    def loss(k, moved):
        return -mpmath.log(many.shares([(moved if j == k else v) / heat for j, v in enumerate(z)])[right])

    for k in range(4):
        share = many.shares([v / heat for v in z])[k]
        assert abs(mpmath.diff(lambda v, k=k: loss(k, v), z[k]) - (share - (k == right)) / heat) < mpf("1e-9")
    assert all(r"(p - y)/T" in part(language)["why"] for language in ("en", "zh"))


@each_language
def test_the_numbers_and_links_of_the_essay_are_true(language):
    words, page = part(language), opened("maxout", language)
    single = np.finfo(np.float32)
    assert math.log(single.max) == pytest.approx(88.72, abs=0.005)
    assert "$z = 88.72$" in words["why"] or "$88.72$" in words["why"]
    # What is at most half of the smallest number is rounded to 0.
    assert float(single.smallest_subnormal) / 2 == pytest.approx(7e-46, rel=0.01)
    assert np.float32(1 - 2.9e-8) == 1 != np.float32(1 - 3.1e-8)
    assert all(text in words["why"] for text in (r"7 \cdot 10^{-46}", r"3 \cdot 10^{-8}"))
    links = re.findall(r"\]\(((?!http)[^)]+)\)", "\n".join(element.value for element in page.at.markdown))
    assert [link.split("?")[0] for link in links] == ["sigmoid", "swish"]
    for link in links:
        assert Visit().follow(link).title


@each_language
@pytest.mark.parametrize("room", LEADING)
def test_who_raises_the_question_leads_to_its_answer(room, language):
    page, view = Visit().go(room, {"lang": language}), LEADING[room]
    label = library.labels(language)[f"to_vectors.{room}"]
    there = page.follow(re.search(rf"\[{re.escape(label)}\]\(([^)]+)\)", page.text)[1])
    assert there.title == part(language)["title"]
    assert set(there.sliders) == set(many.DEFAULTS[view])
    assert plain(there.alt) == library.filled(part(language)[f"alt-{view}"], there.blob.now)


@pytest.mark.parametrize(("view", "language"), PRESET)
def test_each_preset_moves_the_sliders_and_every_word_is_there(view, language):
    words, page = part(language), opened(view, language)
    kind = "gated" if view in UNITS else view
    (pills,) = [group for group in page.at.button_group if group.key == f"vectors.{kind}"]
    assert pills.options == [words[name] for name in words if name.startswith(f"{kind}-")]
    for option in pills.options:
        before = page.stand
        next(group for group in page.at.button_group if group.key == f"vectors.{kind}").set_value(option)
        page.run()
        assert page.stand != before or option in (words.get("pair-two"), words.get("log-sure"), words["softmax-start"])
    assert all(note["text"] for note in page.spec["layout"]["annotations"])
    assert not re.search(r"\{[a-z][\w-]*\}", re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", page.text + page.alt))


HOSTILE = [{"show": "evil"}, {"show": ["maxout", "log"]}, {"show": "gated", "gate": "9" * 5000, "a": "nan", "b": "inf"}]
HOSTILE += [{"show": "log", "gap": "-1", "raised": "½"}, {"show": "pair", "others": "2.5", "z": "1e999"}]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: str(query)[:50])
def test_what_nobody_could_choose_is_not_chosen(query):
    page = Visit().go("vectors", query)
    for name, value in page.stand.items():
        assert math.isfinite(value)
        assert page.sliders[name].min <= value <= page.sliders[name].max
    assert len(page.alt) > 40


def test_what_a_slider_of_another_view_says_is_kept():
    page = opened("softmax", z1=4)
    for view in ("maxout", "softmax"):
        next(group for group in page.at.button_group if group.key == "choice.show").set_value(
            part("en")[f"show-{view}"]
        )
        page.run()
    assert page.stand["z1"] == 4
