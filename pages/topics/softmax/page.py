"""Softmax, which turns scores into probabilities: what the page shows and asks."""

from __future__ import annotations

from collections.abc import Mapping

from activations.experiments.softmax import GAP, LOGIT, LOGITS, OTHERS, RAISED, SHIFT, TEMPERATURE
from pages.shared.views import ViewsPage
from pages.topics.softmax import bars, logs, pair

VIEWS = (bars.VIEW, pair.VIEW, logs.VIEW)
SHOWN = (*LOGITS, SHIFT, TEMPERATURE)
LATER = (LOGIT, OTHERS, GAP, RAISED)
SHOWS: Mapping[str, float | str] = {"show": bars.VIEW.name, SHIFT.name: 3.0}


def render() -> None:
    """Draw the page."""
    ViewsPage(VIEWS, SHOWS, {"sigmoid": {"x0": 2.0}, "rounding": {}}).draw()
