"""Any functions side by side: the page, its picture, the table at the probe, and the matrix of the whole catalogue."""

from pages.tools.compare.choices import LATER, SHOWN
from pages.tools.compare.page import render

__all__ = ["LATER", "SHOWN", "render"]
