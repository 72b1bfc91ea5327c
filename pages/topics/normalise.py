"""Normalise and skip: what a gradient keeps in random networks with a normalisation, a skip, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from activations import CATALOGUE, Activation
from activations.experiments import normalised
from activations.experiments.exploding import DEPTH
from activations.experiments.normalised import ARRANGEMENTS, GAIN, LAYER, NORMS, PARAMS, UNNORMALISED, UNSCALED
from activations.spec import Array
from pages.shared import crosshair, figures, words
from pages.shared.controls import Slider
from pages.shared.crosshair import BELOW, LAYERS, line, powers
from pages.shared.figures import GREY, Picture, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts, index
from pages.shared.topic import Topic

_FIRST, _LOWER = 5, 4  # so many layers are the first ones, and by so many their number is lower


@dataclass(frozen=True)
class Crosshair(Scene):
    """The map of a function in an arrangement, a crosshair at the weight scale 2^k and the depth, and the cut there."""

    f: str = "sigmoid"
    layer: str = "plain"
    norm: str = "batch"
    page, words_of, key, kind = "normalise", "topics/normalise", "normalised", "normalised"
    params = PARAMS
    rows = (PARAMS,)
    choice_rows = ({"f": 0.5, "norm": 0.5},)
    handles = crosshair.handles(GAIN)
    along = DEPTH  # the slider that moves the crosshair down
    read = "read"
    presets = MappingProxyType({"lecun": {"gain": 0.0}, "he": {"gain": 0.5}, "large": {"gain": 4.0}})

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """The function, the arrangement, and the normalisation where there is one."""
        norms = {} if self.layer in UNNORMALISED else {"norm": tuple(NORMS)}
        return {"f": normalised.functions(), "layer": tuple(ARRANGEMENTS), **norms}

    @property
    def activation(self) -> Activation:
        """The function."""
        return CATALOGUE[self.f]

    @property
    def measured(self) -> normalised.Measured:
        """What was measured of the function in this arrangement."""
        return normalised.load(self.f, self.layer, self.norm)

    @property
    def variant(self) -> str:
        """The function, the arrangement and the normalisation, if there is any."""
        return " ".join(getattr(self, name) for name in self.choices)

    @property
    def gradient(self) -> Array:
        """What the map shows, of shape (gains, rows)."""
        return self.measured.gradient

    def passed(self, row: Array) -> Array:
        """Through how many layers a gradient has come that is read at this row."""
        return row

    def arrays(self, state: State) -> Arrays:
        """The crosshair, gradient and activations over depth at this weight scale, and the dot with its number."""
        row = index(GAIN, state[GAIN.name])
        arrays = crosshair.moved(GAIN, state, self._read(self.gradient, state), self.along)
        arrays["cut.x"] = np.clip(self.gradient[row], -BELOW, BELOW)
        return arrays | {"size.x": np.clip(self.measured.activation[row], -BELOW, BELOW)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The weight scale, the gradient and the activations there, and the mean factor of a layer."""
        left, depth = self._read(self.gradient, state), state[self.along.name]
        return {
            "gain": words.numbers(2.0 ** state[GAIN.name], 2),
            "depth": [str(layers) for layers in depth.astype(int).tolist()],
            "left": powers(left),
            "state": [text[f"state-{crosshair.fate(decades)}"] for decades in left.tolist()],
            "factor": powers(left / self.passed(depth)),
            "size": powers(self._read(self.measured.activation, state)),
            **crosshair.numbered(left),
        }

    def steps(self, arrays: Picture) -> Mapping[str, float]:
        """A step of a quarter of a pixel on the lines of the cut."""
        return dict.fromkeys(("cut.x", "size.x"), 0.04)

    def _read(self, table: Array, state: State) -> Array:
        return np.asarray(table[index(GAIN, state[GAIN.name]), state[self.along.name].astype(int) - 1])

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The map with its crosshair, and beside it the cut."""
        text, size, colour = self.text, 17.0 if large else 12.0, figures.colour(self.f)
        picture = {**arrays, "cut.y": LAYERS, "size.y": LAYERS}
        lines = [line(picture, "size", GREY, 2.5, "9px,4px"), line(picture, "cut", colour, 3.5, "solid")]
        traces = [*crosshair.field(self.gradient, GAIN)]
        traces += [*crosshair.limits(self.gradient, GAIN, text, size, self.along is LAYER), crosshair.strip()]
        traces += on_panel("2", *lines, *crosshair.dot(picture, texts, colour, size))
        traces += crosshair.hairs(arrays, colour)
        named = crosshair.known_scales(text["mark-lecun"], text["mark-he"])
        notes = crosshair.notes(named, 16 if large else 12)
        titles = {"gain": "gain", "depth": self.along.name, "left": "left"}
        axes = crosshair.axes(GAIN, {name: text[f"axis-{title}"] for name, title in titles.items()})
        # The title of the cut has two lines, because on a phone it is no wider than its panel.
        margin = {**crosshair.margin(large), "b": 96 if large else 74}
        return figures.figure(traces, axes, self.meta, large, annotations=notes, margin=margin)

    def alt(self, marks: Mapping[str, str]) -> str:
        """The map and what the crosshair reads."""
        name = words.title(self.f)
        return f"{words.format(self.text[f'alt-{self.read}'], name=name)} {self.reading(marks).replace('*', '')}"

    def label(self, param: Slider) -> str:
        """That of the weight scale holds the scale g itself, because the number of its slider is the exponent k."""
        return self.format(self.text[f"slider-{param.name}"])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What a layer computes, what the crosshair reads, and where the weight scale changes nothing."""
        names = [f"computes-{self.layer}", *(f"{self.read}-{name}" for name in ("left", "factor", "size"))]
        names += ["read-unscaled"] * (self.layer == UNSCALED)
        return "  \n".join(words.format(self.text[name], **marks) for name in names)


@dataclass(frozen=True)
class Layers(Crosshair):
    """The same for the layers of one network of fifty: the gradient that arrives at each, and its activations."""

    key = "normalised-layers"
    params = (GAIN, LAYER)
    rows = ((GAIN, LAYER),)
    handles = crosshair.handles(GAIN, LAYER)
    along = LAYER
    read = "at"

    def arrays(self, state: State) -> Arrays:
        """The number of the first layers stands below the dot, where the strip of colours is not."""
        layer = state[LAYER.name][:, None]
        number = layer + np.where(layer < _FIRST, _LOWER, 0)
        return super().arrays(state) | {"right.y": number, "left.y": number}

    @property
    def gradient(self) -> Array:
        """By layer, at its input."""
        return self.measured.arriving

    def passed(self, row: Array) -> Array:
        """All layers from this one on."""
        return LAYER.high + 1 - row


TOPIC = Topic(
    {"map": Crosshair(), "layers": Layers()},
    answer_state={"show": "map", "f": "sigmoid", "layer": "before", "norm": "batch", GAIN.name: 0.0, DEPTH.name: 50},
    links={"exploding": {}, "vanishing": {"f": ["sigmoid"], "depth": 50}},
    examples=(
        Crosshair(layer="before"),
        Crosshair("relu", "skip"),
        Crosshair("binary_step", "pre", "layer"),
        Layers("relu", "post", "layer"),
    ),
)
