"""Where the sliders of this page stand: at one place each, or one of them at every place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from activations.experiments import gate
from activations.spec import Array

MOVED = ("x", "t", "n")
Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Stands:
    """As many places as the arrays are long: the input, the moment, and which of ``gate.COUNTS``; one seed for all."""

    x: Array
    t: Indices
    n: Indices
    seed: int

    @classmethod
    def at(cls, x: float, t: int, n: int, seed: int) -> Stands:
        """One place."""
        return cls(np.array([x]), np.array([t]), np.array([n]), seed)

    def along(self, name: str) -> Stands:
        """Every place of one slider, the others standing where they do."""
        grid = {"x": gate.X.grid, "t": gate.TIME.grid.astype(int), "n": np.arange(len(gate.COUNTS))}[name]
        fixed: dict[str, Any] = {o: np.repeat(getattr(self, o), len(grid)) for o in MOVED if o != name}
        return Stands(seed=self.seed, **{name: grid, **fixed})

    @property
    def column(self) -> Indices:
        """Which position of its slider each x is."""
        return np.round((self.x - gate.X.low) / gate.X.step).astype(np.intp)

    @property
    def counts(self) -> NDArray[np.int_]:
        """How many are drawn."""
        return np.array(gate.COUNTS)[self.n]

    def hair(self, name: str, low: float, high: float) -> dict[str, Array]:
        """A line at x from the bottom to the top of a panel."""
        return {f"{name}.x": np.repeat(self.x[:, None], 2, axis=1), f"{name}.y": self.each([low, high])}

    def each(self, row: Any) -> Array:
        """A row that is the same at every place."""
        return np.tile(np.asarray(row, dtype=np.float64), (len(self.x), 1))
