"""True or false? Sentences about activation functions, each with the line that settles it."""

from pages.topics.myths.cards import CARDS, SCENES
from pages.topics.myths.page import CHOICES, render

STATEMENTS = {card.name: card.true for card in CARDS}
__all__ = ["CHOICES", "SCENES", "STATEMENTS", "render"]
