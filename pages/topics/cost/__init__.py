"""What an activation costs: timings of NumPy lines, recorded and measured on this very server."""

from pages.topics.cost.page import ANSWER_STATE, CHOICES, PARAMS, render
from pages.topics.cost.scene import SCENES

__all__ = ["ANSWER_STATE", "CHOICES", "PARAMS", "SCENES", "render"]
