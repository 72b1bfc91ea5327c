"""Every page opens in both languages, at both ends of its sliders, whatever the address asks of it."""

import math

import pytest

from activations import CATALOGUE
from pages.register import BY_PATH, PAGES
from tests.oracle import library
from tests.oracle.kinds import EACH_KIND, named
from tests.oracle.visitor import Visit, settled

LONG = "9" * 5000
NONSENSE = ("nan", "inf", "-inf", "1e999", "abc", "", "99", "-99", LONG, "α≤½", "1;DROP", "<script>", "0x10")
NONSENSE += ("½", "十", "1_0", " 1 ", "True", "null", "1,5")
LENGTHY = ("", "vanishing", "elu", "gelu")  # one page of each kind is asked everything
BETWEEN = ("0.123", "1.005", "2.5", "5.999999", "1e-320", "-0.0", "+1", "3")
HOSTILE = {
    "depth below": {"depth": "-3"},
    "depth beyond": {"depth": "1e9"},
    "depth broken": {"depth": "2.5"},
    "function unknown": {"f": "evil"},
    "functions half known": {"f": ["sigmoid", "evil"]},
    "functions all": {"f": [*CATALOGUE] * 3},
    "function long": {"f": "x" * 5000},
    "language unknown": {"lang": "xx"},
    "languages two": {"lang": ["zh", "en"]},
    "present odd": {"present": "7"},
    "target zero": {"target": "0"},
    "target nan": {"target": "nan"},
    "target tiny": {"target": "1e-320"},
    "target infinite": {"target": "-inf"},
    "rate unknown": {"rate": "7"},
    "weight nan": {"w": "nan", "b": "inf", "input": "abc"},
    "unicode": {"w": "½", "f": "激活", "depth": "十", "lang": "中文", "present": "是"},
    "long": {"w": LONG, "depth": LONG, "target": LONG, "rate": LONG, "lang": LONG, "alpha": LONG, "x0": LONG},
    "twice": {"w": ["1", "2"], "depth": ["5", "6"], "alpha": ["0.1", "0.2"], "x0": ["1", "2"]},
    "second odd": {"second": "maybe"},
    "second long": {"second": LONG},
    "stranger": {"__proto__": "1", "alive": "true", "pages": "x", "browser_is_alive": "1", "story-dead": "true"},
    "inner state": {"page": "elu", "saved_values": "1", "session": "x", "whole_page_runs": "true", "language": "zh"},
}
each_language = pytest.mark.parametrize("language", ["en", "zh"])
PICTURED = [page for page in PAGES if page.pictured]
each_page = pytest.mark.parametrize("page", PICTURED, ids=named)
each_kind = pytest.mark.parametrize("page", [page for page in EACH_KIND if page.pictured], ids=named)


def assert_sliders(visitor, page, stand=None):
    """The sliders of the page, each with its own bounds, stand at their defaults, or where ``stand`` says."""
    assert set(visitor.sliders) == {param.name for param in page.params}
    for param in page.params:
        slider = visitor.sliders[param.name]
        assert (slider.min, slider.max, slider.step) == (param.low, param.high, param.step)
        assert math.isfinite(slider.value)
        assert param.low <= slider.value <= param.high
        assert slider.value == (stand or {}).get(param.name, param.default), param.name
        assert isinstance(slider.value, int) == param.whole


def assert_whole(page):
    """A picture that is described and followed; nothing is printed that is no number."""
    assert len(page.alt) > 40
    assert page.blob.head["page"] == page.spec["layout"]["meta"]
    for text in (page.alt, page.text, page.html):
        assert "{" not in text.split("$")[0][:40]
        assert not {"nan", "None", "inf"} & set(text.replace("*", " ").split())


@each_language
@each_page
def test_a_page_opens_by_its_link_in_both_languages(visit, page, language):
    visitor = visit(page.path, {"lang": language})
    assert library.entitles(language, page.words, visitor.title)
    assert_sliders(visitor, page)
    assert all(len(slider.label) > (3 if language == "en" else 1) for slider in visitor.at.slider)
    assert_whole(visitor)


@each_page
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_page_opens_with_all_its_sliders_at_one_end(visit, page, end):
    ends = {param.name: getattr(param, end) for param in page.params}
    visitor = visit(page.path, {name: str(value) for name, value in ends.items()} | {"second": "true"})
    assert_sliders(visitor, page, ends)
    assert_whole(visitor)


@each_kind
def test_each_slider_alone_can_stand_at_either_end(visit, page):
    visitor = visit(page.path)
    for param in page.params:
        for end in (param.high, param.low):
            visitor.set(param.name, end)
            assert_sliders(visitor, page, {param.name: end})
            assert_whole(visitor)
        visitor.set(param.name, param.default)


@each_kind
def test_a_value_nobody_could_choose_is_dropped(page):
    visitor, elsewhere = Visit(), "tanh" if page.path != "tanh" else "relu"
    for value in NONSENSE if page.path in LENGTHY else NONSENSE[:2]:
        visitor.go(elsewhere).go(page.path, {param.name: value for param in page.params})
        assert_sliders(visitor, page, {param.name: settled(param, value) for param in page.params})


@each_kind
def test_a_value_between_two_positions_goes_to_the_nearest(page):
    visitor, elsewhere = Visit(), "tanh" if page.path != "tanh" else "relu"
    for value in BETWEEN if page.path in LENGTHY else BETWEEN[:2]:
        visitor.go(elsewhere).go(page.path, {param.name: value for param in page.params})
        assert set(visitor.sliders) == {param.name for param in page.params}
        for param in page.params:
            # Streamlit itself puts a slider that is new to the visit where the address says, to the last digit.
            stands = {settled(param, value), float(value)} if value == BETWEEN[0] else {settled(param, value)}
            assert visitor.values[param.name] in stands
        assert_whole(visitor)


@each_language
@pytest.mark.parametrize("path", LENGTHY)
def test_a_page_survives_any_address(path, language):
    visitor, page = Visit(), BY_PATH[path]
    for query in HOSTILE.values():
        visitor.go("tanh", {"lang": language}).go(path, query)
        assert set(visitor.sliders) == {param.name for param in page.params}
        assert all(p.low <= visitor.values[p.name] <= p.high for p in page.params)
        assert_whole(visitor)


@pytest.mark.parametrize("path", ["", "vanishing", "elu", "gelu", "soft_shrink"])
def test_an_address_draws_what_its_sliders_drew(visit, path):
    page = visit(path, {"lang": "en"})
    before = page.spec
    for param in BY_PATH[path].params:
        page.set(param.name, settled(param, str(param.low + 0.7 * (param.high - param.low))))
    assert page.spec != before
    # Where a slider stands is written into the address by the browser.
    again = visit(path, {"lang": "en", **{name: str(value) for name, value in page.values.items()}})
    assert (again.spec, again.text, again.values) == (page.spec, page.text, page.values)
    assert again.blob.now == page.blob.now
