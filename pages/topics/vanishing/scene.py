"""The scene: the gradient of several functions at each layer of a stack, drawn, named and printed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import repeat
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from activations import Activation
from activations.experiments import chain
from activations.experiments.chain import DEPTH, UNDERFLOW, WEIGHT
from activations.experiments.fading import ACTIVATIONS, DEEPEST, WEIGHTS, Fading, Stack, fade
from activations.spec import Array
from pages.shared import controls, figures, live, words
from pages.shared.controls import Options, Slider
from pages.shared.figures import Picture
from pages.shared.scene import Arrays, Scene, State, Texts, cut, index, positions, rows, varying
from pages.topics.vanishing.figure import BELOW_LINE, GAP, LABEL, Axes, first_layer, gradients, reach

RATES = (0.001, 0.01, 0.1, 0.5, 1.0)
RATE = Options("rate", RATES, 0.5)
_PARAMS: tuple[Slider, ...] = (*chain.PARAMS, RATE)
_BOUNDED = "sigmoid"  # the function of whose gradient the dotted line is the bound
_CHALLENGED = "sigmoid"  # the function of the challenge
_ALLOWED = 1.0  # decades up or down within which the challenge is met
_MOST = 34_000  # bytes of all sweeps beyond which less is sent
_COARSE_MOST = 1.3 * _MOST  # the same once they are sent coarsely
# Steps that the heights of the two panels are cut into: 1 and 2 pixels on a wall of 1080 lines.
_FINE, _COARSE = (400, 160), (250, 90)


@dataclass(frozen=True)
class Gradients(Scene):
    """The gradients of ``activations`` with respect to what ``of`` says, "activations" or "weights".

    ``rest`` is where the sliders stood when the reader let go of them last: the axes fit that stack, and stay as they
    are while a slider is dragged.
    """

    activations: tuple[Activation, ...]
    of: str
    rest: Stack

    page, words_of, key = "vanishing", "topics/vanishing", "gradient"
    params = _PARAMS

    @classmethod
    def at_rest(cls, activations: tuple[Activation, ...], of: str) -> Gradients:
        """The scene at rest at the values of the sliders in this visit."""
        return cls(activations, of, Stack.of({param.name: controls.value(param) for param in chain.PARAMS}))

    @property
    def variant(self) -> str:
        """The kind of gradient."""
        return self.of

    @property
    def has_bound(self) -> bool:
        """Whether the bound is drawn, which is one of a sigmoid's gradient with respect to activations."""
        return self.of == ACTIVATIONS and any(activation.slug == _BOUNDED for activation in self.activations)

    @property
    def axes(self) -> Axes:
        """The axes, fitted to the stack at rest."""
        return _fitted(self)

    def arrays(self, state: State) -> Arrays:
        """The lines with their drops to zero, labels and dots, the bound, and the names of number formats."""
        return self.compute(state, self.text)[0]

    def texts(self, state: State, text: words.Words) -> Texts:
        """The labels of lines, the gradient at the input, updates, lost formats, and whether the challenge is met."""
        return self.compute(state, text)[1]

    def compute(self, state: State, text: words.Words) -> tuple[Arrays, Texts]:
        """Both, from the same gradients."""
        stacks = [state[param.name] for param in chain.PARAMS]
        at_rest = len(stacks[0]) == 1 and Stack.of({name: each[0] for name, each in state.items()}) == self.rest
        fadings = _at_rest(self) if at_rest else [fade(activation, *stacks) for activation in self.activations]
        return self._shown(fadings, state, text)

    def _shown(self, fadings: Sequence[Fading], state: State, text: words.Words) -> tuple[Arrays, Texts]:
        arrays, labels = self._drawn(fadings, state)
        return arrays, self._printed(fadings, state, text) | labels

    def _drawn(self, fadings: Sequence[Fading], state: State) -> tuple[Arrays, Texts]:
        """Every array, and the labels of lines."""
        axes, first = self.axes, first_layer(self.of)
        arrays = _format_names(len(state["w"]), axes)
        paths, ends = [], []
        for number, (activation, fading) in enumerate(zip(self.activations, fadings, strict=True)):
            key, sizes = activation.key, fading.at_layers(self.of)
            line = np.clip(sizes, *reach(axes.panel))
            line[sizes == -math.inf] = math.nan
            arrays |= {
                f"{key}.y": line,
                f"{key}_dots.opacity": _opacity(sizes, axes),
                f"{key}_forward.y": np.clip(fading.forward, *reach(axes.activations)),
                **_drop(key, line, sizes, first, axes.shelf(number)),
            }
            paths.append(np.where(sizes == -math.inf, axes.shelf(number), line))
            ends.append(sizes[:, first])
        if self.has_bound:
            arrays |= _bound(state["w"], state["depth"], axes)
        names = {activation.key: words.title(activation.slug, _LONGEST) for activation in self.activations}
        placed, labels = _labels(names, np.stack(ends, axis=1), paths, axes, first)
        return arrays | placed, labels

    def _printed(self, fadings: Sequence[Fading], state: State, text: words.Words) -> Texts:
        texts: Texts = {}
        label, never = words.ui("lost.layer"), words.ui("lost.never")
        rate = np.array(RATES)[state[RATE.name].astype(int)]
        for activation, fading in zip(self.activations, fadings, strict=True):
            key = activation.key
            texts[f"left_{key}"] = powers(fading.first_weight if self.of == WEIGHTS else fading.at_input)
            texts[f"update_{key}"] = powers(np.log10(rate) + fading.first_weight, 2)
            texts |= _lost(key, fading, label, never)
            if key == _CHALLENGED:
                met = (fading.depth == DEEPEST) & (np.abs(fading.at_input) <= _ALLOWED)
                texts["challenge"] = [text["challenge-done" if yes else "challenge-open"] for yes in met.tolist()]
                texts["challenge_depth"] = [str(depth) for depth in fading.depth.tolist()]
                if self.of == WEIGHTS:  # else it is the one that is printed above
                    texts["challenge_left"] = powers(fading.at_input)
        return texts

    def sweeps(self, values: Mapping[str, float]) -> dict[str, live.Sweep]:
        """The sweeps of all sliders, no larger together than a release may be."""
        return _sweeps(self, self._values(values), words.language())

    @property
    def hovers(self) -> dict[str, dict[str, list[str]]]:
        """By line what it shows to a pointer at each layer: the number of the stack at rest."""
        return _hovers(self)

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The figure of one stack."""
        return gradients(self.activations, self.of, self.axes, self.hovers, arrays, texts, large)

    def follow(self, **more: Any) -> None:
        """As every scene, with the axes and the hover texts as well, because both belong to the stack at rest."""
        super().follow(layout=self.axes.layout, traces=self.hovers, **more)

    def alt(self, marks: Mapping[str, str]) -> str:
        """What the chart shows, and the gradient at the input of each function."""
        return (words.ui(f"alt.{self.of}") + "; ".join(self._sentences(marks))).replace("**", "")

    def reading(self, marks: Mapping[str, str]) -> str:
        """The gradient of each function at the input, or that of its first weight."""
        return "  \n".join(self._sentences(marks))

    def _sentences(self, marks: Mapping[str, str]) -> list[str]:
        return [
            words.ui(f"arrives.{self.of}", name=words.title(each.slug), value=marks[f"left_{each.key}"])
            for each in self.activations
        ]

    def updates(self, marks: Mapping[str, str]) -> str:
        """By how much the first weight of each function moves in a training step."""
        return "  \n".join(
            words.ui("update", name=words.title(each.slug), value=marks[f"update_{each.key}"])
            for each in self.activations
        )

    def _steps(self, coarse: bool) -> dict[str, float]:
        """How finely arrays of a drag are sent, half a step being the error: no more than a pixel on any screen."""
        axes, (upper, lower) = self.axes, _COARSE if coarse else _FINE
        steps: dict[str, float] = {}
        for key in (activation.key for activation in self.activations):
            steps |= dict.fromkeys((f"{key}.y", f"{key}_dead.y", f"{key}_end.y"), axes.height / upper)
            steps |= dict.fromkeys((f"{key}_dead.x", f"{key}_end.x"), axes.layers / upper / 2)
            steps[f"{key}_forward.y"] = (axes.activations[1] - axes.activations[0]) / lower
            steps[f"{key}_dots.opacity"] = 1 / _SHADES
        return steps


@lru_cache(maxsize=4)
def _moved(activations: tuple[Activation, ...], stack: Stack) -> list[Fading]:
    """The gradients at all positions of each slider in turn, while the others have the values of ``stack``."""
    state, _ = positions(_PARAMS, {**asdict(stack), RATE.name: 0.0})
    return [fade(activation, *(state[param.name] for param in chain.PARAMS)) for activation in activations]


@lru_cache(maxsize=256)
def _at_rest(scene: Gradients) -> list[Fading]:
    """The gradients of the stack at rest, which is one of those that are computed for a drag anyway."""
    row = len(DEPTH.grid) + int(index(WEIGHT, scene.rest.w))
    return [fading.row(row) for fading in _moved(scene.activations, scene.rest)]


@lru_cache(maxsize=256)
def _fitted(scene: Gradients) -> Axes:
    depth, w = scene.rest.depth, scene.rest.w
    # The ends of the bound; with a weight of 0 it is 0 at once, so that only its beginning is shown.
    bound = (0.0, depth * math.log10(abs(w) / 4) if w else 0.0) if scene.has_bound else ()
    return Axes.fitted(_at_rest(scene), scene.of, bound)


@lru_cache(maxsize=256)
def _hovers(scene: Gradients) -> dict[str, dict[str, list[str]]]:
    texts, layers = {}, slice(scene.rest.depth + 1)
    for activation, fading in zip(scene.activations, _at_rest(scene), strict=True):
        texts[activation.key] = powers(fading.at_layers(scene.of)[0, layers])
        outputs = fading.forward[0, layers]
        with np.errstate(divide="ignore"):
            sizes = powers(np.log10(np.abs(outputs)))
        signs = ["−" if minus else "" for minus in (outputs < 0).tolist()]
        texts[f"{activation.key}_forward"] = list(map(add, signs, sizes))
    return {name: {"customdata": each} for name, each in texts.items()}


@lru_cache(maxsize=256)
def _sweeps(scene: Gradients, values: tuple[tuple[str, float], ...], _language: str) -> dict[str, live.Sweep]:
    """The sweeps where the sliders have these values, computed in one pass; heavy ones are sent with less in them."""
    state, spans = positions(_PARAMS, dict(values))
    arrays, texts = scene._shown(_moved(scene.activations, Stack.of(dict(values))), state, scene.text)
    parts = {p.name: cut(arrays, texts, span) for p, span in zip(_PARAMS, spans, strict=True)}
    at = {param.name: int(index(param, value)) for param, (_, value) in zip(_PARAMS, values, strict=True)}

    def compressed(saving: int) -> dict[str, live.Sweep]:
        steps, level = scene._steps(saving > 0), live.HARDER if saving > 1 else live.LEVEL
        sweeps = {}
        for name, part in parts.items():
            sent = _reduced(*part, at[name], saving if name != RATE.name else 0)
            sweeps[name] = live.compress(*varying(*sent), steps, level)
        return sweeps

    sweeps = compressed(0)
    for saving, most in ((1, _COARSE_MOST), (2, math.inf)):
        if _MOST < sum(len(sweeps[param.name].data) for param in chain.PARAMS) <= most:
            sweeps = compressed(saving)
    return sweeps


def _reduced(arrays: Arrays, texts: Texts, at: int, saving: int) -> tuple[Arrays, Texts]:
    """With ``saving`` 1 without texts far below the picture, with 2 without the activations and the dots as well.

    They stay at the position ``at``; elsewhere they are replaced by dots or a gap, so that nothing old is shown.
    """
    if saving > 0:
        texts = {name: _only(each, at) if is_below(name) else each for name, each in texts.items()}
    if saving > 1:
        is_at = np.arange(len(next(iter(arrays.values()))))[:, None] == at
        arrays = {name: np.where(is_at, each, math.nan) if is_lower(name) else each for name, each in arrays.items()}
    return arrays, texts


def is_below(name: str) -> bool:
    """Whether a text is further down the page than a reader who drags can see."""
    return name.startswith(("update_", "lost_"))


def is_lower(name: str) -> bool:
    """Whether an array belongs to what lies below the gradients."""
    return name.endswith(("_forward.y", "_dots.opacity"))


def _only(texts: list[str], at: int) -> list[str]:
    return [text if place == at else "…" for place, text in enumerate(texts)]


_CLEAR = 0.012  # share of the panel's height between the line of a number format and its name
# A label with a number is so many letters longer than the name, the margin beside the panel holds so many of them, and
# one takes this share of a panel's width.
_LONGER, _BESIDE, _LETTER = 7, 12.5, 0.027
_DOWN, _UP = 1, 2  # ways out of the panel; 0: the path ends inside
_LONGEST = 11  # characters of a formula at the end of its line
_SHADES = 16  # steps of a dot's opacity, the last of them full
_FAINTEST, _SPAN = 2.0, 3.0  # that of a gradient at the foot of the panel; the decades that are distinguished at least
_STEEP = -1e6  # decades a layer, for w = 0
_BOUND_LABEL = 0.35  # share of the panel after which the bound is labelled


def _format_names(count: int, axes: Axes) -> Arrays:
    """Where it is written above its line that a number format ends; float32 is too near to bfloat16 for that."""
    side = np.array([-1 if kind == BELOW_LINE else 1 for kind in UNDERFLOW])
    heights = np.array(list(UNDERFLOW.values())) + side * _CLEAR * axes.height
    return {"floor_words.x": rows(np.zeros(len(UNDERFLOW)), count), "floor_words.y": rows(heights, count)}


def _opacity(sizes: Array, axes: Axes) -> Array:
    """Of a layer's dot: full for a gradient of 1 and above, less with each decade; 0 for 0, NaN where no layer is."""
    span = max(_SPAN, -axes.decades[0])
    shade = np.clip(np.rint((_SHADES - _FAINTEST) * (1 + sizes / span)), 0, _SHADES - _FAINTEST) + _FAINTEST
    return np.where(sizes == -math.inf, 0.0, shade) / _SHADES


