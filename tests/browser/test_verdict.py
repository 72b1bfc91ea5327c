"""On a laptop's first screen is all that a question is about, before an answer and after it."""

from __future__ import annotations

from conftest import Arrive
from visit import LANGUAGES, RESTING, ROOMS, Visit, title

from pages.parts import words
from pages.rooms import Room

ASKING = [room for room in ROOMS if room.kind == "topics" and words.page(room.words, "en")["question"]]
WINDOW, LEAST = (1280, 720), 300  # pixels; of a picture's height
PICTURE = ".st-key-picture > :has(.js-plotly-plot)"
SLIDER = ".st-key-stage [data-testid=stSlider]"
# By what selects it, the box of each thing that can be seen.
BOXES = """(names) => names.flatMap((name) => [...document.querySelectorAll(`[data-testid=stMain] ${name}`)]
    .filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect())
    .map((box) => [name, box.left, box.top, box.right, box.bottom]))"""


def test_question_answer_picture_and_controls_are_on_the_first_screen(arrive: Arrive) -> None:
    code, other = LANGUAGES
    reader = arrive().open(f"{ASKING[0].path}?lang={code}&predict=ask")
    reader.page.set_viewport_size(dict(zip(("width", "height"), WINDOW, strict=True)))
    for room in ASKING:
        if reader.path != room.path:
            _press(reader, f".nl-map a[href^='{room.path}?']")
        _assert_on_the_first_screen(reader, title(room, code), PICTURE, ".st-key-prediction")
        _press(reader, ".st-key-prediction button", _longest(room))
        _assert_on_the_first_screen(reader, title(room, code), PICTURE, ".st-key-verdict", SLIDER)
        # An answer stands while the visit lasts, in any language.
        _press(reader, ".nl-switches a")
        _assert_on_the_first_screen(reader, title(room, other), PICTURE, ".st-key-verdict", SLIDER)
        code, other = other, code


def _press(reader: Visit, css: str, place: int = 0) -> None:
    reader.page.evaluate("([css, place]) => document.querySelectorAll(css)[place].click()", [css, place])


def _longest(room: Room) -> int:
    """The place of the answer of which most is said."""
    said = [words.page(room.words, code) for code in LANGUAGES]
    asked = [name.removeprefix("choice-") for name in said[0] if name.startswith("choice-")]
    return max(range(len(asked)), key=lambda place: sum(len(text[f"why-{asked[place]}"]) for text in said))


def _assert_on_the_first_screen(reader: Visit, heading: str, *names: str) -> None:
    """Once a run has ended that shows all this; where things lie is then settled, though the chart may be drawing."""
    reader.page.wait_for_function(
        "([heading, names, resting]) => document.querySelector('h1')?.textContent === heading"
        " && names.every((name) => document.querySelector(name)?.checkVisibility()) && document.querySelector(resting)",
        arg=[heading, names, RESTING],
    )
    reader.frames()
    boxes = reader.page.evaluate(BOXES, ["h1", *names])
    assert {name for name, *_ in boxes} == {"h1", *names}, reader.page.url
    for name, left, top, right, bottom in boxes:
        where = f"{reader.page.url}: {name} ends at {bottom:.0f}"
        assert (left, top) >= (0, 0), where
        assert right <= WINDOW[0], where
        assert bottom <= WINDOW[1], where
        assert name != PICTURE or bottom - top >= LEAST, f"{where} and is only {bottom - top:.0f} tall"
