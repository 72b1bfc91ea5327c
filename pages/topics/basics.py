"""What an activation function is: a small network that computes forward and backward, with all its numbers.

It is drawn as two inputs at the left, a panel with the curve for each hidden neuron, and the output. Edges lie in the
unit square behind the panels. The picture is about 1.15 times as wide as it is high.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import streamlit as st

from activations import CATALOGUE, Activation, Param
from activations.experiments import feedforward
from activations.experiments.feedforward import HIDDEN, INPUTS, NEURONS, PARAMS, TARGET, Pass
from activations.spec import Array
from pages.shared import controls, explanation, figures, layout, live, state, words
from pages.shared.figures import GREY, NO_HOVER, Picture, Spec, on_panel
from pages.shared.prediction import Prediction, curtain
from pages.shared.scene import Arrays, Scene, State, Texts

FORWARD, BACKWARD = "forward", "backward"
FUNCTIONS = ("relu", "sigmoid", "tanh", "gelu", "identity")
ANSWER_STATE: Mapping[str, float | str] = {"pass": FORWARD, "f": "relu", "neuron": "h2", "b2": 0.9}
CHOICES = {
    "pass": controls.offer((FORWARD, BACKWARD), FORWARD),
    "f": controls.offer(FUNCTIONS, "relu"),
    "neuron": controls.offer(NEURONS, "h1"),
}


def render() -> None:
    """Draw the page: the network beside its sliders and choices, the question, and what it means."""
    text = words.page("topics/basics")
    with layout.stage() as (picture_side, control_side):
        with control_side:
            drag, above = layout.control_containers()
            with above:
                scene = _chosen(text)
            with drag:
                live.section(lambda: _controls(scene))
            Prediction(text, ANSWER_STATE).ask({})
        with picture_side:
            scene.draw()
    with curtain("text"):
        linked = {name: state.address(name) for name in ("collapse", "vanishing")}
        explanation.close(text, {"neuron": {}, "collapse": {}}, linked)


def _chosen(text: words.Words) -> Network:
    directions = {name: text[f"pass-{name}"] for name in (FORWARD, BACKWARD)}
    direction = controls.choice("pass", directions, FORWARD, text["pass"], visible=False)
    functions = {slug: text[f"f-{slug}"] for slug in FUNCTIONS}
    slug = controls.choice("f", functions, "relu", text["f"], visible=False)
    neuron = controls.choice("neuron", {name: text[name] for name in NEURONS}, "h1", text["neuron"])
    return Network(CATALOGUE[slug], direction, neuron)


def _controls(scene: Network) -> None:
    """The sliders of the inputs and of the chosen neuron, and what this neuron computes."""
    with st.container(key="basics-drag"):
        _row(scene, INPUTS)
        # All sliders are drawn, so that the address tells them all; seen are those of the chosen neuron.
        for name, params in NEURONS.items():
            with st.container(key=f"weights-{'on' if name == scene.neuron else 'off'}-{name}"):
                _row(scene, params[:-1])
                _row(scene, params[-1:])
    with st.container(key="basics-read"):
        st.markdown(scene.reading(scene.chart.marks))
    scene.follow()


def _row(scene: Network, params: Sequence[Param]) -> None:
    for param, column in zip(params, st.columns(len(params), gap="small"), strict=True):
        with column, curtain("sliders") if param.name in ANSWER_STATE else nullcontext():
            controls.slider(param, scene.label(param))


WINDOW = (-5.0, 5.0)  # of z in a panel; a dot beyond it is drawn at its end
HEIGHTS = {"relu": (-1.2, 5.4), "gelu": (-1.2, 5.4), "identity": (-5.6, 5.6), "sigmoid": (-0.25, 1.3)}
HEIGHTS |= {"tanh": (-1.35, 1.35)}
_TANGENT = 1.6  # of z to either side
_SUBSCRIPTS = "₁₂₃"
# Edges are rounded to a third of a pixel while a slider is held.
_STEPS = {f"{name}.{axis}": 0.0005 for name in ("edges", "positive", "negative") for axis in "xy"}


@dataclass(frozen=True)
class Network(Scene):
    """The network with this function in its hidden neurons, drawn forward or backward; one ``neuron`` is explained, and
    only its sliders are shown."""

    activation: Activation
    direction: str
    neuron: str
    page, words_of = "basics", "topics/basics"
    key = "network"
    params = PARAMS
    # The inputs are dragged up and down, the dot of a hidden neuron along z: its bias follows.
    handles = (
        *(live.Handle([f"input_{k}"], y=param.name) for k, param in enumerate(INPUTS, 1)),
        *(live.Handle([f"neuron_{j}"], x=NEURONS[name][-1].name) for j, name in enumerate(HIDDEN, 1)),
    )

    @property
    def dragged(self) -> Sequence[Param]:
        """The sliders that are shown, and the biases whose dots are."""
        return (*INPUTS, *NEURONS[self.neuron], *(NEURONS[name][-1] for name in HIDDEN if name != self.neuron))

    @property
    def variant(self) -> str:
        """All that is chosen."""
        return f"{self.direction} {self.activation.slug} {self.neuron}"

    @property
    def backward(self) -> bool:
        """Whether gradients are shown."""
        return self.direction == BACKWARD

    def label(self, param: controls.Slider) -> str:
        """The names of weights leave out the neuron they belong to."""
        name = param.name
        return self.text[name if param in INPUTS else "bias" if name[0] in "bc" else f"weight-{name[0]}{name[-1]}"]

    def arrays(self, state: State) -> Arrays:
        """The edges, what each carries, the inputs, and the dot of each hidden neuron, backward with its tangent."""
        run = feedforward.run(self.activation, state)
        x, y = edges(run)
        drawn = {"edges.x": _broken(x), "edges.y": _broken(y)}
        carried = signals(run, self.backward)
        for name, size in (("positive", np.maximum(carried, 0)), ("negative", np.maximum(-carried, 0))):
            drawn |= _ribbons(name, x, y, _THICK * np.minimum(size, _WIDEST) / _WIDEST)
        for k in (0, 1):
            drawn |= {f"input_{k + 1}.x": np.zeros_like(run.x[:, :1]), f"input_{k + 1}.y": run.x[:, k : k + 1]}
        aside = np.array([-_TANGENT, _TANGENT])
        for j in range(3):
            z = np.clip(run.z[:, j : j + 1], *WINDOW)
            a = np.asarray(self.activation(z))
            drawn |= {f"neuron_{j + 1}.x": z, f"neuron_{j + 1}.y": a}
            if self.backward:
                rise = np.asarray(self.activation.derivative(z)) * aside
                drawn |= {f"tangent_{j + 1}.x": z + aside, f"tangent_{j + 1}.y": a + rise}
        return drawn

    def texts(self, state: State, text: words.Words) -> Texts:
        """All numbers: those of every neuron and edge, and as factors and terms those of the chosen neuron."""
        run = feedforward.run(self.activation, state)
        texts = {f"x{k + 1}": words.numbers(run.x[:, k], 1) for k in (0, 1)}
        texts |= {"output": words.numbers(run.output, 2), "error": words.numbers(run.error, 2)}
        texts["loss"] = words.numbers(run.loss, 3)
        for j in range(3):
            texts |= {f"z{j + 1}": words.numbers(run.z[:, j], 2), f"a{j + 1}": words.numbers(run.a[:, j], 2)}
            if self.backward:
                texts[f"slope{j + 1}"] = words.numbers(run.derivative[:, j], 2)
                texts[f"dz{j + 1}"] = words.numbers(run.dz[:, j], 2)
        for k, edge in enumerate(signals(run, self.backward).T, 1):
            texts[f"edge{k}"] = words.numbers(edge, 2)
        texts |= self._chosen_texts(run, state)
        return texts | self._labels(texts, text)

    def _chosen_texts(self, run: Pass, state: State) -> Texts:
        hidden = self.neuron in HIDDEN
        *weights, bias = (state[param.name] for param in NEURONS[self.neuron])
        texts = {f"weight{k}": _bracketed(weight, 1) for k, weight in enumerate(weights, 1)}
        inputs, decimals = (run.x, 1) if hidden else (run.a, 2)
        texts |= {f"in{k}": _bracketed(values, decimals) for k, values in enumerate(inputs.T, 1)}
        texts |= {"bias": _bracketed(bias, 1), "errorin": _bracketed(run.error, 3)}
        if not hidden:
            return texts | {f"dw{k + 1}": words.numbers(run.dv[:, k], 3) for k in range(3)}
        j = HIDDEN.index(self.neuron)
        texts |= {"z": words.numbers(run.z[:, j], 2), "zin": _bracketed(run.z[:, j], 2)}
        texts |= {"a": words.numbers(run.a[:, j], 2), "slope": _bracketed(run.derivative[:, j], 3)}
        texts |= {"v": _bracketed(run.v[:, j], 1)}
        texts |= {"dz": words.numbers(run.dz[:, j], 3), "dzin": _bracketed(run.dz[:, j], 3)}
        return texts | {f"dw{k + 1}": words.numbers(run.dw[:, j, k], 3) for k in (0, 1)}

    def _labels(self, texts: Texts, text: words.Words) -> Texts:
        """The texts in the picture."""

        def filled(part: str, *names: str) -> list[str]:
            values = zip(*(texts[name] for name in names), strict=True)
            marks = [name.rstrip("123") for name in names]
            return [words.format(text[part], **dict(zip(marks, each, strict=True))) for each in values]

        labels = {f"value_{k}.text": [f"x{_SUBSCRIPTS[k - 1]} = {x}" for x in texts[f"x{k}"]] for k in (1, 2)}
        labels |= {f"edge_{k}.text": texts[f"edge{k}"] for k in range(1, 10)}
        for j in (1, 2, 3):
            names = (f"slope{j}", f"dz{j}") if self.backward else (f"z{j}", f"a{j}")
            labels[f"state_{j}.text"] = filled(f"state-{self.direction}", *names)
        labels["result.text"] = texts["output"]
        return labels | ({"error.text": filled("error-label", "error")} if self.backward else {})

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """A third of a pixel for edges."""
        return _STEPS

    def alt(self, marks: Mapping[str, str]) -> str:
        """The picture in words."""
        return words.format(self.text[f"alt-{self.direction}"], **marks, f=self.text[f"f-{self.activation.slug}"])

    def reading(self, marks: Mapping[str, str]) -> str:
        """What the chosen neuron computes, with its numbers."""
        hidden = self.neuron in HIDDEN
        j = _SUBSCRIPTS[HIDDEN.index(self.neuron)] if hidden else ""
        part = self.text[f"read-{'hidden' if hidden else 'out'}-{self.direction}"]
        return words.format(part, **marks, j=j, f=self.text[f"f-{self.activation.slug}"], y=f"{TARGET:.0f}")

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The network with its edges, and in each hidden neuron the curve of the function with a dot at z."""
        scale = 1.45 if large else 1
        texts = {**texts, "output_name.text": "ŷ"}
        texts |= {f"title_{j}.text": self.text[name] for j, name in enumerate(HIDDEN, 1)}
        traces = [
            *_edges(arrays),
            *_written(
                ((f"edge_{k}", at, 13, "middle center", 500) for k, at in enumerate(_edge_labels(), 1)), texts, scale
            ),
            _sink(52 * scale),
            *_written(self._places(), texts, scale),
        ]
        axes: dict[str, Spec] = {
            "xaxis": {"domain": [0, 1], "range": [0, 1], "anchor": "y", **_UNSEEN},
            "yaxis": {"domain": [0, 1], "range": [0, 1], "anchor": "x", **_UNSEEN},
        }
        height, zero = list(HEIGHTS[self.activation.slug]), {**_UNSEEN, "zeroline": True}
        for j in range(3):
            number = str(j + 2)
            traces += on_panel(number, *self._hidden(j + 1, arrays, scale))
            across = {"domain": list(BOXES), "range": list(WINDOW), "anchor": f"y{number}"}
            up = {"domain": list(box(j)), "range": height, "anchor": f"x{number}"}
            axes |= {f"xaxis{number}": {**zero, **across}, f"yaxis{number}": {**zero, **up}}
        for k, param in enumerate(INPUTS):
            number = str(k + 5)
            traces += on_panel(number, figures.dots(arrays, f"input_{k + 1}", GREY, 20 * scale))
            across = {"domain": list(SOURCES), "range": [-1, 1], "anchor": f"y{number}"}
            up = {"domain": list(SOURCE_AT[k]), "range": [param.low, param.high], "anchor": f"x{number}"}
            axes |= {f"xaxis{number}": {**_UNSEEN, **across}, f"yaxis{number}": {**_UNSEEN, **up}}
        return figures.figure(
            traces, axes, self.meta, large, shapes=[*self._frames(), *_rails()], annotations=self._heads(14 * scale),
            margin={"l": 2, "r": 2, "t": 4, "b": 4}, plot_bgcolor="rgba(0,0,0,0)",
        )  # fmt: skip

    def _hidden(self, j: int, arrays: Picture, scale: float) -> list[Spec]:
        """The curve of the function in a hidden neuron, backward with the tangent at its dot."""
        colour, width, z = figures.colour(self.activation.slug), 3 * scale, np.linspace(*WINDOW, 101)
        curve = {f"curve_{j}.x": z, f"curve_{j}.y": np.asarray(self.activation(z))}
        hover = "z = %{x:.2f}, a = %{y:.3f}<extra></extra>"
        drawn = [figures.line(curve, f"curve_{j}", colour, width, hovertemplate=hover)]
        if self.backward:
            dashed = {"dash": "5px,4px"}
            drawn.append(figures.line(arrays, f"tangent_{j}", _INK, width * 0.8, line=dashed, **NO_HOVER))
        return [*drawn, figures.dots(arrays, f"neuron_{j}", colour, 11 * scale)]

    def _places(self) -> list[_Label]:
        """Where the output, each neuron and each input have their names and numbers."""
        (x, y), (left, right) = SINK, BOXES
        places: list[_Label] = [
            ("result", (x, y), 16, "middle center", 700),
            ("output_name", (x, y + 0.085), 15, "top center", 600),
        ]
        if self.backward:
            places.append(("error", (x - 0.01, y - 0.085), 13, "bottom center", 600))
        for j in range(3):
            low, high = box(j)
            places.append((f"title_{j + 1}", (left, high + 0.022), 13, "middle right", 600))
            places.append((f"state_{j + 1}", ((left + right) / 2, low - 0.022), 13, "middle center", 600))
        inputs = enumerate(SOURCE_AT, 1)
        return [*places, *((f"value_{k}", (0.005, high + 0.045), 14, "middle right", 600) for k, (_, high) in inputs)]

    def _heads(self, size: float) -> list[Spec]:
        """The names of the columns, and between them the direction."""
        (left, right), arrow = BOXES, "←" if self.backward else "→"
        heads = [
            (self.text["head-inputs"], 0.005, "left"),
            (self.text["head-hidden"], (left + right) / 2, "center"),
            (self.text["head-output"], 0.995, "right"),
            (arrow, (SOURCES[1] + left) / 2, "center"),
            (arrow, 0.785, "center"),
        ]
        common = {"y": 0.975, "yanchor": "middle", "xref": "x", "yref": "y", "showarrow": False}
        common |= {"font": {"size": size, "color": _INK}}
        return [{"text": f"<b>{text}</b>", "x": x, "xanchor": anchor, **common} for text, x, anchor in heads]

    def _frames(self) -> list[Spec]:
        """A frame around each hidden neuron, in the colour of the function around the one that is chosen."""
        frames = []
        for j, name in enumerate(HIDDEN):
            chosen, (low, high) = name == self.neuron, box(j)
            line = {"color": figures.colour(self.activation.slug) if chosen else GREY, "width": 3 if chosen else 1.2}
            place = {"xref": "x", "yref": "y", "x0": BOXES[0], "x1": BOXES[1], "y0": low, "y1": high}
            frames.append({"type": "rect", **place, "line": line, "fillcolor": _FILL, "layer": "below"})
        return frames


