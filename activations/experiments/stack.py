"""What a stack of bare activations (w = 1, b = 0) makes of its input, at every depth."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from activations.experiments.chain import run
from activations.experiments.sweep import Picture, Sweep
from activations.spec import Activation, Array, Param

LAYERS = Param("layers", "L", 4, 1, 20, 1, domain=(1, np.inf))
ENDS = (-4.0, 4.0)  # the inputs whose outputs are read
_POINTS = 121


def still(acts: Mapping[Activation, float], depth: int) -> Picture:
    """Lines, label positions and readings at one depth."""
    return {name: rows[depth - 1] for name, (_, rows) in along_depth(acts).items()}


def along_depth(acts: Mapping[Activation, float]) -> Sweep:
    """The same at every depth of the slider; ``acts`` maps a function to the x at which its label stands."""
    x = np.linspace(*ENDS, _POINTS)
    deepest = int(LAYERS.high)
    frames: dict[str, Array] = {}
    for act, at in acts.items():
        y = run(act, deepest, 1.0, 0.0, x).activation[1:]
        frames[f"{act.slug}.x"] = np.tile(x, (deepest, 1))
        frames[f"{act.slug}.y"] = y
        label = int(np.searchsorted(x, at))
        frames[f"{act.slug}_end.x"], frames[f"{act.slug}_end.y"] = np.full((deepest, 1), x[label]), y[:, label, None]
        frames[f"reading.{act.slug}_low"], frames[f"reading.{act.slug}_high"] = y[:, :1], y[:, -1:]
    return {name: (LAYERS.grid, rows) for name, rows in frames.items()}
