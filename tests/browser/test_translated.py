"""A browser that translates pages by itself leaves no heading, reading or control of the page before."""

from __future__ import annotations

from conftest import Arrive
from visit import BY_PATH, title

# What Chromium's own translation does to a page: each text gives way to an element with another one.
TRANSLATE = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts) {
        const skipped = text.parentElement.closest('script, style, [translate=no], .js-plotly-plot, annotation');
        if (skipped || !text.nodeValue.trim()) continue;
        const font = document.createElement('font');
        font.append(document.createElement('font'));
        font.firstChild.textContent = `«${text.nodeValue}»`;
        text.replaceWith(font);
    }
}"""


def test_after_a_translation_the_next_page_is_shown_whole(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en")
    reader.page.evaluate(TRANSLATE)
    assert reader.heading == f"«{title(BY_PATH['elu'])}»"
    assert "«" not in "".join(reader.page.locator("[data-testid=stMain] [translate=no]").all_inner_texts())
    for path in ("tanh", "leaky_relu"):
        reader.walk(path)
        main = reader.page.locator("[data-testid=stMain]")
        assert reader.heading == title(BY_PATH[path])
        assert title(BY_PATH["elu"]) not in main.locator("h1").inner_text()
        assert reader.failed() == 0
        reader.page.evaluate(TRANSLATE)
    before = reader.page.locator("[data-testid=stMain] [translate=no]").first.inner_text()
    reader.press("x0", "End")
    reader.settle(reader.sent + 1)
    assert reader.page.locator("[data-testid=stMain] [translate=no]").first.inner_text() != before
    assert reader.complaints == []
