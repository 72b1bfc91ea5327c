"""Control and picture together at a desk; larger and without a sidebar at a projector."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import DESK, Arrive

ROOT_SIZE = "parseFloat(getComputedStyle(document.documentElement).fontSize)"


@pytest.mark.parametrize(
    ("room", "chart", "keys"),
    [("elu", "curve", ("alpha", "x0")), ("vanishing", "gradient", ("depth", "w", "b", "input")),
     ("", "layers-chart", ("layers",))],
)  # fmt: skip
def test_chart_and_sliders_fit_a_small_desk(arrive: Arrive, room: str, chart: str, keys: tuple[str, ...]) -> None:
    reader = arrive().open(room)
    boxes = {key: reader.slider(key).bounding_box() for key in keys}
    boxes[chart] = reader.page.locator(f".st-key-{chart}").bounding_box()
    for name, box in boxes.items():
        assert box, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= DESK["viewport"]["height"], name
        assert box["x"] + box["width"] <= DESK["viewport"]["width"], name


@pytest.mark.parametrize("room", ["", "vanishing", "elu"])
def test_present(arrive: Arrive, room: str) -> None:
    plain = arrive().open(room)
    usual = plain.page.evaluate(ROOT_SIZE)
    reader = arrive().open(f"{room}?present=1&lang=en")
    assert reader.page.evaluate(ROOT_SIZE) >= 1.2 * usual
    assert reader.page.locator("[data-testid=stSidebar] a:visible").count() == 0
    before = reader.sent
    reader.page.get_by_text("Leave presentation").click()
    reader.page.wait_for_url(lambda url: "present" not in parse_qs(urlsplit(url).query))
    reader.settle(before + 1)
    assert reader.page.locator("[data-testid=stSidebar] a:visible").count() >= 14
    assert reader.page.evaluate(ROOT_SIZE) == usual
    assert reader.complaints == []


def test_present_is_reached_from_the_sidebar_and_keeps_the_sliders(arrive: Arrive) -> None:
    reader = arrive().open("elu?alpha=0.3&lang=en")
    before, numbers = reader.sent, reader.view().numbers
    reader.page.locator("[data-testid=stSidebar]").get_by_text("Present", exact=True).click()
    reader.page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("present") == ["1"])
    reader.settle(before + 1)
    assert parse_qs(urlsplit(reader.page.url).query)["alpha"] == ["0.3"]
    assert reader.view().numbers == numbers
