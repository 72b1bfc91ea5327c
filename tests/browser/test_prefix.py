"""Served behind a proxy that strips a prefix: alone, and in a host page's frame as on Streamlit Community Cloud."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Arrive
from playwright.sync_api import Frame, Page, expect
from proxy import strip
from server import serve
from visit import BY_PATH, asked, title
from wire import call

from pages.shared import words

HOST_PAGE = """<!doctype html><title>the host</title>
<script>window.messages = []; addEventListener("message", ({ data }) => messages.push(data));</script>
<iframe src="/~/+/elu?lang=en&predict=0&alpha=1.8" style="width: 1270px; height: 700px; border: 0"></iframe>"""
CURVE = ".js-plotly-plot .scatterlayer path.js-line"
READ = "lines => lines.map((line) => line.getAttribute('d')).join()"
ALPHA = ".st-key-alpha input[type=range]"
GROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"


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
        expect(guide.locator(ALPHA)).to_have_value("1.8")
        assert_it_follows_a_drag(page, guide)
        assert_it_follows_the_thumb(page, guide)
        expect_message(page, lambda message: "alpha=" in str(message.get("queryParams")))
        guide.locator("nav a.next").click()
        expect(guide.locator("h1")).to_have_text(title(BY_PATH["celu"]))
        expect_message(page, lambda message: message.get("currentPageName") == "celu")
        guide.locator(".nl-switches a").first.click()
        expect(guide.locator("h1")).to_have_text(title(BY_PATH["celu"], "zh"))
        assert_others_get_links_without_the_prefix(guide, proxy)
        light = guide.evaluate(GROUND)
        page.emulate_media(color_scheme="dark")
        guide.wait_for_function(f"(light) => {GROUND} !== light", arg=light)
        assert complaints == []


def test_in_the_frame_of_a_host_page_a_full_guide_says_so_and_lets_in_later(arrive: Arrive, tmp_path: Path) -> None:
    with (
        serve(tmp_path / "log.txt", environment={"NONLINEAR_READERS": "1"}) as server,
        strip(server, "/~/+", HOST_PAGE) as proxy,
    ):
        page = arrive(cold=True).page
        with call(server, "elu", "lang=en&predict=0") as first:
            first.open()
            page.goto(proxy)
            guide = page.frames[1]
            expect(guide.locator("h1")).to_have_text(words.label_in("en", "full.title"))
        # The reader who was there has left.
        guide.get_by_role("link").click()
        expect(guide.locator("h1")).to_have_text(title(BY_PATH["elu"]))
        expect(guide.locator(ALPHA)).to_have_value("1.8")
        assert page.url.rstrip("/") == proxy


def assert_it_follows_a_drag(page: Page, frame: Frame) -> None:
    """While the thumb of α is held the curve follows it, as it does on a page of its own."""
    frame.locator(ALPHA).scroll_into_view_if_needed()
    thumb = frame.locator(".st-key-alpha div:has(> div > input[type=range])").bounding_box()
    assert thumb is not None
    x, y = thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    drawn = [frame.locator(CURVE).evaluate_all(READ)]
    for step in range(1, 5):
        page.mouse.move(x - 20 * step, y)
        frame.wait_for_function(
            f"([css, drawn]) => !drawn.includes(({READ})([...document.querySelectorAll(css)]))",
            arg=[CURVE, drawn],
        )
        drawn.append(frame.locator(CURVE).evaluate_all(READ))
    page.mouse.up()
    frame.wait_for_function("(css) => Number(document.querySelector(css).value) < 1.8", arg=ALPHA)


def assert_others_get_links_without_the_prefix(frame: Frame, host: str) -> None:
    """Every link that can be copied, and the QR code, leave out what only the host's frame has."""
    frame.locator(".nl-keep .nl-share").click()
    panel = frame.locator("dialog.nl-shared[open]")
    links = [field.input_value() for field in panel.locator(".row input").all()]
    assert links[0].startswith(f"{host}/celu?")
    assert asked(links[0])["lang"] == ["zh"]
    code = panel.locator(".qr").get_attribute("src") or ""
    assert asked(code)["to"] == [links[0]]
    assert [link for link in links if "~" in link or f"{host}/celu" not in link] == []
    frame.locator("dialog.nl-shared > button").click()


def assert_it_follows_the_thumb(page: Page, frame: Frame) -> None:
    """Pressed once, the slider of α moves, the curve becomes another one, and the address tells."""
    before = frame.locator(CURVE).evaluate_all(READ)
    frame.locator(ALPHA).press("ArrowRight")
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
