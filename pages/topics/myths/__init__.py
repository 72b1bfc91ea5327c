"""True or false?"""

from pages.topics.myths.page import render

__all__ = ["render"]
