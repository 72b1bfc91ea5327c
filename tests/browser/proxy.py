"""A proxy that strips a prefix on the way to the server, as Streamlit Community Cloud and many others do."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from server import PATIENCE, free_port


@contextmanager
def strip(server: str, prefix: str, host_page: str) -> Iterator[str]:
    """Serve ``server`` under ``prefix`` (e.g. "/~/+"), and ``host_page`` (HTML) at every address outside it.

    Yields the address of the proxy without the prefix. It runs as a process of its own.
    """
    port = free_port()
    with subprocess.Popen([sys.executable, __file__, server, prefix, host_page, str(port)]) as process:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


async def _listen(server: str, prefix: bytes, host_page: bytes, port: int) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            method, path, rest = head.split(b" ", 2)
            if not path.startswith(prefix + b"/"):
                size = str(len(host_page)).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n")
                writer.write(b"Content-Length: " + size + b"\r\n\r\n" + host_page)
                return
            if b"upgrade: websocket" not in rest.lower():
                # One request a connection: the next one has its prefix stripped as well.
                rest = rest.replace(b"\r\n", b"\r\nConnection: close\r\n", 1).replace(
                    b"Connection: keep-alive\r\n", b""
                )
            address = urlsplit(server)
            up_reader, up_writer = await asyncio.open_connection(address.hostname, address.port)
            up_writer.write(b" ".join([method, path.removeprefix(prefix), rest]))
            await asyncio.gather(_pipe(reader, up_writer), _pipe(up_reader, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass  # The browser went away.
        finally:
            writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", port)
    await listening.serve_forever()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


if __name__ == "__main__":
    SERVER, PREFIX, HOST_PAGE, PORT = sys.argv[1:]
    asyncio.run(_listen(SERVER, PREFIX.encode(), HOST_PAGE.encode(), int(PORT)))