def _bracketed(values: Array, decimals: int) -> list[str]:
    """Numbers as they stand among factors and terms: a negative one in brackets."""
    return [f"({one})" if one.startswith("−") else one for one in words.numbers(values, decimals)]


# Shares of the picture's width and height, from the left and from the bottom.
SOURCES = (0.03, 0.13)
SOURCE_AT = ((0.62, 0.84), (0.14, 0.36))
BOXES = (0.36, 0.68)
TOPS = (0.945, 0.625, 0.305)
BOX_HIGH, TITLE_HIGH = 0.215, 0.05
SINK = (0.9, 0.48)
_RIM = 0.045  # from the middle of the output to where edges end
_PORT = 0.055  # from the middle of a panel to where the edge of either input ends
_ASPECT = 1.15
_WIDEST, _THICK = 2.0, 0.022  # the size that is drawn widest, and half of that width
_NEAR = 0.79  # share of an edge from an input at which its number stands
_AFTER = 0.42  # the same for an edge to the output
_INK, _FILL = "#15181d", "rgba(127,135,147,0.10)"
_PLUS, _MINUS = "rgba(224,123,0,0.75)", "rgba(47,111,214,0.75)"
_UNSEEN: Spec = {"showticklabels": False, "showgrid": False, "zeroline": False, "ticks": ""}
_Label = tuple[str, tuple[float, float], float, str, int]  # its name, place, size, position and weight


