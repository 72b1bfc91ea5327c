"""A lesson in a browser: from the teacher's list through its pages to the end, and on slides by a clicker."""

from __future__ import annotations

from conftest import PHONE, Arrive
from visit import BY_PATH, asked

from pages.shared import lesson


def test_students_follow_a_lesson_to_its_end_and_find_back(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en")
    page = reader.page
    reader.walk("teach")
    page.get_by_text("List for students").first.click()
    page.wait_for_url("**/teach?*lesson=sigmoids*")
    page.locator(".nl-steps a").first.wait_for()
    paths = [step.path for step in lesson.steps("sigmoids")]
    reader.turn(page.get_by_text("Start with page 1").click, BY_PATH[paths[0]], "en")
    for number, path in enumerate(paths[1:], 2):
        reader.turn(page.locator("a.next").click, BY_PATH[path], "en")
        assert page.locator(".nl-lesson summary").inner_text() == f"{number} of 5"
        assert asked(page.url)["place"] == [str(number)]
    # A page elsewhere leads back.
    page.locator(".nl-map [role=tab]").nth(1).click()
    reader.turn(page.locator(".nl-map a[href^='celu?']").click, BY_PATH["celu"], "en")
    reader.turn(page.locator(".nl-lesson a").click, BY_PATH[paths[-1]], "en")
    page.locator("a.next").click()
    page.wait_for_url("**/teach?*")
    page.locator(".nl-steps li").nth(4).wait_for()
    assert reader.complaints == []


def test_a_step_opens_with_the_settings_of_the_lesson_on_slides_too(arrive: Arrive) -> None:
    code = "vanishing%3Fw%3D4%26f%3Dtanh~elu%3Falpha%3D0.3"
    reader = arrive().open(f"vanishing?lang=en&w=4&f=tanh&lesson={code}&place=1&present=1")
    keys = reader.page.keyboard
    reader.turn(lambda: keys.press("PageDown"), BY_PATH["elu"], "en")
    assert reader.values(BY_PATH["elu"])["alpha"] == 0.3
    reader.turn(lambda: keys.press("PageUp"), BY_PATH["vanishing"], "en")
    assert reader.values(BY_PATH["vanishing"])["w"] == 4
    assert asked(reader.page.url)["f"] == ["tanh"]
    # The list stands over the slide, within its window.
    reader.page.locator(".nl-lesson summary").click()
    box = reader.page.locator(".nl-lesson ol").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280
    assert reader.complaints == []


def test_the_way_through_a_lesson_fits_a_phone(arrive: Arrive) -> None:
    reader = arrive(**PHONE).open("vanishing?lang=zh&lesson=sigmoids&place=3")
    page = reader.page
    page.locator(".nl-lesson summary").click()
    for css in (".nl-lesson a.next", ".nl-lesson a.previous", ".nl-lesson ol"):
        box = page.locator(css).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390, css
    assert reader.complaints == []
