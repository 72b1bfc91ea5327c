"""GELU as the average of a random gate: a standard normal draws it open or shut; other masks beside it."""

from pages.topics.gate.page import SHOWS, render

__all__ = ["SHOWS", "render"]
