"""What a reader takes along is what the chart shows at that moment, without asking the server for anything."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from conftest import Arrive
from playwright.sync_api import Page

from activations import CATALOGUE

PNG = b"\x89PNG\r\n\x1a\n"
ALPHA = 1.8


def saved(page: Page, name: str, to: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def numbers(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ("SVG", "PNG", "CSV", "Copy link", "Table", "what")),
        ("zh", ("SVG", "PNG", "CSV", "复制链接", "表格", "内容")),
    ],
)
def test_a_reader_takes_the_picture_the_numbers_and_the_link(
    arrive: Arrive, tmp_path: Path, code: str, names: tuple[str, ...]
) -> None:
    reader = arrive(permissions=["clipboard-read", "clipboard-write"]).open(f"elu?lang={code}&alpha={ALPHA}")
    page, sent = reader.page, reader.sent
    svg, png, table, link, shown, what = names
    assert saved(page, svg, tmp_path).read_text(encoding="utf-8").count("<path") > 5
    assert saved(page, png, tmp_path).read_bytes().startswith(PNG)
    path = saved(page, table, tmp_path)
    assert path.name == "nonlinear-elu.csv"
    told = numbers(path)
    curve = np.array([(float(row["x"]), float(row["y"])) for row in told if row[what] == "f"])
    assert len(curve) > 200
    assert np.allclose(curve[:, 1], CATALOGUE["elu"](curve[:, 0], alpha=ALPHA), atol=2e-3)
    page.get_by_role("button", name=link, exact=True).click()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.get_by_role("button", name=shown, exact=True).click()
    assert page.locator(".numbers tbody tr").count() == len(told)
    assert page.locator(".numbers thead th").all_inner_texts() == [what, "x", "y"]
    assert reader.sent == sent
    assert reader.complaints == []


def test_the_numbers_are_those_of_where_the_thumb_is_held(arrive: Arrive, tmp_path: Path) -> None:
    reader = arrive().open("elu?lang=en&alpha=1")
    reader.drag("alpha", 0.9)
    stands = float(reader.slider("alpha").locator("input").input_value())
    reader.page.mouse.up()
    told = numbers(saved(reader.page, "CSV", tmp_path))
    lowest = min(float(row["y"]) for row in told if row["what"] == "f")
    assert lowest == pytest.approx(stands * (np.exp(-6) - 1), abs=5e-3)