def _drop(key: str, line: Array, sizes: Array, first: int, shelf: float) -> Arrays:
    """From the last point of a line that dies down to the shelf, where a cross is drawn, and along it to the end."""
    zero = sizes[:, first:] == -math.inf
    all_zero, most = zero.all(axis=1), line.shape[1] - 1
    count = np.where(all_zero, zero.shape[1], zero.argmin(axis=1))
    last = np.where(all_zero, math.nan, line[np.arange(len(line)), np.minimum(first + count, most)])
    dies = count > 0
    alive = np.where(dies & ~np.isnan(last), first + count, math.nan)
    died, end, gone = (np.where(dies, part, math.nan) for part in (first + count - 1, first, shelf))
    return {
        f"{key}_dead.x": np.stack([alive, died, end], axis=1),
        f"{key}_dead.y": np.stack([np.where(dies, last, math.nan), gone, gone], axis=1),
    }


def _bound(weight: Array, depth: Array, axes: Axes) -> Arrays:
    """The line log10 (|w|/4)^n from the output back, cut where it is far outside, and the place of its label."""
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.maximum(np.log10(np.abs(weight) / 4), _STEEP)
        out, far = (np.where(slope < 0, *ends) / slope for ends in (axes.panel, reach(axes.panel)))
    end = np.minimum(depth, np.where(slope == 0, math.inf, far))
    across = np.where(slope == 0, math.inf, out)
    hidden = np.maximum(depth - axes.layers, 0)  # layers before the line comes into the panel
    word = hidden + _BOUND_LABEL * np.maximum(np.minimum(depth, across) - hidden, 0)
    return {
        "best.x": np.stack([depth, depth - end], axis=1),
        "best.y": np.stack([np.zeros_like(end), slope * end], axis=1),
        "best_word.x": (depth - word)[:, None],
        # It is written over a falling line and under one that rises.
        "best_word.y": (slope * word - np.where(slope < 0, 0.0, LABEL * axes.height))[:, None],
    }


