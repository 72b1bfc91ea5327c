"""The app in the process of the tests, and nothing of it left behind."""

import importlib
import logging
import sys
import threading
import warnings

import pytest
import streamlit.logger
from streamlit import config
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import script_runner


@pytest.fixture
def imported(monkeypatch):
    """Imports the app as a server does."""
    places = (
        (AppSession, "register_file_watchers"),
        (config, "_main_script_path"),
        (script_runner, "exec_func_with_error_handling"),
        (streamlit.logger, "setup_formatter"),
        (sys, "excepthook"),
        (threading, "excepthook"),
        (warnings, "showwarning"),
    )
    for owner, name in places:
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(Runtime, "_instance", None)  # A process has one.
    monkeypatch.delitem(sys.modules, "app", raising=False)
    root = logging.getLogger()
    handlers = list(root.handlers)
    yield lambda: importlib.import_module("app").app
    sys.modules.pop("app", None)
    logging.captureWarnings(False)
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
