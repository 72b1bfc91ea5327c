"""The front door: set up the page, settle the language, draw the map of rooms, open one."""

from functools import partial

import streamlit as st

from activations import CATALOGUE
from pages.functions.activation import render
from pages.parts import controls, words

words.settle_language()
presenting = controls.presenting()
st.set_page_config(
    page_title=words.ui("name"), layout="wide",
    initial_sidebar_state="collapsed" if presenting else "auto",
)  # fmt: skip
home = st.Page("pages/start/home.py", title=words.ui("room.home"), default=True)
functions = {
    slug: st.Page(partial(render, act), title=words.page(f"functions/{slug}")["title"], url_path=slug)
    for slug, act in CATALOGUE.items()
}
topics = {"vanishing": st.Page("pages/topics/vanishing.py", title=words.ui("room.vanishing"), url_path="vanishing")}
room = st.navigation([home, *functions.values(), *topics.values()], position="hidden")
controls.remember_rooms({"": home, **functions, **topics})
controls.settle_link()
if not presenting:
    with st.sidebar:
        controls.map_of_rooms({"start": {"": home}, "questions": topics, "functions": functions})
        controls.language_switch()
        controls.present_switch()
words.tag_document()
if presenting:
    controls.enlarge()
room.run()
if presenting:
    controls.present_switch()
