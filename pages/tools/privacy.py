"""What is known of a reader: on the server, in its log, in the browser, and on other sites."""

from __future__ import annotations

import streamlit as st

from pages.shared import state, words
from serving import settings

_MINUTES = 2  # for which Streamlit keeps a session whose connection was lost
_LINKS = ("inspect", "tally", "myths")
_BUTTONS = {"forget": "forget", "ask": "ask_first"}


def render() -> None:
    """Draw the page."""
    text = words.page("tools/privacy")
    names = {path: state.address(path) for path in _LINKS}
    names |= {name: words.ui(label) for name, label in _BUTTONS.items()}
    server = settings.current()
    names["counted"] = text["counted"] if server.metrics else text["not-counted"]
    names["cookies"] = text["cookie"] if server.readers else text["no-cookie"]
    with st.container(key="privacy"):
        for part in (text["server"], text["log"], text["browser"], text["others"]):
            st.markdown(words.format(part, **names, minutes=_MINUTES))
        st.html("<div data-ready></div>")
