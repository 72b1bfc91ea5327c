"""Numbers in a file: whole multiples of a unit, stored as differences along the last axis.

What changes little or evenly then packs into little. ``python -m activations.measure`` writes the files.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.spec import Array


def steps(values: Array, unit: float) -> NDArray[np.int32]:
    """The values as they are stored; the error is at most half a unit."""
    whole = np.round(values / unit).astype(np.int32)
    return np.concatenate([whole[..., :1], whole[..., 1:] - whole[..., :-1]], axis=-1)


def values(stored: ArrayLike, unit: float) -> Array:
    """The values again."""
    return np.asarray(np.cumsum(stored, axis=-1) * unit)
