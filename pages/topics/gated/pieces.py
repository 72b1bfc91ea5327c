"""Maxout of one input: three affine pieces, the largest of them drawn over, and its slope."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from activations.experiments import gated
from activations.experiments.gated import AFFINE, INPUT, PIECES
from activations.spec import Array
from pages.shared import figures, words
from pages.shared.figures import PROBE, Picture, Spec
from pages.shared.views import OWN, QUIET, Rows, Said, Stand, View, finished, fixed, keys, on, table

ENDS = (INPUT.low, INPUT.high)
HEIGHT, SLOPES = (-3.4, 6.4), (-2.4, 2.4)
NUMBERS = range(1, PIECES + 1)
_COLOURS = ("#0072B2", "#D55E00", "#009E73")
_DASHES = ("10px,6px", "5px,5px", "2px,4px")


def frames(at: Stand) -> Rows:
    """Each piece from end to end, the largest of them from kink to kink, its slope, and the dots at x."""
    w, b = _affine(at)
    x, ends = at["x"], np.array(ENDS)
    drawn: Rows = {f"piece{i}.y": w[:, [i - 1]] * ends + b[:, [i - 1]] for i in NUMBERS}
    corners = _corners(w, b)
    middles = (corners[:, 1:] + corners[:, :-1]) / 2
    steps = gated.maxout(middles, w[:, None], b[:, None]).slope
    here, gap = gated.maxout(x, w, b), np.full((len(x), PIECES), np.nan)
    sides = (corners[:, :-1], corners[:, 1:])
    return drawn | {
        "max.x": corners,
        "max.y": gated.maxout(corners, w[:, None], b[:, None]).value,
        "slope.x": np.stack([*sides, sides[1]], axis=-1).reshape(len(x), -1),
        "slope.y": np.stack([steps, steps, gap], axis=-1).reshape(len(x), -1),
        **{f"{name}.x": np.stack([x, x], axis=-1) for name in ("hair", "hair_slope")},
        "dot.x": x[:, None],
        "dot.y": here.value[:, None],
        "slope_dot.x": x[:, None],
        "slope_dot.y": here.slope[:, None],
    }


def said(at: Stand, text: words.Words) -> Said:
    """What each piece says, and what of a gradient comes to it; the largest, and how many ever are."""
    w, b = _affine(at)
    x, alive = at["x"], ~np.isnan(gated.leads(w, b)[0])
    here, fates = gated.maxout(x, w, b), (text["piece-dead"], text["piece-alive"])
    told = {
        "x": words.numbers(x, 1),
        "h": words.numbers(here.value, 2),
        "slope": words.numbers(here.slope, 1),
        "winner": [str(place + 1) for place in here.winner.tolist()],
        "alive": [str(count) for count in alive.sum(axis=1).tolist()],
    }
    for k in range(PIECES):
        wins = here.winner == k
        told[f"v{k + 1}"] = words.numbers(w[:, k] * x + b[:, k], 2)
        told[f"gw{k + 1}"] = words.numbers(np.where(wins, x, 0.0), 1)
        told[f"gb{k + 1}"] = ["1" if win else "0" for win in wins.tolist()]
        told[f"lives{k + 1}"] = [fates[lives] for lives in alive[:, k].tolist()]
    return told


def _affine(at: Stand) -> tuple[Array, Array]:
    """Weights and biases, of shape (places, pieces)."""
    w, b = (np.stack([at[param.name] for param in AFFINE[first::2]], axis=-1) for first in (0, 1))
    return w, b


def _corners(w: Array, b: Array) -> Array:
    """The ends and between them the kinks, ascending; what is no kink lies on an end."""
    low = gated.leads(w, b)[0]
    kinks = np.sort(np.clip(np.where(np.isfinite(low), low, ENDS[1]), *ENDS), axis=1)[:, :-1]
    return np.hstack([fixed(len(w), ENDS[:1]), kinks, fixed(len(w), ENDS[1:])])


def figure(picture: Picture, said: Mapping[str, str], text: words.Words, large: bool) -> figures.Finished:
    """The finished figure."""
    size, wide = (17.0, 1.5) if large else (13.0, 1.0)
    tall = {"hair.y": np.array(HEIGHT), "hair_slope.y": np.array(SLOPES)}
    still: Picture = {**picture, **tall, **{f"piece{i}.x": np.array(ENDS) for i in NUMBERS}}
    traces: list[Spec] = [figures.line(still, "hair", PROBE, 1.4, opacity=0.7, **QUIET)]
    traces.append(figures.line(still, "max", OWN, 6 * wide))
    for i, colour, dash in zip(NUMBERS, _COLOURS, _DASHES, strict=True):
        traces.append(figures.line(still, f"piece{i}", colour, 2.6 * wide, line={"dash": dash}, **QUIET))
    named = {f"piece{i}": (f"{text['piece']} {i}", colour) for i, colour in zip(NUMBERS, _COLOURS, strict=True)}
    traces += keys({"max": (text["key-max"], OWN), **named}, (-1.1, 5.9), 0.95, size)
    traces.append(figures.dots(still, "dot", PROBE, 9) | {"cliponaxis": True})
    traces += on(
        "2",
        figures.line(still, "hair_slope", PROBE, 1.4, opacity=0.7, **QUIET),
        figures.line(still, "slope", OWN, 4 * wide, **QUIET),
        figures.dots(still, "slope_dot", PROBE, 9),
    )
    return finished("gated", traces, _axes(), {"": text["panel-max"], "2": text["panel-slope"]}, large)


def _axes() -> dict[str, Spec]:
    return {
        "xaxis": {"range": list(ENDS), "anchor": "y", "showticklabels": False, "dtick": 1},
        "xaxis2": {"range": list(ENDS), "anchor": "y2", "title": "x", "dtick": 1},
        "yaxis": {"range": list(HEIGHT), "domain": [0.4, 1], "dtick": 2},
        "yaxis2": {"range": list(SLOPES), "domain": [0, 0.3], "dtick": 1},
    }


def reading(text: words.Words, marks: Mapping[str, str]) -> str:
    """The largest piece, and a row for each."""
    rows = [[f"{i}", *(marks[f"{name}{i}"] for name in ("v", "gw", "gb", "lives"))] for i in NUMBERS]
    head = [text["piece"], "wx + b", "∂h/∂w", "∂h/∂b", text["head-lives"]]
    return f"{words.format(text['read-maxout'], **marks)}\n\n{table(head, *rows)}"


def _set(*pairs: tuple[float, float]) -> dict[str, float]:
    return {param.name: value for param, value in zip(AFFINE, sum(pairs, ()), strict=True)}


VIEW = View(
    "gated", "maxout", "maxout", ((INPUT,), AFFINE[:2], AFFINE[2:4], AFFINE[4:]), frames, said, figure, reading,
    {
        "relu": _set((0.0, 0.0), (1.0, 0.0), (1.0, -1.0)),
        "absolute": _set((-1.0, 0.0), (1.0, 0.0), (0.0, -1.0)),
        "leaky": _set((0.1, 0.0), (1.0, 0.0), (0.5, -1.0)),
        "square": _set((-2.0, -1.0), (0.0, 0.0), (2.0, -1.0)),
    },
)  # fmt: skip
