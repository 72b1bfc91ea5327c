"""How much of the error signal survives depth?"""

from pages.parts import frame, words


def render() -> None:
    """Draw the page."""
    text = words.page("topics/vanishing")
    frame.stage()
    assert text
