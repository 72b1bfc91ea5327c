"""Lessons: their addresses, their steps, and the plan with answers."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.register import BY_PATH
from pages.shared import lesson
from tests.oracle import library
from tests.oracle.visitor import Visit

LANGUAGES = ("en", "zh")
# As a teacher plans them: the pages and what a class takes for each.
PLANNED = {
    "sigmoids": {"basics": 5, "derivative": 6, "vanishing": 14, "exploding": 10, "dying": 10},
    "gates": {"relu": 5, "dying": 10, "gate": 8, "gated": 12, "race": 10},
    "numbers": {"approximations": 8, "rounding": 12, "softmax": 10},
}
LASTS = {"sigmoids": 45, "gates": 45, "numbers": 30}


def parts(language):
    return library.parts(language, "tools/teach")


def links(visit, css):
    """Address and text of each link within the HTML that has this class."""
    (found,) = re.findall(rf"<(\w+) class='{css}'[^>]*>(.*?)</\1>", visit.html, re.S)
    return [
        (unescape(href), unescape(text))
        for href, text in re.findall(r"<a [^>]*href='([^']*)'[^>]*>(.*?)</a>", found[1])
    ]


def said(visit):
    return "\n".join(each.value for each in visit.at.markdown)


@pytest.mark.parametrize("name", PLANNED)
def test_the_ready_lessons_last_as_long_as_they_say(name):
    steps = lesson.steps(name)
    assert {step.path: BY_PATH[step.path].minutes for step in steps} == PLANNED[name]
    assert sum(PLANNED[name].values()) == LASTS[name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_ready_lesson_has_its_words_and_links(language):
    visit, words = Visit().go("teach", {"lang": language}), parts(language)
    for name, minutes in LASTS.items():
        assert words[f"lesson-{name}"] in said(visit)
        plan = words["minutes"].format(count=len(PLANNED[name]), minutes=minutes)
        assert f"{words[f'about-{name}']} {plan}" in said(visit)
        for link in (f"teach?lang={language}&predict=0&lesson={name}", "key=1", "present=1"):
            assert link in said(visit)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANNED)
def test_students_see_the_steps_and_no_answer(language, name):
    visit, words = Visit().go("teach", {"lang": language, "lesson": name}), parts(language)
    found = links(visit, "nl-steps")
    titles = [library.parts(language, BY_PATH[path].words)["title"] for path in PLANNED[name]]
    assert [text for _, text in found] == titles
    for number, (link, path) in enumerate(zip(found, PLANNED[name], strict=True), 1):
        asked = parse_qs(urlsplit(link[0]).query)
        assert urlsplit(link[0]).path == path
        assert (asked["lesson"], asked["place"]) == ([name], [str(number)])
    shown = said(visit)
    assert words[f"goals-{name}"] not in shown
    for path in PLANNED[name]:
        of_page = library.parts(language, BY_PATH[path].words)
        assert of_page["why-1"] not in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANNED)
def test_the_plan_has_goals_homework_and_every_reason(language, name):
    visit, words = Visit().go("teach", {"lang": language, "lesson": name, "key": "1"}), parts(language)
    shown = said(visit)
    for part in ("goals", "before", "homework"):
        assert words[f"{part}-{name}"] in shown
    for path in PLANNED[name]:
        of_page = library.parts(language, BY_PATH[path].words)
        right = of_page["right"]
        assert f"✓ **{of_page[f'choice-{right}']}**" in shown
        assert shown.count("✓") == len(PLANNED[name])
        for number in "1234":
            if f"why-{number}" in of_page:
                assert of_page[f"why-{number}"] in shown
    assert not re.search(r"\{\w+\}", re.sub(r"\$[^$]*\$", "", shown)), "a mark without its number"


def test_a_lesson_of_pasted_addresses_is_one_address():
    visit = Visit().go("teach", {"lang": "en"})
    pasted = (
        "https://guide.example/base/vanishing?w=4&f=tanh&f=relu&lang=zh&present=1\n\nnowhere?x=1\nhome\n/elu?alpha=0.3"
    )
    visit.at.text_area(key="teach.addresses").set_value(pasted).run()
    assert "There is no page at <code>nowhere?x=1</code>. This line is left out." in visit.html
    visit.at.button(key="teach.made").click().run()
    assert lesson.steps(visit.at.query_params["lesson"]) == (
        lesson.Step("vanishing", (("w", "4"), ("f", "tanh"), ("f", "relu"))),
        lesson.Step(""),
        lesson.Step("elu", (("alpha", "0.3"),)),
    )
    (first, _), (second, _), (third, _) = links(visit, "nl-steps")
    asked = parse_qs(urlsplit(first).query)
    assert (asked["w"], asked["f"], asked["place"], asked["lang"]) == (["4"], ["tanh", "relu"], ["1"], ["en"])
    assert (urlsplit(second).path, urlsplit(third).path) == ("./", "elu")


def test_a_name_that_the_page_of_a_line_does_not_know_is_said():
    visit = Visit().go("teach", {"lang": "en"})
    pasted = "vanishing?x0=1&w=2&hide=w\nelu?x0=1&<b>=1\nnowhere?y=1"
    visit.at.text_area(key="teach.addresses").set_value(pasted).run()
    strange = re.findall(r"<p>([^<]*no setting.*?)</p>", visit.html)
    assert strange == [
        "Vanishing gradients: This page has no setting called <code>x0</code>. Did you mean <code>input</code>?",
        "ELU: This page has no setting called <code>&lt;b&gt;</code>.",
    ]


def test_a_page_that_is_chosen_becomes_a_line():
    visit = Visit().go("teach", {"lang": "en"})
    for path in ("dying", ""):
        visit.at.selectbox(key="teach.added").set_value(path).run()
    assert visit.at.text_area(key="teach.addresses").value == "dying\nhome"
    # The steps of a ready lesson are that lesson.
    visit.at.text_area(key="teach.addresses").set_value("\n".join(PLANNED["sigmoids"])).run()
    visit.at.button(key="teach.made").click().run()
    assert visit.at.query_params["lesson"] == "sigmoids"


@pytest.mark.parametrize("code", ["nowhere", "~~~", "x" * 5000, "<script>alert(1)</script>", "dying?%00~nope"])
def test_an_address_without_known_pages_shows_the_ready_lessons(code):
    visit = Visit().go("teach", {"lang": "en", "lesson": code})
    assert not visit.at.exception
    assert "<script" not in visit.html
    known = "dying" in code
    assert (parts("en")["unknown"] in said(visit)) is not known


def test_a_lesson_that_is_too_long_is_not_made():
    visit = Visit().go("teach", {"lang": "en"})
    for lines, made in ((["dying"] * 30, True), (["dying"] * 31, False), ([f"elu?alpha={'1' * 600}"] * 3, False)):
        visit.at.text_area(key="teach.addresses").set_value("\n".join(lines)).run()
        assert visit.at.button(key="teach.made").disabled is not made
        assert ("A lesson has at most 30 pages" in said(visit)) is not made


def test_a_lesson_has_an_end():
    steps = [lesson.Step("elu", (("alpha", "0.3"),))] * 40
    assert len(lesson.known("~".join(map(str, steps)), BY_PATH)) == lesson.MOST_STEPS


@pytest.mark.parametrize(
    ("path", "step", "expected"),
    [
        ("basics", "1", (None, "1 of 5", "derivative")),
        ("vanishing", "3", ("derivative", "3 of 5", "exploding")),
        ("dying", "5", ("exploding", "5 of 5", "teach")),
        ("dying", "99", ("exploding", "5 of 5", "teach")),
        ("basics", "-3", (None, "1 of 5", "derivative")),
        ("basics", "nan", (None, "1 of 5", "derivative")),
    ],
)
@pytest.mark.parametrize("present", ["", "1"])
def test_the_arrows_follow_the_lesson(path, step, expected, present):
    visit = Visit().go(path, {"lang": "en", "lesson": "sigmoids", "place": step, "present": present})
    before, place, after = expected
    (nav,) = re.findall(r"<nav class='nl-lesson'.*?</nav>", visit.html, re.S)
    ways = dict(re.findall(r"<a class='(previous|next)' href='([^?]*)\?", nav))
    assert (ways.get("previous"), ways["next"]) == (before, after)
    assert f"<summary>{place}</summary>" in nav
    assert re.findall(r"aria-current=step>([^<]*)<", nav) == [library.parts("en", BY_PATH[path].words)["title"]]
    assert visit.html.count("class='next'") == 1, "no other way onward"


def test_a_page_outside_the_lesson_leads_back_to_it():
    visit = Visit().go("elu", {"lang": "en", "lesson": "sigmoids", "place": "3"})
    (nav,) = re.findall(r"<nav class='nl-lesson'.*?</nav>", visit.html, re.S)
    assert "‹ Back to 3 of 5: Why do gradients vanish?" in nav
    assert "href='vanishing?" in nav
    assert not any("lesson=" in link for link in visit.map.values()), "a long lesson stands in no link of the map"


def test_no_slider_has_a_name_by_which_an_address_speaks_of_the_reader():
    names = {param.name for page in BY_PATH.values() for param in (*page.params, *page.later)}
    chosen = {name for page in BY_PATH.values() for scene in page.scenes for name in scene.choices}
    assert not {"lang", "present", "predict", "key", "frame", "embed", "hide", "lock", "lesson", "place"} & (
        names | chosen
    )
