"""A lesson: an address that holds a list of pages with their settings, through which ‹ and › lead.

It is the name of a ready lesson, or its steps as they stand in addresses, joined by ``~``:
``?lesson=vanishing?w=4~dying&place=2``, encoded. Nothing of it is stored on the server.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit

READY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sigmoids": ("basics", "derivative", "vanishing", "exploding", "dying"),
        "gates": ("relu", "dying", "gate", "gated", "race"),
        "numbers": ("approximations", "rounding", "softmax?show=log"),
    }
)
"""The ready lessons: by name, their steps."""
MOST_STEPS, LONGEST = 30, 1500  # steps, and characters of an address
HOME = "home"
_JOINT = "~"
# What an address says of how a reader sees the guide is no part of a step.
OF_READER = ("lang", "present", "predict", "key", "frame", "embed", "lesson", "place")


@dataclass(frozen=True)
class Step:
    """A page by its path, and what its address asks for."""

    path: str
    asked: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The step as it stands in the address of a lesson."""
        return f"{self.path or HOME}{'?' if self.asked else ''}{urlencode(self.asked)}"


def read(address: str) -> Step:
    """The step that an address leads to, whole or relative; what it says of the reader is left out.

    What can be no address leads to a page that is not there.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # as of "http://["
        return Step(address)
    path = parts.path.rstrip("/").rpartition("/")[2]
    asked = tuple(pair for pair in parse_qsl(parts.query) if pair[0] not in OF_READER)
    return Step("" if path == HOME else path, asked)


@lru_cache(maxsize=256)
def steps(code: str) -> tuple[Step, ...]:
    """The steps of a lesson, by the ``code`` in its address; none if it is too long."""
    if len(code) > LONGEST:
        return ()
    return tuple(read(step) for step in READY.get(code) or code.split(_JOINT) if step)[:MOST_STEPS]


def code(found: Iterable[Step]) -> str:
    """The code of a lesson of these steps: its name if there is a ready one of the same steps."""
    joined = _JOINT.join(map(str, found))
    ready = {_JOINT.join(map(str, steps(name))): name for name in READY}
    return ready.get(joined, joined)


def known(code: str, paths: Collection[str]) -> tuple[Step, ...]:
    """The steps of a lesson that lead to one of these ``paths``."""
    return tuple(step for step in steps(code) if step.path in paths)


def pasted(text: str, paths: Collection[str]) -> tuple[list[Step], list[str]]:
    """The steps of addresses that stand one a line, and the lines that lead to none of ``paths``."""
    lines = [line for line in text.splitlines() if line.strip()]
    found = {line: read(line) for line in lines}
    return [found[line] for line in lines if found[line].path in paths], [
        line for line in lines if found[line].path not in paths
    ]
