"""What explodes? The page, its picture, its figure, what is printed, and its tables."""

from pages.topics.exploding.choices import SHOWS
from pages.topics.exploding.page import render

__all__ = ["SHOWS", "render"]
