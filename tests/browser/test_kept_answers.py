"""What was answered to true or false is kept by the browser: over a restart, until it is forgotten."""

from __future__ import annotations

from pathlib import Path

from conftest import Arrive
from server import free_port, serve
from visit import Visit

from pages.shared import words
from pages.topics.myths.cards import CARDS

TEXT = words.page("topics/myths", "en")
KEPT = "localStorage.getItem('nonlinear.answers')"


def see(reader: Visit, text: str) -> None:
    """Wait for a text on the page itself: beside it lies what was served before it could be drawn."""
    reader.page.locator("[data-testid=stMain]").get_by_text(text).first.wait_for()


def answer(reader: Visit, card: str, choice: bool) -> None:
    before = reader.sent
    reader.page.locator(f".st-key-{card}-{choice} button").click()
    see(reader, TEXT["next"])
    reader.settle(before + 1)


def scored(reader: Visit, right: int, answered: int) -> None:
    see(reader, words.format(TEXT["score"], right=right, answered=answered))


def cold(reader: Visit) -> None:
    see(reader, TEXT["score-none"])


def test_answers_survive_a_restart_and_a_reload_until_they_are_forgotten(arrive: Arrive, tmp_path: Path) -> None:
    port = free_port()
    with serve(tmp_path / "first.txt", port) as address:
        reader = arrive(base=address).open("myths?lang=en&predict=no")
        for card in CARDS[:3]:
            answer(reader, card.name, card.true if card.name != "quarter" else not card.true)
            reader.page.get_by_role("button", name=TEXT["next"]).click()
            reader.page.wait_for_selector(".st-key-answers")
            reader.settle()
        scored(reader, 2, 3)
    with serve(tmp_path / "second.txt", port):
        reader.settle(1)
        scored(reader, 2, 3)  # of a new session, in the tab that stayed open
        reader.page.reload()
        reader.settle(1)
        scored(reader, 2, 3)
        assert reader.page.get_by_text(TEXT["because-quarter"][:40]).count() == 1, "it is to be looked at again"
        reader.walk("tanh")
        reader.page.locator(".nl-forget").click()
        assert reader.page.evaluate(KEPT) is None
        reader.walk("myths")
        cold(reader)
        reader.page.reload()
        cold(reader)
        reader.settle(1)
        assert reader.page.evaluate(KEPT) is None
        assert reader.failed() == 0
        reader.page.close()


def test_answers_are_forgotten_on_the_page_itself_by_either_control(arrive: Arrive) -> None:
    reader = arrive().open("myths?lang=en&predict=no")
    for forget in (".nl-forget", f"button:has-text('{TEXT['over']}')"):
        answer(reader, CARDS[0].name, CARDS[0].true)
        scored(reader, 1, 1)
        assert reader.page.evaluate(f"JSON.parse({KEPT}).myths") == {CARDS[0].name: CARDS[0].true}
        reader.page.click(forget)
        cold(reader)
        reader.settle()
        assert reader.page.evaluate(KEPT) is None
    reader.page.close()


def test_on_a_slide_a_key_shows_the_verdict(arrive: Arrive) -> None:
    reader = arrive().open("myths?lang=en&present=1&predict=no&card=quarter")
    reader.page.keyboard.press("a")
    see(reader, TEXT["is-false"])
    cold(reader)
    reader.page.close()
