"""What the page about gated units asks and tells: its answers and its reasons are true."""

import re

import numpy as np
import pytest
from mpmath import mpf

from pages.register import BY_PATH
from tests.oracle.gated import DEFAULTS, gate, opened, part
from tests.oracle.printed import number
from tests.oracle.tab_page import drawn
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
BEFORE, AFTER = (mpf(2), mpf(1)), (mpf(4), mpf(2))  # a and b of the question, and twice as much


def product(a, b):
    return a * gate("swiglu", b)


@each_language
def test_the_answers_and_their_numbers_are_true(language):
    words = part(language)
    first, then = product(*BEFORE), product(*AFTER)
    assert words["right"] == "2"
    for name, true in (("question", first), ("choice-1", 2 * first), ("choice-2", then), ("choice-3", first)):
        number(re.search(r"\d+\.\d+", words[name])[0], true, 2)
    gates = [gate("swiglu", b) for _, b in (BEFORE, AFTER)]
    for name in ("why-1", "why-3"):
        for text, true in zip(re.findall(r"\d\.\d{3}", words[name]), gates, strict=True):
            number(text, true, 3)
    for text, true in zip(re.findall(r"\d\.\d{2}", words["why-2"]), (gates[1] / gates[0], then / first), strict=True):
        number(text, true, 2)
    assert abs(product(mpf(80), mpf(80)) / product(mpf(40), mpf(40)) - 4) < 1e-9, "it grows like a square"


def test_the_answer_is_shown_where_the_page_moves_to():
    assert BY_PATH["gated"].answer_state == {"show": "swiglu", "a": 4.0, "b": 2.0}
    assert (DEFAULTS["swiglu"]["a"], DEFAULTS["swiglu"]["b"]) == BEFORE
    number(opened("swiglu", a=4, b=2).blob.now["y"], product(*AFTER), 3)


@each_language
def test_each_wrong_answer_is_drawn_unseen(language):
    words, page = part(language), Visit().ask("gated", {"lang": language})
    traces = {trace["name"]: trace for trace in page.spec["data"]}
    assert {name for name in traces if name.startswith("guess_")} == {"guess_1", "guess_3"}
    for answer in "13":
        guessed = float(re.search(r"\d\.\d+", words[f"choice-{answer}"])[0])
        np.testing.assert_allclose(drawn(page)[f"guess_{answer}.y"], [guessed] * 2, rtol=1e-6)
        assert traces[f"guess_{answer}"]["visible"] is False
    assert not [name for name in drawn(opened("glu", language)) if name.startswith("guess_")]


@each_language
def test_the_links_at_the_end_lead_on(language):
    page = opened("maxout", language)
    links = re.findall(r"\]\(((?!http)[^)]+)\)", "\n".join(element.value for element in page.at.markdown))
    links = [link for link in links if not link.startswith("glossary")]
    assert [link.split("?")[0] for link in links] == ["swish", "race", "choose"]
    for link in links:
        assert Visit().follow(link).title
