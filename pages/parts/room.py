"""What a room is: one entry of the register in pages/rooms.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from activations import Param


@dataclass(frozen=True, eq=False)
class Room:
    """A page: ``path`` in the address ("" is home), the file of its ``words``, and the ``family`` it is of on the map.

    ``params`` are its sliders, which keep their values while a visit lasts; so do those it draws ``later``, after a
    choice of the reader's.
    """

    path: str
    words: str
    family: str
    render: Callable[[], None]
    params: tuple[Param, ...] = ()
    later: tuple[Param, ...] = ()

    @property
    def kind(self) -> str:
        """What is turned over page by page: the folder of its words."""
        return self.words.partition("/")[0]
