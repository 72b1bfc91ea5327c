"""How does a ReLU die? One unit and its zone, one large step, a layer: the page, its three acts and their pictures."""

from pages.topics.dying.page import SHOWS, render

__all__ = ["SHOWS", "render"]