def _labels(
    names: Mapping[str, str], ends: Array, paths: Sequence[Array], axes: Axes, first: int
) -> tuple[Arrays, Texts]:
    """Where each line ends or leaves the picture, labels that would overlap moved apart, and what they say."""
    x, y, ways = (np.stack(part, axis=1) for part in zip(*(_ends(path, axes, first) for path in paths), strict=True))
    y = figures.apart(y, ends, axes.panel, LABEL * axes.height)
    letters = np.array([len(name) + _LONGER for name in names.values()])
    space = _LETTER * np.maximum(letters - _BESIDE, 0)
    x = np.where(ways > 0, np.maximum(x, axes.layers * space), x) - GAP * axes.layers
    exponents = np.where(np.isfinite(ends), np.floor(ends), math.inf)
    arrays: Arrays = {}
    texts: Texts = {}
    for number, (key, name) in enumerate(names.items()):
        arrays |= {f"{key}_end.x": x[:, number, None], f"{key}_end.y": y[:, number, None]}
        texts[f"{key}_end.text"] = list(
            map(_label, repeat(name), ways[:, number].tolist(), exponents[:, number].tolist())
        )
    return arrays, texts


@lru_cache(maxsize=4096)
def _label(name: str, way: int, exponent: float) -> str:
    if not way:
        return name
    size = "0" if math.isinf(exponent) else f"10{str(int(exponent)).translate(words.SUPERSCRIPT)}"
    return f"{name} {'↓' if way == _DOWN else '↑'} {size}"


