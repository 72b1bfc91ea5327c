"""Numbers are typed for sliders; what lies between two positions, or beyond the ends, gets a note."""

from __future__ import annotations

import re

import pytest
from conftest import PHONE, Arrive
from look import assert_same
from playwright.sync_api import Locator
from visit import Visit, asked


def stands(reader: Visit, key: str) -> float:
    return float(reader.slider(key).locator("input").input_value())


def note_of(reader: Visit, key: str) -> Locator:
    return reader.page.locator(f".st-key-{key} [role=status].nl-note")


def field(reader: Visit, name: str) -> Locator:
    return reader.page.get_by_role("textbox", name=name, exact=True)


ALPHA = "α (lower limit −α): value"


def test_a_number_is_typed_by_keyboard_and_the_page_is_that_of_its_address(arrive: Arrive, stranger: Visit) -> None:
    reader = arrive().open("elu?lang=en")
    thumb = reader.slider("alpha").locator("input")
    assert "Enter" in str(thumb.get_attribute("aria-description"))
    thumb.focus()
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.type("1.6733")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(re.compile("alpha=1.67"))
    reader.settle()
    assert stands(reader, "alpha") == 1.67
    assert note_of(reader, "alpha").inner_text() == "The slider has no position at 1.6733. 1.67 is shown."
    assert thumb.evaluate("(input) => input === document.activeElement")
    # A digit begins a number, and the note goes with what it is about; one that is a position needs none.
    reader.page.keyboard.type("2.5")
    assert field(reader, ALPHA).input_value() == "2.5"
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(re.compile("alpha=2.5"))
    reader.settle()
    assert note_of(reader, "alpha").count() == 0
    assert_same(reader.view(), stranger.look(reader.page.url))
    assert reader.complaints == []


NOTES = {
    "99": "99 is outside the range of the slider, 0.00 to 3.00. 0.30 is shown.",
    "-1": "−1 is outside the range of the slider, 0.00 to 3.00. 0.30 is shown.",
    "abc": "“abc” is not a number. 0.30 is shown.",
}


def test_what_no_slider_reaches_gets_a_note_and_nothing_moves(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en&alpha=0.3")
    sent = reader.sent
    for typed, note in NOTES.items():
        reader.slider("alpha").locator("[data-testid=stSliderThumbValue]").click()
        field(reader, ALPHA).fill(typed)
        reader.page.keyboard.press("Enter")
        assert note_of(reader, "alpha").inner_text() == note
        assert (stands(reader, "alpha"), reader.sent) == (0.3, sent)
    reader.press("alpha", "ArrowRight")
    reader.frames()
    assert note_of(reader, "alpha").count() == 0, "a note about a place where the slider is no longer"


def test_a_finger_opens_the_field_and_escape_leaves_all_as_it_was(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("elu?lang=zh&x0=1")
    reader.slider("x0").locator("[data-testid=stSliderThumbValue]").tap()
    box = reader.page.locator(".nl-typed")
    assert box.get_attribute("aria-label") == "探针 x₀：数值"
    box.fill("3")
    reader.page.keyboard.press("Escape")
    assert (box.count(), stands(reader, "x0")) == (0, 1)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            "lang=en&alpha=1.6733&x0=40",
            {
                "alpha": (1.67, "The slider has no position at 1.6733. 1.67 is shown."),
                "x0": (-1.2, "40 is outside the range of the slider, −6.00 to 6.00. −1.20 is shown."),
            },
        ),
        ("lang=zh&alpha=1.6733", {"alpha": (1.67, "滑块没有 1.6733 这个位置，显示的是 1.67。")}),
        ("lang=en&alpha=0.3&alpha=2&x0=junk", {"alpha": (0.3, ""), "x0": (-1.2, "")}),
    ],
)
def test_an_address_that_names_no_position_says_what_is_shown(
    arrive: Arrive, query: str, shown: dict[str, tuple[float, str]]
) -> None:
    reader = arrive().open(f"elu?{query}")
    for key, (at, note) in shown.items():
        assert stands(reader, key) == at
        assert note_of(reader, key).all_inner_texts() == ([note] if note else [])
        assert len(asked(reader.page.url).get(key, [])) <= 1
    assert reader.complaints == []
