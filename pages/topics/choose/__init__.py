"""Which activation function to take: a table of what speaks for each, a learnt slope, and three questions."""

from pages.topics.choose.page import SHOWS, render

__all__ = ["SHOWS", "render"]
