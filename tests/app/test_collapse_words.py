"""What the page of linear stacks asks, tells and claims; what it does with an address that nobody could choose."""

import math
import re

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import classification, composed
from tests.oracle import folding, library
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
LONG = "9" * 5000


def parts(language):
    return library.parts(language, "topics/collapse")


def choice(page, name):
    (found,) = [group for group in page.at.button_group if group.key == f"choice.{name}"]
    return found.value


HOSTILE = [{"act": "evil"}, {"act": LONG}, {"act": ["xor", "stack"]}, {"f": "evil"}, {"f": LONG}, {"depth": "1e9"}]
HOSTILE += [{"w": "nan", "v": "inf"}, {"depth": "½", "w": LONG}, {"act": "xor", "seed": "1e99", "rate": "nan"}]
HOSTILE += [{"act": "xor", "hidden": "-1", "t": "1e99"}, {"act": "spirals", "rate": LONG, "t": "-3", "seed": "十"}]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: str(query)[:60])
def test_what_nobody_could_choose_is_not_chosen(query):
    page = Visit().go("collapse", {"lang": "zh", **query})
    act = choice(page, "act")
    if act == "stack":
        assert set(page.sliders) == {"depth", "w", "v"}
        assert page.values == {"depth": 1, "w": 1.0, "v": 0.5}
    else:
        assert (choice(page, "hidden"), choice(page, "rate"), choice(page, "seed")) == ("1", "0.5", "1")
        assert page.values == {"t": 0}
    assert page.at.selectbox[0].value == "identity"
    assert len(page.alt) > 40
    assert "nan" not in page.text.split()


@each_language
@pytest.mark.parametrize("act", ["stack", "xor", "spirals"])
def test_no_placeholder_and_no_empty_word_is_left_on_the_page(language, act):
    page = Visit().go("collapse", {"lang": language, "act": act, "f": "relu"})
    for text in (page.text, page.alt, str(page.spec["layout"]["annotations"])):
        assert not re.search(r"\{[a-z][\w-]+\}", re.sub(r"\$[^$]*\$", "", text.replace("'", "")))
    assert all(note["text"] for note in page.spec["layout"]["annotations"])
    assert all(slider.label in parts(language).values() for slider in page.at.slider)
    missing = {name for name in library.parts("en", "topics/collapse") if not parts(language)[name].strip()}
    assert not missing


def missed(slug):
    """The share of the spread behind six layers that the nearest map misses, by root mean squares."""
    folded = folding.at(slug, 6, 1.0, 0.5)
    points = folded.lines.reshape(-1, 2)
    return folded.typical / np.sqrt(((points - points.mean(axis=0)) ** 2).sum(axis=1).mean())


NUMBERS = {
    "24": lambda: 6 * 4,
    "0.693": lambda: math.log(2),
    "0.0014": lambda: np.ptp(folding.at("sigmoid", 6, 1.0, 0.5).lines.reshape(-1, 2), axis=0).max(),
    "45": lambda: 100 * missed("relu"),
    "22": lambda: 100 * missed("tanh"),
    "5": lambda: 100 * missed("sigmoid"),
    "64": lambda: len(classification.examples("xor")[0]),
    "200": lambda: classification.STEPS,
    "10": lambda: 10,
    "1": lambda: 1,
    "2": lambda: 2,
    "0.5": lambda: composed.CROSS.default,
    "0.9": lambda: 0.9,
    "0": lambda: 0,
}


def essay(language):
    """What is read below the picture, folded or not."""
    return "\n".join(parts(language)[part] for part in ("why", "fold"))


@each_language
def test_every_number_of_the_essay_is_known_and_true(language):
    text = re.sub(
        r"\[arXiv:[^)]*\)|\$[^$]*(?:W_|10\^|w = |v = )[^$]*\$|\*[^*]+\* ?6|\d{4}|2/|10¹²", " ", essay(language)
    )
    for number in re.findall(r"\d+(?:\.\d+)?", text):
        decimals = len(number.partition(".")[2])
        assert float(number) == pytest.approx(NUMBERS[number](), abs=0.51 * 10**-decimals), number
    for must in ("0.693", "0.0014", "24", "64", "45", "22"):
        assert must in essay(language)
    assert r"2.2 \cdot 10^{-16}" in essay(language)
    assert np.finfo(float).eps == pytest.approx(2.2e-16, rel=0.01)


def test_what_the_essay_says_of_single_runs_happens():
    dead = classification.train(CATALOGUE["relu"], "xor", 1, 10.0, 1)
    assert (dead.stuck[-1], dead.units) == (8, 8)
    for task in ("xor", "spirals"):
        assert classification.train(CATALOGUE["identity"], task, 0, 10.0, 1).diverged is None, (
            "only hidden layers diverge"
        )
        for hidden in (1, 2):
            assert all(
                classification.train(CATALOGUE["identity"], task, hidden, 10.0, seed).diverged for seed in (1, 2, 3)
            )
    lost = [s for s, act in CATALOGUE.items() if classification.train(act, "xor", 1, 0.5, 1).right[-1] < 64]
    assert set(lost) == {"identity", "binary_step", "hard_sigmoid", "hard_shrink"}, "almost any function"


@each_language
def test_the_page_leads_on_to_where_its_words_say(language):
    page = Visit().go("collapse", {"lang": language})
    links = re.findall(r"\[([^\]]+)\]\(((?!http)[^)]+)\)", page.text)
    assert [label for label, _ in links] == [parts(language)[f"next-{path}"] for path in ("vanishing", "dying")]
    assert [link.split("?")[0] for _, link in links] == ["vanishing", "dying"]
    assert "f=sigmoid&f=relu" in links[0][1]
