"""Every sentence of True or false is what its card says of it, and every number in a reason is true."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from mpmath import findroot, inf, mp, mpf, sqrt

from activations import CATALOGUE
from activations.experiments import myths
from pages.topics.myths.cards import CARDS
from tests.oracle import exact, library, stack
from tests.oracle.quoted_numbers import numbers, stands_for

each_card = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
RECORDED = Path(myths.__file__).with_name("sparsity.json")
LEAKY = CATALOGUE["leaky_relu"].params[0].presets


def slope(slug, x, **settings):
    return exact.of(slug, **settings).jet(x)[1]


def apart(x):
    """How far the tanh form lies above the exact GELU."""
    return x / 2 * (1 + mp.tanh(sqrt(2 / mp.pi) * (x + mpf("0.044715") * x**3))) - x * mp.ncdf(x)


def lowest(slug):
    low, _, place = exact.of(slug).highest(0, -1)
    return low, place


def folded(x):
    """A hundred affine layers, one after the other, in fractions."""
    for layer in range(100):
        x = Fraction(layer % 5 - 7, 5) * x + Fraction(layer % 7 - 3, 5)
    return x


DENSE = json.loads(RECORDED.read_text(encoding="utf-8"))["dense"]
FARTHEST = abs(findroot(lambda x: mp.diff(apart, x), 2.7))
(GELU, GELU_AT), (SILU, SILU_AT), (MISH, MISH_AT) = (
    lowest(slug) if slug != "swish" else (exact.of("swish", beta=1).highest(0, -1)[::2])
    for slug in ("gelu", "swish", "mish")
)
QUARTER = slope("sigmoid", 0)
MEANT = {
    "quarter": {"¼": QUARTER, "½": 1 - exact.of("sigmoid").jet(0)[0]},
    "stretch": {"4": slope("tanh", 0) / QUARTER, "¼": QUARTER},
    "bound": {"¼": QUARTER, "0.25": QUARTER, "9.5·10⁻⁷": QUARTER**10},
    "one": {"¼": QUARTER, "4": 1 / QUARTER, "0.28": stack.of("sigmoid", 20, 1.5, 0, 1).factor[-1]},
    "eight": {
        "¼": QUARTER,
        "½": stack.of("sigmoid", 10, 8, -4, 0.5).a[-1],
        "2": stack.of("sigmoid", 10, 8, -4, 0.5).factor[-1],
        "1024": stack.of("sigmoid", 10, 8, -4, 0.5).back(10),
    },
    "he": {"3·10⁻⁸": mpf(2) ** -25},
    "dead": {"84": 100 * mp.ncdf(1)},
    "defaults": {"0.01": LEAKY["paper"], "0.2": LEAKY["tensorflow"], "0.3": LEAKY["keras"]},
    "half": {"0.6915": mp.ncdf(mpf("0.5")), "0.5": mp.ncdf(0)},
    "scaled": {"1.128": 2 / sqrt(mp.pi), "1": mp.erf(inf)},
    "forms": {"2.70": FARTHEST, "4.73·10⁻⁴": abs(apart(FARTHEST))},
    "steep": {"1.1289": slope("gelu", sqrt(2)), "0.8413": exact.of("gelu").jet(1)[0]},
    "monotone": {
        "−0.1700": GELU, "−0.7518": GELU_AT, "−0.2785": SILU, "−1.2785": SILU_AT,
        "−0.3088": MISH, "−1.1924": MISH_AT,
    },
}  # fmt: skip
# What is only a place, a setting, a formula's own number or a year.
PLACES = {
    "collapse": "", "step": "0", "quarter": "0 1", "stretch": "0 1 2", "bound": "0 1", "one": "0 1 1.5",
    "eight": "8 −4 0", "he": "1 2 50", "dead": "0 1 −1", "zeros": "0 2011", "defaults": "2013", "plus": "0 1 1.8",
    "kink": "0 1 2", "half": "0", "mask": "0 1 2016", "scaled": "0 2 ½ 1 0.044715",
    "forms": "0.001 2019 2", "steep": "1 2", "monotone": "",
    "zoneout": "0 2016",
}  # fmt: skip
# True where the evidence, seen apart from the page, says so.
HOLDS = {
    "collapse": folded(-1) - folded(0) == folded(0) - folded(1),
    "step": slope("binary_step", -1) == slope("binary_step", 1) == 0,
    "quarter": 1 - exact.of("sigmoid").jet(0)[0] == QUARTER,
    "stretch": abs(exact.of("tanh").jet(1)[0] - 2 * exact.of("sigmoid").jet(2)[0] + 1) < 1e-40,
    "bound": mpf(10) ** -6 > QUARTER**10,
    "one": stack.of("sigmoid", 20, 1.5, 0, 1).left > 1,
    "eight": stack.of("sigmoid", 20, 8, -4, 0.5).left > 1e6,
    "he": mpf(2) ** -25 > 0.5,
    "dead": mp.ncdf(1) == 1,
    "zeros": DENSE[-1] < 0.8 * DENSE[0],
    "defaults": len({LEAKY[name] for name in ("paper", "tensorflow", "keras")}) == 1,
    "plus": abs(slope("elu", -1, alpha=1.8) - exact.of("elu", alpha=1.8).jet(-1)[0] - mpf("1.8")) < 1e-15,
    "kink": exact.of("elu", alpha=2).smoothness in ("c1", "smooth"),
    "half": mp.ncdf(mpf("0.5")) == 0.5,
    "mask": exact.of("gelu").jet(1)[0] in (0, 1),
    "scaled": 2 / sqrt(mp.pi) - 1 < 0.01,
    "forms": abs(apart(FARTHEST)) < 0.001,
    "steep": slope("gelu", sqrt(2)) > 1,
    "monotone": exact.of("gelu").monotone,
    "zoneout": 0 in {kept * before + (1 - kept) * now for kept in (0, 1) for before, now in [(0.5, -0.25)]},
}


@each_card
def test_the_verdict_is_the_true_one(card):
    assert card.true == HOLDS[card.name]


def test_there_is_evidence_and_both_answers_are_worth_a_thought():
    names = [card.name for card in CARDS]
    assert tuple(names) == myths.names()
    assert len(names) == 20
    assert "twenty" in library.parts("en", "topics/myths")["claim"]
    assert "二十" in library.parts("zh", "topics/myths")["claim"]
    assert 6 <= sum(card.true for card in CARDS) <= len(CARDS) - 6


@each_card
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_number_in_a_sentence_and_its_reason_is_true(card, language):
    part, meant = library.parts(language, "topics/myths"), MEANT.get(card.name, {})
    printed = numbers(f"{part[f'says-{card.name}']} {part[f'because-{card.name}']}")
    assert set(printed) <= {*meant, *PLACES[card.name].split()}
    assert set(meant) <= set(printed), "a number nobody says"
    for number, true in meant.items():
        assert stands_for(number, true), (number, true)


@each_card
def test_both_languages_tell_the_same_numbers(card):
    by_language = [
        set(numbers(library.parts(language, "topics/myths")[f"because-{card.name}"])) - set(PLACES[card.name].split())
        for language in ("en", "zh")
    ]
    assert by_language[0] == by_language[1]


@each_card
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sentence_is_short_and_a_reason_not_long(card, language):
    part = library.parts(language, "topics/myths")
    assert len(part[f"says-{card.name}"]) <= (100 if language == "en" else 50)
    assert len(part[f"because-{card.name}"].split()) <= 40
