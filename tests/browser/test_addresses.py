"""Addresses that are no page's own: other names lead there, a wrong one gets our page, in the app as from outside."""

from __future__ import annotations

import pytest
from conftest import DESK, PHONE, Arrive
from playwright.sync_api import expect
from proxy import strip
from visit import BY_PATH, DRAWN, asked, title

from pages.shared import words


@pytest.mark.parametrize(
    ("name", "path", "values"),
    [("SiLU/?x0=0.5&lang=zh", "swish", {"beta": 1, "x0": 0.5})],
)
def test_another_name_opens_the_page_as_it_was_asked_for(
    arrive: Arrive, name: str, path: str, values: dict[str, float]
) -> None:
    reader = arrive().open(name)
    assert reader.path == path
    assert reader.heading == title(BY_PATH[path], "zh")
    assert reader.values(BY_PATH[path]).items() >= values.items()
    assert reader.failed() == 0
    assert reader.complaints == []


def test_behind_a_stripped_prefix_another_name_stays_below_it(arrive: Arrive, server: str) -> None:
    with strip(server, "/x", "<!doctype html><title>the host</title>") as proxy:
        reader = arrive(base=f"{proxy}/x").open("leaky-relu/?lang=en")
        assert reader.page.url.startswith(f"{proxy}/x/leaky_relu?")
        reader.page.goto(f"{proxy}/x/a/silux")
        expect(reader.page.locator("h1")).to_have_text(words.label_in("en", "unknown.title"))
        reader.page.locator("a", has_text="Swish").first.click()
        reader.page.wait_for_selector(DRAWN, state="attached")
        assert reader.page.url.startswith(f"{proxy}/x/swish?")


@pytest.mark.parametrize(
    ("code", "options", "scheme"), [("en", DESK, "light"), ("zh", PHONE, "dark")], ids=["desk", "dark-phone"]
)
def test_a_wrong_address_gets_our_page_and_a_way_on(arrive: Arrive, code: str, options: dict, scheme: str) -> None:
    reader = arrive(**options)
    reader.page.emulate_media(color_scheme=scheme)
    assert reader.page.goto(f"{reader.base}/leakyrelux?lang={code}").status == 404
    assert reader.page.evaluate("[document.compatMode, document.documentElement.lang]") == [
        "CSS1Compat",
        words.TAGS[code],
    ]
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper, ink = reader.page.evaluate("[getComputedStyle(document.body)].map((s) => [s.backgroundColor, s.color])[0]")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    assert paper != ink
    reader.page.get_by_role("link", name=title(BY_PATH["leaky_relu"], code), exact=True).click()
    reader.page.wait_for_selector(DRAWN, state="attached")
    assert reader.path == "leaky_relu"
    assert asked(reader.page.url)["lang"] == [code]


def test_a_wrong_address_that_the_app_comes_to_by_itself_gets_our_page_as_well(arrive: Arrive) -> None:
    reader = arrive().open("elu?lang=en")
    go = "(path) => { history.pushState({}, '', path); history.pushState({}, '', 'elu'); history.back(); }"
    reader.page.evaluate(go, "./nowhere-at-all?lang=en")
    expect(reader.page.locator("h1")).to_have_text(words.label_in("en", "unknown.title"))
    assert reader.page.locator("[role=dialog]").count() == 0
    reader.page.evaluate("history.forward()")
    reader.page.wait_for_selector(DRAWN, state="attached")
    assert reader.path == "elu"
    reader.page.evaluate(go, "./ReLU?lang=en")
    expect(reader.page.locator("h1")).to_have_text(title(BY_PATH["relu"]))
    assert reader.page.locator("[role=dialog]").count() == 0
