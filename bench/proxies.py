"""The proxies of ``deploy/proxies`` on loopback: the files as they are, with what differs from site to site."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers import ROOT, Process, free_port

NAMES = ("nginx", "caddy", "haproxy")
_FILES = ROOT / "deploy" / "proxies"
_START_LIMIT = 20.0
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Site:
    """What an operator sets."""

    replicas: Sequence[int]  # their ports
    prefix: str = ""  # under which readers see the guide, e.g. "/guide"
    strips: bool = False  # whether the prefix is taken off on the way; else the replicas know of it
    readers: int = 500  # sockets from one address
    header_time: str = "10s"
    certificate: Path | None = None  # a file with certificate and key


@dataclass(frozen=True)
class Proxy(Process):
    """A running proxy."""

    name: str
    base: str
    """The address of home, without a slash at its end."""

    @property
    def stream(self) -> str:
        """The address of Streamlit's WebSocket."""
        return f"{self.base.replace('http', 'ws', 1)}/_stcore/stream"


@contextmanager
def proxying(name: str, site: Site) -> Iterator[Proxy]:
    """Run the proxy ``name`` in front of ``site`` on a free loopback port until the block ends."""
    if shutil.which(name) is None:
        raise RuntimeError(f"{name} is not installed; on Debian `make proxies` installs it")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
        Path(folder).chmod(0o755)  # started by root, a proxy becomes another user
        command, variables = _STARTS[name](site, port, Path(folder))
        log = Path(folder, "log.txt")
        with log.open("w") as out:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=_environment(folder) | variables,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        try:
            _await_port(process, port, log)
            scheme = "https" if site.certificate else "http"
            yield Proxy(process.pid, name, f"{scheme}://localhost:{port}{site.prefix}")
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _nginx(site: Site, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    # nginx reads what it includes beside the name under which it is told to find its file.
    (folder / "nginx.conf").symlink_to(_FILES / "nginx.conf")
    (folder / "nonlinear").mkdir()
    places = {f"127.0.0.1:{8501 + k}": f"127.0.0.1:{replica}" for k, replica in enumerate(site.replicas)}
    text = _replace((_FILES / "nonlinear" / "replicas.conf").read_text(), places | {"/var/cache/nginx": str(folder)})
    # Where the package keeps these folders only root may write.
    text += "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in _TEMPORARY)
    (folder / "nonlinear" / "replicas.conf").write_text(text)
    changed = {
        "listen 80 ": f"listen 127.0.0.1:{port} ",
        "readers 500": f"readers {site.readers}",
        "timeout 10s": f"timeout {site.header_time}",
    }
    if site.certificate:
        # Of the lines with a certificate all but those that lead from http to https, which has no port here.
        del changed["listen 80 "]
        names = {"": "fullchain", "_key": "privkey"}
        changed |= {"listen 80 default_server;": "", "# listen 443 ": f"listen 127.0.0.1:{port} "}
        changed |= {
            f"# ssl_certificate{kind} /etc/letsencrypt/live/guide.example/{name}.pem": (
                f"ssl_certificate{kind} {site.certificate}"
            )
            for kind, name in names.items()
        }
    if site.strips:
        changed |= {
            "# rewrite ": "rewrite ",
            "^/activations": f"^{site.prefix}",
            "/activations/ perm": f"{site.prefix}/ perm",
        }
    text = (_FILES / "nonlinear" / "site.conf").read_text()
    (folder / "nonlinear" / "site.conf").write_text(_replace(text, changed))
    main = f"daemon off; pid {folder}/pid; error_log stderr warn;"
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", main], {}


def _caddy(site: Site, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    variables = {
        "SITE": f"https://localhost:{port}" if site.certificate else f":{port}",
        "REPLICAS": " ".join(f"127.0.0.1:{replica}" for replica in site.replicas),
        "STRIP_PREFIX": site.prefix if site.strips else "",
        "HEADER_TIME": site.header_time,
        "ADMIN": f"unix/{folder}/admin",
    }
    variables |= {"TLS": f"tls {site.certificate} {site.certificate}"} if site.certificate else {}
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(_FILES / "Caddyfile")], variables


def _haproxy(site: Site, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    variables = {f"REPLICA_{k}": f"127.0.0.1:{replica}" for k, replica in enumerate(site.replicas, 1)}
    variables |= {
        "BIND": f"127.0.0.1:{free_port() if site.certificate else port}",
        "READERS_PER_ADDRESS": str(site.readers),
        "HEADER_TIME": site.header_time,
    }
    variables |= {"CERTIFICATE": str(site.certificate), "BIND_TLS": f"127.0.0.1:{port}"} if site.certificate else {}
    variables |= {"STRIP_PREFIX": site.prefix} if site.strips else {}
    if os.geteuid():  # Only root can become another user.
        group = grp.getgrgid(os.getegid()).gr_name
        variables |= {"RUN_AS": pwd.getpwuid(os.geteuid()).pw_name, "RUN_AS_GROUP": group}
    return ["haproxy", "-db", "-f", str(_FILES / "haproxy.cfg")], variables


_STARTS = {"nginx": _nginx, "caddy": _caddy, "haproxy": _haproxy}


def _replace(text: str, changed: dict[str, str]) -> str:
    for old, new in changed.items():
        if old not in text:
            raise RuntimeError(f"an operator is told to change {old!r}, which is not in the file")
        text = text.replace(old, new)
    return text


def _environment(home: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}


def _await_port(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the proxy did not start:\n{log.read_text()}")
