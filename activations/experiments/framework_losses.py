"""What PyTorch and JAX lose of values and slopes that the number format could hold: ``make frameworks`` measures it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from activations.experiments.rounding import Ends

_STORED = Path(__file__).with_name("rounding.json")
LIBRARIES = {"pytorch": "PyTorch", "jax": "JAX"}


@dataclass(frozen=True)
class Lost:
    """Where the error is first more than a ``tenth`` and where the result is first ``zero``, going out from 0, and
    whether there is a ``nan`` at -inf, and at inf."""

    tenth: Ends
    zero: Ends
    nan: tuple[bool, bool]


def measured() -> tuple[str, ...]:
    """The names of what was judged."""
    return tuple(_load()["lost"])


def versions() -> Mapping[str, str]:
    """Of what."""
    return dict(_load()["versions"])


def cpu() -> str:
    """The widest vector instructions of the processor, which PyTorch used: AVX-512 or AVX2."""
    return str(_load()["cpu"]).replace("AVX512", "AVX-512")


def by(library: str, name: str, kind: str) -> Lost:
    """What one of ``LIBRARIES`` loses of one of those ``measured``, in a format."""
    found = _load()["lost"][name][library][kind]
    return Lost(Ends(*found["tenth"]), Ends(*found["zero"]), tuple(found["nan"]))


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    return dict(json.loads(_STORED.read_text(encoding="utf-8")))
