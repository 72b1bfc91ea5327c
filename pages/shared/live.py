"""A chart that follows the thumb, and with it every number printed about it.

``st.slider`` tells Python nothing before it is released, so the browser is sent every picture of a drag beforehand: for
each slider one row a position. ``assets/live.js`` reads the native sliders, draws what moved into the native chart and
rewrites the printed numbers, which it finds by invisible marks around them.
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
_MOST = 32767  # units that a track can span, as each is told in 16 bits
_GAP = -32768
LEVEL, HARDER = 4, 6  # of deflate: the first is a twelfth larger, in half the time
_EDGE, _DIGITS = "\u2063", "\u2061\u2062\u2064"  # invisible operators: neither read aloud, printed nor found by search
_MARK = 4  # digits of a mark: 81 of them; assets/marks.js reads as many
# What it does came with the page (``serving/shell.py``), since Streamlit sends a component's script with each message
# to it. A script of one line would be taken for the name of a file.
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
class Pack:
    """What one slider moves at so many positions, compressed: ``tracks`` as name, width, lowest value and unit, each
    the size of all before it further on in the unpacked bytes, and after them the ``texts`` of these names."""

    positions: int
    tracks: list[Track]
    texts: list[str]
    data: bytes

    @property
    def names(self) -> list[str]:
        """The names of its arrays and texts."""
        return [*(name for name, *_ in self.tracks), *self.texts]


def pack(
    frames: Mapping[str, Array],
    said: Mapping[str, Sequence[str]],
    units: Mapping[str, float] | None = None,
    level: int = LEVEL,
) -> Pack:
    """Pack rows of shape (positions, points) and one printed text a position, by name.

    A name is ``trace.x`` or ``trace.y`` for an array; a text is that of a mark, or ``trace.text`` for a label in the
    chart. Numbers are rounded to a multiple of their track's unit or to an 8192nd of its span, NaN stays NaN. ``level``
    is that of deflate.
    """
    positions = len(next(iter([*frames.values(), *said.values()]), ()))
    tracks, raw = _coded(frames, units or {}) if frames else ([], b"")
    texts = "\n".join(map("\n".join, said.values()))
    return Pack(positions, tracks, list(said), zlib.compress(raw + texts.encode(), level))


def _coded(frames: Mapping[str, Array], units: Mapping[str, float]) -> tuple[list[Track], bytes]:
    """Tracks as whole steps of their unit: second differences in ZigZag, their low bytes before their high bytes.

    From one position of the slider to the next a point of a curve moves nearly as the point before it does. What is
    sent is the change of the point minus the change of the point before it, since deflate packs small numbers well.
    Without the second difference /snake?second=true and a /vanishing of four functions pass 60 KB at every release of a
    slider; without ZigZag and the two planes of bytes such a /vanishing has 57 KB instead of 50, so that less of its
    pictures could be sent ahead.
    """
    widths = np.array([rows.shape[1] for rows in frames.values()])
    firsts = np.cumsum(widths) - widths
    points = np.concatenate([rows.T for rows in frames.values()], dtype=np.float64)
    ends = (end.reduceat(end.reduce(points, axis=1), firsts) for end in (np.fmin, np.fmax))
    low, high = (np.where(np.isnan(end), 0.0, end) for end in ends)
    even = np.where(high > low, (high - low) / _STEPS, 1.0).tolist()
    unit = np.array([units.get(name) or size for name, size in zip(frames, even, strict=True)])
    fits = np.isfinite(high - low) & (np.rint((high - low) / unit) <= _MOST)
    if not fits.all():
        wide = ", ".join(name for name, whole in zip(frames, fits.tolist(), strict=True) if not whole)
        raise ValueError(f"a track has to be finite and to span at most {_MOST} of its units: {wide}")
    points = (points - low.repeat(widths)[:, None]) / unit.repeat(widths)[:, None]
    steps = np.where(np.isnan(points), _GAP, np.rint(points)).astype("<i2")
    changes = steps.copy()
    changes[:, 1:] -= steps[:, :-1]
    residuals = changes.copy()
    residuals[1:] -= changes[:-1]
    residuals[firsts] = changes[firsts]
    tracks = zip(frames, widths.tolist(), low.tolist(), unit.tolist(), strict=True)
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
    """A slider that moves a chart: its key, its first position and step, where it stands, and what it moves.

    ``default`` says where it stands first, for one that is no parameter of its page.
    """

    key: str
    low: float
    step: float
    value: float
    packs: Sequence[Pack]
    default: float | None = None

    @classmethod
    def of(cls, param: Positions, value: float, packs: Sequence[Pack]) -> Slider:
        """The slider of ``param``, whose key is the parameter's name."""
        return cls(param.name, float(param.low), float(param.step), float(value), packs)


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
    """The chart with this key: all that is printed about it now, by name, and the marks that quote it. ``page`` is what
    its layout's ``meta`` says: the page's path and, after a space, what else makes it another picture."""

    key: str
    said: Mapping[str, str]
    page: str = ""
    marks: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.marks = {name: _marked(place, text) for place, (name, text) in enumerate(self.said.items())}

    def follow(
        self,
        sliders: Iterable[Slider],
        unmoved: Sequence[Pack] = (),
        layout: Mapping[str, Any] | None = None,
        traces: Mapping[str, Any] | None = None,
        plays: Mapping[str, str] | None = None,
        handles: Sequence[Handle] = (),
    ) -> None:
        """Let the chart and its numbers follow ``sliders``; ``unmoved`` is what none of them moves, at one position.

        ``layout`` and, by name, ``traces`` say what else may have changed since the chart was drawn. ``plays`` puts a
        button here that moves one slider through time: its ``key``, and the words ``play`` and ``pause``. ``handles``
        can be dragged in the chart itself.
        """
        sliders = list(sliders)
        body, described, still = _laid(sliders, unmoved)
        own = {slider.key: slider.default for slider in sliders if slider.default is not None}
        # The same from run to run, so that a message that was sent is not sent again.
        session = st.session_state.setdefault(_SESSION, secrets.token_hex(4))
        head = {"chart": self.key, "page": self.page, "session": session, "keeps": words.group("keep"), "plays": plays}
        head |= {"names": list(self.said), "texts": list(self.said.values()), "sliders": described, "unmoved": still}
        head |= {"layout": layout or {}, "traces": traces or {}, "version": version.scripts()}
        head |= {"defaults": state.defaults() | own, "typed": words.group("typed"), "asked": state.asked()}
        head["handles"] = [{"traces": list(handle.traces), "x": handle.x, "y": handle.y} for handle in handles]
        text = zlib.compress(json.dumps(head, ensure_ascii=False).encode(), 6)
        _follower(key=f"{self.key}-live", data=struct.pack("<I", len(text)) + text + body, on_alive_change=_wake)

    def draw(self, figure: Any, alt: str, config: Mapping[str, Any]) -> None:
        """Put the chart here; ``alt`` may quote its marks."""
        st.plotly_chart(figure, key=self.key, config=dict(config), alt=alt, height="stretch")


