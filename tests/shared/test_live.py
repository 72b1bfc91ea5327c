"""The blob that a browser unpacks, unpacked here by a reader that shares no code with its writer."""

import json
import re
import struct
import zlib

import numpy as np
import pytest
import streamlit as st

from pages.shared import live
from tests.all_cases import all_cases
from tests.oracle.blob import MARKED, Blob, Moved, place, plain

rng = np.random.default_rng(7)
STEPS = 8192


@pytest.fixture
def sent(monkeypatch):
    """What ``follow`` hands to the browser."""
    messages = []
    monkeypatch.setattr(live, "_follower", lambda **given: messages.append(given))
    yield messages
    st.session_state.pop("session", None)


def unpacked(*sweeps):
    places, body = [], b""
    for sweep in sweeps:
        described = {"positions": sweep.positions, "tracks": sweep.tracks, "texts": sweep.texts}
        places.append({"start": len(body), "size": len(sweep.data), **described})
        body += sweep.data
    return Moved({"key": "k", "low": 0, "step": 1, "value": 0, "sweeps": places}, body)


@all_cases(
    "rows",
    [
        np.full((3, 6), 2.5),
        np.full((3, 6), np.nan),
        np.where(np.eye(3, 6, dtype=bool), np.nan, 1e-12),
        rng.normal(size=(3, 6)) * 1e6,
        np.where(np.eye(3, 6, dtype=bool), np.nan, rng.normal(size=(3, 6))),
        np.array([[0.0], [1.0], [0.0], [1.0]]),
        np.array([[np.nan, 1.0], [0.0, np.nan], [1.0, 0.0]]),
        rng.normal(size=(1, 40)),
        np.cumsum(rng.normal(size=(301, 241)), axis=0),
    ],
    ids=["flat", "all gaps", "flat with gaps", "large", "gaps", "end to end", "gaps move", "one row", "a sweep"],
)
def test_rows_come_back_within_half_a_step_and_gaps_exactly(rows):
    back = unpacked(live.compress({"line.y": rows}, {})).rows["line.y"]
    np.testing.assert_array_equal(np.isnan(back), np.isnan(rows))
    span = np.nanmax(rows) - np.nanmin(rows) if (~np.isnan(rows)).any() else 0.0
    np.testing.assert_allclose(back, rows, rtol=1e-12, atol=span / STEPS / 2 * 1.0001)


def test_what_is_drawn_at_one_place_at_every_position_is_there_exactly():
    rows = np.tile(rng.normal(size=9), (5, 1))
    back = unpacked(live.compress({"line.y": rows}, {})).rows["line.y"]
    assert (back == back[0]).all()
    assert (back.min(), back.max()) == pytest.approx((rows.min(), rows.max()), rel=1e-12)


def test_a_unit_of_ones_own_is_the_step_between_two_numbers():
    rows = np.array([[0.0, 1.0], [2.0, 3.0]])
    sweep = live.compress({"count.y": rows}, {}, {"count.y": 1.0})
    assert sweep.tracks[0][::3] == ("count.y", 1.0)
    np.testing.assert_array_equal(unpacked(sweep).rows["count.y"], rows)


@all_cases("span", [32766.0, 32767.0])
def test_a_track_may_span_all_that_sixteen_bits_hold(span):
    rows = np.array([[0.0, span], [span, np.nan]])
    back = unpacked(live.compress({"count.y": rows}, {}, {"count.y": 1.0})).rows["count.y"]
    np.testing.assert_array_equal(back, rows)


@all_cases("end", [32768.0, 40000.0, 65535.0, 65536.0, 70000.0, np.inf, -np.inf])
def test_a_track_that_would_overflow_is_refused_by_name(end):
    rows = {"small.y": np.zeros((2, 1)), "count.y": np.array([[0.0, end], [1.0, np.nan]])}
    with pytest.raises(ValueError, match=r"32767.*count\.y"):
        live.compress(rows, {}, {"count.y": 1.0})


