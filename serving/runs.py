"""What Streamlit does with a run of a page, watched."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx, script_runner
from streamlit.runtime.scriptrunner.exec_code import exec_func_with_error_handling
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from pages.register import BY_PATH
from serving.counters import COUNTERS, ERRORS

OTHER = "other"
"""Stands for a page that is not in the register, or not known yet."""


def count() -> None:
    """Have each run counted with its time.

    The one function that carries out a run, be it of the whole page or of a part, is replaced by one that looks at the
    clock before and after it.
    """
    script_runner.exec_func_with_error_handling = _counted  # type: ignore[attr-defined, assignment]


def page() -> str:
    """The address of the page that runs in this thread, e.g. "/elu"; it has no query."""
    context = get_script_run_ctx(suppress_warning=True)
    return _page(context) if context else OTHER


def failed(error: Exception) -> None:
    """Count an exception that a page did not catch; Streamlit then says on the page that there was one."""
    COUNTERS.count(ERRORS, page=page())


def _counted(func: Callable[[], Any], context: ScriptRunContext) -> Any:
    # The run that finds out whether pages can be had belongs to no reader.
    is_readers = Runtime.instance().is_active_session(context.session_id)
    began = time.perf_counter()
    try:
        return exec_func_with_error_handling(func, context)
    finally:
        if is_readers:
            COUNTERS.run(_page(context), time.perf_counter() - began)


def _page(context: ScriptRunContext) -> str:
    found = context.pages_manager.get_pages().get(context.page_script_hash)
    path = found.get("url_pathname") if found else None
    return f"/{path}" if path in BY_PATH else OTHER
