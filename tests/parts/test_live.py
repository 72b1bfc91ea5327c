"""The blob that a browser unpacks, unpacked here by a reader that shares no code with its writer."""

import json
import struct

import numpy as np
import pytest
import streamlit as st

from activations import CATALOGUE
from activations.experiments import curve
from pages.parts import live

KINDS = {"f8": "<f8", "f4": "<f4", "i2": "<i2"}
READINGS = [("value", "4"), ("slope", "4")]
rng = np.random.default_rng(7)


@pytest.fixture(autouse=True)
def _sliders():
    st.session_state["alpha"], st.session_state["x0"] = 1.0, -1.2
    yield
    del st.session_state["alpha"], st.session_state["x0"]


class Reader:
    def __init__(self, blob):
        (size,) = struct.unpack_from("<I", blob)
        self.head, self.start, self.blob = json.loads(blob[4 : 4 + size]), 4 + size, blob

    def array(self, place):
        start = self.start + place["start"]
        raw = np.frombuffer(self.blob, KINDS[place["kind"]], place["length"], start)
        if place["kind"] != "i2":
            return raw
        return np.where(raw == -32768, np.nan, place["low"] + place["unit"] * (raw.astype(float) + 32767))

    def places(self):
        yield from self.head["base"].values()
        for slider in self.head["sliders"]:
            for track in slider["tracks"].values():
                yield from (track["at"], track["frames"])

    def track(self, slider, name):
        tracks = next(entry["tracks"] for entry in self.head["sliders"] if entry["key"] == slider)
        track = tracks[name]
        return self.array(track["at"]), self.array(track["frames"]).reshape(-1, track["width"])


def needed(name):
    """Of the numbers only those that are printed travel."""
    return not name.startswith("reading.") or name in {f"reading.{shown}" for shown, _ in READINGS}


def packed(picture, sweeps, exact=False):
    return Reader(live._pack("curve", picture, sweeps, READINGS, "α is {0}", exact))


@pytest.fixture(scope="module")
def elu():
    act = CATALOGUE["elu"]
    sweeps = {"alpha": curve.along_param(act, "alpha", -1.2), "x0": curve.along_probe(act, alpha=1.0)}
    return curve.still(act, -1.2, alpha=1.0), sweeps


def test_the_header_says_which_chart_which_sliders_and_where_they_stand(elu):
    head = packed(*elu).head
    assert (head["chart"], head["readings"], head["alt"]) == ("curve", [["value", "4"], ["slope", "4"]], "α is {0}")
    assert [(slider["key"], slider["value"]) for slider in head["sliders"]] == [("alpha", 1.0), ("x0", -1.2)]


def test_every_array_is_aligned_for_the_browsers_typed_arrays(elu):
    reader = packed(*elu)
    size = {kind: np.dtype(code).itemsize for kind, code in KINDS.items()}
    for place in reader.places():
        assert (reader.start + place["start"]) % size[place["kind"]] == 0
        assert reader.start + place["start"] + place["length"] * size[place["kind"]] <= len(reader.blob)


def test_the_base_is_what_moves_and_is_exact_in_single_precision(elu):
    picture, sweeps = elu
    reader = packed(picture, sweeps)
    moving = {name for sweep in sweeps.values() for name in sweep if needed(name)}
    assert set(reader.head["base"]) == moving & set(picture)
    for name, place in reader.head["base"].items():
        kind = np.float64 if name.startswith("reading.") else np.float32
        np.testing.assert_array_equal(reader.array(place), picture[name].astype(kind))


def test_every_track_comes_back_within_half_a_step_of_its_span(elu):
    _, sweeps = elu
    reader = packed(*elu)
    for slider, sweep in sweeps.items():
        for name, (at, frames) in filter(lambda item: needed(item[0]), sweep.items()):
            back_at, back = reader.track(slider, name)
            np.testing.assert_array_equal(back_at, at)
            np.testing.assert_array_equal(np.isnan(back), np.isnan(frames))
            finite = frames[np.isfinite(frames)]
            # Half of one of 65534 steps, and no less than single precision.
            allowed = max(np.ptp(finite) / 65534 / 2, np.abs(finite).max() * 2**-24) * 1.0001 if finite.size else 0
            np.testing.assert_allclose(back, frames, rtol=0, atol=allowed, err_msg=name)


def test_wide_tracks_are_sent_in_two_bytes_a_number(elu):
    track = packed(*elu).head["sliders"][0]["tracks"]["value.y"]
    assert track["frames"]["kind"] == "i2"


def test_readings_stay_double_so_that_their_last_printed_digit_is_right(elu):
    _, sweeps = elu
    reader = packed(*elu)
    _, frames = sweeps["x0"]["reading.value"]
    assert reader.head["sliders"][1]["tracks"]["reading.value"]["frames"]["kind"] == "f8"
    np.testing.assert_array_equal(reader.track("x0", "reading.value")[1], frames)


def test_a_slider_alone_is_sent_exactly():
    at = np.linspace(-6, 6, 9)
    frames = rng.normal(size=(9, 40))
    reader = packed({"line.y": frames[0]}, {"x0": {"line.y": (at, frames)}}, exact=True)
    assert reader.head["sliders"][0]["tracks"]["line.y"]["frames"]["kind"] == "f4"
    np.testing.assert_array_equal(reader.track("x0", "line.y")[1], frames.astype(np.float32))


@pytest.mark.parametrize(
    "frames",
    [
        np.full((3, 6), 2.5),
        np.full((3, 6), np.nan),
        np.where(np.eye(3, 6, dtype=bool), np.nan, 1e-12),
        rng.normal(size=(3, 6)) * 1e6,
        np.where(np.eye(3, 6, dtype=bool), np.nan, rng.normal(size=(3, 6))),
    ],
    ids=["flat", "all gaps", "flat with gaps", "large", "gaps"],
)
def test_flat_rows_and_gaps_survive_the_journey(frames):
    reader = packed({"line.y": frames[0]}, {"x0": {"line.y": (np.arange(3.0), frames)}})
    back = reader.track("x0", "line.y")[1]
    np.testing.assert_array_equal(np.isnan(back), np.isnan(frames))
    span = np.ptp(frames[~np.isnan(frames)]) if (~np.isnan(frames)).any() else 0.0
    np.testing.assert_allclose(back, frames, rtol=1e-7, atol=span / 65534 / 2 * 1.0001)


def test_equal_arrays_travel_once():
    at, frames = np.arange(9.0), rng.normal(size=(9, 40))
    once = packed({}, {"x0": {"a.y": (at, frames)}})
    twice = packed({}, {"x0": {"a.y": (at, frames), "b.y": (at, frames.copy())}})
    np.testing.assert_array_equal(twice.track("x0", "a.y")[1], twice.track("x0", "b.y")[1])
    assert len(twice.blob) - twice.start == len(once.blob) - once.start > 0


def test_numbers_that_are_not_printed_stay_at_home(elu):
    reader = packed(*elu)
    tracks = {name for slider in reader.head["sliders"] for name in slider["tracks"]}
    assert "reading.x0" in elu[1]["x0"]
    assert {name for name in tracks if name.startswith("reading.")} == {"reading.value", "reading.slope"}
