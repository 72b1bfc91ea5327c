"""The page of the neuron asks before it tells, shows what the answer meant, and says only what is true."""

import neuron
import numpy as np
import pytest
from neuron import FUNCTIONS, STARTS, TRUTH

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


def answered(choice, lang="en"):
    page = Visit().ask("neuron", {"lang": lang})
    page.at.get("button_group")[-1].set_value(f"choice-{choice}")
    return page.run()


def traces(page):
    return {trace["name"] for trace in page.spec["data"]}


@each_language
def test_before_an_answer_the_neuron_can_be_set_by_hand_and_nothing_is_learned(lang):
    page = neuron.opened(lang=lang)
    assert set(page.sliders) == {"w1", "w2", "b"}
    assert pills(page)["prediction"].proto.label == text(lang)["question"]
    assert "choice.act" not in pills(page)
    assert not {name for name in traces(page) if name.startswith(("loss_", "whole_"))}
    assert not any(element.value.startswith("| ") for element in page.at.markdown)
    assert all(text(lang)[f"why-{k}"] not in page.text for k in "1234")
    assert "predict" not in page.at.query_params


@each_language
@pytest.mark.parametrize("choice", "1234")
def test_an_answer_opens_the_training_and_gives_a_reason_for_each(lang, choice):
    page = answered(choice, lang)
    assert set(page.sliders) == {"t"}
    assert page.stand["t"] == 0
    assert "prediction" not in pills(page)
    told = page.text
    assert all(text(lang)[f"why-{k}"] in told for k in "1234")
    assert told.count(library.labels(lang)["by_you"]) == 1
    assert {f"whole_{slug}" for slug in FUNCTIONS} <= traces(page)
    assert choice not in page.at.query_params.values()


GHOSTS = {
    "1": {"binary_step": (1, 1, -1.5)},
    "2": {},
    "3": {"relu": STARTS["a"]},
    "4": {"binary_step": (1, 1, -1.5), "sigmoid": STARTS["a"], "relu": STARTS["a"]},
}


@pytest.mark.parametrize("choice", GHOSTS)
def test_the_answer_is_drawn_where_its_lines_would_end(choice):
    page = answered(choice)
    drawing = neuron.drawing(page)
    ghosts = {name.removeprefix("ghost_") for name in drawing.order if name.startswith("ghost_")}
    assert ghosts == set(GHOSTS[choice])
    for slug, (w1, w2, b) in GHOSTS[choice].items():
        for name in (f"ghost_{slug}", f"yours_{slug}"):
            x, y = drawing.xy(name)
            np.testing.assert_allclose(w1 * x + w2 * y + b, 0, atol=1e-5)
            assert drawing.traces[name]["xaxis"] == drawing.traces[f"line_{slug}"]["xaxis"]
        ((x,), (y,)) = drawing.xy(f"yours_{slug}")
        assert -0.4 < x < 1.4
        assert 0.2 < y < 0.8, "the words would lie on an output"
        assert drawing.traces[f"yours_{slug}"]["text"][0].strip() == library.labels("en")["yours"]
    page.set("choice.start", "c")
    assert not {name for name in traces(page) if name.startswith("ghost_")}, "nobody was asked about this start"


def test_the_line_of_the_first_answer_would_be_right():
    assert neuron.answers("binary_step", "and", GHOSTS["1"]["binary_step"])[1] == "4"


@each_language
def test_whoever_is_asked_nothing_begins_by_hand_and_can_let_it_learn(lang):
    page = Visit().go("neuron", {"lang": lang, "predict": "0"})
    assert set(page.sliders) == {"w1", "w2", "b"}
    assert all(text(lang)[f"why-{k}"] in page.text for k in "1234")
    assert library.labels(lang)["by_you"] not in page.text
    page.set("choice.act", "learn")
    assert set(page.sliders) == {"t"}
    assert page.at.query_params["act"] in ("learn", ["learn"])


@pytest.mark.parametrize("query", [{"t": "9"}, {"act": "learn"}, {"act": "learn", "t": "9"}], ids=str)
def test_a_link_to_the_training_opens_there_and_asks_nothing(query):
    page = Visit().ask("neuron", {"lang": "en", **query})
    assert page.stand == {"t": int(query.get("t", 0))}
    assert "prediction" not in pills(page)


def test_each_act_keeps_its_sliders_while_the_other_is_shown():
    page = Visit().go("neuron", {"lang": "en", "predict": "0"})
    page.set("w1", -2.5).set("b", 1.5).set("choice.act", "learn").set("t", 12).set("choice.task", "or")
    page.set("choice.act", "hand")
    assert page.stand == {"w1": -2.5, "w2": -0.4, "b": 1.5}
    page.set("choice.act", "learn")
    assert page.stand == {"t": 12}
    # Another page's weights and moments are its own.
    page.go("vanishing", {"b": "-3"}).go("neuron", {"predict": "0", "act": "hand"})
    assert page.stand == {"w1": -2.5, "w2": -0.4, "b": 1.5}


@pytest.mark.parametrize("value", NONSENSE)
def test_a_moment_that_does_not_exist_is_the_beginning(value):
    page = Visit().go("neuron", {"lang": "en", "predict": "0", "act": "learn", "t": value})
    assert page.stand == {"t": 0}
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
