"""A full guide: whoever comes waits on a page that tries again by itself, and whoever is in can reload and stay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import DESK, PHONE, Arrive
from playwright.sync_api import Page, expect
from server import serve
from visit import BY_PATH, DRAWN, title

from pages.shared import words


def try_again(page: Page) -> int:
    """Let the seconds pass until the page tries again by itself; the status of what it gets."""
    seconds = int("".join(filter(str.isdecimal, page.locator("[data-next]").inner_text())))
    assert 0 < seconds <= 40
    with page.expect_navigation(wait_until="commit") as tried:
        page.clock.run_for(1000 * (seconds + 1))
    return tried.value.status


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that lets one reader in."""
    settings = {"NONLINEAR_READERS": "1", "NONLINEAR_METRICS": "1"}
    with serve(tmp_path_factory.mktemp("few") / "log.txt", environment=settings) as address:
        yield address


@pytest.mark.parametrize(
    ("code", "options", "scheme"), [("en", DESK, "light"), ("zh", PHONE, "dark")], ids=["desk", "dark-phone"]
)
def test_whoever_comes_waits_and_is_let_in_when_a_place_is_free(
    arrive: Arrive, few: str, code: str, options: dict, scheme: str
) -> None:
    reader, waiting = arrive(base=few, cold=True), arrive(base=few, cold=True, **options)
    reader.open("elu?alpha=0.3&lang=en")
    page = waiting.page
    page.emulate_media(color_scheme=scheme)
    page.clock.install()
    asked = f"{few}/relu?x0=1.5&lang={code}"
    assert page.goto(asked).status == 503
    expect(page.locator("h1")).to_have_text(words.label_in(code, "full.title"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor == 'rgb(255, 255, 255)'") == (
        scheme == "light"
    )
    before = page.locator("[data-next]").inner_text()
    page.clock.run_for(3000)
    assert page.locator("[data-next]").inner_text() != before, "it counts down"
    assert try_again(page) == 503, "there is still a reader"
    # The reader who is in may ask for the page anew, and for another by a link that opens a document.
    reader.page.reload()
    reader.page.wait_for_selector(DRAWN, state="attached")
    reader.page.evaluate("location.assign('gelu?lang=en')")
    expect(reader.page.locator("h1")).to_have_text(title(BY_PATH["gelu"], "en"))
    assert page.get_by_role("link").inner_text() == words.label_in(code, "full.now")
    reader.page.close()
    while "nonlinear_readers 0" not in page.request.get(f"{few}/metrics").text():
        page.wait_for_timeout(50)
    assert try_again(page) == 200
    page.clock.resume()
    page.wait_for_selector(DRAWN, state="attached")
    assert page.url == asked
    page.close()


def test_a_reader_who_reloads_and_keeps_nothing_waits_like_others(arrive: Arrive, few: str) -> None:
    """Without a store and cookies nothing tells this browser from another; it must not ask for ever."""
    reader, other = arrive(base=few, cold=True), arrive(base=few, cold=True)
    page = other.page
    page.add_init_script(
        "Object.defineProperty(document, 'cookie', {set() {}, get: () => ''});"
        "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error }})"
    )
    reader.open("elu?lang=en")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{few}/relu?lang=en")
    page.reload()
    expect(page.locator("h1")).to_have_text(words.label_in("en", "full.title"))
    page.wait_for_timeout(1000)
    assert len(asked) == 2
