"""The question of a page: an invitation beside a page that shows everything; where the reader asks for it, first."""

import pytest

from pages.register import BY_PATH, PAGES
from tests.oracle import library
from tests.oracle.asked import asked, curtains
from tests.oracle.blob import plain
from tests.oracle.kinds import EACH_KIND
from tests.oracle.visitor import Visit

ASKING = [page.path for page in PAGES if page.answer_state]
# The languages take turns: what is asked is chosen by the same code in both.
IN_TURN = [(path, ("en", "zh")[k % 2]) for k, path in enumerate(ASKING)]
EACH_ASKING = [page.path for page in EACH_KIND if page.answer_state]
each_in_turn = pytest.mark.parametrize(("path", "language"), IN_TURN)
UNCOVERED = {"", "en"}


def arrived(path, language="en", **query):
    return Visit().ask(path, {"lang": language, **query})


def moved(path):
    """The sliders, by key, that show the answer, and where they go."""
    return {name: value for name, value in BY_PATH[path].answer_state.items() if not isinstance(value, str)}


@each_in_turn
def test_the_page_asks_its_question_and_holds_a_reason_for_each_answer(path, language):
    page, part = arrived(path, language), library.parts(language, BY_PATH[path].words)
    question, now = asked(page), page.blob.now
    numbers = [name.removeprefix("choice-") for name in part if name.startswith("choice-")]
    assert question.text == f"**{plain(part['question'])}**"
    assert question.choices == {number: part[f"choice-{number}"] for number in numbers}
    for number in numbers:
        assert question.reasons[number] == plain(library.filled(part[f"why-{number}"], now)), number
    right = part[f"choice-{part['right']}"]
    labels = library.labels(language)
    assert question.facts["right"] == part["right"]
    assert question.facts["verdict-right"] == labels["question.right"]
    assert question.facts["verdict-wrong"] == labels["question.wrong"].replace("{answer}", right)
    assert question.facts["verdict-shown"] == labels["question.shown"].replace("{answer}", right)
    assert question.facts["page"] == (path or "home")
    assert question.answer_state == BY_PATH[path].answer_state


@pytest.mark.parametrize("path", EACH_ASKING)
def test_the_question_hides_nothing(path):
    page, without_question = arrived(path), Visit().go(path, {"lang": "en"})
    assert page.values == without_question.values
    assert page.spec == without_question.spec
    assert page.blob.now == without_question.blob.now
    assert not curtains(page)
    assert asked(without_question) is None


@pytest.mark.parametrize("path", EACH_ASKING)
def test_the_answer_is_shown_by_moving_from_where_a_cold_page_stands(path):
    page = arrived(path)
    for name, value in moved(path).items():
        if name in page.sliders:
            assert page.values[name] != value or len(BY_PATH[path].answer_state) > 1, name
    assert BY_PATH[path].answer_state


@pytest.mark.parametrize("path", EACH_ASKING)
def test_who_wants_to_be_asked_first_finds_a_labelled_curtain_over_what_decides(path):
    page = arrived(path, predict="1")
    covered, labels = curtains(page), library.labels("en")
    assert covered
    assert {label for label, _ in covered.values()} <= {
        text for name, text in labels.items() if name.startswith("curtain.")
    }
    inside = {slider.key for _, block in covered.values() for slider in block.slider}
    assert set(BY_PATH[path].answer_sliders) & set(page.sliders) <= inside
    assert page.values == arrived(path).values, "nothing else is different"


@pytest.mark.parametrize("path", [path for path in EACH_ASKING if BY_PATH[path].answer_sliders])
def test_a_link_may_set_the_decisive_slider_and_ask(path):
    page = BY_PATH[path]
    (name, *_) = [name for name in page.answer_sliders if name in arrived(path).sliders] or [None]
    if name is None:
        assert all(isinstance(value, str) for value in list(page.answer_state.values())[:1]), "a choice comes before it"
        return
    (param,) = [param for param in (*page.params, *page.later) if param.name == name]
    value = param.high if param.high != param.default else param.low
    visitor = arrived(path, predict="1", **{name: str(value)})
    assert visitor.values[name] == param.default
    assert asked(visitor).answer_state[name] == value
    assert f'"{name}"' in asked(visitor).facts["withheld"]
    plainly = arrived(path, **{name: str(value)})
    assert plainly.values[name] == value
    assert asked(plainly).facts["withheld"] == "{}"


@pytest.mark.parametrize("mode", ["0", "1"])
def test_every_link_carries_on_whether_and_how_the_reader_is_asked(mode):
    page = arrived("elu", predict=mode)
    assert all(f"predict={mode}" in link for link in page.links)
    assert not any("predict" in link for link in arrived("elu").links)
