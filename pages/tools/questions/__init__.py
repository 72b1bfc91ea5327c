"""Questions people ask, each with a short answer and a link to the page that shows it."""

from pages.tools.questions.asked import BY_SLUG
from pages.tools.questions.page import render

ENTRIES = tuple(BY_SLUG)

__all__ = ["ENTRIES", "render"]
