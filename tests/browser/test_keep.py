"""What a reader takes along is what the chart shows at that moment, without asking the server for anything."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from conftest import Arrive
from playwright.sync_api import Page
from sent import assert_sent
from visit import Visit, asked

from activations import CATALOGUE

PNG = b"\x89PNG\r\n\x1a\n"
ALPHA = 1.8
NAME = "nonlinear-elu-alpha-1.8-x0--1.2"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
CHOSEN = """(css) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(css));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


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
        ("en", ("SVG", "PNG", "CSV", "Share", "Table", "what", "y axis", "page", "address")),
        ("zh", ("SVG", "PNG", "CSV", "分享", "表格", "内容", "y 轴", "页面", "地址")),
    ],
)
def test_a_reader_takes_the_picture_the_numbers_and_the_link(
    arrive: Arrive, tmp_path: Path, code: str, names: tuple[str, ...]
) -> None:
    reader = arrive(permissions=CLIPBOARD).open(f"elu?lang={code}&alpha={ALPHA}")
    page, sent = reader.page, reader.sent
    here = page.url.replace("&predict=0", "")
    svg, png, table, link, shown, what, axis, own, address = names
    drawing = saved(page, svg, tmp_path)
    assert drawing.name == f"{NAME}.svg"
    assert drawing.read_text(encoding="utf-8").count("<path") > 5
    written = "".join(re.findall(r">([^<>]+)<", drawing.read_text(encoding="utf-8"))).replace("&amp;", "&")
    assert "ELU · alpha = 1.8, x0 = -1.2" in written
    assert here in written
    assert saved(page, png, tmp_path).read_bytes().startswith(PNG)
    path = saved(page, table, tmp_path)
    assert path.name == f"{NAME}.csv"
    rows = numbers(path)
    assert list(rows[0]) == [what, "x", "y", axis, own, "alpha", "x0", address]
    assert {(row[own], row["alpha"], row["x0"], row[address]) for row in rows} == {("ELU", "1.8", "-1.2", here)}
    assert {row[axis] for row in rows if row[what] in ("f", "f′")} == {"f(x)", "f′(x)"}
    curve = np.array([(float(row["x"]), float(row["y"])) for row in rows if row[what] == "f"])
    assert len(curve) > 200
    assert np.allclose(curve[:, 1], CATALOGUE["elu"](curve[:, 0], alpha=ALPHA), atol=2e-3)
    assert page.locator(".nl-keep").get_by_role("button", name=link, exact=True).is_visible()
    page.get_by_role("button", name=shown, exact=True).click()
    assert page.locator(".numbers tbody tr").count() == len(rows)
    assert page.locator(".numbers thead th").all_inner_texts() == [what, "x", "y", axis]
    assert reader.sent == sent
    assert reader.complaints == []


def test_the_numbers_are_those_of_where_the_thumb_is_held(arrive: Arrive, tmp_path: Path) -> None:
    reader = arrive().open("elu?lang=en&alpha=1")
    reader.drag("alpha", 0.9)
    stands = float(reader.slider("alpha").locator("input").input_value())
    reader.page.mouse.up()
    rows = numbers(saved(reader.page, "CSV", tmp_path))
    lowest = min(float(row["y"]) for row in rows if row["what"] == "f")
    assert lowest == pytest.approx(stands * (np.exp(-6) - 1), abs=5e-3)


@pytest.mark.parametrize(
    ("path", "heads", "rows"),
    [
        # Panels that measure different things have a column that says which.
        ("vanishing", ["what", "x: layer, from the input to the output", "y", "y axis"],
         {"Sigmoid": "log₁₀ of gradient at each layer", "Sigmoid · forward": "activation of each layer"}),
        ("exploding", ["what", "x", "y", "z", "x axis", "y axis"],
         {"cross-section": "log₁₀ of gradient at layer 1", "map": "log₂ of weight scale g"}),
    ],
)  # fmt: skip
def test_the_numbers_say_what_is_measured_and_how(
    arrive: Arrive, tmp_path: Path, path: str, heads: list[str], rows: dict[str, str]
) -> None:
    table = numbers(saved(arrive().open(path).page, "CSV", tmp_path))
    assert list(table[0])[: len(heads)] == heads
    column = "y axis" if path == "vanishing" else "x axis"
    assert {name: {row[column] for row in table if row["what"] == name} for name in rows} == {
        name: {title} for name, title in rows.items()
    }


