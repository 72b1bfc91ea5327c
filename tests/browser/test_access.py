"""What a reader needs who has the keyboard, a screen reader, a magnified window or a palette of their own."""

from __future__ import annotations

import io
from typing import Any

import pytest
from conftest import Arrive
from PIL import Image
from playwright.sync_api import Locator
from visit import Visit
from whole import assert_open_to_all

from pages.shared import words

TABS = 10  # within which the question is reached from the top of a page
MAGNIFIED = [(320, 180)]  # a window of 1280×720 at 400 %
SLIDER = "[data-testid=stSlider]"


def _nodes(reader: Visit, role: str) -> list[dict[str, Any]]:
    """The nodes with this role in the tree that a screen reader reads."""
    session = reader.page.context.new_cdp_session(reader.page)
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [node for node in found if node.get("role", {}).get("value") == role]


def _expanded(node: dict[str, Any]) -> bool | None:
    states = [each["value"]["value"] for each in node.get("properties", []) if each["name"] == "expanded"]
    return states[0] if states else None


@pytest.mark.parametrize("code", ["zh"])
def test_the_question_is_near_the_top_for_the_keyboard(arrive: Arrive, code: str) -> None:
    reader = arrive(newcomer=True).open(f"elu?lang={code}&predict=")
    reached = []
    for _ in range(TABS):
        reader.page.keyboard.press("Tab")
        text = reader.page.evaluate("document.activeElement.textContent")
        reached.append(text)
        if text == words._labels(code)["access.skip-to-question"]:
            reader.page.keyboard.press("Enter")
            break
    assert reader.page.evaluate("document.activeElement.closest('.st-key-question') !== null"), reached
    assert reader.page.evaluate("document.activeElement.matches(\"a[href*='#answer-']\")")
    assert reader.page.get_by_text(words._labels(code)["access.skip-map"]).count() == 1


def test_a_slider_has_its_name_once_and_what_opens_says_so(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en")
    names = [node["name"]["value"] for node in _nodes(reader, "slider")]
    assert len(names) == 2
    for name in names:
        half = len(name) // 2
        assert name[:half].strip() != name[half:].strip(), name
    table = reader.page.locator(".nl-keep button").last
    for expanded in (False, True, False):
        (node,) = [node for node in _nodes(reader, "button") if node["name"]["value"] == "Table"]
        assert _expanded(node) is expanded
        table.click()
        reader.frames()
    reader.open("elu?lang=en&present=1")
    menu = reader.page.locator(".nl-bar summary")
    for expanded in (False, True):
        (node,) = [node for node in _nodes(reader, "DisclosureTriangle") if node["name"]["value"] == "Menu"]
        assert _expanded(node) is expanded
        menu.click()
    menu.click()
    curves = reader.page.locator(".nl-bar li img")
    assert max(curves.nth(place).bounding_box()["width"] for place in (0, 20, -1)) < 40  # type: ignore[index]


def _ink(reader: Visit, place: Locator, across: float = 0.5, up: float = 0.5) -> tuple[int, ...]:
    """The colour that is drawn at a share of the way across a place."""
    box = place.bounding_box()
    assert box
    clip = {"x": box["x"] + across * box["width"], "y": box["y"] + up * box["height"], "width": 1, "height": 1}
    image = Image.open(io.BytesIO(reader.page.screenshot(clip=clip)))  # type: ignore[arg-type]
    return tuple(image.convert("RGB").getpixel((0, 0)))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["dark"])
def test_forced_colours_leave_what_moves_and_what_is_chosen(arrive: Arrive, scheme: str) -> None:
    reader = arrive(newcomer=True, forced_colors="active", color_scheme=scheme).open("compare")
    slider = reader.slider("x0")
    slider.scroll_into_view_if_needed()
    paper = _ink(reader, slider, 0.5, 0.02)
    track = slider.locator("[role=group] > div > div").first
    thumb = slider.locator("div:has(> div > input[type=range])")
    line, knob = _ink(reader, track, 0.2), _ink(reader, thumb, 0.25)
    assert len({paper, line, knob}) == 3
    chosen = reader.page.locator(".st-key-choice-order button[aria-checked=true]")
    other = reader.page.locator(".st-key-choice-order button[aria-checked=false]").last
    assert _ink(reader, chosen, 0.2) != _ink(reader, other, 0.2)
    switch = reader.page.locator(".st-key-last label > span + div")
    switch.scroll_into_view_if_needed()
    off = _ink(reader, switch, 0.2), _ink(reader, switch, 0.8)
    assert len(set(off)) == 2
    switch.click()
    reader.settle()
    on = _ink(reader, switch, 0.2), _ink(reader, switch, 0.8)
    assert len(set(on)) == 2
    assert off != on


