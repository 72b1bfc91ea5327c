"""The guide as it will be with more functions: the same front door over 57 rooms. Served by the bench alone.

Each further room is one that exists, under another address.
"""

import sys
from dataclasses import replace
from itertools import count, cycle, islice
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from pages import rooms  # noqa: E402  the path has to be set first

MANY = 57
_functions = [room for room in rooms.ROOMS if room.kind == "functions"]
_copies = (replace(room, path=f"{room.path}_{k}") for k, room in zip(count(2), cycle(_functions), strict=False))
rooms.ROOMS = (*rooms.ROOMS, *islice(_copies, MANY - len(rooms.ROOMS)))
rooms.BY_PATH = {room.path: room for room in rooms.ROOMS}

app = st.App(ROOT / "pages" / "front_door.py")
