"""A visit asks no other site, sets no cookie and stores only what the page about privacy lists."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from conftest import DESK, Arrive

STORED = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_a_visit_asks_nobody_else_and_stores_what_is_listed(arrive: Arrive) -> None:
    reader = arrive(**DESK)
    page = reader.page
    asked: set[str] = set()
    page.context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.context.on("requestfailed", lambda request: asked.add(urlsplit(request.url).netloc))
    # A chart, a formula in MathML and one in KaTeX, the search with its library, a question, a slide, a code to scan.
    reader.open("vanishing?lang=en")
    page.locator(".nl-map input[type=search]").fill("silu")
    page.locator("#nl-found [role=option]").first.wait_for()
    page.locator(".nl-map .nl-share").click()
    page.locator("[src*='qr.svg'], [href*='qr.svg']").first.wait_for(state="attached")
    page.keyboard.press("Escape")
    reader.open("elu?lang=zh")
    reader.open("vanishing?lang=en&present=1&predict=1")
    page.keyboard.press("h")
    page.keyboard.press("2")
    reader.open("myths?lang=en")
    page.goto(f"{reader.base}/privacy?lang=en")
    page.locator("table").first.wait_for()
    listed = {name.strip(" …") for name in page.locator("td:first-child code").all_inner_texts()}
    stored = {re.sub(r"^(stActiveTheme).*", r"\1", name) for name in page.evaluate(STORED)}
    assert {"nonlinear.visited", "stActiveTheme"} <= stored <= listed
    # What a page makes itself, such as a blob, comes from nowhere.
    assert asked - {""} == {urlsplit(reader.base).netloc}
    assert page.context.cookies() == []
    assert reader.complaints == []
