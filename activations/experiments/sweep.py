"""Few frames instead of all: keep those between which straight interpolation is as good as the eye."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from activations.spec import Array

Picture = dict[str, Array]
Sweep = dict[str, tuple[Array, Array]]


def thin(at: Array, frames: Mapping[str, Array], tolerance: Mapping[str, float]) -> Sweep:
    """Keep the rows of ``frames`` (each of shape (positions, points)) from which the rest follow by interpolation.

    Between two kept rows every dropped one is within ``tolerance[name]`` of the line; a gap (NaN) that opens or closes
    keeps the rows on both sides of it. All names keep the same rows.
    """
    table = np.hstack([frames[name] / tolerance[name] for name in frames])
    keep = np.array(sorted(_kept(np.asarray(at), table)))
    return {name: (at[keep], rows[keep]) for name, rows in frames.items()}


def _kept(at: Array, table: Array) -> set[int]:
    keep, open_spans = {0, len(at) - 1}, [(0, len(at) - 1)]
    while open_spans:
        low, high = open_spans.pop()
        if high - low > 1 and not _straight(at[low : high + 1], table[low : high + 1]):
            middle = (low + high) // 2
            keep.add(middle)
            open_spans += [(low, middle), (middle, high)]
    return keep


def _straight(at: Array, rows: Array) -> bool:
    gaps = np.isnan(rows)
    if (gaps != gaps[0]).any():
        return False
    share = ((at - at[0]) / (at[-1] - at[0]))[:, None]
    return not (np.abs(rows[0] + share * (rows[-1] - rows[0]) - rows) > 1).any()
