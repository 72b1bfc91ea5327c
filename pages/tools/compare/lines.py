"""Several functions in one picture: each, or its derivatives, alone or less another one, broken at their kinks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from activations.spec import Activation, Array
from pages.shared import curves
from pages.shared.curves import Arrays

_POINTS, _FEWER = 161, 81  # of a line alone, and of a difference, of which many move at once


@dataclass(frozen=True)
class Member:
    """A function with each of its parameters as a column, of shape (rows, 1) or (1, 1)."""

    activation: Activation
    columns: Mapping[str, Array]

    def at(self, order: int, x: Array) -> Array:
        """f (order 0), f' (1) or f'' (2) at finite ``x``, of shape (rows, points) or (1, points)."""
        formula = (self.activation.f, self.activation.df, self.activation.ddf)[order]
        with np.errstate(over="ignore", under="ignore"):
            return np.asarray(formula(x, **self._settings))

    @cached_property
    def _settings(self) -> Mapping[str, Array]:
        return self.activation.checked(self.columns)


def height(order: int, one: Member, less: Member | None, x: Array) -> Array:
    """What is drawn of ``one`` at ``x``: f, f' or f'', less that of another member if there is one."""
    return one.at(order, x) - less.at(order, x) if less else one.at(order, x)


def line(order: int, one: Member, less: Member | None, window: tuple[float, float]) -> Arrays:
    """``line.x`` and ``line.y`` of shape (rows, points), NaN where it jumps; there dots ``line_closed``, ``line_open``.

    What is the same at every setting may have one row. A closed dot is at the value that is taken, an open one at a
    limit that is not.
    """
    # What is taken from itself is 0 and breaks nowhere.
    kinks = _kinks([] if one is less else [one, less] if less else [one], window)
    x, where = curves.abscissae(window, kinks, _FEWER if less else _POINTS)
    y = np.array(height(order, one, less, where))
    gaps, middle = np.nonzero(np.broadcast_to(np.isnan(where), y.shape))
    left, right = y[gaps, middle - 1], y[gaps, middle + 1]
    y[gaps, middle] = np.where(curves.same(left, right), left, math.nan)
    dots = curves.ends("line", lambda at: height(order, one, less, at), kinks, {})
    return {"line.x": x, "line.y": y, **dots}


def _kinks(members: list[Member], window: tuple[float, float]) -> Array:
    """Where one of the members may break, ascending; at the edge of the window nothing is drawn.

    A row a setting, or one for all where no place depends on them: what is drawn then has the same x throughout.
    """
    given = [np.reshape(kink, (-1, 1)) for member in members for kink in member.activation.kinks(**member.columns)]
    rows = max(map(len, given), default=1)
    found = [np.broadcast_to(kink, (rows, 1)) for kink in given]
    kinks = np.sort(np.clip(np.hstack([np.empty((rows, 0)), *found]), *window), axis=1)
    # Where two break at one place, one of them draws it.
    kinks[:, 1:] = np.where(kinks[:, 1:] == kinks[:, :-1], window[0], kinks[:, 1:])
    return kinks


@lru_cache(maxsize=512)
def extent(order: int, activation: Activation, window: tuple[float, float]) -> tuple[float, float]:
    """The lowest and the highest that is drawn of ``activation`` at the ends and defaults of all its parameters."""
    corners = np.array(
        list(itertools.product(*({p.low, p.default, p.high} for p in activation.params))), dtype=np.float64
    )
    member = Member(activation, {p.name: corners[:, k, None] for k, p in enumerate(activation.params)})
    y = line(order, member, None, window)["line.y"]
    known = y[np.isfinite(y)]
    return (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
