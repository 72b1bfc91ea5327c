"""Gated units, GLU to SwiGLU, and maxout: the page and its views."""

from pages.topics.gated.page import LATER, SHOWN, SHOWS, VIEWS, render

__all__ = ["LATER", "SHOWN", "SHOWS", "VIEWS", "render"]
