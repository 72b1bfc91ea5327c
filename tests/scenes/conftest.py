"""Scenes speak whichever language a test asks for; the next suite begins without one."""

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def _language_is_forgotten():
    yield
    st.session_state.pop("language", None)
