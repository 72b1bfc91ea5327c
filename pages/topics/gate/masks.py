"""The second picture: the same inputs through four masks, each in the mean over n repeats."""

from __future__ import annotations

import numpy as np

from activations import CATALOGUE
from activations.experiments import gate
from activations.spec import Array
from pages.shared import words
from pages.topics.gate.stands import Stands

NAMES = ("relu", "gate", "dropout", "zoneout")
HIGHEST = 5.9  # of inputs and outputs that are seen: as far as the walk gets when all of it is shifted by 3
_TIMES = gate.TIME.grid


def frames(at: Stands) -> dict[str, Array]:
    """Every array of the picture, of shape (places, points)."""
    inputs, drawn = _inputs(at), np.arange(len(_TIMES)) <= at.t[:, None]
    rows: dict[str, Array] = {}
    here = np.arange(len(at.x))
    for name, output in outputs(at).items():
        rows |= {
            f"{name}_in.x": at.each(_TIMES),
            f"{name}_in.y": np.where(drawn, inputs, np.nan),
            f"{name}_out.x": at.each(_TIMES),
            f"{name}_out.y": np.where(drawn, output, np.nan),
            f"{name}_now.x": at.t[:, None].astype(np.float64),
            f"{name}_now.y": output[here, at.t][:, None],
        }
    return rows


def said(at: Stands) -> dict[str, list[str]]:
    """All that is printed, one text a place."""
    here = np.arange(len(at.x))
    now = {name: words.numbers(output[here, at.t], 3) for name, output in outputs(at).items()}
    return {
        "x": words.numbers(at.x, 2),
        "t": [str(step) for step in at.t],
        "n": [str(count) for count in at.counts],
        "input": words.numbers(_inputs(at)[here, at.t], 3),
        **now,
    }


def outputs(at: Stands) -> dict[str, Array]:
    """What each mask lets out at every time, in the mean over n repeats, of shape (places, times)."""
    inputs, masks = _inputs(at), gate.masks(at.seed)
    return {
        "relu": np.asarray(CATALOGUE["relu"](inputs)),
        "gate": inputs * masks.gate[at.n, at.column],
        "dropout": inputs * masks.dropout[at.n],
        "zoneout": np.einsum("pts,ps->pt", masks.zoneout[at.n], inputs),
    }


def _inputs(at: Stands) -> Array:
    return np.asarray(gate.walk(at.seed) + at.x[:, None])
