"""PReLU's slope in training: the second view of its page."""

from pages.functions.training.page import render

__all__ = ["render"]
