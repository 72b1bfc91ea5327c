"""The front door: set up the page, settle the language, draw the map of rooms, open one."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, visit, words
from pages.rooms import BY_PATH, ROOMS

language = words.settle_language()
room = BY_PATH[st.navigation(frame.doors(ROOMS, language), position="hidden").url_path]
st.set_page_config(
    page_title=f"{frame.title(room)} · {words.ui('name')}", layout="wide",
    initial_sidebar_state="collapsed" if visit.presenting() else "auto",
)  # fmt: skip
visit.enter(room.path, (*room.params, *room.later), room.decisive)
frame.around(room, ROOMS)
room.render()
