"""Serves the guide: ``streamlit run app.py`` or ``uvicorn app:app``. What a visitor sees begins in pages/front_door.py."""

import streamlit as st

app = st.App("pages/front_door.py")
