"""A neuron and its threshold: the page, its two acts, their picture, and what is printed."""

from pages.topics.neuron.learning import SHOWS
from pages.topics.neuron.page import render

__all__ = ["SHOWS", "render"]
