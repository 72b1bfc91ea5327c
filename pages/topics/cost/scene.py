"""The timings at every array size: a row of dots for each line of code, to the right of what copying costs."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from activations.experiments import cost
from activations.experiments.cost import BACK, COPY, FORWARD, RELU, SIZE, WRITINGS, Timings
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, NO_HOVER, PROBE, Picture, Spec
from pages.shared.prediction import GUESS
from pages.shared.scene import Arrays, Scene, State, Texts, index, rows

FUNCTIONS, WRITING = "functions", "writing"
VIEWS = (FUNCTIONS, WRITING)
PARAMS = (SIZE,)
GUESSES = {f"{GUESS}1": 26.0, f"{GUESS}3": 100.0}  # times ReLU, of the wrong answers about the function ``ASKED``
ASKED = "gelu"
COMPARED = {"cube": "cube_product", "gelu_tanh": "gelu_tanh_product", "sigmoid": "sigmoid"}
_ENDS = (-1.0, 2.6)  # decades of nanoseconds a value
_RATIOS = 2.56  # the place of the ratios
_OUTSIDE = -3.0  # left of the panel, the place of the dots of a size that was not measured here
_GAP = 0.6  # between two groups, in rows
_ABOVE = 1.4  # rows between the first one and the upper edge
_TICKS = (0.1, 0.3, 1, 3, 10, 30, 100)


@dataclass(frozen=True)
class Row:
    """A line of code, the one with which its cost is compared, and the function whose colour it has."""

    line: str
    to: str
    slug: str


@lru_cache(maxsize=2)
def rows_of(view: str) -> tuple[Row, ...]:
    """From the cheapest function to the dearest; or the ways of writing, group by group."""
    if view == FUNCTIONS:
        costs = {slug: cost.recorded().at(slug, SIZE.default) for slug in FORWARD}
        return tuple(Row(slug, RELU, slug) for slug in sorted(FORWARD, key=costs.__getitem__))
    return tuple(
        Row(line, COMPARED[group], "gelu" if group == "gelu_tanh" else group)
        for group, ways in WRITINGS.items()
        for line in ways
    )


@dataclass(frozen=True)
class Costs(Scene):
    """The recorded costs of all rows of a view and, if there are any, those ``measured`` on this server."""

    view: str
    measured: Timings | None = None
    page, words_of, key = "cost", "topics/cost", "costs"
    params = PARAMS

    @property
    def rows_drawn(self) -> tuple[Row, ...]:
        """The rows of the view."""
        return rows_of(self.view)

    @property
    def heights(self) -> Array:
        """The heights of the rows, downwards; the groups of the second view apart from each other."""
        if self.view == FUNCTIONS:
            return np.arange(len(FORWARD), dtype=np.float64)
        groups = np.repeat(np.arange(len(WRITINGS)), [len(ways) for ways in WRITINGS.values()])
        return np.arange(len(groups)) + _GAP * groups

    def arrays(self, state: State) -> Arrays:
        """The dots of every row, a stem from what copying costs to the last dot, and where texts and guesses stand."""
        at, lines, heights = index(SIZE, state["size"]), [row.line for row in self.rows_drawn], self.heights
        count = len(at)
        down = rows(heights, count)
        forward, copying = _decades(lines, at), _decades([COPY], at)
        drawn: Arrays = {"forward.x": forward, "forward.y": down}
        far = forward
        if self.view == FUNCTIONS:
            backward = _decades([line + BACK for line in lines], at)
            drawn |= {"backward.x": backward, "backward.y": down}
            far = np.maximum(forward, backward)
            row = lines.index(ASKED)
            for name, ratio in GUESSES.items():
                guess = _decades([RELU], at) + math.log10(ratio)
                drawn |= {f"{name}.x": np.hstack([guess, guess]), f"{name}.y": rows([row - 0.42, row + 0.42], count)}
        gap = np.full(far.shape, math.nan)
        stems = {"stems.x": (np.broadcast_to(copying, far.shape), far, gap), "stems.y": (down, down, gap)}
        drawn |= {name: np.stack(ends, axis=2).reshape(count, -1) for name, ends in stems.items()}
        drawn |= {"floor.x": np.hstack([copying, copying]), "floor.y": rows([-0.7, heights[-1] + 0.5], count)}
        drawn |= {"floor_word.x": copying, "floor_word.y": rows([-0.7], count)}
        for line, height in zip(lines, heights.tolist(), strict=True):
            drawn |= {f"{line}_ratio.x": rows([_RATIOS], count), f"{line}_ratio.y": rows([height], count)}
        if self.measured:
            drawn |= {"here.x": _measured(lines, self.measured, state["size"]), "here.y": down}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """How many values; nanoseconds a value of each line and how many times those of ReLU; in the picture, how many
        times those of the line with which the row is compared."""
        at, recorded = index(SIZE, state["size"]), cost.recorded().nanoseconds
        texts = {"n": [f"{round(10**size):,}".replace(",", "\u202f") for size in state["size"].tolist()]}
        for line, costs in recorded.items():
            texts[f"ns_{name(line)}"] = list(map(digits, costs[at].tolist()))
            texts[f"x_{name(line)}"] = list(map(times, (costs[at] / recorded[RELU][at]).tolist()))
        for row in self.rows_drawn:
            texts[f"{row.line}_ratio.text"] = [
                f"{times(r)} ×" for r in (recorded[row.line][at] / recorded[row.to][at]).tolist()
            ]
        floors = (words.format(text["on-floor"], value=value) for value in texts[f"ns_{COPY}"])
        texts["floor_word.text"] = [f"\u00a0{floor}" for floor in floors]
        return texts

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        size = 18.0 if large else 13.0
        names = [self.title(row) for row in self.rows_drawn]
        traces = [
            figures.line(arrays, "stems", figures.SHADE, 2.5, **NO_HOVER),
            figures.line(arrays, "floor", GREY, 2.0, line={"dash": "5px,4px"}, **NO_HOVER),
            figures.label(arrays, "floor_word", texts["floor_word.text"], GREY, size, "middle right"),
        ]
        if self.view == FUNCTIONS:
            traces += [_guess(arrays, name, size) for name in GUESSES]
        traces += self._dots(arrays, 13 if large else 10)
        for row in self.rows_drawn:
            label = figures.label(arrays, f"{row.line}_ratio", texts[f"{row.line}_ratio.text"], "", size, "middle left")
            traces.append({**label, "textfont": {"size": size}})
        key, column = ("key", "column") if self.view == FUNCTIONS else ("key-writing", "column-writing")
        notes = [_note(self.text[key], 0, "left", size), _note(self.text[column], 1, "right", size)]
        margin = {"l": 14 + 0.57 * size * max(map(_letters, names)), "r": 10}
        margin |= {"t": 26 if large else 20, "b": 62 if large else 46}
        return figures.figure(traces, self._axes(names), self.page, large, annotations=notes, margin=margin)

    def title(self, row: Row) -> str:
        """What a row is called."""
        return words.title(row.line) if self.view == FUNCTIONS else self.text[f"write-{row.line}"]

    def _dots(self, arrays: Picture, size: float) -> list[Spec]:
        """A filled dot forwards, an open one backwards, and what was measured here as a small diamond in each."""
        colours = [figures.colour(row.slug) for row in self.rows_drawn]
        drawn = [_dots(arrays, "forward", colours, size, "circle")]
        if self.view == FUNCTIONS:
            drawn.insert(0, _dots(arrays, "backward", colours, size, "circle-open"))
        if self.measured:
            drawn.append(_dots(arrays, "here", [PROBE] * len(colours), size * 0.95, "diamond-open"))
        return drawn

    def _axes(self, names: Sequence[str]) -> dict[str, Spec]:
        down = self.heights.tolist()
        ticks = {"tickvals": [math.log10(tick) for tick in _TICKS], "ticktext": [f"{tick:g}" for tick in _TICKS]}
        named = {"tickvals": down, "ticktext": list(names), "showgrid": False, "zeroline": False}
        return {
            "xaxis": {"range": list(_ENDS), "title": self.text["axis"], "zeroline": False, **ticks},
            "yaxis": {**named, "range": [down[-1] + 0.7, -_ABOVE]},
        }

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words: every cost that is drawn."""
        texts, template = [], self.text["alt-row" if self.view == FUNCTIONS else "alt-writing"]
        for row in self.rows_drawn:
            costs = {"name": self.title(row), "forward": marks[f"ns_{name(row.line)}"]}
            if self.view == FUNCTIONS:
                costs["backward"] = marks[f"ns_{name(row.line + BACK)}"]
            texts.append(words.format(template, **costs))
        return f"{words.format(self.text['alt'], **marks)} {'; '.join(texts)}"

    def reading(self, marks: Mapping[str, str]) -> str:
        """What the costs at this size say."""
        return words.format(self.text[f"reading-{self.view}"], **marks)


