"""Three ways to write GELU: how far they are apart, what a number format does to each, and code to copy."""

from pages.topics.approximations.page import SHOWS, render

__all__ = ["SHOWS", "render"]
