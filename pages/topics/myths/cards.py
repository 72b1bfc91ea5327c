"""The cards: which sentences are true, where a reader can see it, and what is claimed drawn beside what holds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from activations import CATALOGUE
from activations.experiments import myths
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import GREY, NO_HOVER, PROBE, Picture, Spec
from pages.shared.scene import Arrays, Scene, State, Texts

Asked = str | int | float | Sequence[str]


@dataclass(frozen=True)
class Card:
    """A sentence by name. ``page`` and ``asked`` are the page that shows it and what its address says, ``across`` and
    ``up`` the words of its axes, ``slug`` the function whose colour the line has, if any."""

    name: str
    true: bool
    page: str
    asked: Mapping[str, Asked] = field(default_factory=dict)
    across: str = "x"
    up: str = "f"
    slug: str = "sigmoid"

    @property
    def decades(self) -> bool:
        """Whether the evidence is in powers of ten."""
        return self.up == "left"


def _chain(depth: int, w: float, b: float, x0: float) -> dict[str, Asked]:
    return {"f": ["sigmoid"], "depth": depth, "w": w, "b": b, "input": x0}


CARDS = (
    Card("collapse", True, "collapse", {"act": "stack", "depth": 6}, slug=""),
    Card("step", True, "neuron", {"act": "learn"}, up="slope", slug="binary_step"),
    Card("quarter", False, "sigmoid", {"x0": 0.0, "second": "true"}, up="slope"),
    Card("stretch", True, "tanh", {"x0": 0.0}, slug="tanh"),
    Card("bound", True, "vanishing", _chain(10, 1.0, 0.0, 0.0), "layers", "left"),
    Card("one", False, "vanishing", _chain(20, 1.5, 0.0, 1.0), "layers", "left"),
    Card("eight", True, "vanishing", _chain(10, 8.0, -4.0, 0.5), "layers", "left"),
    Card("he", False, "exploding", {"f": "relu", "gain": 0.0, "depth": 50}, "layers", "left", "relu"),
    Card("dead", False, "dying", {"act": "zone", "b": -1.0}, "bias", "off", "relu"),
    Card("zeros", False, "cost", across="share", up="products", slug="relu"),
    Card("defaults", False, "leaky_relu", {"alpha": 0.2, "x0": -2.0}, slug="leaky_relu"),
    Card("plus", True, "elu", {"alpha": 1.8, "x0": -1.0}, up="slope", slug="elu"),
    Card("kink", False, "elu", {"alpha": 2.0, "x0": 0.0}, up="slope", slug="elu"),
    Card("half", False, "gate", {"show": "gate", "x": 0.5}, up="cdf", slug="gelu"),
    Card("mask", False, "gate", {"show": "gate", "x": -0.5}, slug="gelu"),
    Card("scaled", False, "approximations", {"format": "exact", "x0": 3.0}, slug="gelu"),
    Card("forms", True, "approximations", {"format": "exact", "x0": 2.7}, up="apart", slug="gelu"),
    Card("steep", True, "gelu", {"x0": 1.4, "second": "true"}, up="slope", slug="gelu"),
    Card("monotone", False, "mish", {"x0": -1.2, "second": "true"}, slug="mish"),
    Card("zoneout", False, "gate", {"show": "masks"}, "step", "state", ""),
)
BY_NAME = {card.name: card for card in CARDS}
AT_A_TIME = 10
LINES = ("claimed", "true")
# A label's half width and half height, and its distance from its line, as shares of the panel.
_WIDE, _HIGH, _AWAY = 0.13, 0.035, 0.05
_DENSE = 600  # points that a line has at least, to see what it covers
_PADDING = 0.16  # above and below the lines, as a share of their height
_MARGIN = {"l": 62, "r": 16, "t": 30, "b": 44}


def beside(card: Card) -> tuple[Card, ...]:
    """The cards that are offered together with ``card``, itself among them."""
    first = CARDS.index(card) // AT_A_TIME * AT_A_TIME
    return CARDS[first : first + AT_A_TIME]


@lru_cache(maxsize=64)
def drawn(card: str) -> Arrays:
    """What is claimed on a card, what holds, and the places of the labels of both lines."""
    found = myths.evidence(card, CATALOGUE)
    heights = {"claimed": found.claimed, "true": found.true}
    arrays: Arrays = {f"{line}.x": found.x for line in LINES} | {f"{line}.y": heights[line] for line in LINES}
    taken: list[tuple[float, float]] = []
    for line in LINES:
        taken.append(_free(arrays, f"{line}.y", taken))
        arrays |= {f"{line}_word.{axis}": np.array([at]) for axis, at in zip("xy", taken[-1], strict=True)}
    return arrays


@dataclass(frozen=True)
class Evidence(Scene):
    """The evidence of a card: dashed what is claimed and, once it is ``revealed``, what holds; beside it a score."""

    name: str
    revealed: bool
    score: str = ""
    page, words_of, key = "myths", "topics/myths", "evidence"
    params = ()

    @property
    def card(self) -> Card:
        """The card."""
        return BY_NAME[self.name]

    def arrays(self, state: State) -> Arrays:
        """The lines that are shown, and the places of their labels."""
        shown = ("claimed", "true") if self.revealed else ("claimed",)
        return {name: row[None] for name, row in drawn(self.name).items() if name.startswith(shown)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The score."""
        return {"score": [self.score]}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one state."""
        width, size = (5.0, 20) if large else (3.0, 15)
        traces = []
        if self.revealed:
            colour = figures.colour(self.card.slug) if self.card.slug else PROBE
            traces.append(figures.line(arrays, "true", colour, width * 1.3, **NO_HOVER))
            traces.append(_label(arrays, "true", self.text["as-is"], colour, size))
        traces.append(figures.line(arrays, "claimed", GREY, width, line={"dash": "9px,6px"}, **NO_HOVER))
        traces.append(_label(arrays, "claimed", self.text["as-claimed"], GREY, size))
        margin = {side: size * (1.3 if large else 1) for side, size in _MARGIN.items()}
        heading = figures.heading(f"<b>{self.text[f'axis-{self.card.up}']}</b>", "", 18 if large else 14, paper=True)
        notes = [{**heading, "yref": "paper"}]
        return figures.figure(traces, self._axes(), self.page, large, annotations=notes, margin=margin)

    def _axes(self) -> dict[str, Spec]:
        both, decades = drawn(self.name), self.card.decades
        x, (low, high) = both["true.x"], extent(both)
        across = {"range": [float(np.nanmin(x)), float(np.nanmax(x))], "title": self.text[f"axis-{self.card.across}"]}
        up: Spec = {"range": [low, high], "nticks": 6}
        if decades:
            powers = [power for power in range(math.ceil(low), math.floor(high) + 1) if power % 2 == 0]
            named = [f"10{str(power).translate(words.SUPERSCRIPT)}" if power else "1" for power in powers]
            up |= {"tickvals": powers, "ticktext": named}
        return {"xaxis": {**across, "zeroline": not decades}, "yaxis": up}

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        arrays = drawn(self.name)
        claim = {**self.numbers, "says": self.text[f"says-{self.name}"]}
        parts = [self._ends("alt", arrays["claimed.y"], **claim)]
        if self.revealed:
            parts.append(self._ends("alt-true", arrays["true.y"]))
        return " ".join(parts)

    @property
    def numbers(self) -> dict[str, int]:
        """Which card of how many it is."""
        return {"place": CARDS.index(self.card) + 1, "all": len(CARDS)}

    def _ends(self, part: str, line: Array, **values: object) -> str:
        form = "power" if self.card.decades else "4"
        first, last = (words.number(float(end), form) for end in line[np.isfinite(line)][[0, -1]])
        return words.format(self.text[part], **{"from": first, "to": last}, **values)


def _label(arrays: Picture, line: str, text: str, colour: str, size: int) -> Spec:
    return figures.bold(figures.label(arrays, f"{line}_word", text, colour, size, "middle center"))


def extent(arrays: Picture) -> tuple[float, float]:
    """The height of the panel; it is the same before the answer as after it."""
    both = np.concatenate([arrays["claimed.y"], arrays["true.y"]])
    low, high = float(np.nanmin(both)), float(np.nanmax(both))
    padding = _PADDING * (high - low) or 0.5
    return low - padding, high + padding


def _free(arrays: Picture, line: str, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Beside the line, where its name covers least of either line and of another name, and is nearest to its own."""
    x, (low, high) = arrays["true.x"], extent(arrays)
    left, width = float(np.nanmin(x)), float(np.nanmax(x) - np.nanmin(x))
    across = _filled((x - left) / width)
    up = {name: _filled((arrays[name] - low) / (high - low)) for name in ("claimed.y", "true.y")}
    names = [((at - left) / width, (height - low) / (high - low)) for at, height in taken]
    other = next(name for name in up if name != line)

    def cost(spot: tuple[float, float]) -> float:
        # A name that covers nothing costs less than 1: it should be near its own line and not near the other one.
        near = _far(spot, across, up[line]) - min(_far(spot, across, up[other]), 0.3)
        return _covered(spot, across, up, names) + near / 3

    best = min(_spots(across, up[line]), key=cost)
    return left + best[0] * width, low + best[1] * (high - low)