def _ends(path: Array, axes: Axes, first: int) -> tuple[Array, Array, NDArray[np.int_]]:
    """For each row the point at which the path ends or for the last time leaves the panel, and which way it leaves.

    A path goes from the output back, so it ends at the ``first`` layer.
    """
    (low, high), row = axes.panel, np.arange(len(path))
    path = np.concatenate([path[:, first:], np.full((len(path), 1), math.nan)], axis=1)
    end, start, stop = path[:, 0], path[:, 1:], path[:, :-1]
    leaves = ((stop < low) & (start >= low)) | ((stop > high) & (start <= high))
    out = (end < low) | (end > high)
    k = np.argmax(leaves, axis=1)
    edge = np.where(end < low, low, high)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (edge - start[row, k]) / (stop[row, k] - start[row, k])
    # What never was in the panel is named where the axis ends.
    across = np.where(leaves.any(axis=1), first + k + 1 - share, axes.layers)
    x = np.where(out, np.minimum(across, axes.layers), first)
    return x, np.where(out, edge, end), np.where(out, np.where(end < low, _DOWN, _UP), 0)


_PLAIN = (-3, 2)  # powers of ten between which a number is written out
_BACK = range(DEEPEST + 1)  # layers back


def powers(logs: Array, digits: int = 3) -> list[str]:
    """Magnitudes of these decimal logarithms with so many digits each: 0.178, 20.5, 3.31·10⁻⁸; 0 for -inf."""
    some = np.isfinite(logs)
    logs = np.where(some, logs, 0.0)
    exponent = np.floor(logs)
    whole = np.round(10 ** (logs - exponent + digits - 1))
    over = whole == 10**digits
    whole, exponent = np.where(over, whole / 10, whole), exponent + over
    plain = (exponent >= _PLAIN[0]) & (exponent <= min(_PLAIN[1], digits - 1))
    heads = some * (plain * (exponent - _PLAIN[0] + 1) * 10**digits + whole)
    tails = np.where(plain, 0, exponent)
    looked_up = map(_heads(digits).__getitem__, heads.astype(int).tolist())
    return list(map(add, looked_up, map(_tail, tails.astype(int).tolist())))


