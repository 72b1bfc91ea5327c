"""Each question has an address that opens its answer, a link whose setting shows it, and lines that run."""

import contextlib
import hashlib
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from scipy import special

from activations import CATALOGUE
from pages.register import BY_PATH
from pages.tools.questions.asked import BY_SLUG, CODE, GROUPS, QUESTIONS, ran
from tests.oracle import library
from tests.oracle.blob import plain
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
NUMPY = ("softmax", "softmax_jacobian", "stable_sigmoid")


def linked(page):
    """Where the answer leads, by path and what the address sets."""
    (link,) = re.findall(r"→ \[[^\]]+\]\(([^)]+)\)", page.at.markdown[0].value)
    asked = urlsplit(link)
    return asked.path, parse_qs(asked.query)


@each_language
def test_each_question_has_an_address_that_opens_its_answer(language):
    words, page = library.parts(language, "tools/questions"), Visit()
    for question in QUESTIONS:
        page.ask("questions", {"q": question.slug, "lang": language})
        assert page.title == words[f"q-{question.slug}"]
        assert library.unexplained(page.at.markdown[0].value).startswith(words[f"a-{question.slug}"])
        path, asked = linked(page)
        assert path == question.page
        assert asked.pop("lang") == [language]
        set_here = {name: value if isinstance(value, list) else [value] for name, value in question.asked.items()}
        assert asked == {name: list(map(str, values)) for name, values in set_here.items()}
        assert [code.value for code in page.at.code] == ([question.lines] if question.code else [])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.slug)
def test_the_page_of_a_link_stands_as_its_address_says(question):
    page, visitor = BY_PATH[question.page], Visit().ask(question.page, question.asked)
    params = {param.name: param for param in (*page.params, *page.later)}
    for name, value in question.asked.items():
        if name in params:
            assert params[name].settle(value) == value, f"{name} has no such position"
            assert visitor.values[name] == value
        elif name == "f":
            assert set([value] if isinstance(value, str) else value) <= set(CATALOGUE)
            pills = [group for group in visitor.at.button_group if group.key == "choice.f"]
            picked = [*visitor.at.selectbox, *visitor.at.multiselect, *pills]
            assert any(one.value in (value, [value]) for one in picked)
        else:
            assert visitor.at.session_state[f"choice.{name}"] == str(value)


@each_language
def test_all_questions_are_listed_below_their_headings(language):
    words, page = library.parts(language, "tools/questions"), Visit().ask("questions", {"lang": language})
    assert page.title == words["title"]
    (listed,) = (part.proto.body for part in page.at.get("html") if "nl-questions" in part.proto.body)
    sections = re.findall(r"<section><h2>(.*?)</h2>(.*?)</section>", listed)
    assert [head for head, _ in sections] == [words[f"group-{group}"] for group in GROUPS]
    found = re.findall(r"<a href='questions\?([^']*)'>(.*?)</a>", "".join(links for _, links in sections))
    addresses = [parse_qs(asked.replace("&amp;", "&")) for asked, _ in found]
    assert addresses == [{"lang": [language], "q": [question.slug]} for question in QUESTIONS]
    assert len({called for _, called in found}) == len(QUESTIONS) == 42


def test_an_unknown_question_is_reported_and_all_are_listed():
    page = Visit().ask("questions", {"q": "<script>", "lang": "en"})
    words = library.parts("en", "tools/questions")
    assert page.title == words["title"]
    assert [element.value for element in page.at.markdown] == [words["unknown"]]
    assert page.html.count("questions?") >= 40
    assert "<script>" not in page.html


def test_the_language_switch_keeps_the_question():
    page = Visit().ask("questions", {"q": "dying", "lang": "en"})
    page.switch("lang='zh-CN'")
    assert page.title == library.parts("zh", "tools/questions")["q-dying"]


@each_language
def test_an_answer_is_short(language):
    words = library.parts(language, "tools/questions")
    stop = r"[.?!](?= [A-Z]|$)" if language == "en" else "[。？！；：]"
    for slug in BY_SLUG:
        sentences = re.split(stop, plain(words[f"a-{slug}"]).strip())
        assert 2 <= len([one for one in sentences if one]) <= (6 if language == "en" else 10), slug


def run(name):
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec((CODE / f"{name}.py").read_text(encoding="utf-8"), space)
    return space


def test_softmax_in_numpy_is_scipys():
    found, z = run("softmax"), np.array([[1000.0, 999.0, -1000.0], [0.3, -0.2, 5.0]])
    np.testing.assert_allclose(found["softmax"](z), special.softmax(z, axis=-1), rtol=1e-13)
    np.testing.assert_allclose(found["log_softmax"](z), special.log_softmax(z, axis=-1), rtol=1e-13)


def test_the_jacobian_in_numpy_is_that_of_finite_differences():
    found, z, step = run("softmax_jacobian"), np.array([0.4, -1.0, 2.0, 0.0]), 1e-6
    eye = np.eye(4) * step
    differences = [(special.softmax(z + row) - special.softmax(z - row)) / (2 * step) for row in eye]
    np.testing.assert_allclose(found["jacobian"](z), np.array(differences).T, atol=1e-9)
    grad = np.array([1.0, -2.0, 0.5, 3.0])
    np.testing.assert_allclose(found["backward"](z, grad), found["jacobian"](z).T @ grad, rtol=1e-12)


def test_the_stable_sigmoid_is_scipys_and_never_overflows():
    found, x = run("stable_sigmoid"), np.linspace(-1000, 1000, 4001)
    with np.errstate(over="raise"):
        np.testing.assert_allclose(found["sigmoid"](x), special.expit(x), rtol=1e-14, atol=1e-307)
        np.testing.assert_allclose(found["softplus"](x), -special.log_expit(-x), rtol=1e-14)


def test_the_lines_in_pytorch_are_those_that_were_run():
    stored = json.loads((CODE / "ran.json").read_text(encoding="utf-8"))
    files = {path.stem: path for path in CODE.glob("*.py")}
    assert {question.code for question in QUESTIONS if question.code} == set(files) == {*stored["files"], *NUMPY}
    assert dict(ran()) == dict.fromkeys(stored["files"], stored["version"])
    for name, digest in stored["files"].items():
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() == digest, f"run `make frameworks`: {name} changed"