def box(place: int) -> tuple[float, float]:
    """The lower and upper end of the panel of a hidden neuron, counted from 0."""
    top = TOPS[place] - TITLE_HIGH
    return top - BOX_HIGH, top


def edges(run: Pass) -> tuple[Array, Array]:
    """x and y of both ends of the nine edges, of shape (n, 9, 2): neuron by neuron those from the inputs, then those
    to the output."""
    n = len(run.x)
    middles = [sum(box(j)) / 2 for j in range(3)]
    starts = [_source(run.x[:, k], k) for _ in HIDDEN for k in (0, 1)]
    ends = [middle + port for middle in middles for port in (_PORT, -_PORT)]
    into = np.stack([np.stack([start, np.full(n, end)], axis=-1) for start, end in zip(starts, ends, strict=True)], 1)
    out = np.tile([[middle, SINK[1]] for middle in middles], (n, 1, 1))
    across = [[sum(SOURCES) / 2, BOXES[0]]] * 6 + [[BOXES[1], SINK[0] - _RIM]] * 3
    return np.tile(across, (n, 1, 1)), np.concatenate([into, out], axis=1)


def _source(x: Array, place: int) -> Array:
    """The height of an input's dot in the picture."""
    (low, high), param = SOURCE_AT[place], INPUTS[place]
    return np.asarray(low + (x - param.low) / (param.high - param.low) * (high - low))


