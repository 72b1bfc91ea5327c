"""What an activation function is: a network that computes forward and backward, its picture, and what is printed."""

from pages.topics.basics.page import SHOWS, render

__all__ = ["SHOWS", "render"]
