"""What a class hands in: the form at the end of a lesson, and what is counted of pasted lines."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from pages.register import BY_PATH
from tests.oracle import library
from tests.oracle.visitor import Visit

LANGUAGES = ("en", "zh")
STEPS = ("basics", "derivative", "vanishing", "exploding", "dying")
CLASS = (
    ("Ada", {"basics": "2", "vanishing": "3", "dying": "shown"}, "A product of factors.", "https://a.example/vanishing?w=4&hide=w&lang=zh&key=1"),
    ("Bo", {"vanishing": "3", "dying": "1"}, "=1+1 <b>bold</b> [link](https://x.example)", "javascript:alert(1)"),
    ("Cy", {"vanishing": "1", "basics": "1", "dying": "4"}, "", "https://a.example/nowhere?x=1"),
    ("Di", {}, "", "http://[" ),
    ("Ada", {"basics": "3", "vanishing": "1", "dying": "shown"}, "A product of slopes.", "https://me@a.example/vanishing"),
)  # fmt: skip


def line(name, answers, sentence, address, lesson="sigmoids"):
    values = {"n": name, "l": lesson, "a": answers, "s": sentence, "u": address}
    return f"nonlinear1 {json.dumps(values, ensure_ascii=False)}"


PASTED = "\n".join(line(*each) for each in CLASS)
COUNTED = CLASS[1:]  # Ada has handed in twice


def words_of(language, page="tools/tally"):
    return library.parts(language, page)


def tally(text=PASTED, language="en"):
    return Visit().go("tally", {"lang": language}).set("tally.pasted", text)


def bars(visit):
    """Each bar: what it says, and how full it is in percent."""
    return [(bar.proto.text, bar.proto.value) for bar in visit.at.get("progress")]


def table(visit):
    (text,) = re.findall(r"data-csv='([^']*)'", visit.html)
    return list(csv.reader(io.StringIO(unescape(text), newline="")))


def sentences(visit):
    (found,) = re.findall(r"<section class='nl-sentences'>(.*?)</section>", visit.html, re.S)
    return found


def shown(visit):
    return "\n".join(each.value for each in visit.at.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_a_lesson_has_its_bar(language):
    expected = []
    for path in STEPS:
        of_page = words_of(language, f"topics/{path}")
        given = [answers[path] for _, answers, *_ in COUNTED if path in answers]
        own = [answer for answer in given if answer != "shown"]
        for number in "1234":
            if f"choice-{number}" in of_page:
                percent = f" · {round(100 * own.count(number) / len(own))} %" if own else ""
                choice = of_page[f"choice-{number}"]
                text = f"**{number}.** {choice}: **{own.count(number)}**{percent}"
                expected.append((text, int(100 * own.count(number) / len(own)) if own else 0))
    visit = tally(language=language)
    assert [(text, value) for text, value in bars(visit)] == expected
    words = words_of(language)
    assert words["count"].format(count=4) in shown(visit)
    assert words["others"].format(shown=1, none=1) in shown(visit), "of the page about dying units"
    assert shown(visit).count(words["others"].format(shown=0, none=4)) == 2
    assert words["problem-twice"].format(line=1, name="Ada") in visit.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_answers_are_marked_only_at_the_switch(language):
    visit = tally(language=language)
    assert not [text for text, _ in bars(visit) if "✓" in text]
    marked = [text for text, _ in bars(visit.set("tally.right", True)) if text.startswith("✓ ")]
    of_pages = [words_of(language, f"topics/{path}") for path in STEPS]
    for text, of_page in zip(marked, of_pages, strict=True):
        assert f" {of_page['choice-' + of_page['right']]}: **" in text


def test_sentences_and_settings_are_shown_with_names_or_without():
    visit = tally()
    found = sentences(visit)
    assert re.findall(r"<b>(.*?)</b>", found) == ["Bo", "Cy", "Di", "Ada"]
    assert "<q>A product of slopes.</q>" in found
    assert "A product of factors." not in visit.html, "the last line counts"
    nameless = visit.set("tally.nameless", True)
    assert "<b>" not in sentences(nameless)
    assert (
        "Ada"
        not in nameless.html.replace(unescape(re.findall(r"data-csv='([^']*)'", nameless.html)[0]), "").split(
            "data-csv"
        )[0]
    )
    assert "<q>A product of slopes.</q>" in sentences(nameless)


def test_nothing_that_is_typed_becomes_markup():
    visit = tally()
    assert "&lt;b&gt;bold&lt;/b&gt;" in sentences(visit)
    assert "x.example" not in shown(visit), "a sentence is no Markdown"
    hostile = [
        line(f"<img src=x onerror=alert(1)> ' \" {k}", {}, "'><script>alert(1)</script>", "http://x/'><script>")
        for k in range(2)
    ]
    page = tally("\n".join([*hostile, hostile[0], 'nonlinear1 {"n":"<script>"']))
    assert not re.search(r"<(script|img src=x)", page.html)
    assert page.html.count("&lt;img") >= 4, "also where it is said that a name came twice"


def test_addresses_lead_only_into_this_guide():
    pasted = [
        "https://a.example/base/vanishing?depth=50&w=4&hide=w&lock=b&lang=zh&key=1&present=1&path=x",
        "http://anywhere.example/elu?f=a&f=b",
        "HTTPS://a.example/softmax?show=log#part",
        *(
            "javascript:alert(1)//vanishing",
            "https://a.example/nowhere",
            "http://[",
            "https://me:you@a.example/vanishing",
        ),
        *("vanishing?w=4", "data:text/html,/vanishing", "//a.example/vanishing"),
    ]
    found = sentences(tally("\n".join(line(f"n{k}", {}, "", each) for k, each in enumerate(pasted))))
    links = [unescape(link) for link in re.findall(r"<a href='([^']*)'", found)]
    asked = [(urlsplit(link), parse_qs(urlsplit(link).query)) for link in links]
    assert all(not parts.scheme and not parts.netloc for parts, _ in asked)
    assert [(parts.path, query) for parts, query in asked] == [
        ("vanishing", {"lang": ["en"], "predict": ["0"], "depth": ["50"], "w": ["4"], "path": ["x"]}),
        ("elu", {"lang": ["en"], "predict": ["0"], "f": ["a", "b"]}),
        ("softmax", {"lang": ["en"], "predict": ["0"], "show": ["log"]}),
    ]
    assert [unescape(text) for text in re.findall(r"<code>(.*?)</code>", found)] == pasted[3:]


def test_the_setting_that_is_handed_in_opens_and_proves_the_challenge():
    address = "https://a.example/vanishing?depth=50&w=4.0&b=-2.0&input=0.5&f=sigmoid&f=relu"
    visit = tally(line("Ada", {}, "", address))
    (link,) = re.findall(r"<a href='([^']*)'", sentences(visit))
    opened = visit.follow(unescape(link))
    assert words_of("en", "topics/vanishing")["challenge-done"] in opened.text
    assert opened.values["depth"] == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_a_row_for_each_student_and_no_formula(language):
    visit, words = tally(language=language), words_of(language)
    head, *rows = table(visit)
    titles = [words_of(language, f"topics/{path}")["title"] for path in STEPS]
    assert head == [words["head-name"], words["head-lesson"], *titles, words["sentences"], words["head-address"]]
    for row, (name, answers, sentence, address) in zip(rows, COUNTED, strict=True):
        safe = f"'{sentence}" if sentence.startswith("=") else sentence
        assert row == [name, "sigmoids", *(answers.get(path, "") for path in STEPS), safe, address]


def test_what_is_wrong_is_said_by_its_line():
    words = words_of("en")
    assert words["problem-none"] in tally("Hello").html
    visit = tally(
        "Dear teacher,\n\nnonlinear1 {broken\n"
        + line("", {}, "x", "")
        + "\n"
        + line("Bo", {}, "", "", "no such lesson")
    )
    assert words["problem-broken"].format(line=3) in visit.html
    assert words["problem-nameless"].format(line=4) in visit.html
    assert words["no-name"] in sentences(visit)
    assert words["lessons"].format(count=2) in shown(visit)
    empty = Visit().go("tally", {"lang": "en"})
    assert "data-csv" not in empty.html
    assert " data-ready>" in empty.html, "without it the page stays behind its welcome"


def test_lines_are_kept_while_a_visit_lasts_and_by_nobody_else():
    visit = tally()
    bars_before = bars(visit)
    visit.go("elu", {"lang": "en"}).go("tally", {"lang": "en"})
    assert bars(visit) == bars_before
    assert bars(Visit().go("tally", {"lang": "en"})) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", ["sigmoids", "gates", "numbers", "vanishing?w=4~home~teach~vanishing"])
def test_a_lesson_ends_with_a_form_about_each_of_its_questions(language, lesson):
    steps = {
        "sigmoids": STEPS, "gates": ("relu", "dying", "gate", "gated", "race"),
        "numbers": ("approximations", "rounding", "softmax"),
    }.get(lesson, ("vanishing", "home"))  # fmt: skip
    visit = Visit().go("teach", {"lang": language, "lesson": lesson})
    (form,) = re.findall(r"<section class='nl-handin'.*?</section>", visit.html, re.S)
    items = re.findall(r"<li data-page='(\w+)' (.*?)>.*?<a href='(.*?)'>(.*?)</a>", form)
    assert [page for page, *_ in items] == list(steps)
    for page, data, link, text in items:
        of_page = words_of(language, BY_PATH["" if page == "home" else page].words)
        choices = {f"data-choice-{k}": of_page[f"choice-{k}"] for k in "1234" if f"choice-{k}" in of_page}
        assert {name: unescape(said) for name, said in re.findall(r"([\w-]+)='(.*?)'", data)} == choices
        assert urlsplit(unescape(link)).path in (page, "./")
        assert text == words_of(language, "tools/teach")["no-answer"]
    assert "nl-handin" not in Visit().go("teach", {"lang": language, "lesson": lesson, "key": "1"}).html
    assert "nl-handin" not in Visit().go("teach", {"lang": language}).html


def test_the_form_begins_with_the_sentences_of_the_visit():
    visit = Visit().go("derivative", {"lang": "en"}).set("said.derivative", 'A slope <i>"here"</i>')
    visit.go("exploding", {"lang": "en"}).set("said.exploding", "Each layer multiplies.")
    visit.go("relu", {"lang": "en"}).go("teach", {"lang": "en", "lesson": "sigmoids"})
    (said,) = re.findall(r"data-field='s' .*?>(.*?)</textarea>", visit.html, re.S)
    assert said == "A slope &lt;i&gt;&quot;here&quot;&lt;/i&gt; Each layer multiplies."
    assert visit.go("derivative", {"lang": "en"}).at.text_area(key="said.derivative").value == 'A slope <i>"here"</i>'
