"""A name that no page knows is said where a visit begins with it, and never on the way through the guide."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import DESK, PHONE, Arrive
from visit import BY_PATH, DRAWN
from walking import Walk
from wire import call

from pages.register import Page

STRANGE = ".nl-strange"


def test_walking_and_going_back_never_say_a_name(walk: Walk) -> None:
    page, visited = walk.reader.page, set[str]()

    def look(entry: Page) -> None:
        assert page.locator(STRANGE).count() == 0, entry.path
        visited.add(page.url)

    trail = [BY_PATH[path] for path in ("elu", "vanishing", "swish", "dying", "derivative", "rounding", "compare")]
    for entry in trail:
        if walk.reader.path != entry.path:
            walk.to(entry)
        walk.to_an_end(entry, next(param.name for param in entry.params if param.name != "x0"), "End")
        look(entry)
    for entry in trail[-2::-1]:
        walk.go(walk.back, entry)
        look(entry)
    # Nor does an address on the way hold anything that a visit which begins with it would be told of.
    for url in visited:
        page.goto(url)
        page.wait_for_selector(DRAWN, state="attached")
        assert page.locator(STRANGE).count() == 0, url


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_the_line_leads_to_the_names_of_its_page(arrive: Arrive, size: dict[str, Any]) -> None:
    reader = arrive(**size).open("vanishing?lang=en&x0=0.5")
    line = reader.page.locator(STRANGE)
    assert line.inner_text() == "This page has no setting called x0. Did you mean input? All names"
    line.locator("a").click()
    reader.page.wait_for_url("**/addresses?*q=vanishing*")
    reader.page.wait_for_selector(".nl-names")
    assert reader.page.locator(".nl-names h2").first.inner_text() == "Names of the page “Vanishing gradients”"
    assert reader.page.locator(STRANGE).count() == 0
    reader.page.locator(".nl-names details summary", has_text="Rounding errors").click()
    assert reader.page.locator(".nl-names code", has_text="largest").first.is_visible()
    # Where a page has many options, their number leads to its own list, in which they can be unfolded.
    reader.page.locator(".nl-names details summary", has_text="straight pieces").click()
    reader.page.locator(".nl-names details[open] a", has_text="42 values").click()
    reader.page.locator(".nl-names h2", has_text="How straight pieces").wait_for()
    reader.page.locator(".nl-names td summary", has_text="42 values").first.click()
    assert reader.page.locator(".nl-names code", has_text="hard_shrink").first.is_visible()
    assert reader.complaints == []


@pytest.mark.parametrize("query", ["lang=zh", "lang=en&q=compare"])
def test_the_list_is_light(server: str, query: str) -> None:
    with call(server, "addresses", query) as line:
        weight = line.open()
    print(f"/addresses?{query}: {weight} bytes")
    assert 5_000 < weight <= 150_000
