"""Cancellation: one value written two ways, and what a number format leaves of each."""

from pages.topics.rounding.page import SHOWS, render

__all__ = ["SHOWS", "render"]
