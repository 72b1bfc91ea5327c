"""The words of the guide, each explained in a sentence or two."""

from pages.tools.glossary.page import ENTRIES, render

__all__ = ["ENTRIES", "render"]
