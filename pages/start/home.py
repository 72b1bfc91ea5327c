"""What this is, where to begin; alive at first sight."""

from pages.parts import frame, words


def render() -> None:
    """Draw the page."""
    text = words.page("start/home")
    frame.stage()
    assert text
