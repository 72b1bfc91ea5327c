"""Addresses: the first visitor of a server, the reader's language, hostile values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Arrive
from look import View, assert_same
from playwright.sync_api import expect
from server import serve
from visit import BY_PATH, Visit, asked, title

TAME: dict[str, View] = {}  # pages as they stand by default
FOUND = {
    "silu": "swish",
    "死亡": "relu",
    "dead": "relu",
    "BERT": "gelu",
    "vanish": "vanishing",
    "梯度消失": "vanishing",
    "gelu tanh": "gelu_tanh",
    "relu 6": "relu6",
    "relu2": "relu_squared",
    "h-swish": "hard_swish",
    "饱和": "sigmoid",
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_first_visitor_of_a_server_may_come_by_deep_link(arrive: Arrive, tmp_path: Path) -> None:
    path = "elu"
    # The shared server has served other pages by now; what Streamlit knows of its pages depends on that.
    with serve(tmp_path / "log.txt") as address:
        reader = arrive(base=address).open(path)
        assert reader.heading == title(BY_PATH[path])
        assert reader.page.locator("[data-testid=stSidebar] a[href^='relu?']").is_visible()
        assert reader.failed() == 0
        assert reader.complaints == []
        reader.page.close()


def test_a_chinese_browser_is_greeted_in_chinese(arrive: Arrive) -> None:
    reader = arrive(locale="zh-CN").open("elu")
    assert asked(reader.page.url)["lang"] == ["zh"]
    assert reader.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert CHINESE.search(reader.slider("x0").inner_text())
    assert CHINESE.search(reader.page.locator(".nl-map h2").last.inner_text())


@pytest.mark.parametrize(("speaks", "code", "tag"), [("zh-CN", "en", "en")])
def test_the_link_outranks_the_browser_and_hands_its_language_on(
    arrive: Arrive, speaks: str, code: str, tag: str
) -> None:
    reader = arrive(locale=speaks).open(f"?lang={code}")
    for path in ("relu", ""):
        reader.walk(path, code)
        assert asked(reader.page.url)["lang"] == [code]
        assert reader.page.evaluate("document.documentElement.lang") == tag
    tile = reader.page.locator("[data-testid=stMain] a[href^='sigmoid?']").first
    reader.turn(tile.click, BY_PATH["sigmoid"], code)
    assert asked(reader.page.url)["lang"] == [code]
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("hostile", "tame", "notes"),
    [
        ("elu?alpha=-inf&x0=99&lang=%00&second=maybe&present=<b>", "elu", 1),
        ("vanishing?depth=-1&w=99&f=evil&target=nan", "vanishing", 2),
        ("?layers=1e9&predict=<script>", "?predict=no", 1),
    ],
)
def test_hostile_addresses_open_the_page_as_it_stands_by_default(
    arrive: Arrive, stranger: Visit, hostile: str, tame: str, notes: int
) -> None:
    reader = arrive().open(hostile)
    assert reader.failed() == 0
    assert reader.complaints == []
    if tame not in TAME:
        TAME[tame] = stranger.look(tame)
    # A note says what was out of reach, where it was a number; nothing else is different.
    assert reader.page.locator(".nl-note").count() == notes
    reader.page.evaluate("for (const note of document.querySelectorAll('.nl-note')) note.remove()")
    assert_same(reader.view(), TAME[tame])


@pytest.mark.parametrize("code", ["zh"])
def test_the_map_is_searched_in_either_language_and_enter_opens_what_is_found(arrive: Arrive, code: str) -> None:
    # Whatever was set there before: SiLU is Swish at one setting.
    reader = arrive().open(f"swish?lang={code}&beta=5").walk("elu", code)
    box, shown = reader.page.locator(".nl-map input"), reader.page.locator(".nl-found a")
    for sought, path in FOUND.items():
        box.fill(sought)
        expect(shown.and_(reader.page.locator(f"[href^='{path}?']"))).to_be_visible()
        assert shown.count() <= 12, sought
    box.fill("silu")
    expect(shown.first).to_have_attribute("href", re.compile(r"^swish\?.*&beta=1$"))
    reader.turn(lambda: box.press("Enter"), BY_PATH["swish"], code)
    assert reader.values(BY_PATH["swish"])["beta"] == 1
    assert reader.complaints == []