def test_texts_come_back_one_a_position_in_any_script():
    texts = {"a": ["−1.5", "∞", "–"], "trace.text": ["\u00a00.30 per 1", "每 1 升 0.3", ""]}
    back = unpacked(live.compress({"x.y": np.zeros((3, 1))}, texts))
    assert back.texts == texts
    assert back.positions == 3


def test_packs_of_one_slider_lie_one_after_another():
    first = live.compress({"a.y": np.zeros((2, 3))}, {"one": ["1", "2"]})
    second = live.compress({"b.y": np.ones((2, 3))}, {"two": ["3", "4"]})
    back = unpacked(first, second)
    assert set(back.rows) == {"a.y", "b.y"}
    assert back.texts == {"one": ["1", "2"], "two": ["3", "4"]}
    assert (back.rows["b.y"] == 1).all()


def test_a_sweep_is_small():
    rows = np.sin(np.linspace(0, 3, 301)[:, None] + np.linspace(-6, 6, 241))
    assert len(live.compress({"line.y": rows}, {}).data) < 0.6 * rows.size


def test_the_message_says_which_chart_which_sliders_and_where_they_stand(sent):
    chart = live.Chart("curve", {"value": "1.5", "名": "值"}, page="elu")
    sweeps = [
        live.compress({"l.y": np.arange(6.0).reshape(3, 2)}, {"value": ["1", "2", "3"]}),
        live.compress({}, {"n": ["a"] * 3}),
    ]
    chart.follow(
        [live.Slider("alpha", 0.0, 0.5, 1.0, sweeps[:1]), live.Slider("x0", -6.0, 0.05, -1.2, sweeps[1:])],
        layout={"yaxis": {"range": [0, 1]}},
    )
    (message,) = sent
    blob = Blob(message["data"])
    assert message["key"] == "curve-live"
    assert (blob.head["chart"], blob.head["page"], blob.now) == ("curve", "elu", {"value": "1.5", "名": "值"})
    assert blob.head["layout"] == {"yaxis": {"range": [0, 1]}}
    stand = {key: (moved.low, moved.step, moved.value) for key, moved in blob.sliders.items()}
    assert stand == {"alpha": (0.0, 0.5, 1.0), "x0": (-6.0, 0.05, -1.2)}
    assert blob.sliders["alpha"].texts["value"] == ["1", "2", "3"]
    assert blob.sliders["x0"].texts == {"n": ["a"] * 3}


def test_the_same_is_sent_from_run_to_run_and_a_session_knows_itself(sent):
    for _ in range(2):
        live.Chart("curve", {"value": "1"}).follow([])
    assert sent[0]["data"] == sent[1]["data"]
    session = Blob(sent[0]["data"]).head["session"]
    st.session_state.pop("session")
    live.Chart("curve", {"value": "1"}).follow([])
    assert Blob(sent[2]["data"]).head["session"] != session


def test_the_header_is_as_long_as_it_says(sent):
    live.Chart("曲线", {"a": "∞"}).follow([])
    (size,) = struct.unpack_from("<I", sent[0]["data"])
    assert size == len(sent[0]["data"]) - 4
    assert json.loads(zlib.decompress(sent[0]["data"][4:]))["chart"] == "曲线"


def test_a_browser_that_draws_is_remembered():
    assert not live.alive()
    live._on_alive()
    assert live.alive()
    del st.session_state["browser_is_alive"]


def test_marks_are_invisible_and_each_spells_its_own_place():
    texts = {f"name{k}": str(k) for k in range(81)}
    chart = live.Chart("curve", texts)
    for k, mark in enumerate(chart.marks.values()):
        found = MARKED.fullmatch(mark)
        assert (place(found[1]), found[2]) == (k, str(k))
        assert plain(mark) == str(k)
        assert re.fullmatch("[\u2061-\u2064]+", mark.replace(str(k), ""))


def test_more_marks_than_can_be_described_apart_are_refused():
    with pytest.raises(ValueError, match="81 printed texts, and this is number 82"):
        live.Chart("curve", {f"name{k}": str(k) for k in range(82)})
