"""What hooks have printed is pasted by hand, looked at layer by layer, and kept while the visit lasts."""

from __future__ import annotations

from pathlib import Path

from conftest import Arrive
from playwright.sync_api import expect
from visit import Visit, asked

PRINTED = (Path(__file__).parents[1] / "golden" / "inspect_keras.jsonl").read_text(encoding="utf-8")


def _paste(reader: Visit, text: str) -> None:
    field = reader.page.locator(".st-key-inspect-field textarea")
    field.fill(text)
    field.blur()


def test_a_network_is_pasted_and_looked_at_layer_by_layer(arrive: Arrive) -> None:
    reader = arrive().open("inspect?lang=en")
    reader.page.locator(".st-key-choice-net").get_by_text("my own", exact=True).click()
    expect(reader.page.locator(".st-key-picture [data-testid=stCode]")).to_be_visible()
    _paste(reader, "loss 0.3\n" + PRINTED[:-30])
    expect(reader.page.locator(".nl-mistake")).to_have_text("Line 6: This line is not complete, or is no JSON.")
    _paste(reader, PRINTED)
    read = reader.page.locator(".st-key-topic-read")
    expect(read).to_contain_text("Layer 1 of 5 (dense): ReLU, 12 units, 200 inputs")
    expect(read).to_contain_text("Dead units: 2 of 12 (no. 3, 8)")
    reader.page.locator(".js-plotly-plot").wait_for()
    reader.settle()
    reader.press("at", *["ArrowRight"] * 3)
    expect(read).to_contain_text("Layer 4 of 5 (dense_3): Tanh")
    expect(read).to_contain_text("saturated for every input: 1 of 12 (no. 5)")
    reader.settle()
    assert "Layer 4 of 5 (dense_3)" in reader.view().label
    address = asked(reader.page.url)
    assert (address["net"], address["at"]) == (["own"], ["4"])
    assert "dense" not in reader.page.url
    reader.walk("tanh")
    reader.walk("inspect")
    expect(reader.page.locator(".st-key-topic-read")).to_contain_text("of 5 (dense")
    stored = reader.page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "dense" not in stored
    assert (reader.failed(), reader.complaints) == (0, [])