def signals(run: Pass, backward: bool) -> Array:
    """What each edge carries, of shape (n, 9): weight times input; backward the gradient by the weight."""
    into = run.dw if backward else run.w * run.x[:, None, :]
    out = run.dv if backward else run.v * run.a
    return np.concatenate([into.reshape(len(run.x), 6), out], axis=1)


def _broken(ends: Array) -> Array:
    """Lines end to end with a gap after each: (n, 9, 2) becomes (n, 27)."""
    gaps = np.full((*ends.shape[:2], 1), np.nan)
    return np.concatenate([ends, gaps], axis=2).reshape(len(ends), -1)


def _ribbons(name: str, x: Array, y: Array, half: Array) -> Arrays:
    """A ribbon along each edge, so wide to either side; the ribbons end to end with a gap after each."""
    run, rise = _ASPECT * (x[..., 1] - x[..., 0]), y[..., 1] - y[..., 0]
    length = np.hypot(run, rise)
    off_x, off_y = -half * rise / length / _ASPECT, half * run / length
    corners = ((0, 1), (1, 1), (1, -1), (0, -1))
    return {
        f"{name}.x": _broken(np.stack([x[..., end] + side * off_x for end, side in corners], axis=-1)),
        f"{name}.y": _broken(np.stack([y[..., end] + side * off_y for end, side in corners], axis=-1)),
    }


