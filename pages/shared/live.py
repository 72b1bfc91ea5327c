"""A chart that follows the thumb of a slider, and with it every number printed about it.

``st.slider`` reports nothing to Python before it is released, so the browser is sent every picture of a drag
beforehand: a sweep for each slider, with one row for each position. ``assets/live.js`` reads the native sliders, draws
the arrays of that row into the native chart and rewrites the printed numbers, which it finds by invisible marks.
"""

from __future__ import annotations

import json
import secrets
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages.shared import state, version, words

Array = NDArray[Any]
Track = tuple[str, int, float, float]
_Described = list[dict[str, Any]]

_ALIVE, _WHOLE, _SESSION = "browser_is_alive", "whole_page_runs", "session"
_STEPS = 8192  # of a wide track's span: an eighth of a pixel on the tallest panel
_MOST = 32767  # units that a track can span, as each is sent in 16 bits
_GAP = -32768
LEVEL, HARDER = 4, 6  # of deflate: the first is a twelfth larger, in half the time
_EDGE, _DIGITS = "\u2063", "\u2061\u2062\u2064"  # invisible operators: neither read aloud, printed nor found by search
_MARK = 4  # digits of a mark: 81 of them; assets/marks.js reads as many
# The scripts come with the page (``serving/shell.py``), because Streamlit sends a component's script with each message.
# A script of one line would be taken for the name of a file.
_follower = st.components.v2.component("live", js="export default (part) =>\n  window.nonlinear?.follow(part);")


def alive() -> bool:
    """Whether this visitor's browser has shown that it redraws charts by itself."""
    return bool(st.session_state.get(_ALIVE))


def section(body: Callable[[], None]) -> None:
    """Run ``body``; on release rerun only that once the browser draws, until then the whole page with its chart."""

    def part() -> None:
        if not (st.session_state.pop(_WHOLE, False) or alive()):
            st.rerun()
        body()

    st.session_state[_WHOLE] = True
    st.fragment(part)()


@dataclass(frozen=True)
class Sweep:
    """The arrays and texts at each position of one slider, compressed.

    ``tracks`` are the name, width, lowest value and unit of each array, in the order in which the arrays follow each
    other in the inflated bytes; ``texts`` are the names of the texts, which come after the arrays.
    """

    positions: int
    tracks: list[Track]
    texts: list[str]
    data: bytes

    @property
    def names(self) -> list[str]:
        """The names of its arrays and texts."""
        return [*(name for name, *_ in self.tracks), *self.texts]


def compress(
    arrays: Mapping[str, Array],
    texts: Mapping[str, Sequence[str]],
    units: Mapping[str, float] | None = None,
    level: int = LEVEL,
) -> Sweep:
    """The sweep of ``arrays`` of shape (positions, points) and of ``texts``, one for each position, by name.

    The name of an array is ``trace.x`` or ``trace.y``; that of a text is a mark's, or ``trace.text`` for a label in the
    chart. Numbers are rounded to a multiple of their track's unit or to an 8192nd of its span, NaN stays NaN. ``level``
    is that of deflate. ValueError if an array is infinite or spans more than 32767 units.
    """
    positions = len(next(iter([*arrays.values(), *texts.values()]), ()))
    tracks, raw = _encode(arrays, units or {}) if arrays else ([], b"")
    lines = "\n".join(map("\n".join, texts.values()))
    return Sweep(positions, tracks, list(texts), zlib.compress(raw + lines.encode(), level))


def _encode(arrays: Mapping[str, Array], units: Mapping[str, float]) -> tuple[list[Track], bytes]:
    """Arrays in whole units of their tracks: second differences in ZigZag, all low bytes before all high bytes.

    From one position of the slider to the next a point of a curve moves nearly as the point before it does. The change
    of the point minus the change of the point before it is sent, because deflate compresses small numbers well.
    Without the second difference /snake?second=true and a /vanishing of four functions pass 60 KB at every release of a
    slider; without ZigZag and the two planes of bytes such a /vanishing has 57 KB instead of 50, so that less of its
    pictures could be sent ahead.
    """
    widths = np.array([rows.shape[1] for rows in arrays.values()])
    firsts = np.cumsum(widths) - widths
    points = np.concatenate([rows.T for rows in arrays.values()], dtype=np.float64)
    ends = (end.reduceat(end.reduce(points, axis=1), firsts) for end in (np.fmin, np.fmax))
    low, high = (np.where(np.isnan(end), 0.0, end) for end in ends)
    even = np.where(high > low, (high - low) / _STEPS, 1.0).tolist()
    unit = np.array([units.get(name) or size for name, size in zip(arrays, even, strict=True)])
    fits = np.isfinite(high - low) & (np.rint((high - low) / unit) <= _MOST)
    if not fits.all():
        wide = ", ".join(name for name, whole in zip(arrays, fits.tolist(), strict=True) if not whole)
        raise ValueError(f"a track has to be finite and to span at most {_MOST} of its units: {wide}")
    points = (points - low.repeat(widths)[:, None]) / unit.repeat(widths)[:, None]
    steps = np.where(np.isnan(points), _GAP, np.rint(points)).astype("<i2")
    changes = steps.copy()
    changes[:, 1:] -= steps[:, :-1]
    residuals = changes.copy()
    residuals[1:] -= changes[:-1]
    residuals[firsts] = changes[firsts]
    tracks = zip(arrays, widths.tolist(), low.tolist(), unit.tolist(), strict=True)
    zigzag = (residuals << 1) ^ (residuals >> 15)
    return list(tracks), zigzag.view(np.uint8).reshape(-1, 2).T.tobytes()


