"""A function that the reader writes: its curves, its derivatives, its kinks, what is measured of it, and its code."""

from pages.tools.formula.page import ANSWER_STATE, CHOICES, render
from pages.tools.formula.scene import PARAMS, SCENES

__all__ = ["ANSWER_STATE", "CHOICES", "PARAMS", "SCENES", "render"]
