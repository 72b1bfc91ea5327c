"""A page: one entry of the register in pages/register.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from activations import Param
from pages.shared.controls import Choice, Options, offer
from pages.shared.scene import Scene


@dataclass(frozen=True, eq=False)
class Page:
    """A page: ``path`` in the address ("" is home), the file of its ``words``, and the ``family`` it is of on the map.

    ``params`` are its sliders, which keep their values while a visit lasts; so do those it draws ``later``, after a
    choice of the reader's. ``answer_state`` is the setting that shows the answer to its question: values of sliders by
    key, and of choices by their name in the address.

    ``entries`` are names of parts that have an address of their own, ``?q=<name>``; their words are ``q-<name>``, a
    title, and ``a-<name>``. ``statements`` are the sentences that its reader judges, by name, and whether each is true;
    ``?card=<name>`` leads to one, and its words are ``says-<name>`` and, the reason, ``because-<name>``. A page is
    ``pictured`` if it has a chart. ``scenes`` are examples of its pictures for the tests: one for each tab, and one for
    each kind of choice of the reader's.

    ``choices`` are what else its address can say, by name: what its reader chooses, switches or writes.

    ``minutes`` is what a class takes for the page with its question; ``needs`` are the paths of the pages whose content
    is presupposed.
    """

    path: str
    words: str
    family: str
    render: Callable[[], None]
    params: tuple[Param, ...] = ()
    later: tuple[Param, ...] = ()
    answer_state: Mapping[str, float | str] = field(default_factory=lambda: MappingProxyType({}))
    entries: tuple[str, ...] = ()
    statements: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))
    pictured: bool = True
    scenes: Sequence[Scene] = ()
    minutes: int = 5
    needs: tuple[str, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def answer_sliders(self) -> tuple[str, ...]:
        """The sliders that are moved to show the answer; the probe only if it is the only one."""
        moved = [name for name, value in self.answer_state.items() if not isinstance(value, str)]
        return tuple(name for name in moved if name != "x0" or len(moved) == 1)

    @property
    def sliders(self) -> dict[str, Param]:
        """Every slider over numbers by name."""
        return {param.name: param for param in (*self.params, *self.later)}

    @property
    def all_choices(self) -> dict[str, Choice]:
        """The ``choices`` by name, and after them the sliders over listed options of its scenes."""
        listed = {param.name: param for scene in self.scenes for param in scene.params if isinstance(param, Options)}
        return {**self.choices, **{name: offer(param.options, param.default) for name, param in listed.items()}}

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the address by which this page is set, beside those that every page understands."""
        return (*self.sliders, *self.all_choices)

    @property
    def kind(self) -> str:
        """What is turned over page by page: the folder of its words."""
        return self.words.partition("/")[0]
