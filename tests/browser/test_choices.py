"""What is chosen beside a picture, one choice after the other in one visit, shows what its address shows."""

from __future__ import annotations

import pytest
from conftest import Arrive
from playwright.sync_api import expect
from sent import assert_sent
from visit import BY_PATH, asked, title

from pages.shared.words import label_in

# A page, and what is pressed there: each shows something that another leaves out or moves otherwise.
PRESSED = {
    "compare?f=relu&f=elu&f=gelu&f=threshold&x0=4": ("order f′", "order f″", "less ELU", "order f", "less nothing"),
    "approximations?x0=5.5": ("format bfloat16", "format exact numbers"),
}


@pytest.mark.parametrize("path", PRESSED)
def test_a_visit_ends_where_its_address_begins(arrive: Arrive, path: str) -> None:
    reader = arrive().open(path)
    for key, name in (press.split(" ", 1) for press in PRESSED[path]):
        before = reader.sent
        reader.page.locator(f".st-key-choice-{key}").get_by_text(name, exact=True).click()
        reader.settle(before + 1)
        reader.page.mouse.move(0, 0)
        assert_sent(reader)
    assert reader.complaints == []


@pytest.mark.parametrize("path", ["vanishing"])
def test_chosen_functions_are_the_same_in_the_other_language_and_leave_no_trace_elsewhere(
    arrive: Arrive, path: str
) -> None:
    chosen = ["swish", "erf", "log_sigmoid"]
    reader = arrive().open(f"{path}?lang=en&{'&'.join(f'f={slug}' for slug in chosen)}")
    reader.turn(reader.page.locator(".nl-switches a").first.click, BY_PATH[path], "zh")
    reader.walk("tanh", "zh")
    assert "f" not in asked(reader.page.url)
    reader.walk(path, "zh")
    assert asked(reader.page.url)["f"] == chosen
    names = reader.page.locator("[data-testid=stMultiSelectTagsContainer]").first.inner_text()
    assert all(title(BY_PATH[slug], "zh") in names for slug in chosen), names
    assert (reader.failed(), reader.complaints) == (0, [])


def test_the_ledger_and_what_is_found_follow_their_own_choice_and_the_sliders(arrive: Arrive) -> None:
    # Each is written by two parts of the page of which a rerun draws only one.
    reader = arrive().open("vanishing?lang=en")
    ledger, found = (reader.page.locator(f".st-key-{key}") for key in ("book", "found"))
    for label in ("ledger.title", "find"):
        reader.page.locator("summary").filter(has_text=label_in("en", label)).click()
    expect(ledger).to_contain_text("Sigmoid: L = 30")
    reader.page.locator(".st-key-book-choice").get_by_text("ReLU", exact=True).click()
    expect(ledger).to_contain_text("ReLU: L = 30")
    expect(found).to_contain_text("first falls to this size at depth 13.")
    reader.press("target", *["ArrowLeft"] * 4)
    expect(found).to_contain_text("first falls to this size at depth 8.")
    reader.press("w", *["ArrowRight"] * 10)
    expect(ledger).to_contain_text("ReLU: L = 30, w = 2.0")
    expect(found).to_contain_text("first falls to this size at depth 9.")
    reader.settle()
    assert (reader.failed(), reader.complaints) == (0, [])
