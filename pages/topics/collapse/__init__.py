"""Why nonlinear at all? The page, its acts and choices, what is drawn and said of each, and the charts."""

from pages.topics.collapse.choices import SHOWS
from pages.topics.collapse.page import render

__all__ = ["SHOWS", "render"]
