"""Each proxy of deploy/proxies, really started on loopback, in front of real replicas."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, suppress
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from bench.proxies import NAMES, Proxy, Site, proxying
from bench.replicas import MYTHS, Reader
from bench.servers import OURS, Server, serving
from bench.views import view
from serving import shell

PREFIX = "/guide"
SOCKETS = 20  # that one address may open behind the proxies of these tests
READERS = 6
PATIENCE = 30.0  # seconds until what does not come counts as missing
CODINGS = ("br", "gzip", "identity", "")

Start = Callable[..., Proxy]


@pytest.fixture(scope="module")
def replicas() -> Iterator[list[Server]]:
    """Three replicas, and one that knows of a prefix; they start at the same time."""
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        started = pool.map(lambda prefix: stack.enter_context(serving(OURS, prefix=prefix)), ["", "", "", PREFIX])
        yield list(started)


@pytest.fixture(scope="module")
def start(replicas: list[Server]) -> Iterator[Start]:
    """Start a proxy in front of the replicas with these numbers, or give the one that runs already."""
    running: dict[tuple[object, ...], Proxy] = {}
    with ExitStack() as stack:

        def get(name: str, *numbers: int, **settings: object) -> Proxy:
            key = name, numbers, *settings.items()
            if key not in running:
                ports = [replicas[number].port for number in numbers or (0, 1)]
                site = Site(ports, readers=SOCKETS, header_time="1s", **settings)  # type: ignore[arg-type]
                running[key] = stack.enter_context(proxying(name, site))
            return running[key]

        yield get


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    asked = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    named = [
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        str(path),
        "-out",
        str(path),
    ]
    subprocess.run(["openssl", *asked, *named], check=True, capture_output=True)
    path.chmod(0o644)
    return path


def get(address: str, **headers: str) -> httpx.Response:
    """One request on a connection of its own; underscores in the names of headers stand for hyphens."""
    sent = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx.get(address, headers=sent, timeout=PATIENCE)


def raw(address: str, coding: str) -> tuple[str, str | None, bytes]:
    """The coding that an answer names, its tag, and its bytes as they came; the host asked for is always the same."""
    headers = {"Accept-Encoding": coding, "Host": "guide.example"}
    with httpx.stream("GET", address, headers=headers, timeout=PATIENCE) as answer:
        seen = answer.headers.get("content-encoding", "identity")
        return seen, answer.headers.get("etag"), b"".join(answer.iter_raw())


def linked(text: str) -> set[str]:
    """The addresses that a page gives as its own."""
    found = re.findall(r'<link rel="canonical" href="([^"]+)"|<meta property="og:url" content="([^"]+)"', text)
    return {address for pair in found for address in pair if address}


async def shown(address: str) -> tuple[bytes, bytes]:
    """The whole page, and what is there after a slider has been moved, as a reader with a browser gets them."""
    reader = Reader(address, view("elu"), seed=1)
    await reader.connect()
    try:
        whole = reader.picture()
        await reader.tell()
        await reader.move()
        assert not reader.whole
        return whole, reader.picture()
    finally:
        await reader.socket.close()


def test_a_reader_gets_the_page_and_the_answer_to_a_released_slider(
    name: str, start: Start, replicas: list[Server]
) -> None:
    through, direct = (asyncio.run(shown(server.stream)) for server in (start(name), replicas[0]))
    assert through == direct


def test_links_name_the_host_that_was_asked_and_nothing_that_a_reader_makes_up(name: str, start: Start) -> None:
    forged = {"x_forwarded_host": "evil.example", "x_forwarded_proto": "ftp", "x_forwarded_for": "1.2.3.4"}
    answer = get(f"{start(name).base}/elu", host="guide.example", **forged)
    assert linked(answer.text) == {"http://guide.example/elu"}
    assert "evil.example" not in answer.text


def test_with_a_certificate_it_speaks_http_2_and_links_say_https(name: str, start: Start, certificate: Path) -> None:
    proxy = start(name, certificate=certificate)
    trusted = ssl.create_default_context(cafile=certificate)
    with httpx.Client(http2=True, verify=trusted, timeout=PATIENCE) as client:
        answer = client.get(f"{proxy.base}/elu")
    assert answer.http_version == "HTTP/2"
    assert linked(answer.text) == {f"{proxy.base}/elu"}
    assert proxy.base.startswith("https://")


def test_what_the_replicas_compress_arrives_as_it_was_sent(name: str, start: Start, replicas: list[Server]) -> None:
    for path in ("elu", shell.address(), "no-such-page"):
        # Twice in another order, since the second time a cache may answer.
        for coding in (*CODINGS, *reversed(CODINGS)):
            answer = raw(f"{start(name).base}/{path}", coding)
            assert answer == raw(f"{replicas[0].base}/{path}", coding)
            assert answer[0] == (coding or "identity" if path != "no-such-page" else "identity")


def test_files_are_cached_by_nginx_and_haproxy_and_pages_by_none(name: str, start: Start) -> None:
    proxy = start(name)
    for path, cached in ((shell.address(), name != "caddy"), ("elu", False)):
        answers = [get(f"{proxy.base}/{path}", accept_encoding="gzip") for _ in range(3)]
        assert {answer.status_code for answer in answers} == {200}
        last = answers[-1].headers
        assert ("age" in last or last.get("x-cache") == "HIT") == cached, path


def test_a_page_is_never_in_the_language_of_the_reader_before(name: str, start: Start) -> None:
    for language, tag in (("zh-CN", "zh-CN"), ("en", "en"), ("zh-CN", "zh-CN"), ("en", "en")):
        for path in ("elu", "no-such-page"):
            assert f'<html lang="{tag}"' in get(f"{start(name).base}/{path}", accept_language=language).text


def test_what_a_browser_has_is_not_sent_again(name: str, start: Start) -> None:
    for path in ("elu", shell.address()):
        for coding in ("br", "gzip"):
            tag = get(f"{start(name).base}/{path}", accept_encoding=coding).headers["etag"]
            again = get(f"{start(name).base}/{path}", accept_encoding=coding, if_none_match=tag)
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_oversized_requests_are_refused(name: str, start: Start) -> None:
    base = start(name).base
    assert 400 <= get(f"{base}/elu", x_long="x" * 40_000).status_code < 500
    assert 400 <= get(f"{base}/elu?q={'x' * 40_000}").status_code < 500
    assert httpx.post(f"{base}/elu", content=b"x" * 2**21, timeout=PATIENCE).status_code == 413
    assert get(f"{base}/elu?q={'x' * 2_000}").status_code == 200


def test_uploads_and_counters_are_closed(name: str, start: Start) -> None:
    for path in ("_stcore/upload_file/session/file", "metrics", "guide/_stcore/upload_file/x"):
        answer = httpx.put(f"{start(name).base}/{path}", content=b"x", timeout=PATIENCE)
        assert answer.status_code == 404
        assert "content-security-policy" not in answer.headers, "a replica was asked"


def test_a_request_that_never_ends_is_cut(name: str, start: Start) -> None:
    port = httpx.URL(start(name).base).port
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(b"GET /elu HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        answer = b""
        with suppress(ConnectionResetError):
            while part := line.recv(4096):  # TimeoutError if the proxy waits for as long as we do
                answer += part
    assert not answer or answer.startswith(b"HTTP/1.1 408 ")


async def admitted(proxy: Proxy, stack: AsyncExitStack, address: str) -> bool:
    """Whether one more socket from an address is let in; it is held until ``stack`` is closed."""
    try:
        line = await connect(proxy.stream, local_addr=(address, 0))
    except InvalidStatus as refused:
        if refused.response.status_code == 429:
            return False
        raise
    stack.push_async_callback(line.close)
    return True


@pytest.mark.parametrize("counting", ["nginx", "haproxy"])
def test_an_address_has_only_so_many_sockets_and_others_still_get_in(counting: str, start: Start) -> None:
    proxy = start(counting)

    async def crowd() -> None:
        async with AsyncExitStack() as stack:
            first = [await admitted(proxy, stack, "127.0.0.1") for _ in range(SOCKETS + 2)]
            assert first == [True] * SOCKETS + [False] * 2
            assert await admitted(proxy, stack, "127.0.0.2")
            assert (await asyncio.to_thread(get, f"{proxy.base}/elu")).status_code == 200
        async with AsyncExitStack() as stack, asyncio.timeout(PATIENCE):
            while not await admitted(proxy, stack, "127.0.0.1"):
                await asyncio.sleep(0.05)

    asyncio.run(crowd())


@pytest.mark.parametrize("strips", [False, True], ids=["kept", "stripped"])
def test_the_guide_lives_under_a_prefix(name: str, strips: bool, start: Start) -> None:
    proxy = start(name, *([] if strips else [3]), prefix=PREFIX, strips=strips)
    page = get(f"{proxy.base}/elu")
    assert page.status_code == 200
    host = httpx.URL(proxy.base).netloc.decode()
    # Without NONLINEAR_PUBLIC_ADDRESS a replica cannot know of a prefix that was taken off.
    assert linked(page.text) == {f"http://{host}{'' if strips else PREFIX}/elu"}
    for file in (shell.address(), "favicon.png"):
        assert get(f"{proxy.base}/{file}").status_code == 200
    asyncio.run(shown(proxy.stream))
    upload = httpx.put(f"{proxy.base}/_stcore/upload_file/session/file", content=b"x", timeout=PATIENCE)
    assert upload.status_code == 404
    assert "content-security-policy" not in upload.headers
    if strips:
        bare = get(proxy.base)
        assert (bare.status_code, httpx.URL(bare.headers["location"]).path) == (301, f"{PREFIX}/")
        assert get(f"{proxy.base}/").status_code == 200


async def lose(start: Start, replica: Server, numbers: tuple[int, int], number: signal.Signals) -> dict[str, str]:
    """What is wrong behind each proxy after a replica got a signal while readers were with it and others came."""
    proxies = [start(name, *numbers) for name in NAMES]
    people = [await settled(proxy) for proxy in proxies]
    os.kill(replica.pid, number)
    wrong = await asyncio.gather(*map(faults, proxies, people))
    await asyncio.gather(*(reader.socket.close() for group in people for reader, _ in group))
    return {proxy.name: fault for proxy, fault in zip(proxies, wrong, strict=True) if fault}


async def settled(proxy: Proxy) -> list[tuple[Reader, bytes]]:
    """Readers who have moved a slider or answered, with the picture they are looking at."""
    found = []
    for seed in range(READERS):
        reader = Reader(proxy.stream, view("elu") if seed % 3 else MYTHS, seed)
        await reader.connect()
        await reader.tell()
        await (reader.move() if seed % 3 else reader.answer())
        await reader.arrive()
        found.append((reader, reader.picture()))
    return found


async def faults(proxy: Proxy, people: list[tuple[Reader, bytes]]) -> str:
    newcomers = [(await asyncio.to_thread(get, f"{proxy.base}/elu")).status_code for _ in range(20)]
    dropped = 0
    for reader, before in people:
        try:
            async with asyncio.timeout(1):
                await reader.socket.wait_closed()
        except TimeoutError:
            await reader.arrive()
        else:
            dropped += 1
            await reader.connect_again()
            if reader.kept:
                await reader.tell()
                await reader.arrive()
        if reader.picture() != before:
            return f"another picture on {reader.view.name}"
    if set(newcomers) != {200}:
        return f"newcomers got {newcomers}"
    return "" if 0 < dropped < READERS else f"{dropped} of {READERS} readers were with the replica"


def test_readers_of_a_killed_replica_get_the_same_picture_and_answers_from_the_other(
    start: Start, replicas: list[Server]
) -> None:
    assert asyncio.run(lose(start, replicas[1], (0, 1), signal.SIGKILL)) == {}


def test_readers_of_a_replica_that_stops_get_the_same_picture_and_answers_from_the_other(
    start: Start, replicas: list[Server]
) -> None:
    assert asyncio.run(lose(start, replicas[2], (0, 2), signal.SIGTERM)) == {}
