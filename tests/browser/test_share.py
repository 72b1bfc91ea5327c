"""Links to a page as it stands: what the panel offers, and what those who open its links see."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from conftest import PHONE, Arrive
from PIL import Image
from visit import BY_PATH, Visit, asked

from pages.shared import words

CLIPBOARD = ["clipboard-read", "clipboard-write"]
# As on a page that is served without encryption.
NO_CLIPBOARD = (
    "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;"
)
# As in a frame without leave.
DENIED = """navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    document.execCommand = () => false;"""
PANEL = "dialog.nl-shared[open]"
SHARED = {"lang": ["en"], "w": ["2"], "depth": ["12"]}


def opened(reader: Visit, within: str = ".nl-keep") -> dict[str, str]:
    """What the fields of the panel have, by their labels."""
    reader.page.locator(f"{within} .nl-share").click()
    rows = reader.page.locator(f"{PANEL} .row")
    return {row.locator("b").inner_text(): row.locator("input").input_value() for row in rows.all()}


def test_the_panel_offers_each_link_and_its_code_can_be_read(arrive: Arrive) -> None:
    reader = arrive(permissions=CLIPBOARD).open("vanishing?lang=en&w=2&depth=12&present=1&predict=0")
    links = opened(reader)
    asks = {name: asked(link) for name, link in links.items() if link.startswith("http")}
    assert asks == {
        "For students": SHARED,
        "Ask first": SHARED | {"predict": ["1"]},
        "Slide": SHARED | {"present": ["1"]},
        "Answer key": SHARED | {"key": ["1"]},
    }
    student = links["For students"]
    assert student.startswith(f"{reader.base}/vanishing?")
    source = re.search(r'<iframe src="([^"]+)" title="Why do gradients vanish\?"', links["For a course site"])
    assert source is not None
    assert source[1] == f"{student}&frame=1".replace("&", "&amp;")
    assert re.fullmatch(
        r"The Nonlinear authors: “Why do gradients vanish\?”, Nonlinear, (\S+) \(accessed \d{4}-\d\d-\d\d\)",
        links["Citation"],
    )
    assert student in links["Citation"]
    picture = Image.open(io.BytesIO(reader.page.locator(f"{PANEL} .qr").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [student]
    reader.page.get_by_role("button", name="Copy: Slide").click()
    reader.page.locator(f"{PANEL} .said", has_text="Copied.").wait_for()
    assert reader.page.evaluate("navigator.clipboard.readText()") == links["Slide"]
    reader.page.keyboard.press("Escape")
    assert reader.page.locator("dialog.nl-shared").count() == 0
    assert reader.complaints == []


@pytest.mark.parametrize(("within", "path"), [(".nl-switches", "glossary"), (".nl-switches", "myths")])
def test_a_page_without_sliders_is_shared_from_the_map(arrive: Arrive, within: str, path: str) -> None:
    reader = arrive().open("elu?lang=zh").walk(path, "zh")
    assert opened(reader, within)["给学生"] == f"{reader.base}/{path}?lang=zh"
    assert reader.complaints == []


def test_without_a_clipboard_every_link_is_there_to_be_copied(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en&alpha=1.8")
    for script in (DENIED, NO_CLIPBOARD):
        reader.page.evaluate(f"() => {{ {script} }}")
        opened(reader)
        reader.page.get_by_role("button", name="Copy: For students").click()
        field = reader.page.get_by_role("textbox", name="For students")
        address = field.input_value()
        place = field.evaluate("(field) => [field.selectionStart, field.selectionEnd, field.readOnly]")
        assert place == [0, len(address), True]
        assert "The text is selected" in reader.page.locator(f"{PANEL} .said").inner_text()
        reader.page.get_by_role("button", name="Close", exact=True).click()
    assert reader.complaints == []


def test_the_panel_fits_a_phone(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("elu?lang=en")
    reader.page.locator(".keep .nl-share").click()
    box = reader.page.locator(PANEL).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert reader.complaints == []


def test_an_answer_key_shows_every_reason_and_notes_nothing(arrive: Arrive) -> None:
    reader = arrive(newcomer=True).open("vanishing?lang=en&key=1&predict=ask")
    text = words.page("topics/vanishing", "en")
    reasons = reader.page.locator(".st-key-question li > p:not(:first-child):visible")
    assert reasons.count() == 3
    marked = reader.page.locator(".st-key-question li[data-part=right] a")
    assert marked.inner_text() == text[f"choice-{text['right']}"]
    reader.walk("elu")
    assert asked(reader.page.url)["key"] == ["1"], "links carry it on"
    assert reader.page.locator(".st-key-question li > p:not(:first-child):visible").count() == 3
    assert reader.page.evaluate("localStorage.getItem('nonlinear.answers')") is None
    assert reader.complaints == []


def test_a_locked_slider_cannot_be_moved_and_a_hidden_one_keeps_its_number(arrive: Arrive) -> None:
    reader = arrive().open("exploding?lang=en&gain=1&lock=gain&hide=depth&lock=f")
    page = reader.page
    entry = BY_PATH["exploding"]
    before = reader.values(entry)
    assert page.locator(".st-key-depth [data-testid=stSliderThumbValue]").evaluate(
        "(e) => e.checkVisibility({ visibilityProperty: true })"
    )
    track = "document.querySelector('.st-key-depth [role=group]').firstElementChild.firstElementChild"
    assert not page.evaluate(f"{track}.checkVisibility({{ visibilityProperty: true }})")
    for key in ("gain", "depth"):
        reader.slider(key).locator("input").evaluate("(input) => input.focus()")
        page.keyboard.press("ArrowRight")
    # Neither does the dot that they move follow the hand.
    dot = page.locator(".js-plotly-plot .scatterlayer path.point").first.bounding_box()
    assert dot is not None
    page.mouse.move(dot["x"] + 2, dot["y"] + 2)
    page.mouse.down()
    page.mouse.move(dot["x"] + 80, dot["y"] - 60, steps=4)
    page.mouse.up()
    reader.settle()
    assert reader.values(entry) == before
    assert page.locator(".st-key-function[data-control=lock]").count() == 1
    # The next page has a depth, too, and links carry both names on.
    reader.walk("vanishing")
    assert page.locator(".st-key-depth[data-control=hide]").count() == 1
    assert page.locator(".st-key-w[data-control]").count() == 0
    page.goto(f"{reader.base}/exploding?lang=en")
    reader.settle(2)
    reader.press("gain", "ArrowRight")
    reader.settle()
    assert reader.values(entry)["gain"] > 0
    assert reader.complaints == []


@pytest.mark.parametrize("mode", ["frame=1", "embed=true"])
def test_a_frame_has_question_picture_sliders_and_one_link_out(arrive: Arrive, mode: str) -> None:
    reader = arrive(newcomer=True).open(f"dying?lang=en&{mode}&predict=ask")
    page = reader.page
    page.set_viewport_size({"width": 800, "height": 640})
    reader.settle()
    for css in (".st-key-question", ".js-plotly-plot", "[data-testid=stSlider]"):
        box = page.locator(css).first.bounding_box()
        assert box is not None
        assert box["y"] < 640, css
    assert page.locator("a[href]:visible:not([href^='#'])").count() == 1
    assert page.locator("[data-testid=stMain] h2:visible, .nl-map:visible, .nl-keep:visible").count() == 0
    page.locator(".st-key-question li a").first.click()
    reader.settle()
    assert page.locator(".nl-verdict").inner_text().startswith("That is not right.")
    with page.expect_popup() as popup:
        page.locator(".nl-out").click()
    there = asked(popup.value.url)
    assert there["lang"] == ["en"]
    assert not {"frame", "embed"} & there.keys()
    popup.value.close()
    page.set_viewport_size({"width": 1280, "height": 720})
    assert reader.complaints == []


def test_without_encryption_a_link_is_copied_all_the_same(arrive: Arrive) -> None:
    reader = arrive()
    page = reader.page
    page.add_init_script("delete Navigator.prototype.clipboard;")
    reader.open("elu?lang=en&alpha=1.8")
    link = opened(reader)["For students"]
    page.get_by_role("button", name="Copy: For students").click()
    page.locator(f"{PANEL} .said", has_text="Copied.").wait_for()
    page.get_by_role("button", name="Close", exact=True).click()
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
    page.locator("#pasted").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#pasted").input_value() == link
    assert reader.complaints == []
