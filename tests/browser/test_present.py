"""A slide holds all of its page on one screen, and the keyboard leads from slide to slide."""

from __future__ import annotations

import pytest
from conftest import DESK, Arrive, Profiles
from fit import assert_inside
from look import assert_same
from visit import BY_PATH, PAGES, Visit, asked

SIZES = [(1280, 720), (1920, 1080)]
SHOWN = ("", "vanishing", "elu")
ROOT_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
PANELS = "document.querySelectorAll('.js-plotly-plot .cartesianlayer > .subplot').length"


@pytest.mark.parametrize("code", ["zh"])
def test_a_slide_fits_its_projector(profile: Profiles, server: str, code: str) -> None:
    reader = Visit(profile().new_page(), server).open(f"?present=1&lang={code}")
    plain = 16
    for path in SHOWN:
        entry = BY_PATH[path]
        if path:
            reader.page.locator(".nl-bar summary").click()
            reader.turn(reader.page.locator(f".nl-bar li a[href^='{path}?']").click, entry, code)
        for width, height in SIZES:
            reader.page.set_viewport_size({"width": width, "height": height})
            reader.settle()
            assert_inside(reader, entry, "h1", ".nl-bar", ".js-plotly-plot")
            assert reader.page.evaluate(PANELS) >= 2
            assert reader.page.evaluate(ROOT_SIZE) >= plain
            assert reader.page.locator("[data-testid=stSidebar] a:visible").count() == 0
        assert reader.page.evaluate(ROOT_SIZE) >= 1.2 * plain, "no larger on a large wall"
    assert reader.complaints == []
    reader.page.close()


def test_the_keyboard_turns_the_slides(arrive: Arrive) -> None:
    order = [entry.path for entry in PAGES]
    at = order.index("elu")
    before, entry, after = (BY_PATH[order[at + step]] for step in (-1, 0, 1))
    reader = arrive().open("elu?present=1&alpha=2&x0=-3&lang=en")
    there = reader.view()
    keys = reader.page.keyboard
    reader.turn(lambda: keys.press("ArrowRight"), after, "en")
    assert (reader.path, asked(reader.page.url)["x0"]) == (after.path, ["-3"])
    reader.turn(lambda: keys.press("ArrowLeft"), entry, "en")
    assert_same(reader.view(), there)
    reader.turn(lambda: keys.press("ArrowLeft"), before, "en")
    reader.turn(lambda: keys.press("ArrowRight"), entry, "en")
    assert_same(reader.view(), there)
    # On a slider the same keys move the slider.
    reader.press("alpha", "ArrowRight", "ArrowRight")
    reader.settle()
    assert reader.path == "elu"
    assert reader.values(entry)["alpha"] > 2
    assert reader.complaints == []


@pytest.mark.parametrize("path", ["vanishing?depth=12&w=2&f=relu&f=tanh"])
def test_entering_and_leaving_keep_place_and_settings(arrive: Arrive, path: str) -> None:
    reader = arrive().open(path)
    entry, before, address = BY_PATH[reader.path], reader.view(), asked(reader.page.url)
    values = reader.values(entry)
    reader.turn(reader.page.locator(".nl-switches a[href*='present=1']").click, entry, "en")
    assert asked(reader.page.url) == {**address, "present": ["1"]}
    assert reader.page.viewport_size == DESK["viewport"]
    assert reader.values(entry) == values
    assert reader.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
    assert reader.view().label == before.label
    reader.turn(lambda: reader.page.keyboard.press("Escape"), entry, "en")
    assert asked(reader.page.url) == address
    assert_same(reader.view(), before)
    assert reader.page.locator("[data-testid=stSidebar] li a").count() >= len(PAGES)
    assert reader.page.locator("[data-testid=stSidebar] li a:visible").count() > 10
    assert reader.complaints == []
