"""What a picture is: an array by the name of each thing that is drawn."""

from __future__ import annotations

import numpy as np

from activations.spec import Array

Picture = dict[str, Array]


def moving(picture: Picture) -> Picture:
    """Without what is the same in every row."""
    return {name: rows for name, rows in picture.items() if not _still(rows)}


def varying(texts: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without what says the same in every row."""
    return {name: lines for name, lines in texts.items() if lines.count(lines[0]) < len(lines)}


def _still(rows: Array) -> bool:
    # The bits are compared, by which NaN is the same as NaN; 0 is added lest -0 be another number than 0.
    bits = (rows + 0.0).view(np.int64)
    return bool((bits[1:] == bits[:1]).all())


def shared(picture: Picture) -> Picture:
    """The same, which nobody can spoil for the next who is given it."""
    for rows in picture.values():
        rows.setflags(write=False)
    return picture
