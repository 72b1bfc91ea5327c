"""How much of the error signal survives depth? The page, its picture, its figure, what is printed, and the ledger."""

from pages.topics.vanishing.choices import SHOWS
from pages.topics.vanishing.page import render

__all__ = ["SHOWS", "render"]
