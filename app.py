"""Serves the guide: `streamlit run app.py` or `uvicorn app:app`. What a visitor sees begins in pages/main.py."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from serving import logs, runs, sessions, settings, third_parties
from serving.files import Files
from serving.headers import SafeHeaders
from serving.lifetime import lifespan
from serving.readers import Sockets
from serving.routes import Pages

script = Path(__file__).parent / "pages" / "main.py"
# Streamlit reads .streamlit/config.toml beside what it takes for the main script. `streamlit run` says that it is this
# file; to other servers it would be the script below, which has no such file beside it.
config._main_script_path = config._main_script_path or __file__
# Streamlit makes the first lines of a file of secrets environment variables, the only ones that Community Cloud offers.
# By itself it reads them after this file, which is too late for the settings.
st.secrets.load_if_toml_exists()
settings.check()
logs.set_up()
sessions.watch_no_files_unasked()
third_parties.ask_nobody_for_our_address()
if settings.current().metrics:
    runs.count()
middleware = [Middleware(each) for each in (Files, SafeHeaders, Pages, Sockets)]
app = st.App(script, lifespan=lifespan, middleware=middleware, on_script_error=runs.failed)
