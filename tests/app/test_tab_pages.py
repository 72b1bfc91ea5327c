"""What the pages with several tabs offer: links that lead to them, presets, and what a strange address does."""

import math
import re

import pytest

from tests.oracle import gated, library, softmax
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

PAGES = {"softmax": softmax, "gated": gated}
PRESET = [("softmax", "softmax", "en"), ("softmax", "pair", "zh"), ("softmax", "log", "en")]
PRESET += [("gated", "maxout", "zh"), ("gated", "swiglu", "en")]
# Functions of one number whose page leads to one of these, and to which view there.
LEADING = {"sigmoid": ("softmax", "pair"), "exponential": ("softmax", "softmax"), "log_sigmoid": ("softmax", "log")}
LEADING |= {"relu": ("gated", "maxout"), "gelu": ("gated", "geglu"), "swish": ("gated", "swiglu")}
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def kind(view):
    return "unit" if view in gated.UNITS else view


@each_language
@pytest.mark.parametrize("page", LEADING)
def test_who_raises_the_question_leads_to_its_answer(page, language):
    visitor, (path, view) = Visit().go(page, {"lang": language}), LEADING[page]
    words = PAGES[path].part(language)
    label = library.labels(language)[f"to_vectors.{page}"]
    there = visitor.follow(re.search(rf"\[{re.escape(label)}\]\(([^)]+)\)", visitor.text)[1])
    assert there.title == words["title"]
    assert set(there.sliders) == set(PAGES[path].DEFAULTS[view])
    assert plain(there.alt) == library.filled(words[f"alt-{kind(view)}"], there.blob.now)


@pytest.mark.parametrize(("path", "view", "language"), PRESET)
def test_each_preset_moves_the_sliders_and_every_word_is_there(path, view, language):
    words, page = PAGES[path].part(language), PAGES[path].opened(view, language)
    key, prefix = f"{path}.{kind(view)}", f"{kind(view)}-"
    (pills,) = [group for group in page.at.button_group if group.key == key]
    assert pills.options == [words[name] for name in words if name.startswith(prefix)]
    for option in pills.options:
        before = page.values
        next(group for group in page.at.button_group if group.key == key).set_value(option)
        page.run()
        names = {words.get(name) for name in ("pair-two", "log-sure", "softmax-start")}
        assert page.values != before or option in names
    assert all(note["text"] for note in page.spec["layout"]["annotations"])
    assert not re.search(r"\{[a-z][\w-]*\}", re.sub(r"\$\$.*?\$\$|\$[^$]*\$", "", page.text + page.alt))


HOSTILE = [{"show": "evil"}, {"show": ["maxout", "log"]}, {"show": "9" * 5000, "a": "nan", "b": "inf"}]
HOSTILE += [{"show": "log", "gap": "-1", "raised": "½"}, {"show": "pair", "others": "2.5", "z": "1e999"}]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: str(query)[:50])
@pytest.mark.parametrize("path", PAGES)
def test_what_nobody_could_choose_is_not_chosen(path, query):
    page = Visit().go(path, query)
    for name, value in page.values.items():
        assert math.isfinite(value)
        assert page.sliders[name].min <= value <= page.sliders[name].max
    assert len(page.alt) > 40


def test_what_a_slider_of_another_view_says_is_kept():
    page = softmax.opened("softmax", z1=4)
    for view in ("log", "softmax"):
        next(group for group in page.at.button_group if group.key == "choice.show").set_value(
            softmax.part("en")[f"show-{view}"]
        )
        page.run()
    assert page.values["z1"] == 4
