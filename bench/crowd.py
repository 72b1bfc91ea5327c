"""The guide as it will be with more functions: the same front door over 57 rooms. Served by the bench alone.

Each further function is one that exists, under another address; words, curve and code are the same.
"""

import sys
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path
from types import MappingProxyType

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
import activations  # noqa: E402  the path has to be set first

MANY = 57
_TRUE = activations.CATALOGUE
_TOPICS = 2  # home and /vanishing
_copies = (replace(act, slug=f"{act.slug}_{k}") for k, act in zip(count(2), cycle(_TRUE.values()), strict=False))
_more = {act.slug: act for act in islice(_copies, MANY - _TOPICS - len(_TRUE))}
activations.CATALOGUE = MappingProxyType({**_TRUE, **_more})

from pages import rooms  # noqa: E402  it reads the catalogue

rooms.ROOMS = tuple(
    replace(room, words=room.words.rpartition("_")[0]) if room.path in _more else room for room in rooms.ROOMS
)
rooms.BY_PATH = {room.path: room for room in rooms.ROOMS}
assert len(rooms.ROOMS) >= MANY

app = st.App(ROOT / "pages" / "front_door.py")
