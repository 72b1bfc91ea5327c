"""A slide holds all of its page on one screen, and the keyboard leads from slide to slide."""

from __future__ import annotations

import pytest
from conftest import DESK, Arrive, Profiles
from fit import assert_inside
from look import assert_same
from visit import BY_PATH, PAGES, Visit, arrived, asked

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


TEXT_SIZE = "document.querySelector('.js-plotly-plot .xtick text').getBoundingClientRect().height"
TIMER, FIELDS = ".nl-timer", ".nl-hands input:visible"
RIGHT = "No, it vanishes faster"


def test_the_text_of_a_chart_grows_with_the_page_and_its_handles_stay_under_the_hand(
    profile: Profiles, server: str
) -> None:
    reader = Visit(profile().new_page(), server).open("exploding?present=1&lang=en")
    sizes = []
    for width, height in SIZES:
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.settle()
        sizes.append(reader.page.evaluate(f"[{TEXT_SIZE}, {ROOT_SIZE}]"))
    (text, root), (larger_text, larger_root) = sizes
    assert larger_root > 1.2 * root
    assert larger_text == pytest.approx(text * larger_root / root, rel=0.05)
    # The point that is taken is the one under the pointer, although the chart is drawn smaller and magnified.
    dot = reader.page.locator(".js-plotly-plot .scatterlayer path.point").first.bounding_box()
    assert dot is not None
    before = reader.values(BY_PATH["exploding"])
    mouse, x, y = reader.page.mouse, dot["x"] + dot["width"] / 2, dot["y"] + dot["height"] / 2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y - 120, steps=6)
    mouse.up()
    reader.settle(reader.sent)
    moved = reader.page.locator(".js-plotly-plot .scatterlayer path.point").first.bounding_box()
    assert moved is not None
    assert (moved["x"] + moved["width"] / 2, moved["y"] + moved["height"] / 2) == pytest.approx(
        (x + 60, y - 120), abs=8
    )
    assert reader.values(BY_PATH["exploding"]) != before
    assert reader.complaints == []
    reader.page.close()


def test_keys_choose_reveal_and_ask_again(arrive: Arrive) -> None:
    reader = arrive().open("vanishing?present=1&lang=en&predict=ask")
    page, question = reader.page, reader.page.locator(".st-key-question strong")
    keys, verdict = page.keyboard, page.locator(".nl-verdict")
    asked_at = question.bounding_box()
    keys.press("1")
    arrived(reader)
    assert verdict.inner_text() == f"That is not right. The right answer: {RIGHT}."
    assert reader.values(BY_PATH["vanishing"])["w"] == 4
    place = verdict.bounding_box()
    assert asked_at is not None
    assert place is not None
    assert not question.is_visible()
    assert abs(place["y"] - asked_at["y"]) < 40, "the verdict takes the place of the question"
    reasons = page.locator(".st-key-question li > p:not(:first-child):visible")
    boxes = [reasons.nth(k).bounding_box() for k in range(reasons.count())]
    assert [box["y"] + box["height"] < 720 for box in boxes if box] == [True, True]
    first = page.locator(".st-key-question li[data-part=right]").bounding_box()
    yours = page.locator(".st-key-question li[data-part=yours]").bounding_box()
    assert first is not None
    assert yours is not None
    assert first["y"] < yours["y"]
    # What a class answered is not stored among the teacher's own answers.
    assert page.evaluate("localStorage.getItem('nonlinear.answers')") is None
    keys.press("q")
    assert question.is_visible()
    assert verdict.inner_text() == ""
    keys.press("a")
    arrived(reader)
    assert verdict.inner_text() == f"The right answer: {RIGHT}."
    reader.turn(lambda: keys.press("PageDown"), BY_PATH["exploding"], "en")
    reader.turn(lambda: keys.press("PageUp"), BY_PATH["vanishing"], "en")
    assert verdict.inner_text() == f"The right answer: {RIGHT}."
    assert reader.complaints == []


def test_the_key_that_shows_the_answer_leaves_one_that_was_given(arrive: Arrive) -> None:
    reader = arrive().open("vanishing?present=1&lang=en&predict=1")
    keys, verdict = reader.page.keyboard, reader.page.locator(".nl-verdict")
    keys.press("1")
    arrived(reader)
    keys.press("a")
    reader.settle()
    assert verdict.inner_text() == f"That is not right. The right answer: {RIGHT}."
    assert reader.complaints == []


def test_hands_are_counted_twice_and_their_bars_wait_for_the_end_of_each_vote(arrive: Arrive) -> None:
    reader = arrive().open("vanishing?present=1&lang=en&predict=ask")
    page, keys = reader.page, reader.page.keyboard
    shares = page.locator(".nl-hands output")

    def count(numbers: str) -> None:
        keys.press("h")
        for number in numbers.split():
            keys.type(number)
            keys.press("Enter")

    count("12 7 9")
    assert page.locator(FIELDS).count() == 3
    assert shares.all_inner_texts() == [""] * 6, "no bar before the vote is over"
    assert page.locator(".st-key-question a[data-note]").count() == 0, "nothing says which choice is right"
    count("3 4 21")
    assert page.locator(FIELDS).count() == 6
    assert shares.all_inner_texts() == ["43 %", "", "25 %", "", "32 %", ""]
    assert page.locator(".st-key-question a[data-note]").count() == 0
    keys.press("a")
    arrived(reader)
    assert shares.all_inner_texts() == ["43 %", "11 %", "25 %", "14 %", "32 %", "75 %"]
    bar = "getComputedStyle(document.querySelectorAll('.nl-hands output')[5]).getPropertyValue('--share')"
    assert float(page.evaluate(bar)) == 21 / 28
    # The pages may be turned meanwhile, and the tab loaded anew.
    page.reload()
    reader.settle(2)
    assert [page.locator(FIELDS).nth(k).input_value() for k in range(6)] == ["12", "3", "7", "4", "9", "21"]
    keys.press("a")
    arrived(reader)
    keys.press("q")
    assert page.locator(".nl-hands").count() == 0, "a question that is asked again is counted anew"
    assert reader.complaints == []


def test_a_minute_is_counted_down(arrive: Arrive) -> None:
    reader = arrive().open("elu?present=1&lang=en")
    page, timer = reader.page, reader.page.locator(TIMER)
    page.clock.install()
    page.keyboard.press("t")
    page.clock.run_for(15_000)
    assert timer.inner_text() == "0:45"
    page.clock.run_for(46_000)
    assert timer.inner_text() == "Time is up"
    page.keyboard.press("t")
    assert timer.inner_text() == ""
    assert reader.complaints == []
