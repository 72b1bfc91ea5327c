"""What it costs: timings of NumPy lines, recorded and measured on this very server."""

from pages.topics.cost.page import SHOWS, render

__all__ = ["SHOWS", "render"]
