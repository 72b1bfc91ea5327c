"""The network as this page draws it: two inputs at the left, a panel with the curve for each hidden neuron, the output.

Edges lie in the unit square behind the panels. The picture is about 1.15 times as wide as it is high.
"""

from __future__ import annotations

import numpy as np

from activations import CATALOGUE, Activation
from activations.experiments import feedforward
from activations.experiments.feedforward import Pass
from activations.spec import Array

WINDOW = (-5.0, 5.0)  # of z in a panel; a dot beyond it stands at its end
HEIGHTS = {"relu": (-1.2, 5.4), "gelu": (-1.2, 5.4), "identity": (-5.6, 5.6), "sigmoid": (-0.25, 1.3)}
HEIGHTS |= {"tanh": (-1.35, 1.35)}
FUNCTIONS = ("relu", "sigmoid", "tanh", "gelu", "identity")
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
_TANGENT = 1.6  # of z to either side
_CURVE = 101
# How finely edges are told while a slider is held: a third of a pixel.
UNITS = {f"{name}.{axis}": 0.0005 for name in ("edges", "positive", "negative") for axis in "xy"}


def box(place: int) -> tuple[float, float]:
    """The lower and upper end of the panel of a hidden neuron, counted from 0."""
    top = TOPS[place] - TITLE_HIGH
    return top - BOX_HIGH, top


def middle(place: int) -> float:
    """The height of its middle."""
    return sum(box(place)) / 2


def edges(done: Pass) -> tuple[Array, Array]:
    """x and y of both ends of the nine edges, of shape (n, 9, 2): neuron by neuron those from the inputs, then those
    to the output."""
    n = len(done.x)
    starts = [_source(done.x[:, k], k) for _ in feedforward.HIDDEN for k in (0, 1)]
    ends = [middle(j) + port for j in range(3) for port in (_PORT, -_PORT)]
    into = np.stack([np.stack([start, np.full(n, end)], axis=-1) for start, end in zip(starts, ends, strict=True)], 1)
    out = np.tile([[middle(j), SINK[1]] for j in range(3)], (n, 1, 1))
    across = [[sum(SOURCES) / 2, BOXES[0]]] * 6 + [[BOXES[1], SINK[0] - _RIM]] * 3
    return np.tile(across, (n, 1, 1)), np.concatenate([into, out], axis=1)


def labels() -> list[tuple[float, float]]:
    """Where the numbers of the nine edges stand: on each edge as it is while both inputs are 0."""
    zero = {param.name: np.zeros(1) for param in feedforward.PARAMS}
    x, y = edges(feedforward.run(CATALOGUE["identity"], zero))
    share = np.array([_NEAR] * 6 + [_AFTER] * 3)
    found = [(1 - share) * ends[0, :, 0] + share * ends[0, :, 1] for ends in (x, y)]
    return list(zip(*(side.tolist() for side in found), strict=True))


def signals(done: Pass, backward: bool) -> Array:
    """What each edge carries, of shape (n, 9): weight times input; backward the gradient by the weight."""
    into = done.dw if backward else done.w * done.x[:, None, :]
    out = done.dv if backward else done.v * done.a
    return np.concatenate([into.reshape(len(done.x), 6), out], axis=1)


def frames(activation: Activation, done: Pass, backward: bool) -> dict[str, Array]:
    """All that moves, of shape (n, points)."""
    n = len(done.x)
    x, y = edges(done)
    drawn = {"edges.x": _broken(x), "edges.y": _broken(y)}
    carried = signals(done, backward)
    for name, size in (("positive", np.maximum(carried, 0)), ("negative", np.maximum(-carried, 0))):
        drawn |= _ribbons(name, x, y, _THICK * np.minimum(size, _WIDEST) / _WIDEST)
    for k in (0, 1):
        drawn |= {f"input_{k + 1}.x": np.zeros((n, 1)), f"input_{k + 1}.y": done.x[:, k : k + 1]}
    low, high = WINDOW
    for j in range(3):
        z = np.clip(done.z[:, j : j + 1], low, high)
        a = np.asarray(activation(z))
        drawn |= {f"neuron_{j + 1}.x": z, f"neuron_{j + 1}.y": a}
        if backward:
            aside = np.array([-_TANGENT, _TANGENT])
            drawn |= {
                f"tangent_{j + 1}.x": z + aside,
                f"tangent_{j + 1}.y": a + np.asarray(activation.derivative(z)) * aside,
            }
    return drawn


def still(activation: Activation) -> dict[str, Array]:
    """What never moves: the curve in each panel, the rail of each input, the output."""
    z = np.linspace(*WINDOW, _CURVE)
    drawn = {"output.x": np.array([SINK[0]]), "output.y": np.array([SINK[1]])}
    for j in range(3):
        drawn |= {f"curve_{j + 1}.x": z, f"curve_{j + 1}.y": np.asarray(activation(z))}
    return drawn


def _source(x: Array, place: int) -> Array:
    """The height of an input's dot in the picture."""
    low, high = SOURCE_AT[place]
    param = feedforward.INPUTS[place]
    return np.asarray(low + (x - param.low) / (param.high - param.low) * (high - low))


def _broken(ends: Array) -> Array:
    """Lines end to end with a gap after each: (n, 9, 2) becomes (n, 27)."""
    gaps = np.full((*ends.shape[:2], 1), np.nan)
    return np.concatenate([ends, gaps], axis=2).reshape(len(ends), -1)


def _ribbons(name: str, x: Array, y: Array, half: Array) -> dict[str, Array]:
    """A ribbon along each edge, so wide to either side; the ribbons end to end with a gap after each."""
    run, rise = _ASPECT * (x[..., 1] - x[..., 0]), y[..., 1] - y[..., 0]
    length = np.hypot(run, rise)
    off_x, off_y = -half * rise / length / _ASPECT, half * run / length
    corners = ((0, 1), (1, 1), (1, -1), (0, -1))
    shape = {
        "x": np.stack([x[..., end] + side * off_x for end, side in corners], axis=-1),
        "y": np.stack([y[..., end] + side * off_y for end, side in corners], axis=-1),
    }
    return {f"{name}.{axis}": _broken(values) for axis, values in shape.items()}
