"""A word that is missing falls back to another language; a label that code asks for is there."""

import ast
import re

import pytest
import streamlit as st

from activations import CATALOGUE
from pages.register import PAGES
from pages.shared import words
from pages.topics.vanishing import page as vanishing
from tests.all_cases import all_cases
from tests.oracle.source import CODE, ROOT, each, nodes


@pytest.fixture
def library(tmp_path, monkeypatch):
    """An incomplete library: Chinese lacks a label, a part and a page that English has."""
    for code, labels, page in (
        ("en", 'name = "N"\n[trait]\nodd_one = "Odd {x}"\n', "<!-- title -->\nT\n\n<!-- claim -->\nC\n"),
        ("zh", 'name = "名"\n', "<!-- title -->\n题\n"),
    ):
        (tmp_path / code).mkdir()
        (tmp_path / code / "ui.toml").write_text(labels, encoding="utf-8")
        (tmp_path / code / "essay.md").write_text(page, encoding="utf-8")
    (tmp_path / "en" / "only.md").write_text("<!-- title -->\nOnly\n", encoding="utf-8")
    monkeypatch.setattr(words, "_TEXT", tmp_path)
    yield from emptied()


def emptied():
    words._labels.cache_clear()
    words._cut.cache_clear()
    st.session_state["language"] = "zh"
    yield
    del st.session_state["language"]
    words._labels.cache_clear()
    words._cut.cache_clear()


@pytest.mark.usefixtures("library")
def test_a_missing_label_falls_back_to_the_other_language():
    assert words.ui("name") == "名"
    assert words.ui("trait.odd_one", x=1) == "Odd 1"
    assert words.group("trait") == {"odd_one": "Odd {x}"}


@pytest.mark.usefixtures("library")
def test_a_label_in_no_language_is_read_from_its_own_name():
    assert words.ui("trait.can_die") == "can die"


@pytest.mark.usefixtures("library")
def test_a_missing_part_falls_back_and_an_unknown_one_is_empty():
    page = words.page("essay")
    assert (page["title"], page["claim"], page["nowhere"]) == ("题", "C", "")
    assert set(page) == {"title", "claim"}
    assert "claim" in page
    assert "nowhere" not in page
    assert words.page("only")["title"] == "Only"
    assert len(words.page("no/such/page")) == 0


def calls(path, function):
    """Every call of ``function``."""
    for node in nodes(path):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == function and node.args:
            yield node


def opening(argument):
    """(the constant beginning of a label, whether it is the whole label), or None when nothing is known."""
    if isinstance(argument, ast.BinOp):
        argument = argument.left
        return argument.value, False
    if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        return argument.values[0].value, False
    if isinstance(argument, ast.Constant):
        return argument.value, True
    return None


@each(CODE)
def test_every_label_that_code_asks_for_exists(path):
    labels = words._labels("en")
    asked = [found for found in (opening(call.args[0]) for call in calls(path, "words.ui")) if found]
    missing = [label for label, whole in asked if whole and label not in labels]
    missing += [head for head, whole in asked if not whole and not any(label.startswith(head) for label in labels)]
    groups = [found[0] for found in (opening(call.args[0]) for call in calls(path, "words.group")) if found]
    assert missing == []
    assert [prefix for prefix in groups if not words.group(prefix)] == []


@each(CODE)
def test_values_given_to_a_label_are_the_values_it_waits_for(path):
    for call in calls(path, "words.ui"):
        given, label = {keyword.arg for keyword in call.keywords}, opening(call.args[0])
        # ** hands over more values than are named here; without any, the label is a template that is filled later.
        if label and label[1] and given and None not in given:
            assert given == set(re.findall(r"\{(\w+)\}", words._labels("en")[label[0]])), label[0]


def test_every_story_on_the_vanishing_page_has_its_words():
    assert set(vanishing.PRESETS) == set(words.group("story"))


OWN_WORDS = {"functions/training": "topics/prelu_training"}  # of a module that does not read those of its folder


def lookups(folder):
    """The ids of parts that the module or the modules of a page ask for as ``text["id"]``."""
    alone, apart = (ROOT / "pages" / folder).with_suffix(".py"), {ROOT / "pages" / f"{name}.py" for name in OWN_WORDS}
    for path in [alone] if alone.exists() else sorted({*(ROOT / "pages" / folder).rglob("*.py")} - apart):
        for node in nodes(path):
            named = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant)
            if named and ast.unparse(node.value) in ("text", "self.text", "scene.text"):
                yield node.slice.value


@all_cases(
    ("folder", "names"),
    [
        *((page.words, [page.words]) for page in PAGES if page.kind in ("topics", "tools")),
        ("functions", [f"functions/{slug}" for slug in CATALOGUE]),
        *((module, [name]) for module, name in OWN_WORDS.items()),
    ],
)
def test_every_part_that_a_page_asks_for_exists(folder, names):
    asked = set(lookups(folder))
    assert asked
    for code in words.LANGUAGES:
        for name in names:
            assert asked <= set(words._cut(code, name)), (code, name)


@all_cases("code", words.LANGUAGES)
@all_cases("page", PAGES, ids=[page.path or "home" for page in PAGES])
def test_every_page_has_its_words(page, code):
    parts = words._cut(code, page.words)
    assert parts["title"]
    assert parts["claim"]
    assert f"map.{page.family}" in words._labels(code)


@all_cases("code", words.LANGUAGES)
@all_cases("page", PAGES, ids=[page.path or "home" for page in PAGES])
def test_whoever_asks_gives_a_reason_for_each_answer(page, code):
    parts = words._cut(code, page.words)
    choices = sorted(part.removeprefix("choice-") for part in parts if part.startswith("choice-"))
    reasons = sorted(part.removeprefix("why-") for part in parts if part.startswith("why-"))
    assert choices == reasons
    if choices:
        assert choices == list("1234")[: len(choices)]
        assert len(choices) >= 2
        assert parts["question"]
        assert parts["right"] in choices
        assert parts["right"] == words._cut("en", page.words)["right"]
