"""Carries out the Dockerfile without an engine, and runs what it describes under the limits of compose.yaml.

Each stage is a layer over the root of a system that has Python; the system itself is not changed. Needs Linux and root.
`python -m tests.deploy.image` prints what it saw as JSON. With `--root FOLDER` the system is the one in this folder, as
debootstrap makes it, and packages are installed by the very command of the Dockerfile. Else the system is that of this
computer, and uv installs them, which is quicker. This cannot show the base image, the size of an image, or an engine.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docker.utils.build import exclude_paths
from dockerfile_parse import DockerfileParser

from tests.browser.wire import call
from tests.oracle.source import ROOT

DOCKERFILE = ROOT / "deploy" / "container" / "Dockerfile"
_BASE = "http://127.0.0.1:8501"
_LAYERS = Path("/mnt")
_CHROOT = "/usr/sbin/chroot"
_GROUPS = Path("/sys/fs/cgroup")
_LENT = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")  # for a line that asks an index of packages
MEMORY = 512
"""What a replica may use, in MiB."""
_MOUNTS, _NETWORK = 0x00020000, 0x40000000  # CLONE_NEWNS and CLONE_NEWNET in <linux/sched.h>
_PLACES = ("/app", "/app/assets", "/opt/venv", "/", "/var/tmp", "/tmp")
_PIP = "python -m pip --python /opt/venv install --no-cache-dir"
_PATIENCE = 120.0


@dataclass
class Stage:
    """What one FROM and the lines below it make: a root, and how to start in it."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": "/usr/local/bin:/usr/bin:/bin"})
    folder: str = "/"
    user: str = "0:0"
    check: str = ""
    command: list[str] = field(default_factory=list)


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with what follows them."""
    lines = DockerfileParser(path=str(DOCKERFILE)).structure
    return [(each["instruction"], each["value"]) for each in lines if each["instruction"] != "COMMENT"]


def context() -> set[str]:
    """The files and folders, relative to the root of the project, that a builder is sent."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return set(exclude_paths(str(ROOT), patterns, dockerfile=str(DOCKERFILE.relative_to(ROOT))))


def build(lower: Path, layers: Path, quick: bool) -> Stage:
    """The last stage of the Dockerfile over this system. Mounts are left to whoever ends this namespace of mounts."""
    stages: dict[str, Stage] = {}
    python = Path(sys._base_executable).resolve() if quick else Path("/usr/bin/python3")
    sent = context()
    stage = Stage(Path())
    for instruction, value in instructions():
        match instruction:
            case "FROM":
                name = value.partition(" AS ")[2] or "last"
                stage = stages[name] = Stage(_layer(lower, layers / name))
                _give(stage, python)
            case "COPY" if value.startswith("--from="):
                words = value.removeprefix("--from=").split()
                shutil.copytree(_under(stages[words[0]].root, words[1]), _under(stage.root, words[2]), symlinks=True)
            case "COPY":
                source, target = value.split()
                _copy(source, stage.root, target, sent)
            case "RUN":
                _run(stage, value, quick)
            case "ENV":
                stage.environment |= dict(word.split("=", 1) for word in shlex.split(value))
            case "WORKDIR":
                stage.folder = value
            case "USER":
                stage.user = value
            case "HEALTHCHECK":
                stage.check = value.partition("CMD ")[2]
            case "CMD":
                stage.command = json.loads(value)
            case "EXPOSE":
                pass
            case _:
                raise ValueError(f"{instruction} is not known here")
    return stage


def serve(stage: Stage, sessions: int) -> dict[str, Any]:
    """Start the last stage under its limits, visit it, try what it must not do, and stop it."""
    _unshare(_NETWORK)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "-o", "remount,ro", stage.root], check=True)
    seen: dict[str, Any] = {}
    with ExitStack() as stack:
        group = stack.enter_context(_limited(MEMORY))
        begun = time.monotonic()
        server = stack.enter_context(_started(stage, group))
        while not _inside(stage, stage.check):
            if server.poll() is not None or time.monotonic() > begun + _PATIENCE:
                raise RuntimeError("the server did not start")
        seen["seconds to health"] = round(time.monotonic() - begun, 1)
        process = _child(server.pid)
        for path in ("", "elu", "vanishing"):
            with call(_BASE, path, "lang=zh") as line:
                seen[f"bytes of /{path}"] = line.open()
        seen["VmRSS after three visits"] = _status(process)["VmRSS"]
        for _ in range(sessions):
            stack.enter_context(call(_BASE, "vanishing", "lang=en")).open()
        seen["MiB of files"] = sum(_size(stage.root / folder) for folder in ("app", "opt/venv"))
        seen |= _status(process) | {"sessions": sessions, "limited": bool(group)}
        seen["can write"] = [place for place in _PLACES if _inside(stage, f"touch {place}/probe 2>/dev/null")]
        os.kill(process, signal.SIGTERM)
        seen["exit"] = server.wait(timeout=_PATIENCE)
    return seen


