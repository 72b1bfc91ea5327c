"""The cards: which sentences are true, how their evidence is drawn, and where a reader can see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Asked = str | int | float | Sequence[str]


@dataclass(frozen=True)
class Card:
    """A sentence by name. ``page`` and ``asked`` are the page that shows it and what its address says, ``across`` and
    ``up`` the words of its axes, ``slug`` the function whose colour the line has, if any."""

    name: str
    true: bool
    page: str
    asked: Mapping[str, Asked] = field(default_factory=dict)
    across: str = "x"
    up: str = "f"
    slug: str = "sigmoid"

    @property
    def decades(self) -> bool:
        """Whether the evidence is in powers of ten."""
        return self.up == "left"


def _chain(depth: int, w: float, b: float, x0: float) -> dict[str, Asked]:
    return {"f": ["sigmoid"], "depth": depth, "w": w, "b": b, "input": x0}


CARDS = (
    Card("collapse", True, "collapse", {"act": "stack", "depth": 6}, slug=""),
    Card("step", True, "neuron", {"act": "learn"}, up="slope", slug="binary_step"),
    Card("quarter", False, "sigmoid", {"x0": 0.0, "second": "true"}, up="slope"),
    Card("stretch", True, "tanh", {"x0": 0.0}, slug="tanh"),
    Card("bound", True, "vanishing", _chain(10, 1.0, 0.0, 0.0), "layers", "left"),
    Card("one", False, "vanishing", _chain(20, 1.5, 0.0, 1.0), "layers", "left"),
    Card("eight", True, "vanishing", _chain(10, 8.0, -4.0, 0.5), "layers", "left"),
    Card("he", False, "exploding", {"f": "relu", "gain": 0.0, "depth": 50}, "layers", "left", "relu"),
    Card("dead", False, "dying", {"act": "zone", "b": -1.0}, "bias", "off", "relu"),
    Card("zeros", False, "cost", across="share", up="products", slug="relu"),
    Card("defaults", False, "leaky_relu", {"alpha": 0.2, "x0": -2.0}, slug="leaky_relu"),
    Card("plus", True, "elu", {"alpha": 1.8, "x0": -1.0}, up="slope", slug="elu"),
    Card("kink", False, "elu", {"alpha": 2.0, "x0": 0.0}, up="slope", slug="elu"),
    Card("half", False, "gate", {"show": "gate", "x": 0.5}, up="cdf", slug="gelu"),
    Card("mask", False, "gate", {"show": "gate", "x": -0.5}, slug="gelu"),
    Card("scaled", False, "approximations", {"format": "exact", "x0": 3.0}, slug="gelu"),
    Card("forms", True, "approximations", {"format": "exact", "x0": 2.7}, up="apart", slug="gelu"),
    Card("steep", True, "gelu", {"x0": 1.4, "second": "true"}, up="slope", slug="gelu"),
    Card("monotone", False, "mish", {"x0": -1.2, "second": "true"}, slug="mish"),
    Card("zoneout", False, "gate", {"show": "masks"}, "step", "state", ""),
)
BY_NAME = {card.name: card for card in CARDS}
AT_A_TIME = 10


def beside(card: Card) -> tuple[Card, ...]:
    """The cards that are offered together with ``card``, itself among them."""
    first = CARDS.index(card) // AT_A_TIME * AT_A_TIME
    return CARDS[first : first + AT_A_TIME]
