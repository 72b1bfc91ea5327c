"""Softmax: the page, and its views as bars, beside a sigmoid, and as a logarithm."""

from pages.topics.softmax.page import LATER, SHOWN, SHOWS, VIEWS, render

__all__ = ["LATER", "SHOWN", "SHOWS", "VIEWS", "render"]
