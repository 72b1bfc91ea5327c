"""The glossary, and the prose of the guide in which the first mention of a term explains itself."""

import re

import pytest
import streamlit as st

from pages.register import BY_PATH, PAGES
from pages.shared import glossary, words
from tests.oracle import library
from tests.oracle.visitor import Visit

each_language = pytest.mark.parametrize("language", ["en", "zh"])
LINK = re.compile(r'\[([^\[\]]*)\]\(([^()\s]*glossary\?[^()]*?q=([\w-]+))(?: "([^"]*)")\)')


def terms(language):
    return library.parts(language, "tools/glossary")


@pytest.fixture(params=["en", "zh"])
def spoken(request):
    """The language that texts are explained in, outside of any page."""
    st.session_state["language"] = request.param
    yield request.param
    del st.session_state["language"]


@each_language
def test_every_term_is_explained_briefly_in_plain_text(language):
    text = terms(language)
    assert {name.removeprefix("q-") for name in text if name.startswith("q-")} == set(glossary.SHOWN)
    forms = [form.strip().lower() for name in text if name.startswith("names-") for form in text[name].split("|")]
    assert len(set(forms)) == len(forms), "a form stands for one term"
    for term in glossary.SHOWN:
        explanation = text[f"a-{term}"]
        assert not set(explanation) & set('"{}$`[]*\\\n'), term
        assert (len(explanation.split()) if language == "en" else len(explanation) / 2) <= 45, term


def test_each_term_leads_to_a_page_that_is_as_its_link_says():
    for term, (path, says) in glossary.SHOWN.items():
        page = Visit().go(
            path,
            {name: list(map(str, value)) if isinstance(value, list) else str(value) for name, value in says.items()},
        )
        assert path in BY_PATH
        for name, value in says.items():
            if name in page.sliders:
                assert page.values[name] == value, term
            else:
                # A choice that does not exist is put back in the address.
                values = page.at.query_params.get(name)
                values = values if isinstance(values, list) else [values]
                assert values == (value if isinstance(value, list) else [value]) or values == [None], (term, name)


@each_language
def test_the_page_has_all_terms_and_the_one_that_is_asked_for_at_its_top(language):
    text = terms(language)
    page = Visit().go("glossary", {"lang": language, "q": "saturated"})
    assert page.title == text["q-saturated"]
    assert page.at.markdown[0].value.startswith(text["a-saturated"])
    assert page.html.count("<dt>") == len(glossary.SHOWN)
    assert " data-ready>" in page.html, "without it the page stays behind its welcome"
    assert "aria-current='true'>" + text["q-saturated"] in page.html
    unknown = Visit().go("glossary", {"lang": language, "q": "nothing"})
    assert unknown.title == text["title"]
    assert unknown.at.markdown[0].value == text["unknown"]


@each_language
def test_on_no_page_is_a_term_explained_twice_or_as_another(language):
    text, met = terms(language), set()
    for page in PAGES:
        if page.path == "glossary":
            continue
        prose = "\n".join(element.value for element in Visit().go(page.path, {"lang": language}).at.markdown)
        found = LINK.findall(prose)
        assert len({term for _, _, term, _ in found}) == len(found), page.path
        for form, link, term, explanation in found:
            assert f"lang={language}" in link
            assert explanation == text[f"a-{term}"]
            assert form.lower() in [one.strip().lower() for one in text[f"names-{term}"].split("|")]
            assert glossary.SHOWN[term][0] != page.path or page.kind == "functions"
        met |= {term for _, _, term, _ in found}
        for line in prose.splitlines():
            assert not (line.startswith(("#", "|")) and "glossary?" in line), line
    assert len(met) >= 15, "hardly any term is met in prose"


APART = {
    "en": "## A kink\n\n`a kink` and $kink$ and [a kink](relu) and *the kink* and {kink}\n\n| kink |\n\nnon-kink",
    "zh": "## 折点\n\n`折点` 和 $折点$ 和 [折点](relu) 和 *折点* 和 {kink}\n\n| 折点 |",
}
PLAIN = {"en": ("Kinks and a kink; saturated.", "Kinks"), "zh": ("有折点的函数会饱和，折点处。", "折点")}


def test_only_prose_is_explained_and_only_once(spoken):
    assert glossary.explained(APART[spoken]) == [APART[spoken]]
    prose, first = PLAIN[spoken]
    one, two = glossary.explained(prose, prose)
    assert [form for form, *_ in LINK.findall(one)] == [first, "saturated" if spoken == "en" else "饱和"]
    assert LINK.sub(r"\1", one) == two == prose
    assert words.language() == spoken


def test_the_longest_term_counts(spoken):
    prose = {"en": "a vanishing gradient and gradient descent", "zh": "临界增益之下梯度消失"}[spoken]
    (found,) = glossary.explained(prose)
    assert [term for _, _, term, _ in LINK.findall(found)] == {
        "en": ["vanishing-gradient", "gradient-descent"], "zh": ["critical", "vanishing-gradient"],
    }[spoken]  # fmt: skip
