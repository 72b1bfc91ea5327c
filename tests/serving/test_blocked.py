"""What a page says without a live connection is whole, in plain text, and stands in the page once."""

import html
import re

import pytest
from asking import ask, behind

from pages.register import PAGES
from pages.shared import words
from serving import blocked, previews
from serving.routes import Pages

APP = Pages(behind)


def read(page, code):
    """The part of the page, and its text without markup."""
    answer = ask(APP, f"/{page.path}?lang={code}").body.decode()
    part = answer.partition('<div id="welcome">')[2].partition('<div id="root">')[0]
    return answer, part, html.unescape(re.sub(r"<[^>]*>", "\n", part))


@pytest.mark.parametrize("code", words.LANGUAGES)
@pytest.mark.parametrize("page", PAGES, ids=[page.path or "home" for page in PAGES])
def test_claim_picture_question_answers_and_reasons_stand_in_the_page_once(page, code):
    text = words.page(page.words, code)
    answer, part, plain_text = read(page, code)
    assert answer.count('<div id="welcome">') == 1
    assert answer.partition("<body>")[2].count(html.escape(previews.plain(text["claim"]))) == 1
    assert f'src="./cards/{previews.card(page).name}"' in part
    for why in ("script", "connection"):
        assert plain_text.count(words.label_in(code, f"blocked.{why}")) == 1
    asked = [number for number in "1234" if f"choice-{number}" in text]
    assert (blocked.readable(text["question"]) in plain_text) == bool(asked or not text["question"])
    for number in asked:
        assert blocked.readable(text[f"choice-{number}"]) in plain_text
    reasons = re.findall(r"([✓✗]) *([^\n]*)", plain_text)
    assert [mark for mark, _ in reasons] == ["✓" if number == text["right"] else "✗" for number in asked]
    assert all(len(reason) > 8 for _, reason in reasons)
    assert not set(plain_text) & set("$\\`{}*_"), "markup of the source"


@pytest.mark.parametrize(
    ("reason", "remaining"),
    [
        ("It takes {m_gelu} ns. A copy is cheaper. After {end} steps it is 1.5!", " A copy is cheaper."),
        ("要 {m_gelu} 纳秒。复制便宜得多。", "复制便宜得多。"),
        ("Half of $e^{x}$ is left. More than 1.5 times.", "Half of eˣ is left. More than 1.5 times."),
    ],
)
def test_reasons_leave_out_what_only_the_live_page_measures(reason, remaining):
    text = {"question": "Which?", "choice-1": "A", "why-1": reason, "right": "1"}
    assert f"<li>✓ {remaining.strip()}</ol>" in blocked.block(text, "en", "card.png")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"$\tfrac12$ of $\sqrt{2\pi}$ or $1/\sqrt N$", "1/2 of √(2π) or 1/√N"),
        (r"$e^{-x^2/2}$, $x^2$, $e^{-1}$, $w_1$", "e^(−x²/2), x², e⁻¹, w₁"),
        (r"$f'(x) = \alpha\,e^x \le 1$", "f′(x) = αeˣ ≤ 1"),
        (r"$\partial C/\partial w$ and $\ln 2/\beta$", "∂C/∂w and ln 2/β"),
        ("**Bold**, *slanted*, `code`, [a link](https://a.example)", "Bold, slanted, code, a link"),
        (":orange[**2**] is 1 * 2", "2 is 1 * 2"),
    ],
)
def test_markdown_and_latex_become_text_that_can_be_read(source, text):
    assert blocked.readable(source) == text
