"""Every question of the guide is in each file for a course site, as the page asks it, whole and with its reasons."""

import re
import zipfile
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from asking import HOST, ask, behind, set_to

from activations import CATALOGUE
from pages.register import BY_PATH, PAGES
from pages.shared import words
from serving import course
from serving.course import anki, gift, qti
from serving.course.questions import Choice, Question
from serving.routes import Pages
from tests.all_cases import all_cases
from tests.oracle import course as read
from tests.oracle import library
from tests.oracle.questions import RIGHT

APP = Pages(behind)
ROOT = "https://guide.example/path"
READERS = {"gift.txt": read.gift, "qti.zip": read.qti, "anki.txt": read.anki}
ASKING = {page.path: page for page in PAGES if "question" in library.parts("en", page.words)}
MYTHS = BY_PATH["myths"].statements
# The languages that are whole; one that is being translated has some questions in English.
FILES = [f"nonlinear-{code}.{form}" for code in ("en", "zh") for form in READERS]
each_file = pytest.mark.parametrize("name", FILES)


def questions(name, root=ROOT):
    """What a course site finds in a file, by the id of the question, and its language."""
    code, form = course.FILES[name]
    found, _ = READERS[form](course.file(name, root))
    by_id = {each.id.removesuffix(f"-{code}") if form == "anki.txt" else each.id: each for each in found}
    assert len(by_id) == len(found)
    return by_id, code, form


def expected(text, form):
    """A text of the guide as such a file must show it."""
    sentences = re.split(r"(?<=[.?!])(?=\s)|(?<=[。？！])", text)
    quoting = [each for each in sentences if re.search(r"\{[a-z_]+\}", re.sub(r"\$[^$]*\$", "", each))]
    text = "".join(each for each in sentences if each not in quoting)
    formula = r"□" if form == "qti.zip" else r"\\(\1\\)"
    return re.sub(r"\$([^$]*)\$", formula, text).replace("`", "").replace("**", "")


def shown(html, form):
    """The text that a reader sees."""
    return (
        unescape(re.sub(r"</?(?:b|i|code)>", "", html)) if form != "qti.zip" else re.sub(r"</?(?:b|i|code)>", "", html)
    )


def test_there_is_a_file_of_each_format_in_each_language():
    assert set(course.FILES) == {f"nonlinear-{code}.{form}" for code in words.LANGUAGES for form in READERS}


@each_file
def test_every_question_of_the_register_and_every_sentence_to_judge_is_in_it(name):
    wanted = {f"nonlinear-{path or 'home'}" for path in ASKING} | {f"nonlinear-myths-{myth}" for myth in MYTHS}
    assert set(questions(name)[0]) == wanted
    assert len(wanted) >= len(CATALOGUE) + 20 + len(MYTHS)


@each_file
@all_cases("path", ASKING)
def test_a_prediction_is_asked_as_on_its_page_with_a_reason_for_each_choice(name, path):
    found, code, form = questions(name)
    page, part = found[f"nonlinear-{path or 'home'}"], library.parts(code, ASKING[path].words)
    numbers = [number for number in "1234" if f"choice-{number}" in part]
    assert shown(page.text, form) == expected(part["question"], form)
    assert [shown(each, form) for each in page.choices] == [expected(part[f"choice-{k}"], form) for k in numbers]
    assert [shown(each, form) for each in page.feedback] == [expected(part[f"why-{k}"], form) for k in numbers]
    right = str(RIGHT[path]()) if path in RIGHT else part["right"]
    assert [numbers[place] for place in page.right] == [right] == [part["right"]]


@each_file
@all_cases("myth", MYTHS)
def test_a_sentence_is_judged_as_on_its_card(name, myth):
    found, code, form = questions(name)
    card, part = found[f"nonlinear-myths-{myth}"], library.parts(code, "topics/myths")
    assert shown(card.text, form) == part[f"says-{myth}"]
    said = ["TRUE", "FALSE"] if form == "gift.txt" else [part["say-true"], part["say-false"]]
    assert card.choices == said
    assert [shown(each, form) for each in card.feedback] == [part[f"because-{myth}"]] * 2
    assert card.right == [0 if MYTHS[myth] else 1]


@each_file
def test_nothing_is_left_that_only_the_guide_can_read(name):
    found, _, form = questions(name)
    for one in found.values():
        for text in (one.title, one.text, *one.choices, *one.feedback):
            bare = re.sub(r"\\\(.*?\\\)", "□", text)
            assert not re.search(r"[$`{}]|\*\*|<!--|\]\(|:\w+\[|\\|\s\s|\n", bare), (one.id, text)
            assert text.strip() or form == "anki.txt"
            assert len(re.findall(r"\\\(", text)) == len(re.findall(r"\\\)", text))


@each_file
def test_the_title_is_that_of_the_page(name):
    found, code, form = questions(name)
    titles = {path: library.parts(code, page.words)["title"] for path, page in ASKING.items() if path}
    if form != "anki.txt":  # A card has no title; its deck is the part of the map.
        assert all(found[f"nonlinear-{path}"].title == title for path, title in titles.items())


