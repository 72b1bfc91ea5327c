"""A cell of the matrix tells why it says what it says, and leads on: by mouse, by keyboard and by finger."""

from __future__ import annotations

from conftest import PHONE, Arrive
from playwright.sync_api import Locator
from visit import Visit

COLUMN = {"monotone": 2, "dies": 6}


def _cell(reader: Visit, slug: str, column: str) -> Locator:
    cell = reader.page.locator(f".nl-matrix tr:has(th a[href^='{slug}?']) td a").nth(COLUMN[column])
    cell.scroll_into_view_if_needed()
    reader.frames()
    return cell


def _tooltip(reader: Visit) -> str:
    reader.frames()
    tooltip = reader.page.locator("#nl-why:popover-open")
    return tooltip.inner_text() if tooltip.count() else ""


def test_the_mouse_asks_the_keyboard_asks_and_escape_puts_it_away(arrive: Arrive) -> None:
    reader = arrive().open("compare")
    assert reader.page.locator(".nl-matrix tbody th:not(.nl-family th):not(:has(img))").count() == 0, "no curve"
    fell = "GELU · Monotone\nf decreases at x = −1.4, where f′ = −0.1289."
    _cell(reader, "gelu", "monotone").hover()
    assert _tooltip(reader) == fell
    reader.page.keyboard.press("Escape")
    assert _tooltip(reader) == ""
    _cell(reader, "relu", "dies").focus()
    assert _tooltip(reader).startswith("ReLU · Flat left of 0\nf′(x) = 0 for every x < 0")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/relu?*")
    reader.settle()
    assert (reader.heading, _tooltip(reader), reader.complaints) == ("ReLU", "", [])


def test_the_first_tap_tells_and_the_second_leads_on(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("compare?lang=zh")
    for slug, reason in (
        ("gelu", "GELU · 单调\nf 在 x = −1.4 处减小：那里 f′ = −0.1289。"),
        ("relu", "ReLU · 单调\nf′ 从不为负"),
    ):
        cell = _cell(reader, slug, "monotone")
        cell.tap()
        assert _tooltip(reader).startswith(reason)
        assert reader.path == "compare"
    cell.tap()
    reader.page.wait_for_url("**/relu?*")
    reader.settle()
    assert (reader.heading, _tooltip(reader), reader.complaints) == ("ReLU", "", [])