@pytest.mark.parametrize(("width", "height"), MAGNIFIED)
def test_a_magnified_slide_has_the_ordinary_layout(arrive: Arrive, width: int, height: int) -> None:
    reader = arrive(newcomer=True, viewport={"width": width, "height": height}).open("vanishing?present=1&lang=en")
    chart = reader.page.locator(".js-plotly-plot").bounding_box()
    sliders = [reader.slider(key).bounding_box() for key in ("depth", "w")]
    assert chart
    assert chart["height"] >= 300
    for box in sliders:
        assert box
        assert box["y"] >= chart["y"] + chart["height"], "over the chart"
        assert box["width"] >= 0.8 * width
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    assert reader.page.locator(".nl-bar .leave").is_visible()
    # As soon as there is room, it is a slide again.
    reader.page.set_viewport_size({"width": 1280, "height": 720})
    reader.settle()
    assert reader.page.evaluate("document.documentElement.dataset.slide") == "yes"


# What a class meets beside the ordinary page, which every page's own visit checks: address, and what is pressed.
MODES = {
    "a slide with hands": ("vanishing?lang=en&present=1&predict=ask", ["h", "1", "h"]),
    "a slide that is answered": ("dying?lang=zh&present=1&predict=ask", ["1"]),
    "an answer key": ("elu?lang=en&key=1&predict=ask", []),
    "a frame": ("elu?lang=zh&frame=1&predict=ask", []),
    "locked and hidden": ("exploding?lang=en&lock=gain&hide=depth", []),
    "a lesson": ("vanishing?lang=zh&lesson=sigmoids&place=3&predict=ask", []),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_mode_of_a_lesson(arrive: Arrive, scheme: str) -> None:
    reader = arrive(color_scheme=scheme, newcomer=True)
    for path, keys in MODES.values():
        reader.open(path)
        for key in keys:
            reader.page.keyboard.press(key)
        reader.settle()
        assert_open_to_all(reader, "")
    reader.page.locator(".nl-share").first.click()
    assert_open_to_all(reader, "")
    reader.page.keyboard.press("Escape")
    for path in ("teach?lang=en", "teach?lang=zh&lesson=sigmoids", "teach?lang=en&lesson=sigmoids&key=1"):
        reader.page.goto(f"{reader.base}/{path}")
        reader.page.locator(".nl-course").wait_for()
        reader.settle()
        assert_open_to_all(reader, "")


def test_a_slide_is_worked_by_keyboard_and_says_what_it_does(arrive: Arrive) -> None:
    """What axe cannot see: names of fields, where the focus is, what is announced, and no key that works unseen."""
    reader = arrive(newcomer=True).open("vanishing?lang=en&present=1&predict=ask")
    page, keys = reader.page, reader.page.keyboard
    keys.press("h")
    names = [node["name"]["value"] for node in _nodes(reader, "spinbutton")]
    assert names == [f"{n}: hands, first vote" for n in (1, 2, 3)]
    assert page.evaluate("document.activeElement.ariaLabel") == names[0]
    keys.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == names[1]
    keys.press("a")
    reader.settle()
    assert page.evaluate("document.activeElement.className") == "nl-verdict"
    assert page.locator(".nl-verdict").get_attribute("role") == "status"
    # In the ordinary layout nothing that is typed on the page answers its question.
    reader = reader.open("elu?lang=en&predict=ask")
    for key in ("a", "1", "h", "t", "q"):
        keys.press(key)
    assert page.locator(".nl-verdict").inner_text() == ""
    assert page.locator(".nl-hands").count() == 0
    # The panel of links takes the focus, keeps it, and gives it back.
    button = page.locator(".nl-keep .nl-share")
    button.focus()
    keys.press("Enter")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    for _ in range(20):
        keys.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    keys.press("Escape")
    assert page.evaluate("document.activeElement.matches('.nl-share')")
    assert reader.complaints == []