@each_file
def test_questions_lie_together_as_on_the_map(name):
    code, form = course.FILES[name]
    _, groups = READERS[form](course.file(name, ROOT))
    map_of = library.labels(code)
    parts = {}
    for page in ASKING.values():
        part = map_of[f"map.{page.family}"]
        parts[part] = parts.get(part, 0) + 1
    parts[library.parts(code, "topics/myths")["title"]] = len(MYTHS)
    guide = map_of["name"]
    lead = {"gift.txt": f"$course$/top/{guide}/", "anki.txt": f"{guide}::", "qti.zip": ""}[form]
    assert groups == {f"{lead}{part}": count for part, count in parts.items()}


@each_file
def test_each_question_leads_to_the_picture_that_shows_its_answer(name):
    found, code, _ = questions(name)
    for path, page in ASKING.items():
        link = urlsplit(found[f"nonlinear-{path or 'home'}"].link)
        assert f"{link.scheme}://{link.netloc}{link.path}" == f"{ROOT}/{path}"
        asked = parse_qs(link.query)
        assert asked.pop("lang") == [code]
        assert list(asked) == list(page.answer_state)
        params = {param.name: param for param in (*page.params, *page.later)}
        for key, value in page.answer_state.items():
            assert asked[key] == [value] if isinstance(value, str) else params[key].settle(asked[key][0]) == value
    for myth in MYTHS:
        assert found[f"nonlinear-myths-{myth}"].link == f"{ROOT}/myths?card={myth}&lang={code}"


@each_file
def test_where_the_address_is_not_known_there_are_no_links(name):
    found, code, form = questions(name, "")
    assert {one.link for one in found.values()} == {None}
    whole = course.file(name, "").decode() if form != "qti.zip" else " ".join(one.text for one in found.values())
    assert "href" not in whole
    assert words.label_in(code, "course.see", page="") not in whole


def test_formulas_of_a_package_are_mathml():
    package = zipfile.ZipFile(BytesIO(course.file("nonlinear-en.qti.zip", ROOT)))
    item = package.read("items/nonlinear-elu.xml").decode()
    assert "<mi>&#x003B1;</mi>" in item  # α
    assert "\\alpha" not in item


HOSTILE = r"a~b=c#d{e}f:g\h 100 % <i>&amp; $\nu \neq {n}_{x}$ → “q” \n 'r'"
ODD = Question(
    "nonlinear-odd", HOSTILE, "A/B: c", HOSTILE, HOSTILE,
    (Choice(HOSTILE + " 1", HOSTILE, False), Choice(HOSTILE + " 2", HOSTILE, True)), f'{ROOT}/?q="<&=#:',
)  # fmt: skip
SHOWN = HOSTILE.replace(r"$\nu \neq {n}_{x}$", "□")


@pytest.mark.parametrize(
    ("write", "form"), [(gift.write, "gift.txt"), (qti.write, "qti.zip"), (anki.write, "anki.txt")]
)
def test_signs_that_a_format_takes_for_its_own_come_through(write, form):
    (found,), _ = READERS[form](write([ODD], "en"))
    wanted = SHOWN if form == "qti.zip" else HOSTILE.replace("$\\nu \\neq {n}_{x}$", r"\(\nu \neq {n}_{x}\)")
    texts = [found.text, *found.feedback]
    assert [text if form == "qti.zip" else unescape(text) for text in texts] == [wanted] * 3
    assert [text if form == "qti.zip" else unescape(text) for text in found.choices] == [f"{wanted} 1", f"{wanted} 2"]
    assert (found.right, found.link) == ([1], ODD.link)


@each_file
def test_the_server_offers_it_for_download_with_links_to_where_the_visitor_found_the_guide(name):
    answer = ask(APP, f"/course/{name}", x_forwarded_proto="https")
    kind = "application/zip" if name.endswith("zip") else "text/plain; charset=utf-8"
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.body == course.file(name, f"https://{HOST}")
    again = ask(APP, f"/course/{name}", x_forwarded_proto="https", if_none_match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_texts_are_sent_compressed_and_packages_as_they_are():
    for name in course.FILES:
        coding = ask(APP, f"/course/{name}", accept_encoding="gzip").headers.get("content-encoding", "")
        assert coding == ("" if name.endswith("zip") else "gzip")


@pytest.mark.parametrize("path", ["/course", "/course/", "/course/nonlinear-fr.qti.zip", "/course/../elu.gift.txt"])
def test_no_other_file_is_there(path):
    assert ask(APP, path).status == 404


def test_the_command_writes_the_same_files_with_links_to_the_public_address(tmp_path, monkeypatch):
    set_to(monkeypatch, public_address=ROOT)
    course.save(tmp_path / "new" / "folder")
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert written == {name: course.file(name, ROOT) for name in course.FILES}
