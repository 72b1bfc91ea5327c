"""The question: its answer brings a verdict and moves the sliders; what was answered is remembered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from conftest import PHONE, Arrive
from server import free_port, serve
from visit import BY_PATH, PAGES, Visit, arrived, asked

from pages.shared import words

CHOICE = ".st-key-question li a"
VERDICT = ".nl-verdict"
ASKING = [entry for entry in PAGES if entry.answer_state and entry.kind != "functions"]
# The sizes of projectors take turns.
SLIDES = [(entry, ((1280, 720), (1920, 1080))[k % 2]) for k, entry in enumerate(ASKING)]
SEEN = "(css) => [...document.querySelectorAll(css)].map((e) => e.checkVisibility({ visibilityProperty: true }))"
SHIFTS = """window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) window.shifted += entry.value; })).observe({ type: "layout-shift", buffered: true })"""


def seen(reader: Visit, css: str) -> list[bool]:
    """Which of the elements that ``css`` selects can be seen."""
    return reader.page.evaluate(SEEN, css)  # type: ignore[no-any-return]


def answer(reader: Visit, number: str) -> None:
    """Press a choice and wait until the sliders stand where the answer is seen, and Python knows."""
    reader.page.locator(CHOICE).nth(int(number) - 1).click()
    arrived(reader)


def text_of(entry: Any, code: str = "en") -> words.Words:
    """The words of a page."""
    return words.page(entry.words, code)


def test_a_wrong_answer_is_judged_in_one_place_and_the_sliders_move_to_what_is_right(arrive: Arrive) -> None:
    reader = arrive(newcomer=True).open("elu?lang=en&predict=ask")
    text = text_of(BY_PATH["elu"])
    assert seen(reader, ".st-key-alpha input[type=range]") == [True]
    assert seen(reader, ".st-key-question li p:not(:first-child)") == [False] * 3
    reader.watch("alpha")
    answer(reader, "1")
    # As under a hand: a picture of its own for the positions that are passed, not a jump.
    assert reader.seen()["pictures"] > 10
    page = reader.page
    assert page.evaluate("document.activeElement.className") == "nl-verdict"
    assert page.locator(VERDICT).get_attribute("role") == "status"
    right = text[f"choice-{text['right']}"]
    assert page.locator(VERDICT).inner_text() == words.ui("question.wrong", answer=right)
    boxes = [page.locator(CHOICE).nth(k).bounding_box() for k in range(3)]
    tops = [box["y"] for box in boxes if box]
    assert tops.index(min(tops)) == 0, "the reader's own answer comes first"
    assert tops[int(text["right"]) - 1] < tops[1], "then the right one"
    assert seen(reader, ".st-key-question li p:not(:first-child)") == [True, False, True]
    assert page.locator(CHOICE).nth(1).get_attribute("aria-expanded") == "false"
    page.locator(CHOICE).nth(1).click()
    assert seen(reader, ".st-key-question li p:not(:first-child)") == [True, True, True]
    assert asked(page.url)["alpha"] == ["2"]
    page.locator(".nl-again").click()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#answer-1"
    assert page.locator(VERDICT).inner_text() == ""
    assert reader.complaints == []


def test_the_answer_is_given_by_keyboard(arrive: Arrive) -> None:
    reader = arrive(newcomer=True).open("relu?lang=zh&predict=ask")
    right = text_of(BY_PATH["relu"])["right"]
    reader.page.locator(CHOICE).nth(int(right) - 1).focus()
    reader.page.keyboard.press("Space")
    arrived(reader)
    assert reader.page.locator(VERDICT).inner_text() == words._labels("zh")["question.right"]


GUESSES = """() => Object.fromEntries(document.querySelector(".js-plotly-plot")._fullData
    .filter(({ name }) => name.startsWith("guess_")).map(({ name, visible }) => [name, visible === true]))"""


def test_the_readers_own_guess_stays_in_the_picture_with_its_label(arrive: Arrive, stranger: Visit) -> None:
    reader = arrive(newcomer=True).open("collapse?lang=en&act=xor&predict=ask")
    # The answer brings another picture, in which a slider then moves.
    answer(reader, "3")
    shown = {name: name.startswith("guess_3") for name in ("guess_1", "guess_1_word", "guess_3", "guess_3_word")}
    assert reader.page.evaluate(GUESSES) == shown
    # Seen again in another visit, and after Streamlit has drawn the chart anew for another theme, with no slider moved.
    reader.open("collapse?lang=en&predict=ask")
    assert reader.page.evaluate(GUESSES) == shown
    reader.page.evaluate("() => { window.before = document.querySelector('.js-plotly-plot').data; }")
    reader.page.emulate_media(color_scheme="dark")
    reader.page.wait_for_function("() => document.querySelector('.js-plotly-plot').data !== window.before")
    reader.frames()
    assert reader.page.evaluate(GUESSES) == shown
    reader.page.locator(".nl-again").click()
    reader.frames()
    assert not any(reader.page.evaluate(GUESSES).values())
    assert reader.failed() == 0


def test_what_was_answered_survives_the_server_and_can_be_forgotten(arrive: Arrive, tmp_path: Path) -> None:
    port = free_port()
    with serve(tmp_path / "first.txt", port) as base:
        reader = arrive(base=base, newcomer=True).open("?lang=en&predict=ask")
        answer(reader, "2")
        verdict = reader.page.locator(VERDICT).inner_text()
        reader.page.goto("about:blank")
    with serve(tmp_path / "second.txt", port):
        reader.open("?lang=en&predict=ask")
        assert reader.page.locator(VERDICT).inner_text() == verdict
        reader.walk("elu")
        assert reader.page.locator(VERDICT).inner_text() == "", "another page's question is another one"
        reader.page.locator(".nl-forget").click()
        reader.walk("")
        assert reader.page.locator(VERDICT).inner_text() == ""
        reader.page.goto("about:blank")


def test_asked_first_is_a_switch_that_is_remembered_and_a_curtain_that_moves_nothing(arrive: Arrive) -> None:
    reader = arrive(newcomer=True).open("tanh?lang=en&predict=ask")
    slider, curtain = ".st-key-x0 input[type=range]", ".nl-curtain"
    before = reader.page.locator(".js-plotly-plot").bounding_box()
    assert seen(reader, curtain) == []
    sent = reader.sent
    reader.page.locator(".nl-ask-first").click()
    reader.settle(sent + 1)
    assert asked(reader.page.url)["predict"] == ["1"]
    assert reader.page.locator(".nl-ask-first").get_attribute("aria-checked") == "true"
    assert all(seen(reader, curtain))
    assert seen(reader, slider) == [False]
    reader.walk("sigmoid")
    assert asked(reader.page.url)["predict"] == ["1"]
    # A new visit, by an address that does not say so.
    reader.page.goto(f"{reader.base}/tanh?lang=en")
    reader.page.wait_for_selector(curtain)
    reader.settle(2)
    assert reader.page.locator(".js-plotly-plot").bounding_box() == before
    reader.page.evaluate(SHIFTS)
    reader.page.locator(".nl-curtain .nl-reveal").first.click()
    arrived(reader)
    assert not any(seen(reader, curtain))
    assert seen(reader, slider) == [True]
    assert reader.page.locator(".js-plotly-plot").bounding_box() == before
    assert reader.page.evaluate("shifted") < 0.1
    reader.page.locator(".nl-ask-first").click()
    reader.page.wait_for_function("() => !new URLSearchParams(location.search).has('predict')")
    assert reader.complaints == []


def test_a_link_sets_the_decisive_slider_and_asks(arrive: Arrive) -> None:
    reader = arrive(newcomer=True).open("elu?lang=en&predict=1&alpha=3")
    value = reader.page.locator(".st-key-alpha input[type=range]")
    assert value.input_value() == "1"
    reader.press("x0", "ArrowRight")
    reader.page.wait_for_url("**x0=-1.15**")
    reader.settle()
    assert value.input_value() == "1"
    assert asked(reader.page.url)["alpha"] == ["3"], "whoever copies the address hands the setting on"
    reader.page.locator(CHOICE).first.click()
    reader.page.wait_for_function("() => document.querySelector('.st-key-alpha input[type=range]').value === '3'")
    reader.settle(reader.sent)
    # In the browser that has answered it is there at once.
    reader.page.reload()
    reader.page.wait_for_function("() => document.querySelector('.st-key-alpha input[type=range]')?.value === '3'")
    reader.settle(2)
    assert asked(reader.page.url)["alpha"] == ["3"]
    assert reader.failed() == 0


def test_on_a_slide_a_reveals_the_verdict_beside_the_picture(arrive: Arrive) -> None:
    reader = arrive(newcomer=True)
    reader.open(f"{ASKING[0].path}?lang=en&present=1&predict=ask")
    for (entry, (width, height)), following in zip(SLIDES, [*ASKING[1:], None], strict=True):
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.page.keyboard.press("a")
        arrived(reader)
        places = (VERDICT, "li[data-part=right] a", ".js-plotly-plot")
        boxes = [reader.page.locator(css).first.bounding_box() for css in places]
        assert all(box and box["y"] >= 0 for box in boxes), entry.path
        assert all(box["y"] + box["height"] <= height for box in boxes[:2] if box), (entry.path, boxes)
        if following:
            reader.page.locator(".nl-bar summary").click()
            link = f".nl-bar li a[href^='{following.path}?']"
            reader.turn(reader.page.locator(link).first.click, following, "en")
    assert reader.complaints == []


def test_on_a_phone_picture_and_verdict_share_the_screen(arrive: Arrive) -> None:
    reader = arrive(newcomer=True, **PHONE).open("vanishing?lang=en&predict=ask")
    reader.page.locator(CHOICE).first.scroll_into_view_if_needed()
    reader.page.locator(CHOICE).first.tap()
    arrived(reader)
    picture, verdict = (reader.page.locator(css).bounding_box() for css in (".js-plotly-plot", VERDICT))
    assert picture
    assert verdict
    assert picture["y"] >= 0
    assert picture["y"] + picture["height"] <= verdict["y"]
    assert verdict["y"] + verdict["height"] <= 844
