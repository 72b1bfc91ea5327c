"""What has to be on the screen together."""

from __future__ import annotations

from typing import Any

from visit import Visit

from pages.register import Page

# The box of the first text beside the picture in which a number follows the thumb.
READING = """() => { const walk = document.createTreeWalker(
    document.querySelector('.st-key-stage'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) { const node = walk.currentNode;
        if (node.nodeValue.includes('\\u2063') && !node.parentElement.closest('details, .js-plotly-plot')) {
            const box = node.parentElement.closest('p, td, th, li').getBoundingClientRect();
            return { x: box.x, y: box.y, width: box.width, height: box.height };
        } } }"""


UNSEEN = ":is(details:not([open]), [class*=st-key-weights-off])"


def assert_inside(reader: Visit, entry: Page, *names: str) -> None:
    """The sliders of a page, its readings and what ``names`` select are inside the window at once.

    Sliders in a closed fold and those of neurons that are not chosen are not shown; the first slider of a page is.
    """
    page = reader.page
    sliders = [param.name for param in entry.params]
    shown = [*sliders[:1], *(name for name in sliders[1:] if page.locator(f"{UNSEEN} .st-key-{name}").count() == 0)]
    boxes = {name: reader.slider(name).bounding_box() for name in shown}
    boxes |= {css: page.locator(css).first.bounding_box() for css in names}
    boxes["reading"] = page.evaluate(READING)
    width, height = page.viewport_size["width"], page.viewport_size["height"]  # type: ignore[index]
    for name, box in boxes.items():
        assert box, name
        assert box["x"] >= 0, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= height, f"{name} ends at {box['y'] + box['height']:.0f} of {height}"
        assert box["x"] + box["width"] <= width, f"{name} ends at {box['x'] + box['width']:.0f} of {width}"


def assert_chart_and_slider(reader: Visit, entry: Page) -> None:
    """On a phone the first slider comes right below the chart, and both are on the screen together."""
    height = reader.page.viewport_size["height"]  # type: ignore[index]
    picture = reader.page.locator(".js-plotly-plot").bounding_box()
    slider = reader.slider(entry.params[0].name).bounding_box()
    assert picture
    assert slider
    assert picture["height"] <= 0.55 * height
    assert slider["y"] >= picture["y"] + picture["height"], "the slider belongs below the chart"
    assert slider["y"] + slider["height"] - picture["y"] <= height
    assert _controls_between(reader, picture["y"] + picture["height"], slider["y"]) == []


def _controls_between(reader: Visit, top: float, bottom: float) -> Any:
    return reader.page.evaluate(
        """([top, bottom]) => [...document.querySelectorAll('[data-testid=stMain] :is(button, a, input)')]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 2)
            .filter((e) => e.getBoundingClientRect().top > top && e.getBoundingClientRect().bottom < bottom)
            .map((e) => e.outerHTML)""",
        [top, bottom],
    )