def _filled(points: Array) -> Array:
    """The line with points between its points where these are few: a steep one leaves wide gaps."""
    shares = np.linspace(0, 1, max(1, _DENSE // len(points)), endpoint=False)
    return np.append((points[:-1, None] + shares * np.diff(points)[:, None]).ravel(), points[-1])


def _spots(across: Array, height: Array) -> list[tuple[float, float]]:
    """Places above and below the line, as shares of the panel, that lie within it."""
    spots = []
    for at in np.linspace(_WIDE, 1 - _WIDE, 21):
        near = height[(np.abs(across - at) < _WIDE) & np.isfinite(height)]
        if len(near):
            spots += [(float(at), float(near.max() + _AWAY)), (float(at), float(near.min() - _AWAY))]
            spots += [(float(at), float(np.median(near) + side * _AWAY)) for side in (-2, -1, 1, 2)]
    return [spot for spot in spots if _HIGH < spot[1] < 1 - _HIGH]


def _covered(
    spot: tuple[float, float], across: Array, lines: dict[str, Array], names: list[tuple[float, float]]
) -> float:
    """How much stands where a name at ``spot`` would be; one that is free costs nothing."""
    beside = np.abs(across - spot[0]) < _WIDE
    hit = sum(int((np.abs(line[beside] - spot[1]) < _HIGH).sum()) for line in lines.values())
    names_hit = sum(abs(at - spot[0]) < 2 * _WIDE and abs(up - spot[1]) < 2 * _HIGH for at, up in names)
    return float(hit + 1000 * names_hit)


def _far(spot: tuple[float, float], across: Array, line: Array) -> float:
    """The distance of a name's middle from a line."""
    return float(np.nanmin(np.hypot(across - spot[0], line - spot[1])))


SCENES = (Evidence("quarter", revealed=True), Evidence("quarter", revealed=False), Evidence("bound", revealed=True))
