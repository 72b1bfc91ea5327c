"""True or false? Sentences about activation functions, each with the line that settles it."""

from pages.topics.myths.cards import SCENES
from pages.topics.myths.page import render

__all__ = ["SCENES", "render"]
