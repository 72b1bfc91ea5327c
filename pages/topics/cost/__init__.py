"""What it costs: timings of NumPy lines, recorded and measured on this very server."""

from pages.topics.cost.page import render

__all__ = ["render"]
