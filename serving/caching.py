"""What a browser already has need not be sent again."""

from __future__ import annotations


def has(known: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names this tag, be it weak, one of a list, or "*" for any."""
    tags = [each.strip().removeprefix("W/") for each in known.split(",")]
    return tag in tags or tags == ["*"]
