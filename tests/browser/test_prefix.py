"""Served behind a proxy that strips a prefix: alone, and in a host page's frame as on Streamlit Community Cloud."""

from __future__ import annotations

import re

import pytest
from conftest import Arrive
from playwright.sync_api import Frame, Page, expect
from proxy import strip
from visit import BY_PATH, title

HOST_PAGE = """<!doctype html><title>the host</title>
<script>window.messages = []; addEventListener("message", ({ data }) => messages.push(data));</script>
<iframe src="/~/+/elu?lang=en&predict=0" style="width: 1270px; height: 700px; border: 0"></iframe>"""
CURVE = ".js-plotly-plot .scatterlayer path.js-line"


def test_behind_a_proxy_that_strips_a_prefix_the_guide_is_alive_and_walks(arrive: Arrive, server: str) -> None:
    with strip(server, "/x", HOST_PAGE) as proxy:
        reader = arrive(base=f"{proxy}/x").open("elu?lang=en")
        assert reader.heading == title(BY_PATH["elu"])
        assert_it_follows_the_thumb(reader.page, reader.page.main_frame)
        reader.walk("tanh")
        reader.walk("", "en")
        reader.turn(reader.page.locator(".nl-switches a").first.click, BY_PATH[""], "zh")
        assert reader.page.url.startswith(f"{proxy}/x/")
        assert reader.failed() == 0
        assert reader.complaints == []


def test_in_the_frame_of_a_host_page_the_guide_starts_and_tells_the_host_where_it_is(
    arrive: Arrive, server: str
) -> None:
    with strip(server, "/~/+", HOST_PAGE) as proxy:
        page = arrive().page
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(proxy)
        guide = page.frames[1]
        expect(guide.locator("h1")).to_have_text(title(BY_PATH["elu"]))
        guide.wait_for_selector(CURVE, state="attached")
        assert_it_follows_the_thumb(page, guide)
        expect_message(page, lambda message: "alpha=" in str(message.get("queryParams")))
        guide.locator("nav a.next").click()
        expect(guide.locator("h1")).to_have_text(title(BY_PATH["celu"]))
        expect_message(page, lambda message: message.get("currentPageName") == "celu")
        guide.locator(".nl-switches a").first.click()
        expect(guide.locator("h1")).to_have_text(title(BY_PATH["celu"], "zh"))
        assert complaints == []


def assert_it_follows_the_thumb(page: Page, frame: Frame) -> None:
    """Pressed once, the slider of α moves, the curve becomes another one, and the address tells."""
    thumb = frame.locator(".st-key-alpha input[type=range]")
    read = "lines => lines.map((line) => line.getAttribute('d')).join()"
    before = frame.locator(CURVE).evaluate_all(read)
    thumb.press("ArrowRight")
    frame.wait_for_function(
        "([css, before]) => [...document.querySelectorAll(css)].map((e) => e.getAttribute('d')).join() !== before",
        arg=[CURVE, before],
    )
    frame.wait_for_url(re.compile(r"[?&]alpha="))


def expect_message(page: Page, holds) -> None:  # type: ignore[no-untyped-def]
    """Wait until the host page has received a message of which this holds."""
    for _ in range(100):
        if any(holds(message) for message in page.evaluate("messages") if isinstance(message, dict)):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"the host received only {page.evaluate('messages')}")
