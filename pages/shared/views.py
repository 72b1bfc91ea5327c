"""A page with several views: each has sliders in rows, a picture, a reading, and all that a drag of a slider needs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from activations import Param
from activations.experiments.sweep import moving, varying
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.figures import GREY, Picture, Spec
from pages.shared.prediction import GUESS, Prediction, curtain

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
    """One view of the page ``page`` by ``name``; the words of its presets and its alt text are those of its ``kind``.

    ``sliders`` stand in rows. ``frames`` and ``said`` take where they stand, arrays of one length by name, and give a
    row or a text for each place. ``figure`` takes one place: arrays, texts, the words of the page,
    and whether it is for a projector. ``reading`` takes the words and the marks of what is printed.
    """

    page: str
    name: str
    kind: str
    sliders: Sequence[Sequence[Param]]
    frames: Callable[[Stand], Rows]
    said: Callable[[Stand, words.Words], Said]
    figure: Callable[[Picture, Mapping[str, str], words.Words, bool], figures.Finished]
    reading: Callable[[words.Words, Mapping[str, str]], str]
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
    drawn, said = view.frames(at), view.said(at, words.page(f"topics/{view.page}", language))
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
    drawn, said = view.frames(at), view.said(at, words.page(f"topics/{view.page}"))
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


def guesses(at: Mapping[str, tuple[float, float, float]], size: float) -> list[Spec]:
    """Where wrong answers expected something, by number of the answer: from x to x at a height."""
    drawn = []
    for answer, (left, right, height) in at.items():
        name = f"{GUESS}{answer}"
        place = {f"{name}.x": np.array([left, right]), f"{name}.y": np.full(2, height)}
        said = {"text": ["", f" {words.ui('drawn.guess')}"], "textposition": "middle right", "visible": False}
        font = {"mode": "lines+text", "textfont": {"color": GREY, "size": size}}
        drawn.append({**figures.line(place, name, GREY, 2.5, line={"dash": "7px,5px"}, **QUIET), **said, **font})
    return drawn


def finished(
    page: str, traces: list[Spec], axes: dict[str, Spec], notes: Mapping[str, str], large: bool
) -> figures.Finished:
    """The figure of a page; ``notes`` has a heading for each panel by its number."""
    font = {"size": 17 if large else 13}
    named: list[dict[str, Any]] = [
        {"text": f"<b>{text}</b>", "showarrow": False, "font": font, "x": 0, "y": 1}
        | {"xref": f"x{place} domain", "yref": f"y{place} domain", "xanchor": "left", "yanchor": "bottom"}
        for place, text in notes.items()
    ]
    margin = {side: size * (1.3 if large else 1) for side, size in _MARGIN.items()}
    return figures.figure(traces, axes, page, large, annotations=named, margin=margin)


@dataclass
class ViewsPage:
    """One drawing of a page: its views, of which the first is shown unless the address names another one.

    ``shows`` is the setting that answers the question, ``ways`` are the links at its end, as ``explanation.close``
    takes them.
    """

    views: Sequence[View]
    shows: Mapping[str, float | str]
    ways: Mapping[str, Mapping[str, Any]]
    view: View = field(init=False)

    @property
    def text(self) -> words.Words:
        """The words of the page."""
        return words.page(f"topics/{self.views[0].page}")

    @property
    def stand(self) -> dict[str, float]:
        """Where the sliders of the view stand."""
        return {param.name: float(st.session_state[param.name]) for param in self.view.params}

    def draw(self) -> None:
        """The picture with its sliders, the question, and why it is so."""
        with layout.stage() as (picture_side, control_side):
            with control_side:
                drag, above = layout.ranks()
                with above:
                    self.view = self._chosen()
                with drag:
                    live.section(self._controls)
                with curtain("choices"):
                    self._presets()
                Prediction(self.text, self.shows).ask({})
            with picture_side:
                self._picture()
        with curtain("text"):
            explanation.close(self.text, self.ways)

    def _chosen(self) -> View:
        # Streamlit would forget where a slider stood that another view does not draw.
        for param in {param.name: param for view in self.views for param in view.params}.values():
            settled = param.settle(state.remembered(param.name))
            st.session_state[param.name] = st.session_state.get(param.name, settled)
        by_name = {view.name: view for view in self.views}
        labels = {name: self.text[f"show-{name}"] for name in by_name}
        return by_name[controls.choice("show", labels, self.views[0].name)]

    def _presets(self) -> None:
        """Settings of the sliders that are worth a look."""
        view, key = self.view, f"{self.view.page}.{self.view.kind}"

        def choose() -> None:
            st.session_state.update(view.stories.get(st.session_state[key], {}))
            st.session_state[key] = None

        labels = {name: self.text[f"{view.kind}-{name}"] for name in view.stories}
        st.pills(
            words.ui("presets"), list(labels), format_func=labels.__getitem__, key=key, on_change=choose,
            label_visibility="collapsed", wrap=True,
        )  # fmt: skip

    def _controls(self) -> None:
        with st.container(key="views-drag"):
            covered = [row for row in self.view.sliders if any(param.name in self.shows for param in row)]
            self._rows([row for row in self.view.sliders if row not in covered])
            with curtain("sliders") if covered else nullcontext():
                self._rows(covered)
        chart = self._chart()
        with st.container(key="views-read"):
            st.markdown(self.view.reading(self.text, chart.marks))
        chart.follow(self.view.along(self.stand))

    def _rows(self, rows: Sequence[Sequence[Param]]) -> None:
        for row in rows:
            for param, column in zip(row, st.columns(len(row), gap="small"), strict=True):
                with column:
                    controls.slider(param, self.text[f"slider-{param.name}"])

    def _chart(self) -> live.Chart:
        said = self.view.still(self.stand)[1]
        told = {name: text for name, text in said.items() if "." not in name}
        return live.Chart(f"{self.view.page}-{self.view.name}", told, page=self.view.page)

    def _picture(self) -> None:
        chart, large = self._chart(), state.presenting()
        picture, said = self.view.still(self.stand)
        alt = words.format(self.text[f"alt-{self.view.kind}"], **chart.marks)
        chart.draw(self.view.figure(picture, said, self.text, large), alt, figures.CONFIG)
