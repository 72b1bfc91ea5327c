"""The front door: set up the page, settle the language, draw the map of rooms, open one."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, visit, words
from pages.rooms import BY_PATH, ROOMS


def _nothing() -> None:
    # A room is drawn below, as part of this script: its widgets then belong to the visit and not to one page.
    pass


language = words.settle_language()
titles = {room.path: words.page(room.words, language)["title"] for room in ROOMS}
doors = [st.Page(_nothing, title=titles[r.path], url_path=r.path, default=not r.path) for r in ROOMS]
opened = st.navigation(doors, position="hidden")
opened.run()
room = BY_PATH[opened.url_path]
st.set_page_config(
    page_title=f"{titles[room.path]} · {words.ui('name')}", layout="wide",
    initial_sidebar_state="collapsed" if visit.presenting() else "auto",
)  # fmt: skip
visit.enter(room.path, (*room.params, *room.later))
frame.around(room, ROOMS)
room.render()
