"""One visit to every page in a real browser: whole, on one screen at a desk and on a phone, open to all, used by hand.

English pages are seen by day, Chinese ones by night, and pages take turns; each language is one session, which comes
from page to page by the map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from conftest import DESK, PHONE
from fit import assert_chart_and_slider, assert_inside
from hand import Hand
from playwright.sync_api import Browser
from sent import assert_sent
from visit import PAGES, Visit, arrived
from walking import Walk
from whole import assert_no_wider, assert_open_to_all, assert_whole

from pages.register import Page
from pages.shared import words
from tests.oracle import visitor
from tests.oracle.blob import plain

# Functions share one page but for their sliders and a few parts: what one of them does, all do.
USED = ("elu", "prelu")
LOOKED_AT = ("elu", "prelu")
# Where files are saved as well: lines, and heat maps.
SAVES = ("elu", "exploding")
# What is switched on in the page of one function is on in the next: those that a hand uses come last.
TURNS = sorted(
    ((("en", "zh")[place % 2], page) for place, page in enumerate(PAGES)),
    key=lambda turn: (turn[0], turn[1].path in USED),
)
CHOICE = ".st-key-question li a"
Sessions = Callable[[str], Walk]


@pytest.fixture(scope="module")
def session(quick_browser: Browser, server: str) -> Iterator[Sessions]:
    """One session a language: a cold load of each page would cost minutes, and hide what a visit remembers.

    The session of the other language is over by then: a page that is open draws, even if nobody looks at it.
    """
    walks: dict[str, Walk] = {}

    def of(code: str) -> Walk:
        if code not in walks:
            close()
            scheme = {"en": "light", "zh": "dark"}[code]
            permissions = ["clipboard-read", "clipboard-write"]
            page = quick_browser.new_context(**DESK, color_scheme=scheme, permissions=permissions).new_page()
            walks[code] = Walk(Visit(page, server).open(f"tanh?lang={code}&predict=ask"), code)
        return walks[code]

    def close() -> None:
        for code in list(walks):
            walks.pop(code).reader.page.context.close()

    yield of
    close()


# Not as the parameter of a fixture: tests would be put in an order of their own, and the sessions be opened ever anew.
@pytest.mark.parametrize(("code", "page"), TURNS, ids=[f"{code}-{page.path or 'home'}" for code, page in TURNS])
def test_page(session: Sessions, code: str, page: Page) -> None:
    walk = session(code)
    reader = walk.reader
    reader.complaints.clear()
    walk.to(page)
    assert_whole(reader, page, code)
    assert_sent(reader)
    if page.path != "choose":  # It begins with the choice; its picture stands below that.
        assert_inside(reader, page, "h1", ".js-plotly-plot")
    if page.kind != "functions" or page.path in LOOKED_AT:
        assert_open_to_all(reader, ".nl-map" if page.path else "")
    reader.page.set_viewport_size(PHONE["viewport"])
    reader.settle()
    assert_no_wider(reader)
    if page.params:
        assert_chart_and_slider(reader, page)
    reader.page.set_viewport_size(DESK["viewport"])
    reader.settle()
    if page.kind != "functions" and page.answer_state:
        _answer_wrongly(reader, page, code)
    if page.kind != "functions" or page.path in USED:
        hand = Hand(reader, page.path in SAVES)
        hand.use_all()
        kinds = {control.split("|")[0] for control in hand.done}
        assert "slider" in kinds or page.path == "myths", "no control was found: this test would show nothing"
        walk.note(page)
    assert (reader.failed(), reader.complaints) == (0, [])


def _answer_wrongly(reader: Visit, page: Page, code: str) -> None:
    """After a wrong answer to the question of a page its sliders and choices stand where the right one is seen."""
    text = words.page(page.words, code)
    number = next(n for n in "1234" if f"choice-{n}" in text and n != text["right"])
    reader.page.locator(CHOICE).nth(int(number) - 1).click()
    arrived(reader)
    verdict = words.label_in(code, "question.wrong", answer="|").partition("|")[0]
    assert reader.page.locator(".nl-verdict").inner_text().startswith(verdict)
    # What is chosen by default is not in the address: the picture tells.
    query = {"lang": code, **{name: str(v) for name, v in page.answer_state.items()}}
    # The probe stands where an earlier page of this visit left it.
    if any(param.name == "x0" for param in page.params):
        query.setdefault("x0", f"{reader.values(page)['x0']:g}")
    wanted = visitor.Visit().go(page.path, query)
    assert reader.view().label == plain(wanted.alt)
