"""The list of all names in addresses agrees with what every page draws; a name that a page does not know is said."""

import re
import tomllib
from html import escape, unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from activations import CATALOGUE
from pages.register import BY_PATH, PAGES
from pages.shared import addressed, lesson
from pages.tools.questions.asked import QUESTIONS
from pages.topics.myths.cards import CARDS
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
PICKERS = {"function", "functions", "compared"}  # of functions, all called f in the address
# What draws a choice under another key than choice.<name>.
KEYS = {"has": "wanted", "card": "choice.card"}
# Options of which a page offers only those that fit what else is chosen.
SOME = {"ledger", "less"}
# Kept in no widget, chosen by a link.
LINKED = {("prelu", "show")}
SET = [page for page in PAGES if page.all_choices and (page.path not in CATALOGUE or page.path in ("relu", "prelu"))]


def rows(html):
    """The rows of the tables by name: the meaning and the values as text, and the options with their words."""
    found = {}
    for name, means, values in re.findall(
        r"<tr><th scope='row'><code>(.*?)</code></th><td>(.*?)</td><td>(.*?)</td></tr>", html, re.S
    ):
        options = re.findall(r"<li><code>(.*?)</code>(?: (.*?))?</li>", values)
        said = [(unescape(option), unescape(label or option)) for option, label in options]
        first = re.search(r"<p>.*?</p>", values)
        defaults = [unescape(each) for each in re.findall(r"<code>(.*?)</code>", first[0] if first else "")]
        numbers = [unescape(each) for each in re.findall(r"<code>(.*?)</code>", re.sub(r"<p>.*?</p>", "", values))]
        found[unescape(name)] = (unescape(means), said, numbers, defaults)
    return found


def listed(path, language="en"):
    """What /addresses lists of a page."""
    html = Visit().go("addresses", {"q": path or "home", "lang": language}).html
    return rows(html.split("<h2>")[1])


def drawn(visit):
    """What the page offers: by name the labels of its options, and what is chosen."""
    state, found = visit.at.session_state, {}
    for group in visit.at.button_group:
        name = next((name for name, key in KEYS.items() if key == group.key), (group.key or "").removeprefix("choice."))
        if group.key and (group.key.startswith("choice.") or name in KEYS):
            chosen = state[group.key]
            found[name] = (group.options, chosen if isinstance(chosen, list) else [chosen] if chosen else [])
    for picker in (*visit.at.selectbox, *visit.at.multiselect):
        if picker.key in PICKERS:
            chosen = state[picker.key]
            found["f"] = (picker.options, chosen if isinstance(chosen, list) else [chosen])
    for switch in visit.at.toggle:
        found[switch.key] = (["true", "false"], [str(switch.value).lower()])
    for slider in visit.at.select_slider:
        found[slider.key] = (slider.options, [str(slider.value)])
    for line in visit.at.text_input:
        if line.key.startswith("choice."):
            found[line.key.removeprefix("choice.")] = ([], [line.value])
    return found


@pytest.mark.parametrize("page", SET, ids=lambda page: page.path or "home")
def test_the_list_has_every_choice_of_a_page_with_its_words_and_default(page):
    language = "zh" if page.path in ("gated", "rounding", "choose", "dying") else "en"
    said = {name: row for name, row in listed(page.path, language).items() if name in page.all_choices}
    opened = drawn(Visit().go(page.path, {"lang": language}))
    offered = {name: list(options) for name, (options, _) in opened.items()}
    for name, choice in page.all_choices.items():
        if name in ("f", "ledger", "less", "code", "second") and (page.path, name) != ("derivative", "f"):
            continue
        for option in choice.options:
            for other, (options, _) in drawn(Visit().go(page.path, {name: option, "lang": language})).items():
                known = offered.setdefault(other, [])
                known += [label for label in options if label not in known]
                opened.setdefault(other, ([], []))
    linked = {name for path, name in LINKED if path == page.path}
    assert set(offered) == set(said) - linked
    for name, labels in offered.items():
        _, options, _, defaults = said[name]
        own = [label for _, label in options]
        if name == "card":  # A pill has the number of its sentence.
            assert sorted(map(int, labels)) == list(range(1, len(options) + 1))
        elif name in SOME:
            assert set(labels) <= set(own) or name == "ledger"
        else:
            assert len(labels) == len(own), name
            for label, (option, word) in zip(labels, options, strict=True):
                # A draw and a rate are called by their number, and the sizes of a gradient are written as powers.
                assert label == word or (word == option and (option in label or name == "target")), name
        if opened[name][1] and name != "code":
            assert opened[name][1] == defaults or name in linked, name


@each_language
def test_the_list_has_every_slider_of_every_page(language):
    html = Visit().go("addresses", {"lang": language}).html
    folded = re.findall(r"<details><summary>[^<]*<span>(.*?)</span></summary><p><a href='(.*?)\?.*?</details>", html)
    named = {path.removeprefix("./"): set(unescape(names).split(", ")) for names, path in folded}
    for page in PAGES:
        own = set(page.names) - ({"x0", "code", "second"} if page.path in CATALOGUE else set())
        assert named.get(page.path, set()) == own, page.path
    for page in SET:
        found = listed(page.path, language)
        for param in (*page.params, *page.later):
            means, _, numbers, defaults = found[param.name]
            assert means
            assert [*map(float, numbers)] == [param.low, param.high, param.step]
            assert [*map(float, defaults)] == [param.default]
        assert all(means for means, *_ in found.values())
        assert not re.search(r"[${*]|\]\(", "".join(means for means, *_ in found.values()))


