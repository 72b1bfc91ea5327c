"""What a visitor does: choose a language, a projector, follow the map; copy the address."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st

from activations import CATALOGUE
from pages.register import BY_PATH, PAGES
from pages.shared import words
from tests.oracle import library
from tests.oracle.kinds import EACH_KIND, named
from tests.oracle.visitor import Visit


@pytest.mark.parametrize(
    ("query", "locale", "language"),
    [
        ({}, "zh-CN", "zh"),
        ({}, "zh", "zh"),
        ({}, "ZH-tw", "zh"),
        ({}, "en-GB", "en"),
        ({}, "xx-XX", "en"),
        ({}, None, "en"),
        ({"lang": "zh"}, "en-GB", "zh"),
        ({"lang": "en"}, "zh-CN", "en"),
        ({"lang": "xx"}, "zh-CN", "zh"),
        ({"lang": "ZH"}, None, "en"),
    ],
)
@pytest.mark.parametrize("path", ["", "mish"])
def test_the_language_is_that_of_the_link_else_of_the_browser(visit, path, query, locale, language):
    page = visit(path, query, locale)
    assert library.entitles(language, BY_PATH[path].words, page.title)
    tag = "zh-CN" if language == "zh" else "en"
    assert f"class='nl-head' lang='{tag}' data-page='{path}' data-slide='no'" in page.html


@pytest.mark.parametrize(
    ("accepted", "locale", "language"),
    [
        ("xx, zh;q=0.9", "xx", "zh"),
        ("xx, en;q=0.8, zh;q=0.7", "xx", "en"),
        ("zh-CN, en;q=0.9", "zh-CN", "zh"),
        ("yy", "yy", "en"),
        ("", "zh-CN", "zh"),
    ],
)
def test_the_app_chooses_of_all_languages_of_the_browser(visit, monkeypatch, accepted, locale, language):
    monkeypatch.setattr(type(st.context), "headers", {"Accept-Language": accepted} if accepted else {})
    assert library.entitles(language, "functions/mish", visit("mish", {}, locale).title)
    assert words.preferred_language(accepted or locale) == language


def test_a_language_that_has_no_words_yet_is_read_in_english_and_leads_to_all_others(visit, monkeypatch):
    monkeypatch.setitem(words.LANGUAGES, "xx", "Newish")
    monkeypatch.setitem(words.TAGS, "xx", "xx-XX")
    page = visit("elu", {"lang": "xx"})
    assert library.entitles("en", "functions/elu", page.title)
    assert "class='nl-head' lang='xx-XX'" in page.html
    switches = re.search(r"<div class='nl-switches'>(.*?)</div>", page.html)[1]
    others = re.findall(r"<a href='elu\?lang=(\w+)[^']*' lang='([\w-]+)'>([^<]+)</a>", switches)
    assert others == [("en", "en", "English"), ("zh", "zh-CN", "简体中文")]


def test_a_language_once_chosen_outlives_a_link_without_one(visit):
    page = visit("elu", {"lang": "zh"})
    page.at.context = {"locale": "en-GB"}
    assert library.entitles("zh", "functions/gelu", page.go("gelu").title)


@pytest.mark.parametrize("page", EACH_KIND, ids=named)
def test_switching_the_language_leaves_the_sliders_where_they_are(visit, page):
    visitor = visit(page.path, {"lang": "en", **{param.name: str(param.high) for param in page.params}})
    visitor.switch("lang='zh-CN'")
    assert library.entitles("zh", page.words, visitor.title)
    assert visitor.values == {param.name: param.high for param in page.params}
    visitor.switch("lang='en'")
    assert library.entitles("en", page.words, visitor.title)


@pytest.mark.parametrize("page", EACH_KIND, ids=named)
def test_presenting_takes_the_map_away_and_leaves_a_way_out(visit, page):
    visitor = visit(page.path, {param.name: str(param.low) for param in page.params})
    assert "nl-map" in visitor.html
    visitor.switch("present=1")
    assert "nl-map" not in visitor.html
    assert "nl-bar" in visitor.html
    assert len(visitor.at.sidebar) == 0
    assert visitor.values == {param.name: param.low for param in page.params}
    visitor.switch("class='leave'")
    assert "nl-map" in visitor.html
    assert visitor.values == {param.name: param.low for param in page.params}


@pytest.mark.parametrize("value", ["0", "true", "7", "", ["1", "0"]])
def test_only_one_word_turns_the_projector_on(visit, value):
    assert len(visit("", {"present": value}).at.sidebar) > 0


@pytest.mark.parametrize("present", [{}, {"present": "1"}])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_map_leads_to_every_page_in_the_readers_language_and_mode(visit, language, present):
    opened = visit("gelu", {"lang": language, "x0": "2.5", **present})
    visitor = Visit()
    assert set(opened.map) == set(BY_PATH)
    for page in PAGES:
        link = opened.map[page.path]
        asked = parse_qs(urlsplit(link).query)
        assert (asked["lang"], asked.get("present")) == ([language], ["1"] if present else None)
        if page not in EACH_KIND:
            continue
        there = visitor.follow(link)
        assert library.entitles(language, page.words, there.title)
        assert there.values.get("x0", 2.5) == 2.5


def test_the_map_shows_where_the_visitor_is_and_each_function_in_its_colour(visit):
    html = unescape(visit("elu", {"lang": "en"}).html)
    assert re.findall(r"href='(\w+)\?[^']*' aria-current='page'", html) == ["elu"]
    listed = re.findall(r"<li><a href='([\w./]*)\?[^']*'[^>]*>(?:<img[^>]*>)?(.*?)</a></li>", html)
    assert [path for path, _ in listed] == ["./" if not page.path else page.path for page in sorted_by_family()]
    names = dict(listed)
    assert all(names[slug] == library.parts("en", f"functions/{slug}")["title"] for slug in CATALOGUE)
    assert [slug for slug, _ in listed if slug in CATALOGUE] == list(CATALOGUE)


def sorted_by_family():
    families = list(dict.fromkeys(page.family for page in PAGES))
    return sorted(PAGES, key=lambda page: families.index(page.family))


def test_the_sliders_of_two_functions_are_not_one(visit):
    # ELU's slider reaches 3, leaky ReLU's 1: one shared value once left the next page in pieces.
    page = visit("elu", {"alpha": "1.8"}).go("leaky_relu")
    assert page.values["alpha"] == 0.01
    page.set("alpha", 0.3)
    assert page.go("elu").values["alpha"] == 1.8
    assert page.go("leaky_relu").values["alpha"] == 0.3
    assert page.go("elu", {"alpha": "0.5"}).values["alpha"] == 0.5


@pytest.mark.parametrize("between", ["", "vanishing", "relu"])
def test_the_probe_travels_along_even_by_way_of_a_page_without_one(visit, between):
    page = visit("elu", {"lang": "en"})
    page.set("x0", 3.5)
    for path in (between, "gelu"):
        page.follow(page.map[path])
    assert page.values["x0"] == 3.5


@pytest.mark.parametrize(("path", "held"), [("vanishing", "w"), ("elu", "alpha"), ("bends", "k1")])
def test_a_preset_does_not_move_a_slider_that_the_link_holds(visit, path, held):
    values = {}
    for how in ("lock", "hide", "f"):  # the last holds nothing
        page = visit(path, {"lang": "en", "show": "hand", how: held if how != "f" else "tanh"})
        keys = [group.key for group in page.at.button_group if not group.key.startswith("choice")]
        moved = set()
        for option in next(group for group in page.at.button_group if group.key == keys[0]).options:
            next(group for group in page.at.button_group if group.key == keys[0]).set_value(option).run()
            moved.add(page.at.session_state[held])
        values[how] = len(moved)
    assert values["lock"] == values["hide"] == 1
    assert values["f"] > 1, "these presets move it where nothing holds it"
