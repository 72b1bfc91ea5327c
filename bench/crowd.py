"""The guide with as many rooms as the environment says: the same front door over another map. Served by the bench.

Each further room is one that exists, under another address; of fewer, home and the one that is measured are kept.
"""

import os
import sys
from dataclasses import replace
from itertools import chain, count, cycle, islice
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from pages import rooms  # noqa: E402  the path has to be set first

MANY = int(os.environ["ROOMS"])
_functions = [room for room in rooms.PAGES if room.kind == "functions"]
_copies = (replace(room, path=f"{room.path}_{k}") for k, room in zip(count(2), cycle(_functions), strict=False))
_wanted = sorted(rooms.PAGES, key=lambda room: room.path not in ("", "elu"))
rooms.PAGES = tuple(islice(chain(_wanted, _copies), MANY))
rooms.BY_PATH = {room.path: room for room in rooms.PAGES}

app = st.App(ROOT / "pages" / "main.py")