def _edges(arrays: Picture) -> list[Spec]:
    """The edges, and what they carry as ribbons over them."""
    drawn = [figures.line(arrays, "edges", GREY, 1.2, opacity=0.7, **NO_HOVER)]
    for name, fill in (("positive", _PLUS), ("negative", _MINUS)):
        drawn.append(figures.trace(arrays, name, mode="none", fill="toself", fillcolor=fill, **NO_HOVER))
    return drawn


def _edge_labels() -> list[tuple[float, float]]:
    """The places of the numbers of the nine edges: on each edge as it is while both inputs are 0."""
    zero = {param.name: np.zeros(1) for param in PARAMS}
    share = np.array([_NEAR] * 6 + [_AFTER] * 3)
    x, y = (
        (1 - share) * ends[0, :, 0] + share * ends[0, :, 1]
        for ends in edges(feedforward.run(CATALOGUE["identity"], zero))
    )
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _sink(size: float) -> Spec:
    """The circle of the output."""
    circle = figures.dots({"output.x": np.array(SINK[:1]), "output.y": np.array(SINK[1:])}, "output", _INK, size)
    return {
        **circle,
        "marker": {**circle["marker"], "color": "rgba(127,135,147,0.35)", "line": {"width": 2.5, "color": GREY}},
    }


def _written(places: Iterable[_Label], texts: Mapping[str, str], scale: float) -> list[Spec]:
    drawn = []
    for name, (x, y), size, position, weight in places:
        place = {f"{name}.x": np.array([x]), f"{name}.y": np.array([y])}
        label = figures.label(place, name, texts[f"{name}.text"], _INK, size * scale, position)
        drawn.append({**label, "textfont": {**label["textfont"], "weight": weight}})
    return drawn


def _rails() -> list[Spec]:
    """The line along which each input is dragged."""
    x, line = sum(SOURCES) / 2, {"color": GREY, "width": 3}
    common = {"type": "line", "xref": "x", "yref": "y", "x0": x, "x1": x, "line": line}
    return [{**common, "y0": low, "y1": high} for low, high in SOURCE_AT]


SCENES: tuple[Scene, ...] = (
    Network(CATALOGUE["relu"], FORWARD, "h1"),
    Network(CATALOGUE["tanh"], FORWARD, "out"),
    Network(CATALOGUE["gelu"], BACKWARD, "h3"),
    Network(CATALOGUE["sigmoid"], BACKWARD, "out"),
)
