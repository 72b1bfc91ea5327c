"""Normalise and skip: what a gradient keeps in random networks with a normalisation, a skip, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from activations import CATALOGUE, Activation
from activations.experiments import normalised
from activations.experiments.exploding import DEPTH
from activations.experiments.normalised import ARRANGEMENTS, GAIN, NORMS, PARAMS, UNNORMALISED, UNSCALED
from activations.spec import Array
from pages.shared import crosshair, figures, words
from pages.shared.controls import Slider
from pages.shared.crosshair import BELOW, LAYERS, line, powers
from pages.shared.figures import GREY, Picture, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts, index
from pages.shared.topic import Topic


@dataclass(frozen=True)
class Crosshair(Scene):
    """The map of a function in an arrangement, a crosshair at the weight scale 2^k and the depth, and the cut there."""

    f: str = "sigmoid"
    layer: str = "plain"
    norm: str = "batch"
    page, words_of, key = "normalise", "topics/normalise", "normalised"
    params = PARAMS
    handles = crosshair.handles(GAIN)
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

    def arrays(self, state: State) -> Arrays:
        """The crosshair, gradient and activations over depth at this weight scale, and the dot with its number."""
        row = index(GAIN, state[GAIN.name])
        arrays = crosshair.moved(GAIN, state, self._read(self.measured.gradient, state))
        arrays["cut.x"] = np.clip(self.measured.gradient[row], -BELOW, BELOW)
        return arrays | {"size.x": np.clip(self.measured.activation[row], -BELOW, BELOW)}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The weight scale, the gradient and the activations there, and the mean factor of a layer."""
        left, depth = self._read(self.measured.gradient, state), state[DEPTH.name]
        return {
            "gain": words.numbers(2.0 ** state[GAIN.name], 2),
            "depth": [str(layers) for layers in depth.astype(int).tolist()],
            "left": powers(left),
            "state": [text[f"state-{crosshair.fate(decades)}"] for decades in left.tolist()],
            "factor": powers(left / depth),
            "size": powers(self._read(self.measured.activation, state)),
            **crosshair.numbered(left),
        }

    def steps(self, arrays: Picture) -> Mapping[str, float]:
        """A step of a quarter of a pixel on the lines of the cut."""
        return dict.fromkeys(("cut.x", "size.x"), 0.04)

    def _read(self, table: Array, state: State) -> Array:
        return np.asarray(table[index(GAIN, state[GAIN.name]), state[DEPTH.name].astype(int) - 1])

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The map with its crosshair, and beside it the cut."""
        text, size, colour = self.text, 17.0 if large else 12.0, figures.colour(self.f)
        picture = {**arrays, "cut.y": LAYERS, "size.y": LAYERS}
        lines = [line(picture, "size", GREY, 2.5, "9px,4px"), line(picture, "cut", colour, 3.5, "solid")]
        traces = [*crosshair.field(self.measured.gradient, GAIN)]
        traces += [*crosshair.limits(self.measured.gradient, GAIN, text, size), crosshair.strip()]
        traces += on_panel("2", *lines, *crosshair.dot(picture, texts, colour, size))
        traces += crosshair.hairs(arrays, colour)
        named = crosshair.known_scales(text["mark-lecun"], text["mark-he"])
        notes = crosshair.notes(named, 16 if large else 12)
        axes = crosshair.axes(GAIN, {name: text[f"axis-{name}"] for name in ("gain", "depth", "left")})
        # The title of the cut has two lines, because on a phone it is no wider than its panel.
        margin = {**crosshair.margin(large), "b": 96 if large else 74}
        return figures.figure(traces, axes, self.meta, large, annotations=notes, margin=margin)

    def alt(self, marks: Mapping[str, str]) -> str:
        """The map and what the crosshair reads."""
        name = words.title(self.f)
        return f"{words.format(self.text['alt'], name=name)} {self.reading(marks).replace('*', '')}"

    def label(self, param: Slider) -> str:
        """That of the weight scale holds the scale g itself, because the number of its slider is the exponent k."""
        return self.format(self.text[f"slider-{param.name}"])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What a layer computes, what the crosshair reads, and where the weight scale changes nothing."""
        names = [f"computes-{self.layer}", "read-left", "read-factor", "read-size"]
        names += ["read-unscaled"] * (self.layer == UNSCALED)
        return "  \n".join(words.format(self.text[name], **marks) for name in names)


TOPIC = Topic(
    {"map": Crosshair()},
    answer_state={"f": "sigmoid", "layer": "before", "norm": "batch", GAIN.name: 0.0, DEPTH.name: 50},
    links={"exploding": {}, "vanishing": {"f": ["sigmoid"], "depth": 50}},
    examples=(
        Crosshair(layer="before"),
        Crosshair("relu", "skip"),
        Crosshair("binary_step", "pre", "layer"),
    ),
)
