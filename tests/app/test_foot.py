"""Under every page, but not on a slide, stand the licences and how the guide is cited."""

import re
from html import unescape

import pytest

from pages.register import PAGES
from tests.oracle.source import ROOT
from tests.oracle.visitor import Visit

SAID = {"en": ("Words and pictures: ", "Code: MIT.", "How to cite"), "zh": ("文字与图：", "代码：MIT。", "如何引用")}
LINK = "<a rel='license' href='https://creativecommons.org/licenses/by/4.0/' target='_blank'>CC BY 4.0</a>"
KINDS = ["", "elu", "vanishing", "myths", "questions", "compare"]


def feet(page):
    return re.findall(r"<footer class='nl-licence'>(.*?)</footer>", page.html, re.S)


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("path", KINDS)
def test_a_page_ends_with_the_licences_and_how_it_is_cited(path, language):
    page = Visit().ask(path, {"lang": language})
    (foot,) = feet(page)
    content, code, cite = SAID[language]
    assert foot.startswith(f"{content}{LINK}")
    assert code in foot
    assert f"<summary>{cite}</summary>" in foot
    cited = (ROOT / "assets" / "citation.bib").read_text(encoding="utf-8").split("{address}")
    shown = unescape(re.search(r"<pre>(.*)</pre>", foot, re.S)[1])
    assert shown.startswith(cited[0])
    assert shown.endswith(cited[1])


def test_a_slide_has_no_foot():
    assert feet(Visit().ask("elu", {"present": "1"})) == []


def test_every_kind_of_page_is_tried():
    assert {page.kind for page in PAGES} == {page.kind for page in PAGES if page.path in KINDS}
