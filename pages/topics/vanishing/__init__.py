"""Vanishing gradients: the scene, its figure, and the page."""

from pages.topics.vanishing.page import ANSWER_STATE, CHOICES, SCENES, render

__all__ = ["ANSWER_STATE", "CHOICES", "SCENES", "render"]
