"""What a page asks: the right answer is right, each reason holds number by number, and a setting shows the answer."""

import re

import numpy as np
import pytest
from mpmath import mp, mpf

from activations import CATALOGUE
from pages.functions.answers import ANSWER_STATE
from pages.shared.curves import PROBE
from tests.oracle import exact, library
from tests.oracle.formulas import FORMULAS
from tests.oracle.questions import MEANT, PLACES, RIGHT, SHOWN, f, slope
from tests.oracle.quoted_numbers import numbers, stands_for

PAGES = {slug: f"functions/{slug}" for slug in CATALOGUE} | {
    "vanishing": "topics/vanishing",
    "rounding": "topics/rounding",
}
each_page = pytest.mark.parametrize("slug", PAGES)


def asked(slug, language):
    """The parts of the question by id."""
    part = library.parts(language, PAGES[slug])
    return {name: text for name, text in part.items() if re.fullmatch(r"question|right|(choice|why)-\d", name)}


@each_page
def test_the_answer_called_right_is_the_right_one(slug):
    assert {asked(slug, language)["right"] for language in ("en", "zh")} == {str(RIGHT[slug]())}


@each_page
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_choice_has_a_short_reason_of_its_own(slug, language):
    part = asked(slug, language)
    places = [name.removeprefix("choice-") for name in part if name.startswith("choice-")]
    assert places in (list("12"), list("123"), list("1234"))
    assert [name for name in part if name.startswith("why-")] == [f"why-{place}" for place in places]
    texts = [part[f"{kind}-{place}"] for kind in ("choice", "why") for place in places]
    assert len(set(texts)) == len(texts)
    for place in places:
        why = part[f"why-{place}"]
        assert (len(why.split()) if language == "en" else len(why) / 3) <= 35, why
    longest = max(places, key=lambda place: len(part[f"choice-{place}"]))
    others = [len(part[f"choice-{place}"]) for place in places if place != longest]
    assert longest != part["right"] or len(part[f"choice-{longest}"]) - max(others) <= 6, "the longest gives it away"


@each_page
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_number_in_question_choices_and_reasons_is_true(slug, language):
    meant, places = MEANT.get(slug, {}), PLACES[slug].split()
    for name, text in asked(slug, language).items():
        for number in numbers(text) if name != "right" else ():
            assert number in meant or number in places, (name, number)
    printed = set(numbers(" ".join(asked(slug, language).values())))
    assert set(meant) <= printed, "a number nobody says"
    for number, true in meant.items():
        assert stands_for(number, true) or number in places, (number, true)


@each_page
def test_both_languages_say_the_same_numbers_in_the_same_parts(slug):
    english, chinese = asked(slug, "en"), asked(slug, "zh")
    places = set(PLACES[slug].split())
    assert {name: set(numbers(text)) - places for name, text in english.items()} == {
        name: set(numbers(text)) - places for name, text in chinese.items()
    }


@pytest.mark.parametrize("slug", CATALOGUE)
def test_a_setting_that_the_sliders_reach_shows_the_answer(slug):
    activation, answer_state = CATALOGUE[slug], dict(ANSWER_STATE[slug])
    sliders = {param.name: param for param in (*activation.params, PROBE)}
    assert all(value in sliders[name].grid for name, value in answer_state.items())
    assert any(value != sliders[name].default for name, value in answer_state.items()), "nothing moves"
    kind, text = SHOWN[slug]
    x0, window = answer_state.pop("x0", PROBE.default), np.linspace(*activation.window, 4801)
    shown = {
        "value": activation(x0, **answer_state),
        "slope": activation.derivative(x0, **answer_state),
        "steepest": activation.derivative(window, **answer_state).max(),
    }[kind]
    assert stands_for(text, mpf(float(shown)))
    part = asked(slug, "en")
    sentences = " ".join([part["question"], part[f"choice-{part['right']}"], part[f"why-{part['right']}"]])
    assert text.removeprefix("−") in [number.removeprefix("−") for number in numbers(sentences)]


@pytest.mark.parametrize("x", ["-2.3", "0.4", "3"])
def test_the_formulas_of_the_later_functions_hold(x):
    assert max(abs(formula(mpf(x))) for formula in FORMULAS) < 1e-40


def test_the_formulas_in_the_reasons_hold():
    for x in (mpf("-2.3"), mpf("0.4"), mpf(3)):
        assert abs(slope("sigmoid", x) - f("sigmoid", x) * (1 - f("sigmoid", x))) < 1e-40
        assert abs(slope("softplus", x, beta=3) - f("sigmoid", 3 * x)) < 1e-40
        assert abs(slope("swish", x, beta=5) - slope("swish", 5 * x, beta=1)) < 1e-40
        assert abs(f("swish", x, beta=5) - f("swish", 5 * x, beta=1) / 5) < 1e-40
        assert abs(f("gelu", x) - x * mp.ncdf(x)) < 1e-40
    for beta in (mpf("0.2"), 1, 5):
        assert abs(exact.of("softplus", beta=beta).jet(0)[2] - mpf(beta) / 4) < 1e-40
        assert abs(f("softplus", 0, beta=beta) - mp.log(2) / beta) < 1e-40


def test_what_the_reasons_say_of_tails_holds():
    # "About" such a formula far out, within a few per cent from where the sentence speaks of it.
    for x in (mpf(3), mpf(6), mpf(20)):
        assert abs(slope("tanh", x) / (4 * mp.exp(-2 * x)) - 1) < 0.01
        assert abs(-f("log_sigmoid", x) / mp.exp(-x) - 1) < 0.03
        assert abs(slope("arctan", x) * x * x - 1) < 0.12
    assert abs(slope("tanh", 3) / slope("tanh", 6) / 400 - 1) < 0.01
    assert abs(f("squareplus", -20, b=8) / f("squareplus", -20, b=4) - 2) < 0.01
    assert abs(f("squareplus", -20, b=8) * 80 / 8 - 1) < 0.01
    assert abs(f("tanh_shrink", mpf("0.1")) * 3 / mpf("0.1") ** 3 - 1) < 0.01
    assert abs(slope("tanh_shrink", mpf("0.1")) / mpf("0.1") ** 2 - 1) < 0.01
    assert f("relu6", 8) == 6
    assert [f("hard_shrink", mpf("1.2"), lam=lam) for lam in (mpf("0.5"), mpf("1.5"))] == [mpf("1.2"), 0]
    assert np.tanh(np.float32(-12.49)) + np.float32(1) == 0, "what 1 + tanh u gives in float32 at x = -6"