def _laid(sliders: Iterable[Slider], unmoved: Iterable[Pack]) -> tuple[bytes, _Described, _Described]:
    """All packs end to end, and where they lie: those of each slider, and those of what is unmoved."""
    body = bytearray()

    def lay(packs: Iterable[Pack]) -> _Described:
        places = []
        for packed in packs:
            start = len(body)
            body.extend(packed.data)
            told = {"positions": packed.positions, "tracks": packed.tracks, "texts": packed.texts}
            places.append({"start": start, "size": len(packed.data), **told})
        return places

    described = [
        {"key": slider.key, "low": slider.low, "step": slider.step, "value": slider.value, "packs": lay(slider.packs)}
        for slider in sliders
    ]
    still = lay(pack for pack in unmoved if pack.positions)
    return bytes(body), described, still


def _wake() -> None:
    st.session_state[_ALIVE] = True


def _marked(place: int, text: str) -> str:
    if place >= len(_DIGITS) ** _MARK:
        raise ValueError(f"a chart has marks for {len(_DIGITS) ** _MARK} printed texts, and this is number {place + 1}")
    digits = ""
    for _ in range(_MARK):
        place, digit = divmod(place, len(_DIGITS))
        digits += _DIGITS[digit]
    return f"{_EDGE}{digits}{text}{_EDGE}"
