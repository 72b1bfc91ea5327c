"""Functions of a vector: softmax, its logarithm, maxout, and the gated units, which are products of two projections."""

from pages.topics.vectors.choices import LATER, SHOWN, SHOWS
from pages.topics.vectors.page import render

__all__ = ["LATER", "SHOWN", "SHOWS", "render"]
