"""How many readers are let in: whoever is in stays, whoever comes to a full guide is told so."""

import asyncio
import re
from contextlib import ExitStack

import pytest
from asking import HOST, ask, behind, set_to
from process import eventually, serve
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from pages.shared import words
from serving import full, readers
from serving.headers import SafeHeaders
from serving.readers import COMING, Readers, Sockets
from serving.routes import Pages

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "user_agent": "Mozilla/5.0 (X11) Gecko/20100101"}
LIMIT = 2
PROGRAMS = [
    {"accept": "*/*", "user_agent": "curl/8.5"},
    {"accept": "text/html", "user_agent": "Prometheus/3.0"},
    {"accept": "*/*", "user_agent": "Mozilla/5.0"},
    {**BROWSER, "user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
    {**BROWSER, "user_agent": "Mozilla/5.0 (compatible; Baiduspider/2.0)"},
    {**BROWSER, "user_agent": "facebookexternalhit/1.1"},
]


@pytest.fixture
def few(monkeypatch):
    """A server that lets two readers in, and nobody there yet."""
    set_to(monkeypatch, readers=LIMIT)
    monkeypatch.setattr(readers, "READERS", Readers())


@pytest.mark.usefixtures("few")
class TestPages:
    """Requests for pages, of which each is to be followed by a WebSocket."""

    app = SafeHeaders(Pages(behind))

    def asked(self, path="/elu", method="GET", **headers):
        return ask(self.app, path, method, **(headers or BROWSER))

    def filled(self):
        assert [self.asked(path).status for path in ("/elu", "/gelu")] == [200] * LIMIT

    def test_all_who_come_at_once_are_counted_before_their_sockets_come(self):
        self.filled()
        answer = self.asked("/elu?alpha=0.3")
        assert answer.status == 503
        assert answer.headers["retry-after"] == "30"
        assert answer.headers["cache-control"] == "no-store"
        assert len(answer.body) < 5000

    @pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program["user_agent"])
    def test_a_program_neither_takes_a_place_nor_is_refused(self, program):
        assert [self.asked(**program).status for _ in range(5)] == [200] * 5
        self.filled()
        assert self.asked(**program).status == 200
        assert self.asked(method="HEAD", **BROWSER).status == 200

    def test_all_else_is_served_as_before(self):
        self.filled()
        for path in (
            "/cards/elu.png",
            "/robots.txt",
            "/favicon.png",
            "/healthz",
            "/qr.svg?to=http://a.example",
            "/silu",
        ):
            assert self.asked(path).status in (200, 301), path

    def test_a_reader_who_was_in_is_let_in_again(self):
        self.filled()
        assert self.asked(**BROWSER, cookie="nonlinear-in=1").status == 200
        assert self.asked(**BROWSER, cookie="nonlinear-in=0").status == 503

    @pytest.mark.parametrize("code", words.LANGUAGES)
    def test_it_is_said_in_the_readers_language(self, code):
        self.filled()
        for answer in (self.asked(f"/elu?lang={code}"), self.asked(**BROWSER, accept_language=words.TAGS[code])):
            text = answer.body.decode()
            assert f'<html lang="{words.TAGS[code]}">' in text
            assert words.label_in(code, "full.text", count=LIMIT) in text
            assert "{count}" not in text
            assert 'data-next="' + words.label_in(code, "full.next", seconds="{seconds}") in text

    def test_it_asks_nothing_more_of_the_server_and_its_script_runs(self):
        self.filled()
        answer = self.asked()
        text = answer.body.decode()
        assert re.findall(r'(?:src|href)="(?!data:)([^"]*)"', text) == [""], "but the address itself, by the button"
        assert "$" not in re.sub(r"<script>.*</script>", "", text, flags=re.DOTALL)
        assert not re.search(r"url\(|@import", text)
        (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        assert full.shell.scripts() >= {script}

    def test_without_a_limit_nobody_is_counted(self, monkeypatch):
        set_to(monkeypatch)
        assert {self.asked().status for _ in range(50)} == {200}
        assert readers.READERS.count() == 0


def test_a_socket_takes_the_place_of_its_page_and_a_page_without_one_is_forgotten():
    time = [0.0]
    found = Readers(lambda: time[0])
    found.expect()
    found.expect()
    found.enter(is_new=True)
    assert (found.open, found.count()) == (1, 2)
    found.enter(is_new=False)
    assert found.count() == 3, "one that comes back is no reader of a page that was just sent"
    time[0] = COMING
    assert found.count() == 3
    time[0] += 0.1
    assert found.count() == 2
    found.leave()
    found.leave()
    assert found.count() == 0


@pytest.mark.parametrize(
    ("protocol", "is_new"),
    [
        (None, True),
        ("streamlit", True),
        ("streamlit, token", True),
        ("streamlit, token,", True),
        ("streamlit, token, 0b7e", False),
        ("streamlit, , 0b7e", False),
    ],
)
def test_a_session_is_known_by_its_third_protocol(protocol, is_new):
    headers = [(b"host", HOST.encode()), *([(b"sec-websocket-protocol", protocol.encode())] if protocol else [])]
    assert readers._is_new({"headers": headers}) is is_new


def test_another_socket_is_no_readers(monkeypatch):
    monkeypatch.setattr(readers, "READERS", Readers())

    async def accepts(scope, receive, send):
        await send({"type": "websocket.accept"})
        assert readers.READERS.open == 0

    async def send(message):
        pass

    asyncio.run(Sockets(accepts)({"type": "websocket", "path": "/elsewhere", "headers": []}, None, send))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("few"), NONLINEAR_READERS=str(LIMIT), NONLINEAR_METRICS="1") as found:
        yield found


def socket(server, *protocols):
    return connect(
        f"{server.url.replace('http', 'ws')}/_stcore/stream",
        subprotocols=protocols or None,
        max_size=None,
        close_timeout=0.2,
    )


def session(line):
    """The session that a reader's page gets, as Streamlit's script would name it when it comes back."""
    line.send(BackMsg(rerun_script=ClientState(page_name="elu")).SerializeToString())
    while True:
        message = ForwardMsg.FromString(line.recv())
        if message.WhichOneof("type") == "new_session":
            return message.new_session.initialize.session_id


def test_readers_come_stay_come_back_and_leave(server):
    def status():
        return server.get("/elu?alpha=0.3", **BROWSER)[0]

    with ExitStack() as stack:
        lines = []
        for _ in range(LIMIT):
            assert status() == 200
            lines.append(stack.enter_context(socket(server)))
        name = session(lines[0])
        assert status() == 503
        assert "nonlinear_pages_refused_total 1\n" in server.get("/metrics")[1]
        # A reader of a server that went away, and one who lost the connection for a moment: each with a session.
        stack.enter_context(socket(server, "streamlit", "token", "of-another-server"))
        lines[0].close()
        back = stack.enter_context(socket(server, "streamlit", "token", name))
        assert session(back) == name
        eventually(lambda: "nonlinear_readers 3\n" in server.get("/metrics")[1])
        assert status() == 503
        lines[1].close()
        eventually(lambda: "nonlinear_readers 2\n" in server.get("/metrics")[1])
        assert status() == 503, "there are still as many as the limit"
        back.close()
        eventually(lambda: "nonlinear_readers 1\n" in server.get("/metrics")[1])
        assert status() == 200
        assert status() == 503, "that page's socket is still to come"