@lru_cache(maxsize=8)
def _heads(digits: int) -> list[str]:
    """What a number begins with, by its digits as a whole number: first before ``·10``, then for each plain exponent
    the number itself."""
    wholes = range(10**digits)
    heads = [f"{whole / 10 ** (digits - 1):.{digits - 1}f}·10" for whole in wholes]
    heads[0] = "0"
    for exponent in range(_PLAIN[0], min(_PLAIN[1], digits - 1) + 1):
        places = digits - 1 - exponent
        heads += [f"{whole / 10.0**places:.{places}f}" for whole in wholes]
    return heads


@lru_cache(maxsize=4096)
def _tail(exponent: int) -> str:
    return str(exponent).translate(words.SUPERSCRIPT) if exponent else ""


def _lost(key: str, fading: Fading, label: str, never: str) -> Texts:
    """For each number format the row of the ledger in which it first holds 0."""
    spelled, starts = _spelled(label, never), fading.depth * (DEEPEST + 2) + 1
    texts = {}
    for kind in UNDERFLOW:
        back = fading.underflow(kind)
        places = starts + np.where(np.isnan(back), -1, back).astype(int)
        texts[f"lost_{key}_{kind}"] = list(map(spelled.__getitem__, places.tolist()))
    return texts


@lru_cache(maxsize=8)
def _spelled(label: str, never: str) -> list[str]:
    """For each depth the text for a number that is never lost, and for one lost after 0, 1 … layers back."""
    # Row l of the ledger holds da_L/da_{l-1}.
    lines = [[words.format(label, layer=depth - back + 1, back=back) for back in _BACK] for depth in _BACK]
    return [text for texts in lines for text in (never, *texts)]
