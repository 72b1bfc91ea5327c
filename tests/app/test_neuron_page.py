"""The page of the neuron shows all it has, draws what an answer meant, and says only what is true."""

import neuron
import numpy as np
import pytest
from neuron import FUNCTIONS, STARTS, TRUTH, tables

from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.visitor import Visit

LANGUAGES = ("en", "zh")
each_language = pytest.mark.parametrize("lang", LANGUAGES)
LONG = "9" * 5000
NONSENSE = ["nan", "-1", "41", "1e999", "abc", "", "½", "<script>", LONG]


def text(lang):
    return library.parts(lang, "topics/neuron")


def pills(page):
    return {group.key: group for group in page.at.get("button_group")}


def traces(page):
    return {trace["name"] for trace in page.spec["data"]}


@each_language
def test_the_page_opens_by_hand_with_answers_and_text_and_can_let_it_learn(lang):
    page = Visit().ask("neuron", {"lang": lang})
    assert set(page.sliders) == {"w1", "w2", "b"}
    assert tables(page)[0][0] == text(lang)["table-input"]
    assert text(lang)["why"].splitlines()[0] in page.text
    page.set("choice.act", "learn")
    assert page.values == {"t": 0}
    assert {f"whole_{slug}" for slug in FUNCTIONS} <= traces(page)
    assert page.at.query_params["act"] in ("learn", ["learn"])


GHOSTS = {
    "1": {"binary_step": (1, 1, -1.5)},
    "3": {"relu": STARTS["a"]},
    "4": {"binary_step": (1, 1, -1.5), "sigmoid": STARTS["a"], "relu": STARTS["a"]},
}


@each_language
def test_each_wrong_answer_is_drawn_unseen_where_its_lines_would_end(lang):
    page = Visit().ask("neuron", {"lang": lang, "act": "learn"})
    drawing = neuron.drawing(page)
    lines = {f"guess_{choice}_{slug}": at for choice, ghosts in GHOSTS.items() for slug, at in ghosts.items()}
    expected = {line + end for line in lines for end in ("", "_word")}
    assert {name for name in drawing.order if name.startswith("guess_")} == expected
    for line, (w1, w2, b) in lines.items():
        slug = line.split("_", 2)[2]
        for name in (line, f"{line}_word"):
            x, y = drawing.xy(name)
            np.testing.assert_allclose(w1 * x + w2 * y + b, 0, atol=1e-5)
            assert drawing.traces[name]["xaxis"] == drawing.traces[f"line_{slug}"]["xaxis"]
            assert not drawing.traces[name]["visible"]
        ((x,), (y,)) = drawing.xy(f"{line}_word")
        assert -0.4 < x < 1.4
        assert 0.2 < y < 0.8, "the words would lie on an output"
        assert drawing.traces[f"{line}_word"]["text"][0].strip() == library.labels(lang)["question.note_yours"]
    page.set("choice.start", "b")
    assert not {name for name in traces(page) if name.startswith("guess_")}, "nobody is asked about this start"


def test_the_answer_is_shown_where_sigmoid_and_relu_have_all_four_right():
    answer_state = BY_PATH["neuron"].answer_state
    now = Visit().go("neuron", {"lang": "en", **{name: str(value) for name, value in answer_state.items()}}).blob.now
    assert now["steps"] == "1600"
    weights = {slug: neuron.trained(slug, "and", "a", 40) for slug in FUNCTIONS}
    truth = {slug: neuron.answers(slug, "and", tuple(round(w, 12) for w in weights[slug]))[1] for slug in FUNCTIONS}
    assert {slug: now[f"{slug}_right"] for slug in FUNCTIONS} == truth
    assert truth == {"binary_step": "2", "sigmoid": "4", "relu": "4"}
    assert {text(lang)["right"] for lang in LANGUAGES} == {"2"}


def test_the_line_of_the_first_answer_would_be_right():
    assert neuron.answers("binary_step", "and", GHOSTS["1"]["binary_step"])[1] == "4"


@pytest.mark.parametrize("moment", [0, 9])
def test_a_link_to_the_training_opens_there(moment):
    page = Visit().ask("neuron", {"lang": "en", "act": "learn", "t": str(moment)})
    assert page.values == {"t": moment}


def test_each_act_keeps_its_sliders_while_the_other_is_shown():
    page = Visit().go("neuron", {"lang": "en", "predict": "0"})
    page.set("w1", -2.5).set("b", 1.5).set("choice.act", "learn").set("t", 12).set("choice.task", "or")
    page.set("choice.act", "hand")
    assert page.values == {"w1": -2.5, "w2": -0.4, "b": 1.5}
    page.set("choice.act", "learn")
    assert page.values == {"t": 12}
    # Another page's weights and moments are its own.
    page.go("vanishing", {"b": "-3"}).go("neuron", {"predict": "0", "act": "hand"})
    assert page.values == {"w1": -2.5, "w2": -0.4, "b": 1.5}


@pytest.mark.parametrize("value", NONSENSE)
def test_a_moment_that_does_not_exist_is_the_beginning(value):
    page = Visit().go("neuron", {"lang": "en", "predict": "0", "act": "learn", "t": value})
    assert page.values == {"t": 0}
    assert page.blob.now["steps"] == "0"


@pytest.mark.parametrize("name", ["act", "task", "start"])
@pytest.mark.parametrize("value", ["evil", "", LONG, "AND", ["or", "and"]], ids=lambda value: str(value)[:9])
def test_a_choice_that_does_not_exist_is_the_first(name, value):
    page = Visit().go("neuron", {"lang": "en", "predict": "0", "act": "learn", name: value})
    chosen = {key: group.value for key, group in pills(page).items()}
    assert chosen["choice.task"] in TRUTH
    assert chosen["choice.act"] in ("hand", "learn")
    if name != "act":
        assert chosen["choice.start"] in STARTS


def test_a_page_and_a_release_weigh_little():
    rng = np.random.default_rng(1)
    stands = [*np.round(rng.uniform(-3, 3, (2, 3)), 1).tolist(), (0.1, -0.1, 0.0)]
    pages = [neuron.at_hand(*at) for at in stands] + [
        neuron.learning(task, start) for task in TRUTH for start in STARTS
    ]
    for page in pages:
        (follower,), (chart,) = page.at.get("bidi_component"), page.at.get("plotly_chart")
        assert len(follower.proto.bytes) <= 35_000
        assert len(follower.proto.bytes) + len(chart.proto.spec) <= 60_000
