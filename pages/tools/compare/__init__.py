"""Any functions side by side: their picture, the table at the probe, and the matrix of the whole catalogue."""

from pages.tools.compare.page import CHOICES, render
from pages.tools.compare.scene import LATER, PARAMS, SCENES

__all__ = ["CHOICES", "LATER", "PARAMS", "SCENES", "render"]
