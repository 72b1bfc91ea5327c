"""What the views of this page have in common: sliders in rows, a picture, what is printed, what a drag needs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from activations import Param
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.parts import figures, live, words
from pages.parts.figures import Picture, Spec

Stand = Mapping[str, Array]
Rows = dict[str, Array]
Said = dict[str, list[str]]
Story = Mapping[str, float]
OWN = "#B257AE"  # of softmax and maxout, which are no functions of the catalogue
SCALE = [(0.0, "rgba(47,111,214,0.65)"), (0.5, "rgba(127,135,147,0.04)"), (1.0, "rgba(224,123,0,0.65)")]
QUIET: Spec = {"hoverinfo": "skip"}
_MARGIN = {"l": 44, "r": 12, "t": 26, "b": 34}


@dataclass(frozen=True, eq=False)
class View:
    """One view by name.

    ``sliders`` stand in rows. ``frames`` and ``said`` take where they stand, arrays of one length by name, and give a
    row or a text for each place. ``figure`` takes one place: arrays, texts, the words of the page,
    and whether it is for a projector. ``reading`` takes the words and the marks of what is printed.
    """

    name: str
    sliders: Sequence[Sequence[Param]]
    frames: Callable[[Stand], Rows]
    said: Callable[[Stand, words.Page], Said]
    figure: Callable[[Picture, Mapping[str, str], words.Page, bool], figures.Finished]
    reading: Callable[[words.Page, Mapping[str, str]], str]
    stories: Mapping[str, Story] = field(default_factory=dict)

    @property
    def params(self) -> list[Param]:
        """The parameters of all sliders."""
        return [param for row in self.sliders for param in row]

    def still(self, stand: Mapping[str, float]) -> tuple[Rows, dict[str, str]]:
        """Every array and every text at one place."""
        return _still(self, tuple(stand.items()), words.language())

    def along(self, stand: Mapping[str, float]) -> list[live.Slider]:
        """What each slider moves where the others stand."""
        others = [tuple((k, v) for k, v in stand.items() if k != param.name) for param in self.params]
        kept = [
            _kept(self, param.name, place, words.language()) for param, place in zip(self.params, others, strict=True)
        ]
        lacking = [place for place, packs in enumerate(kept) if not packs]
        for place, found in zip(lacking, _packs(self, [self.params[k] for k in lacking], stand), strict=True):
            kept[place].append(found)
        return [live.Slider.of(p, stand[p.name], packs[:1]) for p, packs in zip(self.params, kept, strict=True)]


Place = tuple[tuple[str, float], ...]


@lru_cache(maxsize=64)
def _still(view: View, place: Place, language: str) -> tuple[Rows, dict[str, str]]:
    at = {name: np.array([value]) for name, value in place}
    drawn, said = view.frames(at), view.said(at, words.page("topics/vectors", language))
    return {name: rows[0] for name, rows in drawn.items()}, {name: texts[0] for name, texts in said.items()}


@lru_cache(maxsize=1024)
def _kept(_view: View, _moved: str, _others: Place, _language: str) -> list[live.Pack]:
    """What a slider moves where the others stand: empty until it is found."""
    return []


def _packs(view: View, moved: Sequence[Param], stand: Mapping[str, float]) -> list[live.Pack]:
    """One for each of these sliders; all of their positions are computed at once."""
    if not moved:
        return []
    ends = np.cumsum([0, *(len(param.grid) for param in moved)])
    spans = [slice(start, end) for start, end in itertools.pairwise(ends.tolist())]
    at = {name: np.full(ends[-1], value) for name, value in stand.items()}
    for param, span in zip(moved, spans, strict=True):
        at[param.name][span] = param.grid
    drawn, said = view.frames(at), view.said(at, words.page("topics/vectors"))
    return [_pack({k: v[span] for k, v in drawn.items()}, {k: v[span] for k, v in said.items()}) for span in spans]


def _pack(drawn: Rows, said: Said) -> live.Pack:
    return live.pack(moving(drawn), varying(said))


def power(size: float) -> str:
    """A magnitude with three digits; 0 is exactly 0."""
    return words.number(math.log10(size) if size else -math.inf, "power")


def table(*rows: Sequence[str]) -> str:
    """The rows, of which the first is the head."""
    lines = [rows[0], ["---", *["--:"] * (len(rows[0]) - 1)], *rows[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def on(place: str, *traces: Spec) -> list[Spec]:
    """The traces on the panel with this number, "" for the first."""
    return [{**trace, "xaxis": f"x{place}", "yaxis": f"y{place}"} for trace in traces]


def fixed(rows: int, values: Sequence[float]) -> Array:
    """A row that is the same at every place."""
    return np.tile(np.asarray(values, dtype=np.float64), (rows, 1))


def keys(named: Mapping[str, tuple[str, str]], at: tuple[float, float], step: float, size: float) -> list[Spec]:
    """What the lines are called, one below the other in their colours: by name the words and the colour."""
    drawn = []
    for row, (name, (text, colour)) in enumerate(named.items()):
        place = {f"{name}_key.x": np.array([at[0]]), f"{name}_key.y": np.array([at[1] - step * row])}
        label = figures.label(place, f"{name}_key", text, colour, size, "middle right")
        drawn.append({**label, "textfont": {**label["textfont"], "weight": 600}})
    return drawn


def finished(traces: list[Spec], axes: dict[str, Spec], notes: Mapping[str, str], large: bool) -> figures.Finished:
    """The figure; ``notes`` has a heading for each panel by its number."""
    font = {"size": 17 if large else 13}
    named: list[dict[str, Any]] = [
        {"text": f"<b>{text}</b>", "showarrow": False, "font": font, "x": 0, "y": 1}
        | {"xref": f"x{place} domain", "yref": f"y{place} domain", "xanchor": "left", "yanchor": "bottom"}
        for place, text in notes.items()
    ]
    margin = {side: size * (1.3 if large else 1) for side, size in _MARGIN.items()}
    return figures.figure(traces, axes, "vectors", large, annotations=named, margin=margin)
