"""Serves the guide: `streamlit run app.py` or `uvicorn app:app`. What a visitor sees begins in pages/front_door.py."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from door.files import Files
from door.headers import SafeHeaders
from door.routes import Pages

script = Path(__file__).parent / "pages" / "front_door.py"
app = st.App(script, middleware=[Middleware(Files), Middleware(SafeHeaders), Middleware(Pages)])
