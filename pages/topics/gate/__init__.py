"""GELU as a gate that expects: a standard normal draws it open or shut, other masks beside it, and why N(0, 1)."""

from pages.topics.gate.page import SHOWS, render

__all__ = ["SHOWS", "render"]
