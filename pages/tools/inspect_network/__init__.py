"""A reader's own network: what hooks recorded of its layers, drawn over each layer's function and its derivative."""

from pages.tools.inspect_network.page import ANSWER_STATE, CHOICES, render
from pages.tools.inspect_network.scene import PARAMS, SCENES

__all__ = ["ANSWER_STATE", "CHOICES", "PARAMS", "SCENES", "render"]
