"""How straight pieces make a curve: a sum of a few units against a target, fitted, set by hand or trained."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from activations import CATALOGUE, Activation, find
from activations.experiments import sums
from activations.experiments.sums import AFAR, COUNT, FIRST, MOMENT, PLACES, REACH, STEPS, TARGETS, WEIGHT, Sum
from activations.spec import Array, Trait
from pages.shared import controls, figures, live, words
from pages.shared.controls import Slider
from pages.shared.figures import GREY, NO_HOVER, PROBE, Picture, Spec, on_panel
from pages.shared.prediction import guesses
from pages.shared.scene import Arrays, Scene, State, Texts, index
from pages.shared.topic import Topic

WINDOWS = {"inside": (-5.0, 5.0), "outside": (-13.0, 13.0)}
HEIGHTS = {
    "inside": {
        "sine": (-1.9, 2.3), "square": (-1.6, 6.6), "abs": (-1.2, 5.6), "step": (-0.9, 1.9), "bumps": (-0.8, 1.7),
    },
    "outside": {
        "sine": (-8.0, 8.0), "square": (-14.0, 38.0), "abs": (-4.0, 15.0), "step": (-3.0, 4.0), "bumps": (-3.0, 4.0),
    },
}  # fmt: skip
_MARKED = {"inside": list(range(-5, 6)), "outside": [-10, -4, 0, 4, 10]}
# How many points a line has that is not straight between kinks: fewer where many sliders move it.
_POINTS, _FEWER = {"sum": 161, "shares": 81}, {"sum": 101, "shares": 27}
_FEW = 2  # kinks
_BESIDE = 1e-6  # from a jump to where its sides are read
# Heights of the panel above and below it: what lies beyond is drawn there, where nobody sees it. A straight line that
# ended nearer than that would have another slope within the panel.
_FAR, _NEAR = 15, 1
_OFF = {"sine": 0.7, "square": 1.2, "abs": 1.2, "step": 0.8, "bumps": 0.7}  # of the panel of differences
# Every place at which a hand can put a unit, and the middles between; fewer where jumps or many kinks compress ill.
_OFF_AT = {True: np.linspace(-REACH, REACH, 81), False: np.linspace(-REACH, REACH, 41)}
LEAST, TOP = -4.4, 0.4  # decades of the panel of errors
_NUMBERS = (1, 2, 3, 4, 6, 8, 12)
_POWERS = {"tickvals": [0, -1, -2, -3, -4], "ticktext": ["1", "0.1", "0.01", "10⁻³", "10⁻⁴"]}
_UPPER, _LOWER = [0.48, 1.0], [0.0, 0.31]
_SHARED = 6  # units by hand whose shares are sent for a drag where a share is not two straight pieces
GOOD = (-4.0, -2.0, -1.0, 0.8, 1.4, 2.2)  # found by moving one place after another to where the error is smallest
_ASKED = ("fit", "relu", "sine", "outside")
GUESSES = {"1": (8.5, 11.5, math.sin(AFAR)), "2": (REACH, 7.0, math.sin(REACH))}


@dataclass(frozen=True)
class Approximation(Scene):
    """A sum of units over the target: thin each unit's share, thick their sum, and a dot where each unit lies."""

    f: str = "relu"
    target: str = "sine"
    view: str = "inside"
    page, words_of = "bends", "topics/bends"
    points, key_of_shares = _POINTS, "shares"

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """Any function, the target, and how much is seen of the line of inputs."""
        return {"f": tuple(CATALOGUE), "target": tuple(TARGETS), "view": tuple(WINDOWS)}

    @property
    def variant(self) -> str:
        """All that is chosen."""
        return " ".join(getattr(self, name) for name in self.choices)

    @property
    def activation(self) -> Activation:
        """The function of the units."""
        return _function(self.f)

    def takes(self, formula: Activation) -> bool:
        """A formula that is finite at every input of a unit."""
        return sums.computable(formula)

    @property
    def window(self) -> tuple[float, float]:
        """The inputs that are seen."""
        return WINDOWS[self.view]

    @property
    def across(self) -> Spec:
        """The axis of the inputs."""
        return {"range": list(self.window), "tickvals": _MARKED[self.view], "zeroline": False}

    @property
    def height(self) -> tuple[float, float]:
        """The ends of the panel of the sum."""
        return HEIGHTS[self.view][self.target]

    @abstractmethod
    def found(self, state: State) -> Sum:
        """The sums of n states."""

    @abstractmethod
    def below(self, state: State, found: Sum) -> Arrays:
        """What moves in the lower panel."""

    @abstractmethod
    def told(self, state: State, found: Sum, text: words.Words) -> Texts:
        """What is printed beside the error and the value at AFAR."""

    def compute(self, state: State, text: words.Words) -> tuple[Arrays, Texts]:
        """Both follow from the same sums."""
        found = self.found(state)
        return self._drawn(state, found), self._texts(state, found, text)

    def arrays(self, state: State) -> Arrays:
        """The sum, the shares, the places of the units, the value at AFAR, and what is below."""
        return self._drawn(state, self.found(state))

    def texts(self, state: State, text: words.Words) -> Texts:
        """The error, the value at AFAR, and what else is told."""
        return self._texts(state, self.found(state), text)

    def _drawn(self, state: State, found: Sum) -> Arrays:
        low, high = self.height
        places = found.places
        seen = np.where((places >= self.window[0]) & (places <= self.window[1]), places, np.nan)
        arrays = self._lines(found) | self._dots(seen)
        if self.view == "outside":
            far = found.at(self.activation, np.array([AFAR]))
            arrays |= {"far.x": np.full_like(far, AFAR), "far.y": np.clip(far, low, high)}
            # The number stands where the line does not go on.
            falls = found.at(self.activation, np.array([AFAR + 0.5])) < far - 1e-9
            beside = arrays["far.y"] + np.where(falls, 0.08, -0.08) * (high - low)
            arrays |= {"far_word.x": arrays["far.x"], "far_word.y": np.clip(beside, low + 0.15 * (high - low), high)}
        return arrays | self.below(state, found)

    def _dots(self, places: Array) -> Arrays:
        return {"places.x": places, "places.y": np.where(np.isnan(places), np.nan, self._foot)}

    @property
    def _even(self) -> Arrays:
        """Where lines are evaluated that are not straight between kinks."""
        return {name: np.linspace(*self.window, points) for name, points in self.points.items()}

    @property
    def _foot(self) -> float:
        """The height of the dots where units lie."""
        low, high = self.height
        return low + 0.05 * (high - low)

    def _lines(self, found: Sum) -> Arrays:
        """The sum and the shares; between kinks a straight function needs no more than their ends."""
        f, count = self.activation, len(found.c)
        if not _is_straight(self.f):
            x = self._even
            shares = _end_to_end(self._shares(found, x["shares"]))
            return {"sum.y": self._cut(found.at(f, x["sum"]), _NEAR), "shares.y": self._cut(shares, _NEAR)}
        with np.errstate(divide="ignore", invalid="ignore"):
            kinks = (np.array(_kinks(f)) - found.b[..., None]) / found.w[..., None]
        kinks = np.clip(np.nan_to_num(kinks, nan=math.inf), *self.window)
        jumps = not _is_continuous(self.f)
        along, where = _vertices(kinks.reshape(count, -1), self.window, jumps)
        each, at = _vertices(kinks, self.window, jumps)
        shares = self._shares(found, at)
        return {
            "sum.x": along, "sum.y": self._cut(np.where(np.isnan(where), np.nan, found.at(f, where)), _FAR),
            "shares.x": _end_to_end(each[:, : shares.shape[1]]), "shares.y": self._cut(_end_to_end(shares), _FAR),
        }  # fmt: skip

    def _shares(self, found: Sum, x: Array) -> Array:
        """The shares that are drawn, of shape (n, units, points)."""
        return found.shares(self.activation, x)

    def _cut(self, line: Array, heights: float) -> Array:
        low, high = self.height
        return np.clip(line, low - heights * (high - low), high + heights * (high - low))

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Less than a pixel on a projector, half of which is the largest error."""
        (left, right), (low, high) = self.window, self.height
        fine = {"x": (right - left) / 1000, "y": (high - low) / 500}
        steps = {f"{name}.{axis}": unit for name in ("sum", "shares") for axis, unit in fine.items()}
        return steps | {"off.y": _OFF[self.target] / 300}

    def _texts(self, state: State, found: Sum, text: words.Words) -> Texts:
        far = [_signed(value) for value in found.at(self.activation, np.array([AFAR]))[:, 0].tolist()]
        texts = {"error": [_size(error, text) for error in found.error.tolist()], "far": far}
        texts["true"] = [_signed(float(TARGETS[self.target](np.array(AFAR))))] * len(far)
        return texts | ({"far_word.text": far} if self.view == "outside" else {}) | self.told(state, found, text)

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        named = {"f": words.title(self.f), "target": self.text[f"target-{self.target}"]}
        return words.format(self.text[f"alt-{self.kind}"], **named, **marks)

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The sum over its target, above the panel of the tab."""
        size, wide = (17.0, 1.5) if large else (13.0, 1.0)
        x = self._even
        shares = np.tile(np.append(x["shares"], np.nan), sums.MOST)[: len(arrays["shares.y"])]
        still = {"sum.x": x["sum"], "shares.x": shares, **arrays}
        traces = [*self._target(size, wide), *self._sum(still, texts, size, wide)]
        traces += on_panel("2", *self.panel(arrays, texts, size, wide))
        axes: dict[str, Spec] = {
            "xaxis": {**self.across, "anchor": "y"},
            "yaxis": {"range": list(self.height), "domain": _UPPER, "nticks": 6},
            **self.lower_axes(),
        }
        axes["yaxis2"] |= {"domain": _LOWER, "anchor": "x2"}
        axes["xaxis2"] |= {"anchor": "y2"}
        below = {"2": self.text[f"panel-{self.kind}"]}
        return figures.panels(traces, axes, self.meta, below, large, self._keys(size))

    @abstractmethod
    def panel(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """The traces of the lower panel."""

    @abstractmethod
    def lower_axes(self) -> dict[str, Spec]:
        """The axes of the lower panel."""

    def _target(self, size: float, wide: float) -> list[Spec]:
        """The training range, and the target, torn where it jumps."""
        low, high = self.height
        x = np.linspace(*self.window, 261)
        y = TARGETS[self.target](x)
        if self.target == "step":
            x, y = np.array([self.window[0], 0.0, np.nan, 0.0, self.window[1]]), np.array([0.0, 0.0, np.nan, 1.0, 1.0])
        picture = {"range.x": np.array([-REACH, REACH, REACH, -REACH]), "aim.x": x, "aim.y": y}
        traces = [
            {**figures.shade(picture, "range", (low, high)), "fillcolor": "rgba(127,135,147,0.11)"},
            figures.line(picture, "aim", GREY, 7 * wide, opacity=0.55),
        ]
        if self.view == "outside":
            word = {"range_word.x": np.array([0.0]), "range_word.y": np.array([low + 0.17 * (high - low)])}
            traces.append(figures.label(word, "range_word", self.text["view-inside"], GREY, size, "middle center"))
        if (self.kind, self.f, self.target, self.view) == _ASKED:
            first, second = guesses(GUESSES, size)
            # There is more room on its left.
            traces += [{**first, "text": first["text"][::-1], "textposition": "middle left"}, second]
        return traces

    def _sum(self, still: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        colour = figures.colour(self.f)
        traces = [
            figures.line(still, "shares", colour, 1.4 * wide, opacity=0.7, **NO_HOVER),
            figures.line(still, "sum", colour, 3.5 * wide),
            *self.dots(still, colour, wide),
        ]
        if self.view == "outside":
            word = figures.label(still, "far_word", texts["far_word.text"], PROBE, size + 2, "middle right")
            traces += [figures.dots(still, "far", PROBE, 9 * wide), figures.bold(word)]
        return traces

    def dots(self, still: Picture, colour: str, wide: float) -> list[Spec]:
        """Where the units lie."""
        return [figures.dots(still, "places", colour, 7 * wide)]

    def _keys(self, size: float) -> list[Spec]:
        """What the lines are called, over the panel, where no line runs through the words."""
        colour = figures.colour(self.f)
        named = {"aim": (0.0, GREY), "sum": (0.2, colour), self.key_of_shares: (0.34, colour)}
        return [
            {**figures.heading(f"<b>{self.text[f'key-{name}']}</b>", "", size, color=shade), "x": x}
            for name, (x, shade) in named.items()
        ]


@lru_cache
def _is_straight(slug: str) -> bool:
    """Whether a function is straight between its kinks."""
    f = _function(slug)
    if np.any(f.second_derivative(np.linspace(-30.0, 30.0, 601))):
        return False
    if f.claims:
        return True
    if len(_kinks(f)) > _FEW:
        return False
    # The kinks of a formula are searched for near 0 only: it must have no others.
    x = np.linspace(-70.0037, 70.0011, 20001)
    y, slope = f(x), f.derivative(x)
    off = np.abs(np.diff(y) - slope[:-1] * np.diff(x)) + np.abs(np.diff(slope))
    return bool(np.count_nonzero(off > 1e-9 * (1 + np.abs(y[:-1]))) == len(_kinks(f)))


@lru_cache
def _is_continuous(slug: str) -> bool:
    """Whether a function has no jump."""
    f = _function(slug)
    if f.claims:
        return Trait.CONTINUOUS in f.traits
    kinks = np.array(_kinks(f))
    return bool((np.abs(f(kinks + _BESIDE) - f(kinks - _BESIDE)) < 1e-3).all())


def _is_simple(slug: str) -> bool:
    """Whether a function is continuous, and if it is a formula has few kinks."""
    f = _function(slug)
    return _is_continuous(slug) and (bool(f.claims) or len(_kinks(f)) <= _FEW)


@lru_cache
def _is_flat(slug: str) -> bool:
    """Whether the derivative of a function is 0 wherever it exists."""
    return not np.any(_function(slug).derivative(np.linspace(-30.0, 30.0, 601)))


def _kinks(f: Activation) -> list[float]:
    return [kink for kink in f.kinks_at() if math.isfinite(kink)]


def _function(slug: str) -> Activation:
    """The function with this slug; of the catalogue, or a formula."""
    found = find(slug)
    assert found, slug
    return found


def _vertices(kinks: Array, window: tuple[float, float], jumps: bool) -> tuple[Array, Array]:
    """Where a line through ``kinks`` of shape (..., kinks) is drawn, and where it is evaluated: at its ends and kinks.

    A kink at which the line ``jumps`` is drawn three times: at its left, at a gap, and at its right.
    """
    ends = np.broadcast_to(window, (*kinks.shape[:-1], 2))
    if not jumps:
        x = np.sort(np.concatenate([ends, kinks], axis=-1))
        return x, x
    places = np.concatenate([ends, kinks, kinks, kinks], axis=-1)
    where = np.concatenate([ends, kinks - _BESIDE, np.full_like(kinks, np.nan), kinks + _BESIDE], axis=-1)
    order = np.argsort(np.where(np.isnan(where), places, where), axis=-1, kind="stable")
    return np.take_along_axis(places, order, axis=-1), np.take_along_axis(where, order, axis=-1)


def _end_to_end(lines: Array) -> Array:
    """Lines of shape (n, units, points) as one of shape (n, all), with a gap behind each."""
    return np.concatenate([lines, np.full((*lines.shape[:2], 1), np.nan)], axis=2).reshape(len(lines), -1)


def _size(error: float, text: words.Words) -> str:
    """An error with three digits, as far as it is not that of rounding."""
    if math.isnan(error):
        return "–"
    return words.power(error) if error > sums.EXACT else text["exact"]


def _even_places(activation: Activation, counts: Array) -> Array:
    """Evenly spread places, each on the nearest position of its slider."""
    (low, step), places = (PLACES[0].low, PLACES[0].step), sums.spread(activation, counts)
    return np.asarray(np.round(low + step * np.rint((places - low) / step), 9))


def _signed(value: float) -> str:
    if math.isnan(value):
        return "–"
    size = words.power(abs(value))
    return f"−{size}" if value < 0 else size


def _logs(error: Array) -> Array:
    """The logarithm of an error within the panel, without the digits that are rounding: for ReLU, w changes nothing."""
    with np.errstate(divide="ignore"):
        return np.clip(np.round(np.log10(error), 4), LEAST, TOP)


def _dependence(found: sums.Fitted, count: Array, slug: str, text: words.Words) -> list[str]:
    """What it means that so many of the units are independent."""
    less = found.independent < count
    told = np.where(less, "dependent", "independent") if slug != "identity" else np.full(len(count), "line")
    told = np.where(found.independent == 0, "constant", told)
    return [text[f"note-{note}"] for note in told.tolist()]


@dataclass(frozen=True)
class Fit(Approximation):
    """Evenly spread units with best output weights, above the error over their number."""

    key, kind = "bends-fit", "fit"
    params = (COUNT, WEIGHT)
    presets = MappingProxyType({"three": {"n": 3.0}, "six": {"n": 6.0}, "twelve": {"n": 12.0}})

    def found(self, state: State) -> sums.Fitted:
        """Least squares."""
        return sums.fit(self.activation, self.target, state["w"], sums.spread(self.activation, state["n"]))

    def below(self, state: State, found: Sum) -> Arrays:
        """The error of every number of units, that of this number, and the line whose slope is printed."""
        every, slope, height = self._every(state)
        count = np.log10(state["n"])[:, None]
        ends = np.log10([[FIRST, sums.MOST]])
        tilted = slope[:, None] * ends + height[:, None]
        word = tilted.mean(axis=1, keepdims=True) + 0.45 + 0.12 * np.abs(slope[:, None])  # clear of the line
        tilted = np.where((tilted > LEAST) & (tilted < TOP), tilted, np.nan)
        return {
            "errors.y": _logs(every), "now.x": count, "now.y": _logs(found.error)[:, None],
            "slope.y": tilted, "slope_word.y": word,
        }  # fmt: skip

    def _every(self, state: State) -> tuple[Array, Array, Array]:
        every = np.stack([sums.errors(self.activation, self.target, w) for w in state["w"].tolist()])
        slope, height = np.round(sums.slopes(every), 4)
        return every, slope, height

    def told(self, state: State, found: Sum, text: words.Words) -> Texts:
        """The number of units, how many are independent, and the slope."""
        assert isinstance(found, sums.Fitted)
        slope = self._every(state)[1]
        told = [
            "–" if math.isnan(each) else number for each, number in zip(slope, words.numbers(slope, 1), strict=True)
        ]
        return {
            "n": [str(int(n)) for n in state["n"]],
            "independent": list(map(str, found.independent.tolist())),
            "slope": told,
            "slope_word.text": [words.format(text["key-slope"], slope=each) for each in told],
            "note": _dependence(found, state["n"], self.f, text),
        }

    def panel(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """The errors with the line of their slope."""
        still = {"errors.x": np.log10(COUNT.grid), "slope.x": np.log10([FIRST, sums.MOST]), **arrays}
        still["slope_word.x"] = still["slope.x"].mean(keepdims=True)
        colour = figures.colour(self.f)
        line = figures.line(still, "errors", colour, 1.2 * wide, **NO_HOVER)
        word = figures.label(still, "slope_word", texts["slope_word.text"], GREY, size, "middle center")
        return [
            {**line, "mode": "lines+markers", "marker": {"size": 7 * wide}},
            figures.line(still, "slope", GREY, 3 * wide, line={"dash": "7px,5px"}, **NO_HOVER),
            figures.dots(still, "now", PROBE, 9 * wide),
            figures.bold(word),
        ]

    def lower_axes(self) -> dict[str, Spec]:
        """Both logarithmic."""
        ticks = {"tickvals": [math.log10(n) for n in _NUMBERS], "ticktext": list(map(str, _NUMBERS))}
        return {
            "xaxis2": {"range": [-0.06, 1.14], "title": self.text["axis-n"], "zeroline": False, **ticks},
            "yaxis2": {"range": [LEAST - 0.2, TOP + 0.2], "zeroline": False, **_POWERS},
        }


@dataclass(frozen=True)
class Hand(Approximation):
    """Units that are moved by hand, with best output weights, above the difference from the target."""

    key, kind = "bends-hand", "hand"
    points = _FEWER
    params = (COUNT, WEIGHT, *PLACES)

    @property
    def _used(self) -> Sequence[Slider]:
        """The places of as many units as are chosen."""
        return PLACES[: int(controls.value(COUNT))]

    @property
    def rows(self) -> Sequence[Sequence[Slider]]:
        """The number of units and their weight, and three places in a row."""
        used = self._used
        return [(COUNT, WEIGHT), *(used[k : k + 3] for k in range(0, len(used), 3))]

    @property
    def handles(self) -> Sequence[live.Handle]:
        """The dots of the units."""
        return [live.Handle([param.name], x=param.name) for param in self._used]

    @property
    def presets(self) -> Mapping[str, Mapping[str, float]]:
        """As many units as are chosen evenly spread or in one place, and where six ReLUs approximate a sine better."""
        used = [param.name for param in self._used]
        even = _even_places(self.activation, np.array([len(used)]))[0].tolist()
        good = {param.name: place for param, place in zip(PLACES, GOOD, strict=False)}
        return {
            "even": dict(zip(used, even, strict=False)),
            "one": dict.fromkeys(used, 0.0),
            "good": {COUNT.name: float(len(GOOD)), **good},
        }

    def sweeps(self, values: Mapping[str, float]) -> dict[str, live.Sweep]:
        """Those of the sliders; a place that is not in use moves nothing, not even the last bit of a number."""
        idle = [param.name for param in PLACES[int(values[COUNT.name]) :]]
        return super().sweeps(values) | dict.fromkeys(idle, live.Sweep(0, [], [], b""))

    def found(self, state: State) -> sums.Fitted:
        """Least squares, with as many units as are chosen."""
        places = np.stack([state[param.name] for param in PLACES], axis=-1)
        places = np.where(np.arange(sums.MOST) < state["n"][:, None], places, np.nan)
        return sums.fit(self.activation, self.target, state["w"], places)

    @property
    def _draws_all(self) -> bool:
        return _is_straight(self.f) and len(_kinks(self.activation)) < 2

    @property
    def key_of_shares(self) -> str:  # type: ignore[override]
        """What the shares are called."""
        return "shares" if self._draws_all else "few"

    @property
    def _off_at(self) -> Array:
        return _OFF_AT[_is_simple(self.f)]

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """Twice those of the others for thin lines and where kinks are many: half a step is a pixel on a projector."""
        return {
            name: (1 if _is_simple(self.f) and not name.startswith("shares") else 2) * step
            for name, step in super().steps(arrays).items()
        }

    def _shares(self, found: Sum, x: Array) -> Array:
        """Those of all units where they have few points; else of no more than can be sent, or none."""
        shares = super()._shares(found, x)
        if self._draws_all:
            return shares
        many = np.asarray(np.isfinite(found.v[:, _SHARED:]).any(axis=1))
        return np.where(many[:, None, None], np.nan, shares[:, :_SHARED])

    def below(self, state: State, found: Sum) -> Arrays:
        """The sum minus the target."""
        limit = 3 * _OFF[self.target]
        at = self._off_at
        off = found.at(self.activation, at) - TARGETS[self.target](at)
        return {"off.y": np.clip(off, -limit, limit)}

    def told(self, state: State, found: Sum, text: words.Words) -> Texts:
        """How many units are independent, and the error where they are evenly spread."""
        assert isinstance(found, sums.Fitted)
        known, which = np.unique(np.stack([state["w"], state["n"]], axis=-1), axis=0, return_inverse=True)
        spread = _even_places(self.activation, known[:, 1])
        even = sums.fit(self.activation, self.target, known[:, 0], spread).error[which.ravel()]
        return {
            "n": [str(int(n)) for n in state["n"]],
            "even": [_size(error, text) for error in even.tolist()],
            "independent": list(map(str, found.independent.tolist())),
            "error_word.text": [
                words.format(text["key-error"], error=_size(error, text)) for error in found.error.tolist()
            ],
            "note": _dependence(found, state["n"], self.f, text),
        }

    def _dots(self, places: Array) -> Arrays:
        # Without the last bits, by which -b / w differs from the place where w is another.
        drawn = {"x": np.round(places, 9), "y": np.where(np.isnan(places), np.nan, self._foot)}
        return {
            f"{param.name}.{axis}": each[:, j : j + 1] for j, param in enumerate(PLACES) for axis, each in drawn.items()
        }

    def dots(self, still: Picture, colour: str, wide: float) -> list[Spec]:
        """A handle for each unit."""
        return [figures.dots(still, param.name, colour, 13 * wide) for param in PLACES]

    def panel(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """The difference, with the error."""
        word = {"error_word.x": np.array([self.window[1]]), "error_word.y": np.array([_OFF[self.target]])}
        label = figures.label(word, "error_word", texts["error_word.text"], GREY, size, "top left")
        return [
            figures.line({"off.x": self._off_at, **arrays}, "off", figures.colour(self.f), 2.5 * wide),
            figures.bold(label),
        ]

    def lower_axes(self) -> dict[str, Spec]:
        """The same inputs as above."""
        limit = _OFF[self.target]
        return {
            "xaxis2": dict(self.across),
            "yaxis2": {"range": [-limit, limit], "nticks": 5},
        }


@dataclass(frozen=True)
class Training(Approximation):
    """Units all of whose numbers are trained, above the error over the steps."""

    units: str = "6"
    key, kind, plays = "bends-train", "train", MOMENT.name
    params = (MOMENT,)
    handles = (live.Handle(["now"], MOMENT.name),)

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """Beside the others the number of units."""
        return {**super().choices, "units": ("3", "6", "12")}

    @property
    def run(self) -> Sum:
        """The whole training."""
        return sums.train(self.activation, self.target, int(self.units))

    @property
    def even(self) -> float:
        """The error of as many units evenly spread, with best output weights."""
        return float(sums.errors(self.activation, self.target, 1.0)[int(self.units) - 1])

    def found(self, state: State) -> Sum:
        """The sums at these moments."""
        at, run = index(MOMENT, state["t"]), self.run
        return Sum(run.w[at], run.b[at], run.v[at], run.c[at], run.error[at])

    def below(self, state: State, found: Sum) -> Arrays:
        """The error so far, and a dot at its end."""
        moment, logs = state["t"][:, None], _logs(self.run.error)
        return {
            "error.y": np.where(MOMENT.grid <= moment, logs, np.nan),
            "now.x": moment,
            "now.y": _logs(found.error)[:, None],
        }

    def told(self, state: State, found: Sum, text: words.Words) -> Texts:
        """The steps that were done, and the error of as many units that are evenly spread."""
        count = len(found.c)
        return {
            "steps": [str(steps) for steps in STEPS[index(MOMENT, state["t"])].tolist()],
            "even": [_size(self.even, text)] * count,
            "note": [
                text["note-diverged" if math.isnan(error) else "note-stuck" if _is_flat(self.f) else "note-trained"]
                for error in found.error.tolist()
            ],
        }

    def panel(self, arrays: Picture, texts: Mapping[str, str], size: float, wide: float) -> list[Spec]:
        """The whole run faintly, what was seen of it, and the error that evenly spread units have."""
        t = MOMENT.grid
        still = {"whole.x": t, "whole.y": _logs(self.run.error), "error.x": t, **arrays}
        still |= {"even.x": t[[0, -1]], "even.y": np.repeat(_logs(np.array([self.even])), 2)}
        still |= {"even_word.x": t[:1] + 0.4, "even_word.y": still["even.y"][:1] - 0.1}
        colour = figures.colour(self.f)
        return [
            figures.line(still, "whole", colour, 1.8 * wide, opacity=0.35, **NO_HOVER),
            figures.line(still, "even", GREY, 2 * wide, line={"dash": "7px,5px"}, **NO_HOVER),
            figures.line(still, "error", colour, 3 * wide, **NO_HOVER),
            figures.dots(still, "now", PROBE, 9 * wide),
            figures.label(still, "even_word", self.text["key-even"], GREY, size, "bottom right"),
        ]

    def lower_axes(self) -> dict[str, Spec]:
        """Steps, spaced as the moments are, and errors on a logarithmic axis."""
        shown = [k for k, steps in enumerate(STEPS.tolist()) if steps in (0, 4, 10, 41, 101, 400)]
        ticks = {
            "tickvals": shown,
            "ticktext": [str(STEPS[k]) for k in shown],
            "tickangle": 0,
            "title": self.text["axis-steps"],
        }
        return {
            "xaxis2": {"range": [-0.5, MOMENT.high + 0.5], "zeroline": False, **ticks},
            "yaxis2": {"range": [-3.2, TOP + 0.2], "zeroline": False, **_POWERS},
        }


TOPIC = Topic(
    {"fit": Fit(), "hand": Hand(), "train": Training()},
    answer_state={"show": "fit", "f": "relu", "target": "sine", "view": "outside", "n": 12.0, "w": 1.0},
    links={"collapse": {}, "snake": {}},
    examples=(
        Fit("tanh", "square", "outside"),
        Hand("gelu", "bumps"),
        Training("binary_step", "step", "outside", "12"),
    ),
)
