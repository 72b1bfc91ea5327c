"""All that the page of the neuron says, in both languages, is what such neurons really do."""

import re

import neuron
import numpy as np
import pytest
from neuron import CORNERS, FUNCTIONS, STARTS, TRUTH

from tests.oracle import library
from tests.oracle.blob import plain

LANGUAGES = ("en", "zh")
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def text(lang):
    return library.parts(lang, "topics/neuron")


def right_after(slug, task, start, steps):
    w = STARTS[start]
    for _ in range(steps):
        w = neuron._stepped(slug, task, w)
    return [(a > 0.5) == bool(TRUTH[task](*c)) for a, c in zip(neuron.outputs(slug, w), CORNERS, strict=True)].count(
        True
    ), w


def first_right(slug, task, start):
    return next(n for n in range(1601) if right_after(slug, task, start, n)[0] == 4)


@each_language
@pytest.mark.parametrize("task", TRUTH)
def test_the_table_by_hand_is_the_neuron(lang, task):
    weights = (1.5, 2.0, -2.5)
    head, _, *rows, score = neuron.tables(neuron.at_hand(*weights, task=task, lang=lang))
    assert head == [text(lang)["table-input"], "z", *neuron.NAMES[lang]]
    answers = {slug: neuron.answers(slug, task, weights) for slug in FUNCTIONS}
    for place, (corner, row) in enumerate(zip(CORNERS, rows, strict=True)):
        assert row[0] == f"{corner[0]}\u2009{corner[1]} → **{int(TRUTH[task](*corner))}**"
        assert row[1] == neuron.spelled(neuron.sums(weights)[place], 1)
        assert row[2:] == [answers[slug][0][place] for slug in FUNCTIONS]
    assert score == [text(lang)["table-right"], "", *(f"**{answers[slug][1]}**/4" for slug in FUNCTIONS)]


@each_language
@pytest.mark.parametrize(("task", "start", "moment"), [("and", "a", 20), ("or", "b", 40), ("and", "b", 3)])
def test_the_table_of_training_is_the_three_neurons(lang, task, start, moment):
    page = neuron.learning(task, start, moment, lang)
    head, _, *rows = neuron.tables(page)
    assert head == ["", "w₁", "w₂", "b", text(lang)["table-loss"], text(lang)["table-right"]]
    assert plain(text(lang)["done"]).replace("{steps}", str(moment**2)) in page.text
    for called, slug, row in zip(neuron.NAMES[lang], FUNCTIONS, rows, strict=True):
        weights = neuron.trained(slug, task, start, moment)
        _, right = neuron.answers(slug, task, tuple(round(w, 12) for w in weights))
        numbers = [neuron.spelled(w, 2) for w in weights]
        assert row == [called, *numbers, neuron.spelled(neuron.loss(slug, task, weights), 3), f"**{right}**/4"]


@each_language
def test_the_picture_is_described_with_its_numbers(lang):
    weights = (1.5, 2.0, -2.5)
    described = dict(library.read(text(lang)["alt-hand"], plain(neuron.at_hand(*weights, lang=lang).alt)))
    for slug in FUNCTIONS:
        expected, right = neuron.answers(slug, "and", weights)
        assert [described[f"{slug}_{k}"] for k in range(4)] == expected
        assert described[f"{slug}_right"] == right
    assert [described[f"z_{k}"] for k in range(4)] == [neuron.spelled(z, 1) for z in neuron.sums(weights)]
    described = dict(library.read(text(lang)["alt-learn"], plain(neuron.learning("and", "a", 20, lang).alt)))
    assert described["steps"] == "400"
    for slug in FUNCTIONS:
        weights = neuron.trained(slug, "and", "a", 20)
        assert described[f"{slug}_loss"] == neuron.spelled(neuron.loss(slug, "and", weights), 3)


def test_the_right_answer_is_who_learns_and_from_a_starts_numbers():
    learned = {slug for slug in FUNCTIONS if right_after(slug, "and", "a", 1600)[0] == 4}
    assert learned == {"sigmoid", "relu"}
    assert {text(lang)["right"] for lang in LANGUAGES} == {"2"}
    for lang in LANGUAGES:
        asked = re.findall(r"−?\d+\.\d", text(lang)["question"])
        assert [float(number.replace("−", "-")) for number in asked] == list(STARTS["a"])
        assert "1600" in text(lang)["question"]


@each_language
def test_every_number_in_the_reasons_is_true(lang):
    step, both, relu = (text(lang)[f"why-{k}"] for k in "123")
    assert right_after("binary_step", "and", "a", 1600) == (2, STARTS["a"])
    assert all(number in step for number in ("1600", "0.7", "−0.4", "0.3"))
    assert re.findall(r"\d+", both) == [str(first_right(slug, "and", "a")) for slug in ("relu", "sigmoid")]
    assert sum(z > 0 for z in neuron.sums(STARTS["a"])) == 3
    assert ("three of the four" if lang == "en" else "四个输入中有三个") in relu
    assert right_after("relu", "and", "b", 1600)[0] < 4


@each_language
def test_every_number_in_the_explanation_is_true(lang):
    why = text(lang)["why"]
    met = neuron.trained("relu", "and", "a", 40)
    assert met == pytest.approx((1, 1, -1), abs=1e-9)
    assert "$w_1 = w_2 = 1$" in why
    assert neuron.outputs("relu", (0.5, 0.5, 0.25)) == [0.25, 0.75, 0.75, 1.25]
    assert neuron.loss("relu", "or", (0.5, 0.5, 0.25)) == 1 / 16
    assert "\\tfrac1{16}" in why
    assert "2 steps" in why or "2 步" in why
    for steps in (2, 5, 1600):
        after = neuron.sums(right_after("relu", "and", "b", steps)[1])
        assert [z > 1e-9 for z in after] == [False, False, steps < 1600, False]
        assert after[2] >= 0
    assert sum(z > 0 for z in neuron.sums(right_after("relu", "and", "b", 1)[1])) == 2
    slope = neuron.SLOPES["binary_step"]
    assert {slope(z) for z in (-3, -0.1, 0.1, 3)} == {0}


def test_no_relu_errs_less_on_or_and_no_step_answers_xor():
    w1, w2, b = np.meshgrid(*[np.linspace(-2, 2, 41)] * 3, indexing="ij")
    z = np.stack([w1 * x1 + w2 * x2 + b for x1, x2 in CORNERS], axis=-1)
    errors = np.mean((np.maximum(z, 0) - [0, 1, 1, 1]) ** 2, axis=-1)
    assert 1 / 16 <= errors.min() < 0.066
    assert not ((z >= 0) == [False, True, True, False]).all(axis=-1).any()


@each_language
def test_the_page_ends_with_a_sentence_to_complete_and_two_ways_on(lang):
    page = neuron.opened(lang=lang, predict="0")
    (area,) = page.at.text_area
    assert area.label == text(lang)["say"]
    assert text(lang)["model"] in page.text
    links = re.findall(r"- \[(.*?)\]\((\w+)\?(.*?)\)", page.text)
    assert [path for _, path, _ in links] == ["collapse", "vanishing"]
    assert [label for label, _, _ in links] == [text(lang)[f"next-{path}"] for _, path, _ in links]
    assert all(f"lang={lang}" in query for _, _, query in links)
