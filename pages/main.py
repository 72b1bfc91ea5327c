"""The script that Streamlit runs: set up the page, settle the language, draw the map of pages, open one."""

from __future__ import annotations

import streamlit as st

from pages.register import BY_PATH, PAGES
from pages.shared import development, layout, state, words

development.forget_outdated()
language = words.settle_language()
page = BY_PATH[st.navigation(layout.streamlit_pages(PAGES, language), position="hidden").url_path]
st.set_page_config(
    page_title=f"{layout.title(page)} · {words.ui('name')}", layout="wide",
    initial_sidebar_state="collapsed" if state.presenting() or state.framed() else "auto",
)  # fmt: skip
state.enter(page.path, (*page.params, *page.later), page.answer_sliders)
layout.draw_frame(page, PAGES)
page.render()
layout.draw_foot(page)
