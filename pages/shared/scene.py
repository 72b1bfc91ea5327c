"""A scene: a picture and the numbers around it, which sliders move. A page has one for each picture that it can show.

A subclass says what is its own: its sliders, the arrays and the texts of any state, and the figure of one state. What
follows from these is written here once: the picture at rest, the sweep of each slider, which is sent to the browser
before anybody drags it, and their cache.

A state gives each slider's name its value. ``arrays`` and ``texts`` are computed for n states at once: the state is
then an array of shape (n,) by name, each result array has shape (n, points), and each text is a list of n.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from activations.spec import Activation, Array
from pages.shared import controls, figures, live, state, words
from pages.shared.controls import Slider

State = Mapping[str, Array]
Arrays = dict[str, Array]
Texts = dict[str, list[str]]
_Values = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Snapshot:
    """A part of a picture at one state: ``arrays`` of shape (points,), one text by name.

    A text called ``trace.text`` is a label in the chart; every other one is printed on the page.
    """

    arrays: Mapping[str, Array]
    texts: Mapping[str, str]

    @cached_property
    def page_texts(self) -> dict[str, str]:
        """The texts that are printed on the page."""
        return {name: text for name, text in self.texts.items() if not name.endswith(".text")}


class Part(ABC):
    """What some sliders move: a whole scene, or as much of it as does not depend on the other sliders.

    Subclasses are frozen dataclasses: two that are equal share their cached sweeps.
    """

    @property
    @abstractmethod
    def words_of(self) -> str:
        """The file of words that ``texts`` is given, e.g. ``topics/gate``."""

    @property
    @abstractmethod
    def params(self) -> Sequence[Slider]:
        """The sliders, in the order in which they are drawn."""

    @property
    def dragged(self) -> Sequence[Slider]:
        """The sliders whose sweeps are sent: all, unless some of them are not shown."""
        return self.params

    @abstractmethod
    def arrays(self, state: State) -> Arrays:
        """Arrays of shape (n, points) by name, ``trace.x``, ``trace.y``, ``trace.z`` or ``trace.opacity``."""

    @abstractmethod
    def texts(self, state: State, text: words.Words) -> Texts:
        """n texts by name, in the language of ``text``, the words of the page."""

    def compute(self, state: State, text: words.Words) -> tuple[Arrays, Texts]:
        """All arrays and all texts; for a subclass where both follow from what is computed but once."""
        return self.arrays(state), self.texts(state, text)

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """The step to which a dragged array is rounded, by name; any other is rounded to an 8192nd of its span."""
        return {}

    def bounds(self, arrays: Arrays) -> Mapping[str, tuple[float, float]]:
        """Lower and upper bound by name of what reaches so far, where nobody sees it, that its steps would be too many
        to be sent: a dragged array is clipped to them."""
        return {}

    @property
    def is_private(self) -> bool:
        """Whether what is computed belongs to one visit: it is then in no cache, which would outlast the visit."""
        return False

    def own(self, state: State) -> State:
        """As much of a state as this part has sliders for."""
        return {param.name: state[param.name] for param in self.params}

    def at(self, values: Mapping[str, float]) -> Snapshot:
        """The part where its sliders have these ``values``."""
        snapshot = _snapshot.__wrapped__ if self.is_private else _snapshot
        return snapshot(self, self._values(values), words.language())

    def sweep(self, param: Slider, values: Mapping[str, float]) -> live.Sweep:
        """What the slider ``param`` moves at each of its positions, while the others have these ``values``."""
        return self.sweeps(values)[param.name]

    def sweeps(self, values: Mapping[str, float]) -> dict[str, live.Sweep]:
        """The sweep of every slider that is dragged, by name; those that are not cached are computed together."""
        moved = {p.name: (self, p.name, self._values(values, p.name), words.language()) for p in self.dragged}
        known: dict[str, list[live.Sweep]]
        known = {name: [] if self.is_private else _cached_sweep(*key) for name, key in moved.items()}
        lacking = [param for param in self.dragged if not known[param.name]]
        for param, found in zip(lacking, _compute_sweeps(self, lacking, values), strict=True):
            known[param.name].append(found)
        return {name: found[0] for name, found in known.items()}

    def unmoved(self, values: Mapping[str, float], sweeps: Mapping[str, live.Sweep]) -> live.Sweep:
        """All arrays and labels that are in none of these ``sweeps``, as a sweep of one position.

        A chart that was drawn at other values of the sliders may still show others. Printed texts are sent apart.
        """
        moved = {name for sweep in sweeps.values() for name in sweep.names}
        snapshot = Part.at(self, values)
        arrays = {name: row[None] for name, row in snapshot.arrays.items() if name not in moved}
        labels = {name: [text] for name, text in snapshot.texts.items() if name not in moved | {*snapshot.page_texts}}
        return _compressed(self, arrays, labels)

    def _values(self, values: Mapping[str, float], without: str = "") -> _Values:
        return tuple((param.name, float(values[param.name])) for param in self.params if param.name != without)


class Scene(Part):
    """A picture with its sliders, its words and every text printed about it."""

    @property
    @abstractmethod
    def page(self) -> str:
        """The path of the page."""

    @property
    def handles(self) -> Sequence[live.Handle]:
        """What can be dragged in the picture itself."""
        return ()

    @property
    def plays(self) -> str:
        """The name of the slider of time, which a button moves, if there is one."""
        return ""

    @property
    @abstractmethod
    def key(self) -> str:
        """The key of the chart, which differs between the scenes of a page."""

    @property
    def kind(self) -> str:
        """What the words of its presets and of its description begin with; ``key`` unless scenes share them."""
        return self.key

    @property
    def variant(self) -> str:
        """What beside the state and ``key`` makes the picture another one, so that an older one is not dragged."""
        return ""

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """What a reader chooses beside the tab: by field of the scene its options. The field is the name in the
        address, its value in this scene the default. Words: ``<field>`` and ``<field>-<option>``; ``f`` is a function.
        """
        return {}

    @property
    def choice_rows(self) -> Sequence[Mapping[str, float]]:
        """Choices that are drawn beside each other, by row, with their shares of its width; others stand alone."""
        return ()

    def takes(self, formula: Activation) -> bool:
        """Whether a formula that a reader wrote can be chosen as ``f``."""
        return False

    def chosen(self, **options: str) -> Scene:
        """The same scene with other options."""
        return replace(cast(Any, self), **options)  # type: ignore[no-any-return]

    @property
    def meta(self) -> str:
        """What the chart's layout says of the picture: the page and the variant."""
        return f"{self.page} {self.variant}".strip()

    @property
    def parts(self) -> Sequence[Part]:
        """The parts that are computed and cached apart: the scene itself, and perhaps what fewer sliders move."""
        return (self,)

    @abstractmethod
    def figure(self, arrays: Mapping[str, Array], texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state, with all ``texts``; ``large`` is for a projector."""

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words, for a reader who does not see it; it quotes ``marks``."""
        return words.format(self.text[f"alt-{self.kind}"], **marks)

    def label(self, param: Slider) -> str:
        """What is written over a slider."""
        return self.text[f"slider-{param.name}"]

    @property
    def rows(self) -> Sequence[Sequence[Slider]]:
        """The sliders by row; those of a row are drawn beside each other."""
        return [[param] for param in self.params]

    @property
    def presets(self) -> Mapping[str, Mapping[str, float]]:
        """Settings of the sliders that are worth a look, by the names of their words."""
        return {}

    def reading(self, marks: Mapping[str, str]) -> str:
        """What is printed under the sliders; it quotes ``marks``. The words are ``read-<kind>`` if there are any."""
        return words.format(self.text[f"read-{self.kind}"], **marks)

    @property
    def text(self) -> words.Words:
        """The words of the page in the reader's language."""
        return words.page(self.words_of)

    @property
    def state(self) -> dict[str, float]:
        """The values of the sliders in this visit."""
        return {param.name: controls.value(param) for param in self.params}

    @property
    def snapshot(self) -> Snapshot:
        """The scene at the values of its sliders in this visit."""
        return self.at(self.state)

    def at(self, values: Mapping[str, float]) -> Snapshot:
        """The whole scene where its sliders have these ``values``."""
        found = [Part.at(part, values) for part in self.parts]
        arrays = {name: row for part in found for name, row in part.arrays.items()}
        return Snapshot(arrays, {name: text for part in found for name, text in part.texts.items()})

    @property
    def chart(self) -> live.Chart:
        """The chart with the marks around every text printed about it, at the values of the sliders."""
        return live.Chart(self.key, self.snapshot.page_texts, page=self.meta)

    def format(self, template: str, **values: object) -> str:
        """A template with the numbers of this scene, which the browser rewrites during a drag."""
        return words.format(template, **self.chart.marks, **values)

    def draw(self) -> None:
        """Put the chart here."""
        shown, chart = self.snapshot, self.chart
        chart.draw(self.figure(shown.arrays, shown.texts, state.presenting()), self.alt(chart.marks), figures.CONFIG)

    def follow(self, **more: Any) -> None:
        """Let the chart and every printed number follow the sliders; ``more`` is for ``live.Chart.follow``."""
        values = self.state
        sweeps = [part.sweeps(values) for part in self.parts]
        sliders = [
            live.Slider(
                param.name, float(param.low), float(param.step), values[param.name],
                [found[param.name] for found in sweeps if param.name in found and found[param.name].positions],
                controls.first(param),
            )
            for param in self.dragged
        ]  # fmt: skip
        unmoved = [part.unmoved(values, found) for part, found in zip(self.parts, sweeps, strict=True)]
        plays = controls.play(self.plays) if self.plays else None
        self.chart.follow(sliders, unmoved, **{"plays": plays, "handles": self.handles, **more})


class Composite(Scene):
    """A scene with no arrays and texts but those of its ``parts``, which a subclass names."""

    @property
    @abstractmethod
    def parts(self) -> Sequence[Part]:
        """The parts, none of which is the scene itself."""

    def arrays(self, state: State) -> Arrays:
        """Those of all parts."""
        return {name: rows for part in self.parts for name, rows in part.arrays(part.own(state)).items()}

    def texts(self, state: State, text: words.Words) -> Texts:
        """Those of all parts."""
        return {name: lines for part in self.parts for name, lines in part.texts(part.own(state), text).items()}


def rows(row: Any, count: int) -> Array:
    """A row that is the same in each of ``count`` states, of shape (count, points)."""
    return np.tile(np.asarray(row, dtype=np.float64), (count, 1))


def index(param: Slider, values: Any) -> NDArray[np.intp]:
    """Which position of its slider each value is."""
    return np.rint((np.asarray(values) - param.low) / param.step).astype(np.intp)


@lru_cache(maxsize=256)
def _snapshot(part: Part, values: _Values, language: str) -> Snapshot:
    at = {name: np.array([value]) for name, value in values}
    arrays, texts = part.compute(at, words.page(part.words_of, language))
    return Snapshot({name: row[0] for name, row in arrays.items()}, {name: each[0] for name, each in texts.items()})


@lru_cache(maxsize=2048)
def _cached_sweep(_part: Part, _moved: str, _others: _Values, _language: str) -> list[live.Sweep]:
    """The sweep of a slider at these values of the others, in a list that is empty until it has been computed."""
    return []


def _compute_sweeps(part: Part, moved: Sequence[Slider], values: Mapping[str, float]) -> list[live.Sweep]:
    if not moved:
        return []
    state, spans = positions(moved, {param.name: values[param.name] for param in part.params})
    arrays, texts = part.compute(state, words.page(part.words_of))
    return [_compressed(part, *varying(*cut(arrays, texts, span))) for span in spans]


def positions(moved: Sequence[Slider], values: Mapping[str, float]) -> tuple[dict[str, Array], list[slice]]:
    """The state of all positions of the sliders ``moved``, one slider after the other, and where each one's begin and
    end; the other sliders have their ``values``."""
    ends = np.cumsum([0, *(len(param.grid) for param in moved)])
    spans = [slice(start, end) for start, end in itertools.pairwise(ends.tolist())]
    state = {name: np.full(ends[-1], float(value)) for name, value in values.items()}
    for param, span in zip(moved, spans, strict=True):
        state[param.name][span] = param.grid
    return state, spans


def cut(arrays: Arrays, texts: Texts, span: slice) -> tuple[Arrays, Texts]:
    """Some of the states."""
    return {name: each[span] for name, each in arrays.items()}, {name: each[span] for name, each in texts.items()}


def varying(arrays: Arrays, texts: Texts) -> tuple[Arrays, Texts]:
    """What differs between the states."""
    moving = {name: each for name, each in arrays.items() if not _is_constant(each)}
    return moving, {name: each for name, each in texts.items() if len({*each}) > 1}


def _compressed(part: Part, arrays: Arrays, texts: Texts) -> live.Sweep:
    arrays |= {name: np.clip(arrays[name], *ends) for name, ends in part.bounds(arrays).items()}
    return live.compress(arrays, texts, part.steps(arrays))


def _is_constant(each: Array) -> bool:
    # The bits are compared, by which NaN is the same as NaN; the ends first, as most arrays that vary differ there.
    bits = np.ascontiguousarray(each, dtype=np.float64).view(np.int64)
    return bool((bits[-1] == bits[0]).all() and (bits[1:-1] == bits[0]).all())
