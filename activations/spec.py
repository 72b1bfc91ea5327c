"""The record: what an activation is, in one thing that pages, sliders, links and tests all read."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from numbers import Real
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from activations.applied import applied

Array = NDArray[np.float64]
Formula = Callable[..., Any]
Condition = Callable[..., bool]
Kinks = Callable[..., tuple[Any, ...]]


OWN = "own"
"""What the key of a formula begins with."""


class Trait(Enum):
    """A claim about a function; each one is tested as an equivalence."""

    CONTINUOUS = "continuous"
    C1 = "c1"  # continuously differentiable
    C2 = "c2"  # twice continuously differentiable
    SMOOTH = "smooth"  # derivatives of every order
    MONOTONE = "monotone"  # never decreases
    ODD = "odd"
    BOUNDED_BELOW = "bounded_below"
    BOUNDED_ABOVE = "bounded_above"
    ZERO_CENTRED = "zero_centred"  # E f(Z) = 0 for Z ~ N(0, 1)
    SATURATES_LEFT = "saturates_left"  # f'(x) -> 0 as x -> -inf
    SATURATES_RIGHT = "saturates_right"
    CAN_DIE = "can_die"  # f' is exactly 0 for every x < 0


def always(**_: float) -> bool:
    """A condition that holds for every parameter value."""
    return True


def fixed(*points: float) -> Kinks:
    """Kinks that stay where they are, whatever the parameters."""
    return lambda **_: points


_no_kinks = fixed()


@dataclass(frozen=True)
class Param:
    """One parameter of an activation, or any other number that a slider sets.

    ``low``, ``high`` and ``step`` span the slider, which counts in ``whole`` numbers or in fractions; ``domain`` is the
    closed interval in which the formula means anything (its lower end excluded when ``domain_open_low``). ``presets``
    names values worth a button: the names are identifiers, their wording lives with the other words.
    """

    name: str
    symbol: str
    default: float
    low: float
    high: float
    step: float
    domain: tuple[float, float] = field(kw_only=True)
    domain_open_low: bool = field(default=False, kw_only=True)
    whole: bool = field(default=False, kw_only=True)
    presets: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), kw_only=True)

    def check(self, value: ArrayLike) -> Array:
        """Return ``value`` as float64, or raise ValueError naming the parameter if any of it is outside the domain.

        Raises TypeError, naming the parameter, if ``value`` is complex.
        """
        if np.iscomplexobj(value):
            raise TypeError(f"{self.name} must be real, got {value!r}")
        number = np.asarray(value, dtype=np.float64)
        low, high = self.domain
        above = number > low if self.domain_open_low else number >= low
        if not (np.isfinite(number) & above & (number <= high)).all():
            left, right = "(" if self.domain_open_low else "[", "]" if math.isfinite(high) else ")"
            raise ValueError(f"{self.name} must be finite and in {left}{low:g}, {high:g}{right}, got {value!r}")
        return number

    def settle(self, value: object) -> float:
        """The position of the slider nearest to ``value``, whatever that is and wherever it comes from.

        A number in [low, high], or text that spells one, gives the nearest of ``grid`` (the lower of two); anything
        else gives the default. Whole numbers come as int. Never raises.
        """
        try:
            number = float(value) if isinstance(value, str | Real) else math.nan
        except (ValueError, OverflowError):
            number = math.nan
        grid = self.grid
        near = float(grid[np.argmin(np.abs(grid - number))]) if self.low <= number <= self.high else self.default
        return int(near) if self.whole else float(near)

    @cached_property
    def grid(self) -> Array:
        """Every position of the slider, ascending; the array is shared, so it is read-only."""
        grid = np.round(self.low + self.step * np.arange(round((self.high - self.low) / self.step) + 1), 10)
        grid.flags.writeable = False
        return grid


@dataclass(frozen=True)
class Sides:
    """One-sided limits of value and derivative at a point."""

    value_left: float
    value_right: float
    slope_left: float
    slope_right: float


@dataclass(frozen=True)
class Latex:
    """LaTeX of f and of its derivative."""

    value: str
    derivative: str


@dataclass(frozen=True, eq=False)
class Activation:
    """A scalar function with its first two derivatives and all claims about it.

    ``f``, ``df`` and ``ddf`` take a float64 array and the parameters by name. ``kinks`` takes the parameters, alone
    or as arrays, and gives each x, ascending, at which f, f' or f'' jumps: as many at every setting, so that one which
    closes at some setting is given there too. ``claims`` tells for each trait where it holds, by the same.
    ``joints`` gives in the same way each other x at which two pieces of the function meet: only a derivative above f''
    jumps there. ``no_limit`` names the orders of derivative (0, 1, 2) that oscillate for ever: having no limit at ±inf,
    finite or infinite, they are NaN there, and the formula is never asked. ``shown`` is the range that a picture shows
    of f, f' and f'', where this is not to follow from all settings.
    """

    slug: str
    name: str
    latex: Latex
    f: Formula
    df: Formula
    ddf: Formula
    claims: Mapping[Trait, Condition]
    params: tuple[Param, ...] = ()
    kinks: Kinks = _no_kinks
    joints: Kinks = _no_kinks
    no_limit: frozenset[int] = frozenset()
    window: tuple[float, float] = (-6.0, 6.0)
    shown: tuple[tuple[float, float], ...] = ()

    def __call__(self, x: ArrayLike, **params: ArrayLike) -> Any:
        """f(x), elementwise. Floats keep their dtype, integers become float64; NaN stays NaN, ±inf gives the limit.

        Raises ValueError for an unknown parameter or one outside its domain, and TypeError for complex numbers, of
        which only the real part would count. Parameters broadcast against ``x``.
        """
        return self._evaluate(0, x, params)

    def derivative(self, x: ArrayLike, **params: ArrayLike) -> Any:
        """f'(x), elementwise; at a kink the convention of PyTorch, which formula and LaTeX state."""
        return self._evaluate(1, x, params)

    def second_derivative(self, x: ArrayLike, **params: ArrayLike) -> Any:
        """f''(x), elementwise; at a kink the second derivative of the left side."""
        return self._evaluate(2, x, params)

    def sides(self, at: float, **params: float) -> Sides:
        """One-sided limits at ``at``, read at the neighbouring floats if ``at`` is a kink."""
        kink = at in self.kinks_at(**params)
        left, right = (np.nextafter(at, end) if kink else at for end in (-math.inf, math.inf))
        both = np.array([left, right])
        return Sides(*self(both, **params).tolist(), *self.derivative(both, **params).tolist())

    def kinks_at(self, **params: float) -> tuple[float, ...]:
        """Each x at which f, f' or f'' may jump at these parameters, ascending; as many at every setting."""
        return tuple(float(kink) for kink in self.kinks(**self.checked(params)))

    @cached_property
    def key(self) -> str:
        """A word for names of lines and texts: the slug, or where that is a formula letters in its place."""
        if self.slug.isidentifier():
            return self.slug
        code = zlib.crc32(self.slug.encode())
        return OWN + "".join(chr(ord("a") + code // 26**place % 26) for place in range(7))

    @property
    def defaults(self) -> dict[str, float]:
        """The default of each parameter."""
        return {p.name: p.default for p in self.params}

    @property
    def traits(self) -> frozenset[Trait]:
        """What is claimed at the default parameters."""
        return self.traits_at()

    def traits_at(self, **params: float) -> frozenset[Trait]:
        """What is claimed at these parameters."""
        chosen = {k: float(v) for k, v in self.checked(params).items()}
        return frozenset(trait for trait, holds in self.claims.items() if holds(**chosen))

    def checked(self, params: Mapping[str, ArrayLike]) -> dict[str, Array]:
        """All parameters as float64, defaults filled in; ValueError names the one that is unknown or out of domain."""
        unknown = set(params) - set(self.defaults)
        if unknown:
            raise ValueError(f"{self.slug} has no parameter {', '.join(sorted(unknown))}")
        return {p.name: p.check(params.get(p.name, p.default)) for p in self.params}

    def _evaluate(self, order: int, x: ArrayLike, params: Mapping[str, ArrayLike]) -> Any:
        if np.iscomplexobj(x):
            raise TypeError(f"{self.slug} takes real numbers, got {np.asarray(x).dtype}")
        formula = (self.f, self.df, self.ddf)[order]
        return applied(formula, x, self.checked(params), limits=order not in self.no_limit)
