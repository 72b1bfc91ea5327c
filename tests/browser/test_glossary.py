"""A term in the prose tells what it means: by mouse, by keyboard and by finger; nothing moves."""

from __future__ import annotations

from conftest import PHONE, Arrive

MEANS = {
    "en": "A function is saturated where its curve is almost level: f′ is close to 0, so almost no gradient passes.",
    "zh": "函数在曲线近乎水平的地方饱和：f′ 接近 0，梯度几乎传不过去。",
}
TERM = "a[href*='glossary?'][href*='q=saturated']"


def test_a_term_is_explained_under_the_mouse_and_at_the_focus(arrive: Arrive) -> None:
    reader = arrive().open("tanh?lang=en")
    term, tooltip = reader.page.locator(TERM), reader.page.locator("#nl-why:popover-open")
    assert term.count() == 1
    term.scroll_into_view_if_needed()
    reader.frames()
    before = term.bounding_box()
    for ask in (term.hover, term.focus):
        ask()
        reader.frames()
        assert tooltip.inner_text() == MEANS["en"]
        assert term.get_attribute("aria-describedby") == "nl-why"
        assert term.bounding_box() == before
        reader.page.keyboard.press("Escape")
        reader.frames()
        assert tooltip.count() == 0
        reader.page.mouse.move(0, 0)
        reader.page.evaluate("document.activeElement.blur()")
    term.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**/glossary?*q=saturated*")
    reader.settle()
    assert (reader.heading, reader.complaints) == ("Saturated", [])


def test_the_first_tap_explains_and_the_second_leads_on(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("tanh?lang=zh")
    term = reader.page.locator(TERM)
    term.scroll_into_view_if_needed()
    reader.frames()
    term.tap()
    reader.frames()
    assert reader.page.locator("#nl-why:popover-open").inner_text() == MEANS["zh"]
    assert reader.path == "tanh"
    term.tap()
    reader.page.wait_for_url("**/glossary?*q=saturated*")
    reader.settle()
    assert (reader.heading, reader.complaints) == ("饱和", [])