def name(line: str) -> str:
    """What sentences call a line that they quote."""
    return line.replace(".", "_")


def digits(value: float) -> str:
    """Three digits of a cost."""
    return f"{value:.3g}" if value >= 100 else f"{value:#.3g}"


def times(ratio: float) -> str:
    """Two digits of a ratio, whole from 10 on."""
    return f"{ratio:.0f}" if ratio >= 9.95 else f"{ratio:.1f}" if ratio >= 0.095 else f"{ratio:.2f}"


def _decades(lines: Sequence[str], at: NDArray[np.intp]) -> Array:
    """log10 of the recorded nanoseconds of these lines at these positions of the slider."""
    recorded = cost.recorded().nanoseconds
    return np.asarray(np.log10(np.stack([recorded[line][at] for line in lines], axis=1)))


def _measured(lines: Sequence[str], measured: Timings, sizes: Array) -> Array:
    """What was measured here. A size that was not has its dots beyond the edge: their number has to stay the same."""
    found = np.array([[measured.at(line, size) for line in lines] for size in sizes.tolist()])
    return np.where(np.isfinite(found), np.log10(np.where(found > 0, found, 1.0)), _OUTSIDE)


def _dots(arrays: Picture, name: str, colours: list[str], size: float, symbol: str) -> Spec:
    drawn = figures.dots(arrays, name, GREY, size, symbol)
    marker = {**drawn["marker"], "color": colours, "line": {"width": 2.5, "color": colours}}
    return {**drawn, "marker": marker, "cliponaxis": True}


def _guess(arrays: Picture, name: str, size: float) -> Spec:
    line = figures.line(arrays, name, GREY, 3.0, line={"dash": "4px,3px"}, **NO_HOVER)
    label = {"text": [words.ui("drawn.guess"), ""], "textposition": "top center"}
    return {**line, **label, "mode": "lines+text", "textfont": {"color": GREY, "size": size}, "visible": False}


def _note(text: str, x: float, anchor: str, size: float) -> Spec:
    return {**figures.heading(text, "", size, paper=True), "x": x, "xanchor": anchor, "yref": "paper"}


def _letters(name: str) -> float:
    """How many Latin letters wide a name is."""
    return sum(1.8 if unicodedata.east_asian_width(letter) in "WF" else 1.0 for letter in name)


SCENES = tuple(Costs(view) for view in VIEWS)