@pytest.mark.parametrize("path", ["", "bends", "gate", "cost", "elu", "compare", "basics", "formula"])
def test_a_slider_is_called_in_the_list_as_on_its_page(path):
    visit, found = Visit().go(path, {"lang": "en"}), listed(path)
    assert visit.sliders
    for name, slider in visit.sliders.items():
        assert re.sub(r"=.*", "", plain(slider.label)) == re.sub(r"=.*", "", found[name][0])


@each_language
def test_the_names_of_every_page_are_explained(language):
    words = library.parts(language, "tools/addresses")
    html = Visit().go("addresses", {"lang": language}).html
    for name in (*addressed.EVERYWHERE, "x0", "code"):
        assert f"<code>{name}</code></th><td>{escape(words[f'about-{name}'])}" in html
    assert library.labels(language)["page.addresses"] in html


def strange(visit):
    return [plain(re.sub(r"<.*?>", "", line)) for line in re.findall(r"<p class='nl-strange.*?</p>", visit.html)]


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("vanishing", {"x0": "0.5"}, "This page has no setting called x0. Did you mean input? All names"),
        ("vanishing", {"dept": "3"}, "This page has no setting called dept. Did you mean depth? All names"),
        ("neuron", {"W1": "1"}, "This page has no setting called W1. Did you mean w1? All names"),
        ("relu", {"presnt": "1"}, "This page has no setting called presnt. Did you mean present? All names"),
        ("dying", {"qqqqq": "1"}, "This page has no setting called qqqqq. All names"),
        ("", {"depth": "9"}, "This page has no setting called depth. All names"),
    ],
)
def test_an_unknown_name_is_said_with_the_one_that_was_probably_meant(path, query, said):
    visit = Visit().go(path, {"lang": "en", **query})
    assert strange(visit) == [said]
    (link,) = [link for link in visit.links if link.startswith("addresses?") and "q=" in link]
    assert "q=" + (path or "home") in link
    names = visit.follow(link).html.split("<h2>")[1]
    assert all(f"<code>{name}</code>" in names for name in BY_PATH[path].names)


def test_what_was_typed_is_escaped_and_cut_and_only_three_names_are_said():
    names = ["<img src=x onerror=alert(1)>", "y" * 3000, "'\"&", "fourth"]
    html = Visit().go("relu", {"lang": "en", **dict.fromkeys(names, "1")}).html
    (line,) = re.findall(r"<p class='nl-strange.*?</p>", html)
    assert "<img" not in line
    assert line.count("<code>") == 3
    assert len(line) < 700
    assert "fourth" not in line


KNOWN = {"utm_source": "x", "utm_campaign": "y", "fbclid": "1", "gclid": "2", "msclkid": "3", "embed_options": "z"}
KNOWN |= {"lang": "en", "present": "0", "frame": "0", "key": "0", "hide": "nothing", "lock": "zzz", "lesson": "gates"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_no_name_that_is_known_or_of_others_is_said(page):
    assert strange(Visit().go(page.path, {**KNOWN, "place": "1", "q": "x", **dict.fromkeys(page.names, "1")})) == []


def test_only_the_page_at_which_a_visit_begins_says_it():
    visit = Visit().go("elu", {"lang": "en"})
    assert strange(visit.go("vanishing", {"lang": "en", "x0": "0.5"})) == []
    cold = Visit().go("vanishing", {"lang": "en", "x0": "0.5"})
    assert strange(cold.go("elu", {"lang": "en", "x0": "0.5"})) == []
    assert strange(cold.go("vanishing", {"lang": "en"})) == []
    assert strange(cold.go("vanishing", {"lang": "zh", "x0": "0.5"})) == [
        "本页没有名为 x0 的设置。 是否想用 input？ 所有名称"
    ]


@each_language
def test_an_unknown_page_shows_the_whole_list(language):
    for asked in ({}, {"q": "nowhere"}, {"q": "<script>"}, {"q": "teach"}):
        html = Visit().go("addresses", {"lang": language, **asked}).html
        assert html.split("<div class='nl-names'")[1].split("</div>")[0].count("<h2>") == 2
        assert "<script>" not in html


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_no_link_of_the_guide_sets_a_name_that_its_page_does_not_know(page):
    visit = Visit().go(page.path, {"lang": "en"})
    texts = [visit.html, *(each.value for each in visit.at.markdown)]
    links = [link for text in texts for link in re.findall(r"(?:href='|\]\()([^'\s)]+)", text)]
    seen = 0
    for link in map(urlsplit, map(unescape, links)):
        there = BY_PATH.get(link.path.removeprefix("./"))
        if there and not link.netloc and not link.scheme and link.query:
            seen += 1
            for name in parse_qs(link.query, keep_blank_values=True):
                assert addressed.is_known(name, there), (there.path, name)
    assert seen > 50


def test_no_address_in_the_lists_sets_a_name_that_its_page_does_not_know():
    lists = [(question.page, question.asked) for question in QUESTIONS]
    lists += [(card.page, card.asked) for card in CARDS]
    lists += [(step.path, dict(step.asked)) for name in lesson.READY for step in lesson.steps(name)]
    named = tomllib.loads((library.TEXT.parent / "names.toml").read_text(encoding="utf-8"))
    lists += [(urlsplit(address).path, parse_qs(urlsplit(address).query)) for address in named]
    lists += [(page.path, page.answer_state) for page in PAGES]
    assert len(lists) > 150
    for path, asked in lists:
        assert all(addressed.is_known(name, BY_PATH[path]) for name in asked), (path, asked)
