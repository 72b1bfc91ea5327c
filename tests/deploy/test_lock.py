"""The lock: exact versions with hashes, for every Python that the guide supports."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.oracle.source import ROOT

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {"linux": "linux", "macos": "darwin", "windows": "win32"}  # as uv calls them, and as Python does
LOCK = ROOT / "deploy" / "requirements.lock"
TEXT = LOCK.read_text(encoding="utf-8")
ASKED = [Requirement(line) for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()]
# An entry is a line such as "numpy==2.5.5 ; python_full_version >= '3.12'" and, in the lines below it, its hashes.
ENTRIES = re.findall(r"^(\S.*?) \\\n((?:    --hash=\S+(?: \\)?\n)+)", TEXT, re.MULTILINE)


def pinned(python, system="linux"):
    """The version of each package that the lock gives this Python on this system."""
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": SYSTEMS[system]}
    entries = [Requirement(entry) for entry, _ in ENTRIES]
    held = [each for each in entries if not each.marker or each.marker.evaluate(environment)]
    assert all(re.fullmatch(r"==[\w.]+", str(each.specifier)) for each in held)
    names = [each.name for each in held]
    assert len(names) == len(set(names)), "one version of each package"
    return {each.name: str(each.specifier).removeprefix("==") for each in held}


def test_every_entry_has_hashes_and_nothing_else_is_in_the_file():
    kept = "".join(f"{entry} \\\n{hashes}" for entry, hashes in ENTRIES)
    comments = "".join(line for line in TEXT.splitlines(keepends=True) if line.startswith("#"))
    assert comments + kept == TEXT, "neither the address of an index nor a path of a computer"
    for _, hashes in ENTRIES:
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", part) for part in re.findall(r"--\S+", hashes))


def test_it_says_how_it_is_made():
    assert re.search(r"^# +make lock$", TEXT, re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
def test_every_requirement_has_a_version_in_its_range(python):
    versions = pinned(python)
    assert len(versions) > len(ASKED), "what a requirement needs itself is there too"
    for each in ASKED:
        assert each.specifier.contains(versions[each.name]), f"{each}: make lock"


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_an_installer_finds_a_ready_made_file_of_every_version(python, system, tmp_path):
    """Nothing has to be compiled, what each package needs is there, and the index has these versions."""
    where = [
        "--python",
        sys.executable,
        "--python-version",
        python,
        "--python-platform",
        system,
        "--target",
        str(tmp_path),
    ]
    strict = ["--require-hashes", "--only-binary", ":all:", "--dry-run", "--no-config"]
    uv = Path(sys.executable).with_name("uv")
    run = subprocess.run([uv, "pip", "install", *strict, *where, "-r", LOCK], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    found = dict(re.findall(r"^ \+ (\S+)==(\S+)$", run.stderr, re.MULTILINE))
    assert found == pinned(python, system)
