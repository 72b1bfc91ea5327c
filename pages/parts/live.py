"""Sweeps in, a chart that follows the thumb out.

``st.slider`` tells Python nothing before it is released, so the browser needs every picture of a drag beforehand. One
script reads the native sliders and redraws the native chart; see ``assets/live.js`` for its side of the contract.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

Array = NDArray[Any]
Picture = Mapping[str, Array]
Sweep = Mapping[str, tuple[Array, Array]]

_SCRIPT = Path(__file__).parents[2] / "assets" / "live.js"
_ALIVE, _WHOLE = "browser_is_alive", "whole_page_runs"
_NARROW = 4  # points up to which an array is cheap enough to be sent exactly
_follower = st.components.v2.component("live", js=_SCRIPT.read_text(encoding="utf-8"))


def alive() -> bool:
    """Whether this visitor's browser has shown that it redraws charts by itself."""
    return bool(st.session_state.get(_ALIVE))


def section(body: Callable[..., None]) -> Callable[..., None]:
    """Rerun only ``body`` on release once the browser draws; until then the whole page, so that the chart is right."""

    def part(*args: Any) -> None:
        whole_page = st.session_state.pop(_WHOLE, False)
        body(*args)
        if not (whole_page or alive()):
            st.rerun()

    st.session_state[_WHOLE] = True
    return st.fragment(part)


def follow(
    chart: str,
    picture: Picture,
    sweeps: Mapping[str, Sweep],
    readings: Sequence[tuple[str, str]] = (),
    alt: str = "",
) -> None:
    """Let the chart with key ``chart`` follow the sliders that ``sweeps`` is keyed by.

    ``picture`` is what the page shows now: ``"name.x"``/``"name.y"`` of a trace, or ``"reading.name"``. ``readings``
    are (name, form) of the bold spans in the container ``<chart>-reading``, in order; ``alt`` may quote them as {0} ….
    """
    # A slider alone is followed by no rerun: its frames are the final picture and must be exact.
    data = _pack(chart, picture, sweeps, readings, alt, exact=len(sweeps) == 1)
    _follower(key=f"{chart}-live", data=data, on_alive_change=_wake)


def _wake() -> None:
    st.session_state[_ALIVE] = True


def _pack(
    chart: str,
    picture: Picture,
    sweeps: Mapping[str, Sweep],
    readings: Sequence[tuple[str, str]],
    alt: str,
    exact: bool,
) -> bytes:
    blob = _Blob()
    unread = {name for sweep in sweeps.values() for name in sweep if name.startswith("reading.")}
    unread -= {f"reading.{name}" for name, _ in readings}
    tracks = {slider: {k: v for k, v in sweep.items() if k not in unread} for slider, sweep in sweeps.items()}
    moving = set().union(*tracks.values())
    header = {
        "chart": chart,
        "readings": readings,
        "alt": alt,
        "base": {name: blob.add(array, name, exact=True) for name, array in picture.items() if name in moving},
        "sliders": [
            {"key": slider, "value": float(st.session_state[slider]), "tracks": blob.add_all(sweep, exact)}
            for slider, sweep in tracks.items()
        ],
    }
    return blob.behind(json.dumps(header, ensure_ascii=False).encode())


class _Blob:
    """Arrays end to end, each aligned to eight bytes; equal arrays are stored once."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.known: dict[bytes, dict[str, Any]] = {}

    def behind(self, header: bytes) -> bytes:
        """The whole message; the header is padded so that the arrays keep their alignment."""
        header += b" " * (-(len(header) + 4) % 8)
        return struct.pack("<I", len(header)) + header + bytes(self.bytes)

    def add_all(self, sweep: Sweep, exact: bool) -> dict[str, Any]:
        """Positions and frames of each track."""
        return {
            name: {
                "at": self.add(at, "reading.", exact=True),
                "frames": self.add(frames, name, exact),
                "width": frames.shape[1],
            }
            for name, (at, frames) in sweep.items()
        }

    def add(self, array: Array, name: str, exact: bool) -> dict[str, Any]:
        """Readings as float64, what must be exact or is small as float32, the rest in 65535 steps of its span."""
        place: dict[str, Any] = {"length": array.size}
        if name.startswith("reading."):
            place["kind"], raw = "f8", array.astype("<f8")
        elif exact or array.shape[-1] <= _NARROW or np.isnan(array).all():
            place["kind"], raw = "f4", array.astype("<f4")
        else:
            low = float(np.nanmin(array))
            unit = (float(np.nanmax(array)) - low) / 65534 or 1.0
            steps = np.where(np.isnan(array), -32768, np.round((np.nan_to_num(array) - low) / unit) - 32767)
            place |= {"kind": "i2", "low": low, "unit": unit}
            raw = steps.astype("<i2")
        data = raw.tobytes()
        if data not in self.known:
            self.known[data] = {**place, "start": len(self.bytes)}
            self.bytes += data + b"\0" * (-len(data) % 8)
        return {**place, "start": self.known[data]["start"]}
