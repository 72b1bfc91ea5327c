"""A grid behind a stack of layers, computed apart from the guide: point by point, and by NumPy's least squares."""

from functools import lru_cache

import numpy as np

FUNCTIONS = {
    "identity": lambda z: z,
    "tanh": lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)),
    "relu": lambda z: (z + np.abs(z)) / 2,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "hard_tanh": lambda z: np.minimum(1, np.maximum(-1, z)),
}
THIRDS, EIGHTHS = np.arange(-3, 4) / 3, np.arange(-8, 9) / 8
UPRIGHT = [[(c, t) for t in EIGHTHS] for c in THIRDS]
GRID = np.array(UPRIGHT + [[(t, c) for t in EIGHTHS] for c in THIRDS])
MIDDLE = {"first": 10, "second": 3}  # the lines on which the unit vectors lie


class Folded:
    """``lines`` (lines, points, 2) behind so many layers, and the one map: ``matrix``, ``shift``, ``single``."""

    def __init__(self, slug, depth, w, v):
        self.slug, self.depth = slug, depth
        product, lines = np.eye(2), GRID
        for layer in range(1, depth + 1):
            matrix = np.array([[w, v], [0, w]] if layer % 2 else [[w, 0], [-v, w]])
            lines = (FUNCTIONS[slug](lines) if layer > 1 else lines) @ matrix.T
            product = matrix @ product
        self.lines, self.matrix, self.shift = lines, product, np.zeros(2)
        if slug != "identity" and depth > 1:
            design = np.column_stack([GRID.reshape(-1, 2), np.ones(14 * 17)])
            best, *_ = np.linalg.lstsq(design, lines.reshape(-1, 2), rcond=None)
            self.matrix, self.shift = best[:2].T, best[2]
        off = self.mapped(GRID) - lines
        self.largest, self.typical = np.abs(off).max(), np.sqrt((off**2).sum(axis=-1).mean())

    def mapped(self, points):
        return points @ self.matrix.T + self.shift

    @property
    def straight(self):
        return self.slug == "identity"

    def drawn(self):
        """Points of each part of the picture that is made of lines, without the gaps between them."""
        ends = [0, -1] if self.straight else range(17)
        arrows = {
            name: self.lines[line, 8:][[0, -1]] if self.straight else self.lines[line, 8:]
            for name, line in MIDDLE.items()
        }
        tags = {f"{name}_tag": arrow[-1:] for name, arrow in arrows.items()}
        grid, single = self.lines[:, ends].reshape(-1, 2), self.mapped(GRID[:, [0, -1]]).reshape(-1, 2)
        return {"grid": grid, "single": single, **arrows, **tags}


@lru_cache(maxsize=2000)
def at(slug, depth, w, v):
    return Folded(slug, depth, w, v)
