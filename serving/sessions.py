"""What Streamlit's sessions must not do."""

from __future__ import annotations

from streamlit import config
from streamlit.runtime.app_session import AppSession

_register = AppSession.register_file_watchers


def _register_if_asked(session: AppSession) -> None:
    if config.get_option("server.fileWatcherType") != "none":
        _register(session)


def watch_no_files_unasked() -> None:
    """Keep to ``fileWatcherType = "none"`` in resumed sessions too.

    A new session looks at the setting before it watches files. One that is resumed after a lost connection does not,
    and its next run resolves the path of every module on the event loop, which takes longer than the run itself.
    """
    AppSession.register_file_watchers = _register_if_asked  # type: ignore[assignment, method-assign]
