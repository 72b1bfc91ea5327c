"""The settings of a server: environment variables, all of them read and checked here, once, when it starts.

This module imports nothing of the guide, so that a page may ask it as well.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

PUBLIC_ADDRESS = "NONLINEAR_PUBLIC_ADDRESS"
FRAME_ANCESTORS = "NONLINEAR_FRAME_ANCESTORS"
COST = "NONLINEAR_COST"
LOG = "NONLINEAR_LOG"
READERS = "NONLINEAR_READERS"
METRICS = "NONLINEAR_METRICS"

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.IGNORECASE)
"""A host with or without a port, as an address or a header may name it."""
_ADDRESS = re.compile(r"https?://(?P<host>[^/]+)(?:/[\w.~!$&'()*+,;=:@%-]+)*", re.ASCII)


@dataclass(frozen=True)
class Settings:
    """What an operator can set; each field is at its default until a variable says otherwise."""

    public_address: str = ""
    """The address that readers know the guide by, without a slash at its end; "" for the host that was asked."""
    frame_ancestors: str = "*"
    """The sites that may frame the pages, as a content security policy names them."""
    cost: bool = True
    """Whether readers of /cost may measure on this server."""
    log_is_json: bool = False
    """Whether each line of the log is an object of JSON."""
    readers: int = 0
    """How many readers are let in at most; 0 for no limit."""
    metrics: bool = False
    """Whether counters are served at /metrics."""


def check() -> None:
    """End the process with a sentence for the operator if a setting cannot be meant."""
    try:
        current()
    except ValueError as error:
        sys.exit(f"The guide does not start: {error}")


@lru_cache(maxsize=1)
def current() -> Settings:
    """The settings of this process; ValueError, with a sentence for the operator, if one cannot be meant."""
    return read(os.environ)


def read(variables: Mapping[str, str]) -> Settings:
    """The settings that these variables make; ValueError, with a sentence for the operator, if one cannot be meant."""
    return Settings(
        public_address=_address(variables.get(PUBLIC_ADDRESS, "")),
        frame_ancestors=_sites(variables.get(FRAME_ANCESTORS, "*")),
        cost=_choice(variables, COST, ("1", "0")) == "1",
        log_is_json=_choice(variables, LOG, ("plain", "json")) == "json",
        readers=_count(variables.get(READERS, "")),
        metrics=_choice(variables, METRICS, ("0", "1")) == "1",
    )


def _choice(variables: Mapping[str, str], name: str, offered: tuple[str, str]) -> str:
    """One of two values; the first one if the variable is not set, or empty."""
    chosen = variables.get(name, "").strip() or offered[0]
    if chosen not in offered:
        raise ValueError(f"{name} must be {offered[0]} or {offered[1]}, but it is {chosen!r}.")
    return chosen


def _address(asked: str) -> str:
    address = asked.strip().rstrip("/")
    found = _ADDRESS.fullmatch(address)
    if address and not (found and HOST.fullmatch(found["host"])):
        raise ValueError(f"{PUBLIC_ADDRESS} must be like https://guide.example/path, but it is {asked!r}.")
    return address


def _sites(asked: str) -> str:
    # Empty might mean nobody or anybody. A comma or a semicolon would begin another rule of the policy.
    if not asked.strip() or set(asked) & set(";,\r\n"):
        raise ValueError(
            f"{FRAME_ANCESTORS} must be *, 'none' or names of sites with spaces between them, but it is {asked!r}."
        )
    return asked.strip()


def _count(asked: str) -> int:
    asked = asked.strip() or "0"
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= 6):
        raise ValueError(f"{READERS} must be a whole number, 0 for no limit, but it is {asked!r}.")
    return int(asked)
