"""Which pages a test opens that asks the same of each.

All functions share one page. What differs between them is held function by function, in ``test_function_*`` and where
their words and answers are read; where nothing is asked of one alone, a few of them stand for all: one with a corner,
one with a parameter, one that is smooth, one with two parameters, and the one with a tab more.
"""

from pages.register import PAGES

STANDING_FOR_ALL = ("relu", "elu", "gelu", "prelu", "xielu")
EACH_KIND = [page for page in PAGES if page.kind != "functions" or page.path in STANDING_FOR_ALL]


def named(page):
    """What a test of a page is called."""
    return page.path or "home"
