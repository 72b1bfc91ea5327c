"""Addresses: the first visitor of a server, the reader's language, hostile values."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Arrive
from serving import serve
from visit import Visit


def _asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.mark.parametrize(
    ("room", "title"), [("elu", "ELU"), ("vanishing", "How much of the error signal survives depth?")]
)
def test_first_visitor_of_a_server_may_come_by_deep_link(arrive: Arrive, tmp_path: Path, room: str, title: str) -> None:
    # The shared server has served other pages by now; what Streamlit knows of its pages depends on that.
    with serve(tmp_path / "log.txt") as address:
        reader = arrive(base=address).open(room)
        assert reader.page.locator("h1").inner_text() == title
        assert reader.page.locator("[data-testid=stSidebar] a[href^='relu?']").is_visible()
        assert reader.page.locator("[role=dialog]").count() == 0
        assert reader.complaints == []
        reader.page.close()


def test_a_chinese_browser_is_greeted_in_chinese(arrive: Arrive) -> None:
    reader = arrive(locale="zh-CN").open("elu")
    assert _asked(reader.page.url)["lang"] == ["zh"]
    assert reader.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert re.search(r"[\u4e00-\u9fff]", reader.slider("x0").inner_text())
    assert "激活函数" in reader.page.locator("[data-testid=stSidebar]").inner_text()


def test_the_link_outranks_the_browser(arrive: Arrive) -> None:
    reader = arrive(locale="zh-CN").open("elu?lang=en")
    assert reader.page.evaluate("document.documentElement.lang") == "en"
    assert not re.search(r"[\u4e00-\u9fff]", reader.page.locator("[data-testid=stMain]").inner_text())


def test_switching_the_language_keeps_the_sliders(arrive: Arrive) -> None:
    reader = arrive().open("elu?alpha=0.3&x0=2&lang=en")
    before, english = reader.sent, reader.view()
    reader.page.get_by_role("radio", name="简体中文").or_(reader.page.get_by_role("button", name="简体中文")).click()
    reader.settle(before + 1)
    asked = _asked(reader.page.url)
    assert (asked["lang"], float(asked["alpha"][0]), float(asked["x0"][0])) == (["zh"], 0.3, 2.0)
    assert reader.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert "激活函数" in reader.page.locator("[data-testid=stSidebar]").inner_text()
    assert reader.view().numbers == english.numbers
    assert reader.view().picture == english.picture
    assert reader.complaints == []


@pytest.mark.parametrize(("browser_speaks", "code", "tag"), [("en-US", "zh", "zh-CN"), ("zh-CN", "en", "en")])
def test_links_between_rooms_keep_the_language(arrive: Arrive, browser_speaks: str, code: str, tag: str) -> None:
    reader = arrive(locale=browser_speaks).open(f"?lang={code}")
    for room in ("relu", "vanishing", ""):
        reader.walk(room)
        assert _asked(reader.page.url)["lang"] == [code]
        assert reader.page.evaluate("document.documentElement.lang") == tag
    before = reader.sent
    reader.page.locator("[data-testid=stMain] a[href^='sigmoid?']").first.click()
    reader.page.wait_for_url(re.compile("/sigmoid"))
    reader.settle(before + 1)
    assert _asked(reader.page.url)["lang"] == [code]
    assert reader.complaints == []


@pytest.mark.parametrize(
    ("hostile", "tame"),
    [
        ("elu?alpha=nan", "elu"),
        ("elu?alpha=1e999&x0=abc", "elu"),
        ("elu?alpha=-inf&x0=99&lang=%00&second=maybe&present=<b>", "elu"),
        ("vanishing?depth=-1&w=99&f=evil&target=nan", "vanishing"),
        ("vanishing?target=0&rate=9&f=relu&f=relu", "vanishing?f=relu"),
    ],
)
def test_hostile_addresses_open_the_page_as_it_stands_by_default(
    arrive: Arrive, stranger: Visit, hostile: str, tame: str
) -> None:
    reader = arrive().open(hostile)
    assert reader.page.locator("[data-testid=stException]").count() == 0
    assert reader.page.locator("[role=dialog]").count() == 0
    assert reader.complaints == []
    assert reader.view() == stranger.open(tame).view()
