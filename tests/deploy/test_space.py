"""The folder of a Hugging Face Space: its metadata, what the Dockerfile needs, and that it serves every page."""

import re
import subprocess

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from tests.browser.server import ROOT, serve
from tests.browser.wire import call

# https://huggingface.co/docs/hub/spaces-config-reference
COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
KEYS = {
    "title": str, "emoji": str, "colorFrom": str, "colorTo": str, "sdk": str, "app_port": int, "pinned": bool,
    "license": str, "short_description": str, "tags": list,
}  # fmt: skip
LONGEST = 60  # characters; the Hub refuses a longer short_description


def make_space(folder):
    return subprocess.run(["make", "-C", ROOT, "space", f"DIR={folder}"], capture_output=True, text=True)


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """The folder as it would be uploaded."""
    folder = tmp_path_factory.mktemp("hub") / "a space"
    made = make_space(folder)
    assert made.returncode == 0, made.stderr
    return folder


@pytest.fixture(scope="module")
def image(space):
    """What the Space's Dockerfile says, instruction by instruction."""
    return [(each["instruction"], each["value"]) for each in DockerfileParser(path=str(space)).structure]


def test_the_metadata_is_what_the_hub_takes(space):
    start, block, text = (space / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    metadata = yaml.safe_load(block)
    assert start == ""
    assert text.strip()
    assert {name: type(value) for name, value in metadata.items()} == KEYS
    assert metadata["sdk"] == "docker"
    assert {metadata["colorFrom"], metadata["colorTo"]} <= COLOURS
    assert len(metadata["short_description"]) <= LONGEST
    assert re.fullmatch(r"[\U0001F300-\U0001FAFF]", metadata["emoji"])
    assert metadata["license"] == "mit"
    assert "MIT License" in (space / "LICENSE").read_text(encoding="utf-8")


def test_the_hub_asks_the_port_and_has_the_user_of_the_container(space, image):
    port = str(yaml.safe_load((space / "README.md").read_text(encoding="utf-8").split("---\n", 2)[1])["app_port"])
    assert [value for name, value in image if name == "EXPOSE"] == [port]
    (command,) = (value for name, value in image if name == "CMD")
    assert f'"--server.port", "{port}"' in command
    assert '"--server.address", "0.0.0.0"' in command
    # The Hub runs every container as this user.
    assert [value.partition(":")[0] for name, value in image if name == "USER"] == ["1000"]


def test_all_that_the_dockerfile_copies_is_there_and_nothing_private(space, image):
    copied = [value.split()[:-1] for name, value in image if name == "COPY" and not value.startswith("--from=")]
    assert copied
    assert [source for sources in copied for source in sources if not (space / source).exists()] == []
    names = {path.name for path in space.rglob("*")}
    assert not names & {"__pycache__", "secrets.toml", ".git", ".venv"}


def test_a_folder_that_is_there_already_is_not_mixed_with_a_new_one(space):
    assert make_space(space).returncode != 0
    assert make_space("").returncode != 0


def test_the_folder_serves_a_page_of_each_kind(space, tmp_path):
    with serve(tmp_path / "log.txt", root=space) as server:
        for path in ("", "elu", "vanishing", "compare", "formula"):
            with call(server, path, "lang=zh&predict=0") as line:
                assert line.open() > 1000, path
