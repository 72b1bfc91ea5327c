"""A visitor without a browser: what a page and a release weigh over Streamlit's own WebSocket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


class Line:
    """One session: it remembers what it was sent, as a browser does, and tells that it draws."""

    def __init__(self, socket: ClientConnection, path: str, query: str) -> None:
        self._socket, self._path, self._query = socket, path, query
        self._cached: set[str] = set()
        self._page = self._part = ""
        self.sliders: dict[str, Any] = {}
        self._drawing = ""

    def open(self) -> int:
        """Bytes until the page is idle: its first run, and the one that follows when the browser draws."""
        state = ClientState(page_name=self._path, query_string=self._query)
        first = self._run(state)
        state = self._state()
        state.widget_states.widgets.add(id=self._drawing).json_value = '{"alive": "yes"}'
        return first + self._run(state)

    def release(self, name: str, value: float) -> int:
        """Bytes that letting go of a slider costs."""
        state = self._state()
        state.widget_states.widgets.add(id=self.sliders[name].id).double_array_value.data.append(value)
        return self._run(state)

    def _state(self) -> ClientState:
        state = ClientState(query_string=self._query, page_script_hash=self._page, fragment_id=self._part)
        state.cached_message_hashes.extend(self._cached)
        return state

    def _run(self, state: ClientState) -> int:
        message = BackMsg()
        message.rerun_script.CopyFrom(state)
        self._socket.send(message.SerializeToString())
        size = 0
        while True:
            raw = self._socket.recv(timeout=60)
            size += len(raw)
            if self._take(raw):
                return size

    def _take(self, raw: str | bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(raw)  # type: ignore[arg-type]
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._cached.add(message.hash)
        if kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "delta":
            self._learn(message.delta)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _learn(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        assert kind != "exception", element.exception.message
        if kind == "slider":
            self.sliders[element.slider.id.rsplit("-", 1)[1]] = element.slider
        elif kind == "bidi_component":
            self._drawing, self._part = element.bidi_component.id, delta.fragment_id


@contextmanager
def call(base: str, path: str, query: str) -> Iterator[Line]:
    """A line to the server that is cut at the end."""
    address = f"{base.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(address, max_size=None, compression=None) as socket:
        yield Line(socket, path, query)
