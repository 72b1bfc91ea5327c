"""The Dockerfile and what a builder is sent."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.deploy.image import DOCKERFILE, context, instructions

SERVED = {"activations", "pages", "serving", "assets", ".streamlit", "app.py"}


def values(name):
    return [value for instruction, value in instructions() if instruction == name]


def test_a_linter_finds_nothing():
    hadolint = Path(sys.executable).with_name("hadolint")
    run = subprocess.run([hadolint, "--format", "json", DOCKERFILE], capture_output=True, text=True)
    assert json.loads(run.stdout) == []
    assert run.returncode == 0


def test_a_builder_is_sent_only_what_is_served_and_the_lock():
    sent = context()
    lock = {"deploy/requirements.lock", "deploy/container/Dockerfile", "deploy", "deploy/container", ".dockerignore"}
    assert {path for path in sent if path.split("/")[0] not in SERVED} <= lock
    assert {path for path in sent if path.startswith(".streamlit/")} == {".streamlit/config.toml"}
    assert not [path for path in sent if "__pycache__" in path]


def test_all_that_is_served_is_copied_and_nothing_else():
    copied = {value.split()[0] for value in values("COPY")} - {"--from=build"}
    assert copied == {*SERVED, "deploy/requirements.lock"}


def test_the_python_is_one_that_the_lock_covers_and_its_tag_says_which():
    bases = [value.split()[0] for value in values("FROM")]
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.1[1-4]-slim-[a-z]+", bases[0])


def test_what_the_server_needs_at_the_end_is_in_the_last_stage():
    last = [name for name, _ in instructions()]
    last = last[len(last) - last[::-1].index("FROM") :]
    assert "RUN" not in last, "no tool is installed there"
    assert values("USER") == ["1000:1000"], "in numbers, so that Kubernetes can see that it is not root"
    assert values("EXPOSE") == ["8501"]
    assert json.loads(values("CMD")[0])[:3] == ["streamlit", "run", "app.py"]
