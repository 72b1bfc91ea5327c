"""Gated units, products of two projections, and maxout: what the page shows and asks."""

from __future__ import annotations

from collections.abc import Mapping

from activations.experiments.gated import AFFINE, GATE, INPUT, VALUE
from pages.shared.views import ViewsPage
from pages.topics.gated import pieces, units

VIEWS = (*(units.VIEWS[name] for name in ("swiglu", "geglu", "reglu", "glu")), pieces.VIEW)
SHOWN = (VALUE, GATE)
LATER = (INPUT, *AFFINE)
SHOWS: Mapping[str, float | str] = {"show": "swiglu", VALUE.name: 4.0, GATE.name: 2.0}  # both are doubled


def render() -> None:
    """Draw the page."""
    ViewsPage(VIEWS, SHOWS, {"swish": {"beta": 1.0}, "choose": {}}).draw()
