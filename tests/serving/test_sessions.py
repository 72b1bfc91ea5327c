"""A session that comes back after its connection was lost watches no files, as it did not before."""

import asyncio

import pytest
from streamlit import config
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.script_data import ScriptData
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from serving import sessions


class Browser(SessionClient):
    """Takes every message."""

    def write_forward_msg(self, msg):
        pass

    def close_connection(self, code, reason):
        pass


@pytest.fixture(autouse=True)
def guard(monkeypatch):
    monkeypatch.setattr(AppSession, "register_file_watchers", AppSession.register_file_watchers)
    sessions.watch_no_files_unasked()


async def watches_files_when_resumed():
    """Connect, lose the connection, come back to the same session."""
    files, script = MemoryUploadedFileManager("/upload"), ScriptData("app.py")
    manager = WebsocketSessionManager(MemorySessionStorage(), files, ScriptCache(), lambda: None)
    first = manager.connect_session(Browser(), script, {})
    manager.disconnect_session(first)
    assert manager.connect_session(Browser(), script, {}, existing_session_id=first) == first
    return manager.get_session_info(first).session._local_sources_watcher is not None


@pytest.mark.parametrize(("setting", "watches"), [("none", False), ("auto", True)])
def test_a_resumed_session_watches_files_only_where_it_is_asked_to(setting, watches):
    before = config.get_option("server.fileWatcherType")
    config.set_option("server.fileWatcherType", setting)
    try:
        assert asyncio.run(watches_files_when_resumed()) is watches
    finally:
        config.set_option("server.fileWatcherType", before)
