"""A page on paper, read from the PDF that the browser prints."""

from __future__ import annotations

import io
import re
from unicodedata import normalize

import pytest
from conftest import Arrive, Profiles
from PIL import Image
from pypdf import PageObject, PdfReader
from visit import BY_PATH, Visit

from pages.shared import lesson, words

A4, LETTER = (595, 842), (612, 792)  # points


def printed(reader: Visit, size: str = "A4") -> PdfReader:
    """The page as PDF."""
    return PdfReader(io.BytesIO(reader.page.pdf(format=size, print_background=True)))


def plain(text: str) -> str:
    """A text without spaces, which a PDF has none of, and with usual signs for ligatures and Chinese radicals."""
    return "".join(normalize("NFKC", text).split())


def text_of(*pages: PageObject) -> str:
    """All their text, plain."""
    return plain(" ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_paper_has_settings_question_and_address_but_no_answer(profile: Profiles, server: str, size: str) -> None:
    reader = Visit(profile(color_scheme="dark").new_page(), server).open("dying?lang=en&step=3&act=step&predict=ask")
    pdf = printed(reader, size)
    assert pdf.pages[0].mediabox[2:] == pytest.approx(A4 if size == "A4" else LETTER, abs=2)
    text, of_page = text_of(*pdf.pages), words.page("topics/dying", "en")
    assert plain("Settings: One large step · Training time: 1 · Size η of the large step: 3.0 · ") in text
    for n in "1234":
        assert plain(f"☐ {of_page[f'choice-{n}']}") in text
        assert plain(of_page[f"why-{n}"][:25]) not in text
    assert plain(of_page["say"].split("…")[0]) in text
    assert plain(f"{server}/dying?lang=en") in text
    assert "Printedon" in text
    assert plain("CC BY 4.0") in text
    for gone in ("Ask me first", "Show the answer", "Defaults", "SVG", "Play", "Exploding gradients"):
        assert plain(gone) not in text, gone
    assert reader.complaints == []
    reader.page.close()


def test_paper_of_a_dark_page_is_light(profile: Profiles, server: str) -> None:
    reader = Visit(profile(color_scheme="dark").new_page(), server).open("elu?lang=en")
    reader.page.emulate_media(media="print")
    reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.page.set_viewport_size({"width": 700, "height": 1000})
    shot = Image.open(io.BytesIO(reader.page.screenshot())).convert("L")
    counts = shot.histogram()
    assert sum(counts[240:]) > 0.85 * sum(counts), "paper is white"
    pale = "[...document.querySelectorAll('.js-plotly-plot text')].map((text) => getComputedStyle(text).fill)"
    fills = {tuple(map(int, re.findall(r"\d+", fill)[:3])) for fill in reader.page.evaluate(pale)}
    assert all(min(fill) < 200 for fill in fills), fills
    reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert reader.page.locator(".nl-paper").count() == 0
    reader.page.close()


def test_an_answer_key_prints_every_reason_and_the_model_answer(arrive: Arrive) -> None:
    reader = arrive().open("gated?lang=en&key=1&predict=ask")
    text, of_page = text_of(*printed(reader).pages), words.page("topics/gated", "en")
    right = of_page["right"]
    assert plain(f"☒ {of_page[f'choice-{right}']}") in text
    assert text.count("☒") == 1
    assert plain(max(of_page["model"].split("$"), key=len).strip()) in text


def test_the_whole_ledger_is_printed(arrive: Arrive) -> None:
    reader = arrive().open("vanishing?lang=en&depth=30&ledger=sigmoid")
    reader.page.locator("[data-testid=stExpander]:has(.st-key-book) summary, .st-key-book").first.click()
    reader.settle()
    table = reader.page.locator(".st-key-book table")
    assert table.locator("tr").count() == 31
    reader.page.emulate_media(media="print")
    book, rows = (reader.page.locator(css).bounding_box() for css in (".st-key-book", ".st-key-book table"))
    assert book is not None
    assert rows is not None
    assert book["height"] >= rows["height"], "the table is cut"
    reader.page.emulate_media(media="null")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_lesson_is_printed_a_page_a_step_and_its_key_apart(arrive: Arrive, code: str) -> None:
    reader = arrive().open(f"elu?lang={code}")
    page, text = reader.page, words.page("tools/teach", code)
    steps = [BY_PATH[step.path] for step in lesson.steps("sigmoids")]
    for key in ("", "&key=1"):
        page.goto(f"{reader.base}/teach?lang={code}&lesson=sigmoids{key}")
        page.locator(".nl-steps li").nth(4).wait_for()
        reader.settle()
        # The text is read from the page as it is printed: a PDF has none where the machine has no Chinese font.
        page.emulate_media(media="print")
        whole = plain(page.locator(".stApp").inner_text())
        sheets = [plain(sheet.inner_text()) for sheet in page.locator("[class*=st-key-sheet-]").all()]
        page.emulate_media(media="null")
        if key:
            assert plain(text["goals-sigmoids"]) in whole
            assert plain(text["ticket"]) not in whole
            assert sheets == []
            continue
        assert len(printed(reader).pages) == len(steps) + 1
        for number, (shown, step) in enumerate(zip(sheets, steps, strict=True), 1):
            of_page = words.page(step.words, code)
            assert plain(f"{number}. {of_page['title']}") in shown
            assert shown.count("☐") == sum(f"choice-{n}" in of_page for n in "1234")
            assert f"place={number}" in shown
        assert plain(text["ticket-3"]) in whole
        assert plain(text["goals-sigmoids"]) not in whole


def test_the_sheet_of_answer_cards_is_one_page(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en")
    reader.page.goto(f"{reader.base}/answer-cards.html")
    pdf = printed(reader)
    assert len(pdf.pages) == 1
    assert pdf.pages[0].extract_text().split() == ["A", "1", "B", "2", "C", "3", "D", "4"]