def _layer(lower: Path, place: Path) -> Path:
    """A root with everything that is in another, where it can be changed without changing that one."""
    root = place / "root"
    for folder in (root, place / "new", place / "work"):
        folder.mkdir(parents=True)
    options = f"lowerdir={lower},upperdir={place / 'new'},workdir={place / 'work'}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, root], check=True)
    for device in ("null", "urandom"):
        (root / "dev" / device).touch()
        subprocess.run(["mount", "--bind", f"/dev/{device}", root / "dev" / device], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", root / "tmp"], check=True)
    return root


def _give(stage: Stage, python: Path) -> None:
    """Let this Python be found as `python`, as in the base image, and be reached by every user."""
    for folder in list(python.parents)[:-1]:
        place = _under(stage.root, str(folder))
        place.chmod(place.stat().st_mode | 0o111)
    name = _under(stage.root, str(python.with_name("python")))
    if not name.exists():
        name.symlink_to(python.name)
    stage.environment["PATH"] = f"{python.parent}:{stage.environment['PATH']}"
    shutil.copy(Path(sys.executable).with_name("uv"), stage.root / "usr" / "local" / "bin")
    (stage.root / "etc" / "passwd").write_text("root:x:0:0:root:/:/bin/sh\n")  # no user of this computer
    for lent in _LENT:
        place = _under(stage.root, lent)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        shutil.copy(lent, place)


def _under(root: Path, path: str) -> Path:
    return root / path.lstrip("/")


def _copy(source: str, root: Path, target: str, sent: set[str]) -> None:
    """Copy as a builder does: what is in a folder, or a file, into a folder if the target ends with a slash."""
    files = [
        each for each in sorted(sent) if (each == source or each.startswith(f"{source}/")) and (ROOT / each).is_file()
    ]
    if not files:
        raise ValueError(f"COPY {source}: the builder is sent no such file")
    for each in files:
        inside = os.path.relpath(each, source) if (ROOT / source).is_dir() else Path(each).name * target.endswith("/")
        place = _under(root, target) / inside
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / each, place)


def _run(stage: Stage, command: str, quick: bool) -> None:
    """Carry out a line in the root of the stage, with the settings that this computer has for pip."""
    if quick:
        command = command.replace(_PIP, "uv pip install --quiet --python /opt/venv")
    settings = {name: text for name, text in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))}
    environment = {**settings, "HOME": os.environ.get("HOME", "/"), **stage.environment}
    subprocess.run([_CHROOT, stage.root, "/bin/sh", "-c", command], env=environment, check=True)


def _inside(stage: Stage, command: str) -> bool:
    """Whether a command succeeds in the root of the stage as its user."""
    user = [f"--userspec={stage.user}", "--groups="]
    line = [_CHROOT, *user, stage.root, "/bin/sh", "-c", command]
    return subprocess.run(line, env=stage.environment, stderr=subprocess.DEVNULL).returncode == 0


@contextmanager
def _started(stage: Stage, group: Path | None) -> Iterator[subprocess.Popen[bytes]]:
    """The server as process 1 of its own, as its user, without groups, capabilities or a home."""
    apart = ["unshare", "--pid", "--fork", "--mount-proc", "--root", stage.root, "--wd", stage.folder]
    uid, _, gid = stage.user.partition(":")
    bare = ["--pdeathsig", "KILL", "--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    command = [*apart, "setpriv", "--reuid", uid, "--regid", gid, *bare, *stage.command]

    def join() -> None:
        if group:
            (group / "cgroup.procs").write_text(str(os.getpid()))

    server = subprocess.Popen(command, env=stage.environment, preexec_fn=join, stdout=sys.stderr)
    try:
        yield server
    finally:
        server.kill()
        server.wait()


@contextmanager
def _limited(mebibytes: int) -> Iterator[Path | None]:
    """A group of processes with this much memory, or None where this system lets us make none."""
    for group, limit in (
        (_GROUPS / "memory" / "nonlinear", "memory.limit_in_bytes"),
        (_GROUPS / "nonlinear", "memory.max"),
    ):
        with suppress(OSError):
            group.mkdir(exist_ok=True)
            (group / limit).write_text(str(mebibytes << 20))
            break
    else:
        group = None
    try:
        yield group
    finally:
        if group:
            group.rmdir()


def _child(process: int) -> int:
    return int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])


def _status(process: int) -> dict[str, Any]:
    """Who a process is, what it may do, and its memory in MiB: now and at most."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    held = {name: text.split() for name, _, text in (line.partition(":") for line in lines)}
    memory = {name: int(held[name][0]) // 1024 for name in ("VmRSS", "VmHWM")}
    return memory | {
        name: held[name] for name in ("Uid", "Gid", "Groups", "NoNewPrivs", "CapEff", "CapBnd", "NSpid", "Threads")
    }


def _size(folder: Path) -> int:
    """What a folder takes on a disk, in MiB."""
    return int(subprocess.run(["du", "-sm", folder], capture_output=True, check=True, text=True).stdout.split()[0])


def _unshare(kind: int) -> None:
    """Leave the network or the mounts of the system for those of this process alone."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(kind):
        raise OSError(ctypes.get_errno(), "this needs Linux and root")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--root", type=Path, help="the folder of a system with Python, as debootstrap makes one")
    arguments.add_argument("--sessions", type=int, default=40)
    options = arguments.parse_args()
    _unshare(_MOUNTS)
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    # What is mounted here goes with this process.
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", _LAYERS], check=True)
    stage = build(options.root or Path("/"), _LAYERS, quick=not options.root)
    print(json.dumps(serve(stage, options.sessions), indent=1))


if __name__ == "__main__":
    main()
