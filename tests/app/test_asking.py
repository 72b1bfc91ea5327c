"""What is kept back until the reader has answered or skipped, and what then comes."""

import re

import pytest

from activations import CATALOGUE
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.sheet import reasons
from tests.oracle.visitor import Visit

BENT = [slug for slug, act in CATALOGUE.items() if act.params]
STRAIGHT = [slug for slug, act in CATALOGUE.items() if not act.params]
WORDS = {slug: f"functions/{slug}" for slug in CATALOGUE} | {"vanishing": "topics/vanishing"}
DECISIVE = {slug: {param.name for param in CATALOGUE[slug].params} for slug in BENT} | {"vanishing": {"w"}}
TOLD = {"right": "3", "wrong": "1"}
ESSAYS = ("neuron", "collapse", "exploding", "dying", "gate", "approximations", "vectors", "cost", "choose")
# The languages take turns: what is asked is chosen by the same code in both.
IN_TURN = [(room, ("en", "zh")[k % 2]) for k, room in enumerate(WORDS)]
each_in_turn = pytest.mark.parametrize(("room", "language"), IN_TURN)


def arrived(room, language="en", **query):
    return Visit().ask(room, {"lang": language, **query})


def pills(page):
    return [group for group in page.at.button_group if group.key == "prediction"]


def answer(page, number):
    """Press a choice: 1, 2 …, or 0 for the way around the question."""
    (asked,) = pills(page)
    asked.set_value(asked.options[int(number) - 1])
    return page.run()


@each_in_turn
def test_a_page_asks_and_gives_no_reason_yet(room, language):
    page, part = arrived(room, language), library.parts(language, WORDS[room])
    (asked,) = pills(page)
    choices = [part[name] for name in part if name.startswith("choice-")]
    assert asked.label == part["question"]
    assert asked.options == [*choices, library.labels(language)["skip"]]
    assert not any(part[name] in page.text for name in part if name.startswith("why-"))


@pytest.mark.parametrize("room", DECISIVE)
def test_what_decides_cannot_be_moved_before_an_answer(room):
    page = arrived(room)
    assert not DECISIVE[room] & set(page.sliders)
    assert not DECISIVE[room] & set(page.blob.sliders)
    answer(page, 1)
    assert DECISIVE[room] <= set(page.sliders)
    assert DECISIVE[room] <= set(page.blob.sliders)


@pytest.mark.parametrize(("room", "language"), [(room, language) for room, language in IN_TURN if room in STRAIGHT])
def test_the_derivative_is_not_shown_before_an_answer(room, language):
    page = arrived(room, language)
    slope = page.blob.now["slope"]
    names = {trace["name"] for trace in page.spec["data"]}
    assert not [name for name in names if "slope" in name or name in ("tangent", "rise", "rise_label", "one")]
    assert "yaxis2" not in page.spec["layout"]
    assert not page.at.toggle
    assert plain(page.at.markdown[0].value) == f"f(x₀) = :orange[**{page.blob.now['value']}**]"
    assert "{" not in page.alt
    assert not re.search(rf"(?<![\d.]){slope}(?![\d.])", plain(page.alt)) or slope == page.blob.now["value"]
    answer(page, 2)
    assert {"slope", "tangent", "rise_label"} <= {trace["name"] for trace in page.spec["data"]}
    assert slope in plain(page.at.columns[1].markdown[0].value)


@each_in_turn
def test_an_answer_brings_the_readers_own_first_and_a_reason_for_each(room, language):
    part, yours = library.parts(language, WORDS[room]), library.labels(language)["by_you"]
    choices = [name.removeprefix("choice-") for name in part if name.startswith("choice-")]
    for number in choices:
        page = answer(arrived(room, language), number)
        assert not pills(page)
        assert told(page, part) == library.filled(reasons(part, number, yours), page.blob.now)
        assert not {"prediction", "predict"} & set(page.at.query_params)


@pytest.mark.parametrize("room", ["relu", "elu", "vanishing"])
def test_whoever_skips_is_told_too(room):
    part = library.parts("en", WORDS[room])
    page = arrived(room)
    answer(page, len([name for name in part if name.startswith("choice-")]) + 1)
    assert told(page, part) == library.filled(reasons(part), page.blob.now)


@pytest.mark.parametrize("room", DECISIVE)
def test_a_link_that_sets_what_decides_asks_nothing(room):
    for name in DECISIVE[room]:
        page = arrived(room, **{name: "1"})
        assert not pills(page)
        assert name in page.sliders


def test_an_answer_stands_while_the_visit_lasts_and_is_not_that_of_another_page():
    page = answer(arrived("elu"), 1)
    page.ask("selu", {"lang": "en"})
    assert pills(page)
    page.ask("elu", {"lang": "zh"})
    assert not pills(page)
    assert library.labels("zh")["yours"] in page.text


def told(page, part):
    """The question and the reader's answer with the picture, then the rest; without an answer all in one place."""
    choices = tuple(f"**{text}**" for name, text in part.items() if name.startswith("choice-"))
    found = [text.value for text in page.at.markdown if text.value.startswith((f"**{part['question']}", *choices))]
    picture = next(column for column in page.at.columns if column.get("plotly_chart"))
    with_picture = {text.value for text in picture.markdown}
    assert [text in with_picture for text in found] == ([True, False] if len(found) > 1 else [False])
    return plain("\n\n".join(found))


@pytest.mark.parametrize(("room", "language"), [(room, ("en", "zh")[k % 2]) for k, room in enumerate(ESSAYS)])
def test_the_essay_that_would_give_the_answer_away_comes_with_it(room, language):
    page, part = arrived(room, language), library.parts(language, f"topics/{room}")
    opening = plain(part["why"]).split("{")[0][:60]
    assert opening not in plain(page.text)
    assert not page.at.text_area
    answer(page, 1)
    assert opening in plain(page.text)
    assert page.at.text_area[0].label == part["say"]
