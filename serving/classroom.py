"""Serve a room: print the addresses that students type, with their QR codes, then run the guide.

`python -m serving.classroom [port]` asks nothing outside the computer, so it works without internet.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address
from pathlib import Path

import ifaddr
import segno

from pages.shared import words
from serving import address

_APP = Path(__file__).parents[1] / "app.py"
_PORT = "8501"
# From this block of addresses, kept for documentation, nothing answers; it only stands for "not in this network".
_ELSEWHERE = ("203.0.113.1", 9)
# White on black whatever the colours of the terminal: not every phone reads a code with dark and light exchanged.
_WHITE_ON_BLACK, _AS_BEFORE = "\033[97;40m", "\033[0m"


def main(port: str = _PORT) -> None:
    """Print where the room finds the guide and serve it until Ctrl+C."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a code is drawn in blocks
    print(notice(port, colours=sys.stdout.isatty()), flush=True)
    options = ["--server.port", port]
    with suppress(KeyboardInterrupt):
        sys.exit(subprocess.run([sys.executable, "-m", "streamlit", "run", str(_APP), *options]).returncode)


def notice(port: str, colours: bool) -> str:
    """The addresses of this computer in its networks, each with its code, in the language of the terminal."""
    code = words.preferred_language(os.environ.get("LANG", "").partition(".")[0].replace("_", "-"))
    found = dict(networks())
    parts = [words.label_in(code, "room.open" if found else "room.alone", port=port)]
    for place, name in found.items():
        link = f"http://{place}:{port}{address.base()}"
        parts.append(f"{qr(link, colours)}\n  {link}  ({name})")
    ends = ["which"] * (len(found) > 1) + ["firewall"] * bool(found) + ["stop"]
    return "\n\n".join([*parts, "\n".join(words.label_in(code, f"room.{end}") for end in ends)])


def networks() -> Iterator[tuple[str, str]]:
    """Each IPv4 address that others in a network may reach, with the name of its interface.

    The one last from which this computer would ask the internet: below it the terminal goes on.
    """
    found = {str(ip.ip): adapter.nice_name for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4}
    outward = _outward()
    for place in sorted(found, key=lambda place: (place == outward, IPv4Address(place))):
        if not (IPv4Address(place).is_loopback or IPv4Address(place).is_link_local):
            yield place, found[place]


def qr(link: str, colours: bool) -> str:
    """The QR code of a link for a terminal, two rows of squares in a line of text."""
    drawn = io.StringIO()
    segno.make_qr(link).terminal(drawn, border=2, compact=True)
    lines = drawn.getvalue().rstrip("\n").split("\n")
    return "\n".join(f"{_WHITE_ON_BLACK}{line}{_AS_BEFORE}" for line in lines) if colours else "\n".join(lines)


def _outward() -> str:
    """The address from which this computer would ask the internet, "" if it has no way there; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_ELSEWHERE)
        except OSError:
            return ""
        return str(asking.getsockname()[0])


if __name__ == "__main__":
    main(*sys.argv[1:2])
