"""The log of the process: what operators need, in one format, and nothing that tells of a reader.

Streamlit gives each of its loggers a handler of its own, and uvicorn has others. Here all of them hand their records on
to one handler, which leaves out addresses of readers and what readers wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any

from streamlit import config
from streamlit import logger as streamlit_logger

from pages.shared import development
from serving import runs, settings

LOG = logging.getLogger("nonlinear")
"""For what the guide itself has to say."""
_ACCESS = "uvicorn.access"
_UVICORNS = ("uvicorn", "uvicorn.error", "uvicorn.asgi", _ACCESS)
_RUN = "streamlit.error_util"  # here Streamlit logs an exception that a page did not catch
_Error = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Plain(logging.Formatter):
    """A record as lines of text, as Streamlit writes them."""

    default_msec_format = "%s.%03d"

    def formatException(self, ei: _Error) -> str:
        """The traceback without the message."""
        return trace(ei[1])


class _Lines(logging.Formatter):
    """A record as one line, which is an object of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Time (UTC), level, logger and message; a traceback in a field of its own."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": time, "level": record.levelname.lower(), "logger": record.name}
        line["message"] = record.getMessage().strip()
        if page := getattr(record, "page", ""):
            line["page"] = page
        if record.exc_info and record.exc_info[1]:
            line["traceback"] = trace(record.exc_info[1])
        elif record.stack_info:
            line["traceback"] = record.stack_info
        return json.dumps(line, ensure_ascii=False)


class _Handler(logging.Handler):
    """Writes to the standard error stream as it is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except Exception:
            self.handleError(record)


def set_up() -> None:
    """Have all that the process logs go through here, in the format that is set."""
    handler = _Handler()
    is_json = settings.current().log_is_json
    handler.setFormatter(_Lines() if is_json else _Plain(config.get_option("logger.messageFormat")))
    handler.addFilter(_keep)
    logging.getLogger().addHandler(handler)
    logging.captureWarnings(True)
    LOG.setLevel(logging.INFO)
    # Streamlit calls this for each new logger, and for all of them whenever its configuration was read.
    streamlit_logger.setup_formatter = _hand_on
    for name in {*streamlit_logger._loggers, *_UVICORNS}:
        _hand_on(logging.getLogger("streamlit" if name == "root" else name))
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def trace(error: BaseException | None) -> str:
    """Where an exception and those before it were raised, and of which type they are.

    The message is left out: it may quote what a reader wrote. Of an OSError the words of the system are told, and to a
    developer all.
    """
    parts = []
    while error:
        known = error.strerror if isinstance(error, OSError) else ""
        about = str(error) if development.ON else known
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.append(
            f"Traceback (most recent call last):\n{frames}{type(error).__qualname__}{f': {about}' * bool(about)}"
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nThis was raised because of it:\n\n".join(reversed(parts))


def _hand_on(logger: logging.Logger) -> None:
    """Take a logger's own handlers away, so that what it logs goes to the handler of all."""
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    # A request's line would have an IP address and a query; without a handler uvicorn does not even make it.
    logger.propagate = logger.name != _ACCESS


def _keep(record: logging.LogRecord) -> bool:
    """Whether a record is written. Of a failed run it is said which page it was."""
    if record.name == _RUN and record.exc_info:
        page = runs.page()
        record.msg, record.args, record.__dict__["page"] = "A run of the page %s failed", (page,), page
    # uvicorn names the IP address of each WebSocket; the library below it tells of each that is opened and closed.
    return record.levelno >= logging.WARNING or "websockets" not in PurePath(record.pathname).parts


def _uncaught(kind: type[BaseException], error: BaseException | None, frames: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), frames)
    elif not issubclass(kind, SystemExit):
        LOG.critical("An exception was not caught", exc_info=error)
