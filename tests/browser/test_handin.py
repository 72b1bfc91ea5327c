"""A lesson is handed in as one line and counted, by hand and without anything stored on a server."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from conftest import PHONE, Arrive
from playwright.sync_api import expect
from visit import BY_PATH, Visit, asked
from whole import assert_no_wider, assert_open_to_all

OTHERS = (  # one as a mail program quotes and wraps it, one with curled quotes
    'From: Bo\n> nonlinear1 {"n":"Bo","l":"sigmoids","a":{"derivative":"1",\n'
    '> "vanishing":"shown"},"s":"=1+1","u":""}\n'
    "nonlinear1 {“n”:“Cy”,“l”:“sigmoids”,“a”:{“vanishing”:“3”},“s”:“”,“u”:“”}"
)


def _paste(reader: Visit, text: str) -> None:
    field = reader.page.locator(".st-key-tally-pasted textarea")
    field.fill(text)
    field.blur()


def _answer(reader: Visit, number: str) -> None:
    reader.page.locator(f".st-key-question a[href$='#answer-{number}']").click()
    reader.page.locator(".st-key-question[data-answered]").wait_for()


def test_a_class_hands_in_and_is_counted(arrive: Arrive, tmp_path: Path) -> None:
    reader = arrive().open("derivative?lang=en&predict=1&lesson=sigmoids&place=2")
    page = reader.page
    _answer(reader, "2")
    reader.turn(page.locator(".nl-lesson a.next").click, BY_PATH["vanishing"], "en")
    _answer(reader, "3")
    reader.turn(page.locator(".nl-lesson a.next").click, BY_PATH["exploding"], "en")
    page.locator(".st-key-question .nl-reveal").click()
    sentence = page.locator(".st-key-said-exploding textarea")
    sentence.fill("It grows")
    sentence.blur()
    reader.settle(reader.sent)
    # By the list of the lesson to its end.
    reader.turn(page.locator(".nl-lesson a.next").click, BY_PATH["dying"], "en")
    reader.turn(page.locator(".nl-lesson a.next").click, BY_PATH["teach"], "en")
    form = page.locator(".nl-handin[data-filled]")
    form.wait_for()
    assert form.locator("[data-field=s]").input_value() == "It grows"
    expect(form.locator("li[data-page=derivative] b")).not_to_be_empty()
    expect(form.locator("li[data-page=derivative] a")).to_be_hidden()
    expect(form.locator("li[data-page=exploding] b")).to_have_text("the answer was shown before you chose one")
    expect(form.locator("li[data-page=dying] a")).to_have_text("no answer yet")
    form.locator("[data-field=n]").fill(' Ada "A"  {x} <b>')
    form.locator("[data-field=s]").fill("One\nfactor “each” layer.")
    form.locator("[data-field=u]").fill(f"{reader.base}/vanishing?depth=50&w=4.0&b=-2.0&input=0.5")
    line = form.locator(".line")
    text = line.input_value()
    assert "\n" not in text
    said = json.loads(text.removeprefix("nonlinear1 "))
    assert said == {
        "n": 'Ada "A" {x} <b>', "l": "sigmoids", "a": {"derivative": "2", "vanishing": "3", "exploding": "shown"},
        "s": "One factor “each” layer.", "u": f"{reader.base}/vanishing?depth=50&w=4.0&b=-2.0&input=0.5",
    }  # fmt: skip
    mail = form.locator(".mail").get_attribute("href") or ""
    assert unquote(mail.split("&body=")[1]) == text
    assert urlsplit(mail).scheme == "mailto"
    # What is typed survives a reload and is kept for the tab alone.
    page.reload()
    form.wait_for()
    assert line.input_value() == text
    assert "Ada" not in page.evaluate("() => JSON.stringify({...localStorage})")
    assert "Ada" not in page.url
    form.locator(".copy").click()
    expect(form.locator(".said")).not_to_be_empty()
    assert page.evaluate("() => getSelection().toString()") == text
    page.goto(f"{reader.base}/tally?lang=en&predict=0")
    page.locator(".st-key-tally-pasted textarea").wait_for()
    _paste(reader, f"{OTHERS}\n{text}\n")
    labels = page.locator("[data-testid=stProgress]")
    expect(labels.filter(has_text="2. ").nth(1)).to_be_visible()
    shown = [label.replace("\n", " ") for label in labels.all_inner_texts()]
    choices = [
        page.locator(".st-key-tally h2").all_inner_texts().index(title)
        for title in ("What is a derivative?", "Why do gradients vanish?")
    ]
    assert choices == [1, 2]
    of_derivative = [label for label in shown if label.endswith("· 50 %")]
    assert [label[:2] for label in of_derivative] == ["1.", "2."]
    assert [label[:2] for label in shown if label.endswith(": 2 · 100 %")] == ["3."]
    assert not [label for label in shown if "✓" in label]
    page.get_by_text("Show right answers").click()
    expect(labels.filter(has_text="✓")).to_have_count(5)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    download.value.save_as(tmp_path / "tally.csv")
    with (tmp_path / "tally.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *rows = list(csv.reader(file))
    assert rows == [
        ["Bo", "sigmoids", "", "1", "shown", "", "", "'=1+1", ""],
        ["Cy", "sigmoids", "", "", "3", "", "", "", ""],
        ['Ada "A" {x} <b>', "sigmoids", "", "2", "3", "shown", "", "One factor “each” layer.", said["u"]],
    ]
    # The setting that was handed in says by itself that it meets the challenge.
    reader.turn(page.locator(".nl-sentences a").click, BY_PATH["vanishing"], "en")
    assert asked(page.url)["depth"] == ["50"]
    expect(page.get_by_text("This meets the challenge")).to_be_visible()
    reader.walk("tally")
    expect(labels.first).to_be_visible()
    stored = page.evaluate("() => JSON.stringify([{...localStorage}, location.href])")
    assert "Bo" not in stored
    assert (reader.failed(), reader.complaints) == (0, [])


def test_the_form_is_printed_alone(arrive: Arrive) -> None:
    reader = arrive()
    page = reader.page
    page.goto(f"{reader.base}/teach?lang=en&lesson=gates")
    form, sheet = page.locator(".nl-handin"), page.locator(".st-key-worksheet")
    page.locator(".nl-handin[data-filled]").wait_for()
    sheet.wait_for(state="attached")
    expect(sheet).to_be_hidden()
    page.evaluate("() => (window.print = () => {})")  # The paper comes out when the test says so.
    form.locator(".print").click()
    page.emulate_media(media="print")
    expect(form).to_be_visible()
    expect(form.locator(".line")).to_be_visible()
    expect(form.locator(".copy")).to_be_hidden()
    expect(sheet).to_be_hidden()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(sheet).to_be_visible()
    expect(form).to_be_hidden()
    page.emulate_media(media="null")
    assert reader.complaints == []


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_form_and_count_fit_the_window(arrive: Arrive, options: dict[str, object], language: str) -> None:
    reader = arrive(**options)
    page = reader.page
    page.goto(f"{reader.base}/teach?lang={language}&lesson=gates")
    page.locator(".nl-handin[data-filled]").wait_for()
    assert_no_wider(reader)
    assert_open_to_all(reader, "")
    page.goto(f"{reader.base}/tally?lang={language}")
    page.locator(".st-key-tally-pasted textarea").wait_for()
    _paste(
        reader, f'nonlinear1 {{"n":"{"n" * 60}","l":"gates","a":{{"relu":"2"}},"s":"{"s" * 600}","u":"{"u" * 1500}"}}'
    )
    page.locator(".nl-sentences li").wait_for()
    assert_no_wider(reader)
    assert_open_to_all(reader, "")
    assert reader.complaints == []