def test_without_encryption_code_is_copied_all_the_same(arrive: Arrive) -> None:
    reader = arrive()
    page = reader.page
    page.add_init_script("delete Navigator.prototype.clipboard;")
    reader.open("elu?lang=en&alpha=1.8&code=numpy")
    assert not page.evaluate("'readText' in navigator.clipboard")
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
    code = page.locator("[data-testid=stCode]").first
    code.hover()  # Streamlit shows its button then.
    code.locator("button").click()
    page.locator("#pasted").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#pasted").input_value().strip() == code.locator("code").inner_text().strip()
    assert reader.complaints == []


def copied(reader: Visit) -> list[str]:
    """What is in the clipboard after each of the first marked numbers on the page was copied alone."""
    printed = reader.page.evaluate("""() => [...document.querySelectorAll('[data-testid=stMain] strong')]
        .map((one, k) => (one.dataset.k = k, [k, one.textContent]))
        .filter(([, text]) => text.startsWith(String.fromCharCode(0x2063))).map(([k]) => k)""")
    found = []
    for k in printed[:6]:
        reader.page.evaluate(CHOSEN, f"[data-k='{k}']")
        reader.page.keyboard.press("Control+c")
        found.append(reader.page.evaluate("navigator.clipboard.readText()"))
    return found


def test_a_copied_number_is_one_that_programs_read(arrive: Arrive) -> None:
    reader = arrive(permissions=CLIPBOARD).open("elu?alpha=0.3&x0=-2")
    value, slope = map(float, copied(reader)[:2])
    assert value == pytest.approx(0.3 * (np.exp(-2) - 1), abs=1e-4)
    assert slope == pytest.approx(0.3 * np.exp(-2), abs=1e-4)
    # Prose keeps its minus and loses its marks.
    reader.page.evaluate(CHOSEN, ".st-key-stage")
    reader.page.keyboard.press("Control+c")
    prose = reader.page.evaluate("navigator.clipboard.readText()")
    assert "−0.2594" in prose
    assert not re.search("[\u2061-\u2064]", prose)
    powers = copied(reader.walk("exploding"))
    assert any("e" in number and float(number) > 0 for number in powers), powers


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("elu?alpha=0.3&x0=-2", {"alpha": 1.0, "x0": -1.2}),
        ("exploding?gain=2&depth=7", None),
    ],
)
def test_defaults_brings_every_slider_back_and_cleans_the_address(
    arrive: Arrive, path: str, moved: dict[str, float] | None
) -> None:
    reader = arrive().open(path)
    reader.page.get_by_role("button", name="Defaults", exact=True).click()
    reader.page.wait_for_url(lambda url: not {"alpha", "x0", "gain", "depth", "x", "draws"} & set(asked(url)))
    reader.settle()
    assert_sent(reader)
    for key, value in (moved or {}).items():
        assert float(reader.slider(key).locator("input").input_value()) == value
    assert reader.complaints == []


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_questions_are_downloaded_for_a_course_site(arrive: Arrive, tmp_path: Path, code: str) -> None:
    reader = arrive()
    page = reader.page
    page.goto(f"{reader.base}/teach?lang={code}")
    page.locator(".nl-course a").first.wait_for()
    links = page.locator(".nl-course a").all()
    # Each is a file and no page of the guide, to which a link of this form would lead.
    for link, form in zip(links, ("gift.txt", "qti.zip", "anki.txt"), strict=True):
        with page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == f"nonlinear-{code}.{form}"
        download.value.save_as(tmp_path / form)
        assert (tmp_path / form).stat().st_size > 40_000
    assert asked(page.url) == {"lang": [code]}
    assert "/teach?" in page.url