class Positions(Protocol):
    """A parameter as a slider sees it."""

    @property
    def name(self) -> str: ...

    @property
    def low(self) -> float: ...

    @property
    def step(self) -> float: ...


@dataclass(frozen=True)
class Slider:
    """A slider that moves a chart: its key, lowest position, step, value and sweeps.

    ``default`` is its default value where the register does not list it as a parameter of its page.
    """

    key: str
    low: float
    step: float
    value: float
    sweeps: Sequence[Sweep]
    default: float | None = None

    @classmethod
    def of(cls, param: Positions, value: float, sweeps: Sequence[Sweep]) -> Slider:
        """The slider of ``param``, whose key is the parameter's name."""
        return cls(param.name, float(param.low), float(param.step), float(value), sweeps)


@dataclass(frozen=True)
class Handle:
    """Traces of the chart that a hand can drag, and the keys of the sliders that move their first point along each
    axis. A finger takes only markers; the mouse takes lines as well, and brings whatever is nearest to where it is
    pressed in the panel. The slider goes where, by its sweep, the trace is nearest to the hand."""

    traces: Sequence[str]
    x: str | None = None
    y: str | None = None


@dataclass
class Chart:
    """The chart with this key, the ``texts`` printed about it by name, and the same texts between ``marks``.

    ``page`` is the ``meta`` of its layout: the path of the page and, after a space, the variant of the picture.
    """

    key: str
    texts: Mapping[str, str]
    page: str = ""
    marks: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.marks = {name: _marked(index, text) for index, (name, text) in enumerate(self.texts.items())}

    def follow(
        self,
        sliders: Iterable[Slider],
        unmoved: Sequence[Sweep] = (),
        *,
        layout: Mapping[str, Any] | None = None,
        traces: Mapping[str, Any] | None = None,
        plays: Mapping[str, str] | None = None,
        handles: Sequence[Handle] = (),
    ) -> None:
        """Let the chart and its numbers follow ``sliders``; ``unmoved`` has the arrays and labels that none moves.

        ``layout`` and, by name, ``traces`` are other properties that may have changed since the chart was drawn.
        ``plays`` puts a button here that moves one slider through time: its ``key``, and the words ``play`` and
        ``pause``. ``handles`` can be dragged in the chart itself.
        """
        sliders = list(sliders)
        body, described, constant = _concatenate(sliders, unmoved)
        own = {slider.key: slider.default for slider in sliders if slider.default is not None}
        # The same from run to run, so that a message that was sent is not sent again.
        session = st.session_state.setdefault(_SESSION, secrets.token_hex(4))
        head = {
            "chart": self.key,
            "page": self.page,
            "session": session,
            "exporting": words.group("keep"),
            "plays": plays,
        }
        head |= {
            "names": list(self.texts),
            "texts": list(self.texts.values()),
            "sliders": described,
            "unmoved": constant,
        }
        head |= {"layout": layout or {}, "traces": traces or {}, "version": version.scripts()}
        head |= {"defaults": state.defaults() | own, "typing": words.group("typed"), "rounded": state.rounded()}
        head["handles"] = [{"traces": list(handle.traces), "x": handle.x, "y": handle.y} for handle in handles]
        text = zlib.compress(json.dumps(head, ensure_ascii=False).encode(), 6)
        _follower(key=f"{self.key}-live", data=struct.pack("<I", len(text)) + text + body, on_alive_change=_on_alive)

    def draw(self, figure: Any, alt: str, config: Mapping[str, Any]) -> None:
        """Put the chart here; ``alt`` may quote its marks."""
        st.plotly_chart(figure, key=self.key, config=dict(config), alt=alt, height="stretch")


def _concatenate(sliders: Iterable[Slider], unmoved: Iterable[Sweep]) -> tuple[bytes, _Described, _Described]:
    """The data of all sweeps end to end, and the place of each in it: for each slider, and for ``unmoved``."""
    body = bytearray()

    def append(sweeps: Iterable[Sweep]) -> _Described:
        described = []
        for sweep in sweeps:
            place = {"start": len(body), "size": len(sweep.data)}
            body.extend(sweep.data)
            described.append({**place, "positions": sweep.positions, "tracks": sweep.tracks, "texts": sweep.texts})
        return described

    described = [
        {
            "key": slider.key,
            "low": slider.low,
            "step": slider.step,
            "value": slider.value,
            "sweeps": append(slider.sweeps),
        }
        for slider in sliders
    ]
    constant = append(sweep for sweep in unmoved if sweep.positions)
    return bytes(body), described, constant


def _on_alive() -> None:
    st.session_state[_ALIVE] = True


def _marked(index: int, text: str) -> str:
    if index >= len(_DIGITS) ** _MARK:
        raise ValueError(f"a chart has marks for {len(_DIGITS) ** _MARK} printed texts, and this is number {index + 1}")
    digits = ""
    for _ in range(_MARK):
        index, digit = divmod(index, len(_DIGITS))
        digits += _DIGITS[digit]
    return f"{_EDGE}{digits}{text}{_EDGE}"
