"""Which activation function to use: what models use, three questions, and a table of merits."""

from pages.topics.choose.page import SHOWS, render

__all__ = ["SHOWS", "render"]
