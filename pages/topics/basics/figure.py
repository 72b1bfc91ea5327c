"""The chart: the network with its edges, and in each hidden neuron the curve of the function with a dot at z."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from activations import Activation
from activations.experiments.feedforward import HIDDEN, INPUTS
from pages.shared import figures, words
from pages.shared.figures import GREY, Picture, Spec
from pages.topics.basics import picture

_INK = "#15181d"
_PLUS, _MINUS = "rgba(224,123,0,0.75)", "rgba(47,111,214,0.75)"
_QUIET: Spec = {"hoverinfo": "skip"}
_UNSEEN: Spec = {"showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}


@dataclass(frozen=True)
class Drawing:
    """What its layout calls it, a picture and the labels in it, the function, the neuron whose sliders are shown, the
    words of the page; drawn ``backward`` or forward, and ``large`` for a projector."""

    page: str
    picture: Picture
    labels: Mapping[str, str]
    activation: Activation
    neuron: str
    text: words.Words
    backward: bool
    large: bool

    def network(self) -> figures.Finished:
        """The finished figure."""
        traces = [*self._edges(), *self._output(), *self._names()]
        axes: dict[str, Spec] = {
            "xaxis": {"domain": [0, 1], "range": [0, 1], "anchor": "y", **_UNSEEN},
            "yaxis": {"domain": [0, 1], "range": [0, 1], "anchor": "x", **_UNSEEN},
        }
        for j in range(3):
            traces += _on(str(j + 2), self._neuron(j + 1))
            across = {"domain": list(picture.BOXES), "range": list(picture.WINDOW), "anchor": f"y{j + 2}"}
            up = {
                "domain": list(picture.box(j)),
                "range": list(picture.HEIGHTS[self.activation.slug]),
                "anchor": f"x{j + 2}",
            }
            axes |= {f"xaxis{j + 2}": {**_UNSEEN, **across, **_ZERO}, f"yaxis{j + 2}": {**_UNSEEN, **up, **_ZERO}}
        for k, param in enumerate(INPUTS):
            traces += _on(str(k + 5), self._input(k + 1))
            axes[f"xaxis{k + 5}"] = {
                "domain": list(picture.SOURCES), "range": [-1, 1], "anchor": f"y{k + 5}", **_UNSEEN,
            }  # fmt: skip
            up = {"domain": list(picture.SOURCE_AT[k]), "range": [param.low, param.high], "anchor": f"x{k + 5}"}
            axes[f"yaxis{k + 5}"] = {**_UNSEEN, **up}
        margin = {"l": 2, "r": 2, "t": 4, "b": 4}
        shapes = [*self._frames(), *self._rails()]
        return figures.figure(
            traces, axes, self.page, self.large, shapes=shapes, annotations=self._heads(), margin=margin,
            plot_bgcolor="rgba(0,0,0,0)",
        )  # fmt: skip

    def _size(self, small: float) -> float:
        return small * (1.45 if self.large else 1)

    def _edges(self) -> list[Spec]:
        drawn = [figures.line(self.picture, "edges", GREY, 1.2, opacity=0.7, **_QUIET)]
        for name, fill in (("positive", _PLUS), ("negative", _MINUS)):
            drawn.append(
                figures.trace(self.picture, name, mode="none", fill="toself", fillcolor=fill, hoverinfo="skip")
            )
        places = zip(range(1, 10), picture.labels(), strict=True)
        return drawn + [self._label(f"edge_{k}", at, 13, "middle center") for k, at in places]

    def _output(self) -> list[Spec]:
        x, y = picture.SINK
        circle = figures.dots(self.picture, "output", _INK, self._size(52))
        circle["marker"] = {
            **circle["marker"],
            "color": "rgba(127,135,147,0.35)",
            "line": {"width": 2.5, "color": GREY},
        }
        drawn = [circle, self._label("result", (x, y), 16, "middle center", 700)]
        drawn.append(self._label("output_name", (x, y + 0.085), 15, "top center", 600, "ŷ"))
        if self.backward:
            drawn.append(self._label("error", (x - 0.01, y - 0.085), 13, "bottom center", 600))
        return drawn

    def _names(self) -> list[Spec]:
        """What each neuron is called, above it, and its numbers, below; and the value of each input."""
        drawn = []
        for j, name in enumerate(HIDDEN):
            low, high = picture.box(j)
            left, right = picture.BOXES
            drawn.append(self._label(f"title_{j + 1}", (left, high + 0.022), 13, "middle right", 600, self.text[name]))
            drawn.append(self._label(f"state_{j + 1}", ((left + right) / 2, low - 0.022), 13, "middle center", 600))
        for k, (_, high) in enumerate(picture.SOURCE_AT):
            drawn.append(self._label(f"value_{k + 1}", (0.005, high + 0.045), 14, "middle right", 600))
        return drawn

    def _neuron(self, j: int) -> list[Spec]:
        ink, size = figures.colour(self.activation.slug), self._size(3)
        drawn = [
            figures.line(
                self.picture, f"curve_{j}", ink, size, hovertemplate="z = %{x:.2f}, a = %{y:.3f}<extra></extra>"
            )
        ]
        if self.backward:
            drawn.append(
                figures.line(self.picture, f"tangent_{j}", _INK, size * 0.8, line={"dash": "5px,4px"}, **_QUIET)
            )
        return [*drawn, figures.dots(self.picture, f"neuron_{j}", ink, self._size(11))]

    def _input(self, k: int) -> list[Spec]:
        return [figures.dots(self.picture, f"input_{k}", GREY, self._size(20))]

    def _heads(self) -> list[Spec]:
        """The names of columns and neurons, and under each panel its numbers."""
        left, right = picture.BOXES
        heads = [
            (self.text["head-inputs"], 0.005, 0.975, "left"),
            (self.text["head-hidden"], (left + right) / 2, 0.975, "center"),
            (self.text["head-output"], 0.995, 0.975, "right"),
        ]
        arrow = "←" if self.backward else "→"
        heads += [(arrow, (picture.SOURCES[1] + left) / 2, 0.975, "center"), (arrow, 0.785, 0.975, "center")]
        notes = [
            {"text": f"<b>{text}</b>", "x": x, "y": y, "xanchor": anchor, "yanchor": "middle"}
            for text, x, y, anchor in heads
        ]
        font = {"size": self._size(14), "color": _INK}
        return [{**note, "xref": "x", "yref": "y", "showarrow": False, "font": font} for note in notes]

    def _frames(self) -> list[Spec]:
        """A frame around each hidden neuron, in the colour of the function around the one that is chosen."""
        frames = []
        for j, name in enumerate(HIDDEN):
            mine = name == self.neuron
            line = {"color": figures.colour(self.activation.slug) if mine else GREY, "width": 3 if mine else 1.2}
            place = {"xref": "x", "yref": "y", "x0": picture.BOXES[0], "x1": picture.BOXES[1]}
            low, high = picture.box(j)
            fill = {"fillcolor": "rgba(127,135,147,0.10)", "layer": "below"}
            frames.append({"type": "rect", **place, "y0": low, "y1": high, "line": line, **fill})
        return frames

    def _rails(self) -> list[Spec]:
        """The line along which each input is dragged."""
        x = sum(picture.SOURCES) / 2
        ends = [{"y0": low, "y1": high} for low, high in picture.SOURCE_AT]
        line = {"color": GREY, "width": 3}
        return [{"type": "line", "xref": "x", "yref": "y", "x0": x, "x1": x, **end, "line": line} for end in ends]

    def _label(
        self, name: str, at: tuple[float, float], size: float, position: str, weight: int = 500, text: str | None = None
    ) -> Spec:
        place = {f"{name}.x": np.array([at[0]]), f"{name}.y": np.array([at[1]])}
        said = self.labels[f"{name}.text"] if text is None else text
        drawn = figures.label(place, name, said, _INK, self._size(size), position)
        return {**drawn, "textfont": {**drawn["textfont"], "weight": weight}}


_ZERO: Spec = {"zeroline": True}


def _on(number: str, traces: list[Spec]) -> list[Spec]:
    return [{**trace, "xaxis": f"x{number}", "yaxis": f"y{number}"} for trace in traces]
