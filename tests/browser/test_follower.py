"""What the browser unpacks is what Python packed: every row and text of every slider of every room, in a blank page."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from conftest import Profiles
from numpy.typing import NDArray
from playwright.sync_api import Page
from server import ROOT
from streamlit.testing.v1 import AppTest
from visit import TOUR

from pages.register import Page as GuidePage
from pages.shared import live
from serving import modules
from tests.oracle import visitor  # noqa: F401 - what is installed is read once, not for each page

STEPS = 8192  # of a track's span
Given = tuple[dict[str, Any], dict[str, Any], dict[str, float]]
# All positions of a slider, one after another: texts by name, arrays by name with their lengths.
READ = """async ([blob, counts]) => {
    const { head, body } = await decoding.decodeHead(Uint8Array.from(atob(blob), (c) => c.charCodeAt(0)));
    await decoding.inflateSweeps(head, body);
    return head.sliders.map((slider, k) => {
        const values = [...Array(counts[k]).keys()].map((row) => slider.low + row * slider.step);
        const rows = values.map((value) => decoding.frameAt(slider, value));
        const read = {};
        for (const name of Object.keys(rows[0])) {
            const all = rows.map((row) => row[name]);
            if (typeof all[0] === 'string') read[name] = all;
            else {
                const bytes = new Uint8Array(Float32Array.from(all.flatMap((row) => [...row])).buffer);
                read[name] = [btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')), all.length];
            }
        }
        return read;
    });
}"""


@dataclass
class Recorded:
    """What a room packed and sent: the arrays and texts of each pack, the sliders, the blob."""

    given: dict[int, Given] = field(default_factory=dict)
    packs: list[live.Sweep] = field(default_factory=list)  # kept, so that no other gets its id
    sliders: list[live.Slider] = field(default_factory=list)
    blob: bytes = b""

    def expected(self, slider: live.Slider) -> Given:
        """All arrays and texts that a slider moves, and the steps of those arrays that have one of their own."""
        arrays, texts, units = {}, {}, {}
        for pack in slider.sweeps:
            given = self.given[id(pack)]
            arrays, texts, units = arrays | given[0], texts | given[1], units | given[2]
        return arrays, texts, units


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorded]:
    """Listens to all that is packed; what was packed before is forgotten."""
    record, pack, follow = Recorded(), live.compress, live.Chart.follow

    def listen(frames: Any, said: Any, units: Any = None, *rest: Any) -> live.Sweep:
        packed = pack(frames, said, units, *rest)
        record.packs.append(packed)
        record.given[id(packed)] = (dict(frames), dict(said), dict(units or {}))
        return packed

    def overhear(chart: live.Chart, sliders: Any, *rest: Any, **named: Any) -> None:
        record.sliders = list(sliders)
        follow(chart, record.sliders, *rest, **named)

    monkeypatch.setattr(live, "compress", listen)
    monkeypatch.setattr(live.Chart, "follow", overhear)
    _forget()
    yield record
    _forget()


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("pages."):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


@pytest.fixture(scope="module")
def blank(profile: Profiles) -> Iterator[Page]:
    """An empty page that has nothing but the module that decodes."""
    page = profile().new_page()
    source = modules.join(ROOT / "assets", "decoding.js")
    page.evaluate("(source) => (window.decoding = new Function(`return ${source}`)())", source)
    yield page
    page.close()


def _script(path: str, code: str) -> None:
    # AppTest sends only the source of this function to the script: everything it needs is imported inside.
    import streamlit as st

    from pages.register import BY_PATH
    from pages.shared import state

    st.session_state["language"] = code
    state.enter(path, BY_PATH[path].params)
    BY_PATH[path].render()


def _run(room: GuidePage, code: str, ask: dict[str, str], record: Recorded) -> None:
    at = AppTest.from_function(_script, args=(room.path, code), default_timeout=60)
    at.query_params.update({"predict": "0", **ask})
    at.run()
    assert not at.exception, [error.value for error in at.exception]
    (found,) = [part for part in at.get("bidi_component") if part.proto.id.endswith("-live")]
    record.blob = found.proto.bytes


# Of the sliders of a whole network only those of one neuron are on the screen.
SEEN = {"basics": {"x1", "x2", "w11", "w12", "b1"}}


@pytest.mark.parametrize(("code", "room"), TOUR, ids=[f"{code}-{room.path or 'home'}" for code, room in TOUR])
def test_every_row_and_text_arrives(blank: Page, recorded: Recorded, room: GuidePage, code: str) -> None:
    # English rooms at their defaults, Chinese ones at the sliders' high ends.
    _run(room, code, {p.name: f"{p.high:g}" for p in room.params} if code == "zh" else {}, recorded)
    seen = SEEN.get(room.path, {param.name for param in room.params})
    assert {slider.key for slider in recorded.sliders} >= seen
    given = [recorded.expected(slider) for slider in recorded.sliders]
    counts = [len(next(iter({**arrays, **texts}.values()))) for arrays, texts, _ in given]
    read = blank.evaluate(READ, [base64.b64encode(recorded.blob).decode(), counts])
    for slider, (arrays, texts, units), found in zip(recorded.sliders, given, read, strict=True):
        assert set(found) == set(arrays) | set(texts)
        for name, said in texts.items():
            assert found[name] == list(said), name
        for name, rows in arrays.items():
            _assert_rows(found[name], np.asarray(rows, dtype=float), units.get(name), f"{slider.key}: {name}")
    for param in room.params:
        assert len(param.grid) in counts


def _assert_rows(found: list[Any], rows: NDArray[Any], unit: float | None, name: str) -> None:
    got = np.frombuffer(base64.b64decode(found[0]), "<f4").reshape(found[1], -1).astype(float)
    assert got.shape == rows.shape, name
    np.testing.assert_array_equal(np.isnan(got), np.isnan(rows), name)
    finite = rows[np.isfinite(rows)]
    span = np.ptp(finite) if finite.size else 0.0
    # Half a step, and what single precision loses.
    allowed = (unit or span / STEPS) * 0.501 + np.abs(finite).max(initial=0.0) * 2**-23
    np.testing.assert_allclose(got, rows, rtol=0, atol=allowed, err_msg=name)
