"""The root that the Dockerfile describes, made over this system and served under the limits of compose.yaml."""

import json
import subprocess
import sys

import pytest

from tests.oracle.source import ROOT


@pytest.fixture(scope="module")
def seen():
    """What a visit to it saw."""
    run = subprocess.run([sys.executable, "-m", "tests.deploy.image"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_pages_are_served_from_the_files_and_packages_that_are_copied(seen):
    assert all(seen[f"bytes of /{path}"] > 50_000 for path in ("", "elu", "vanishing"))


def test_it_runs_as_a_user_who_may_do_nothing(seen):
    assert set(seen["Uid"]) == set(seen["Gid"]) == {"1000"}
    assert seen["Groups"] == []
    assert seen["NoNewPrivs"] == ["1"]
    assert {int(mask, 16) for mask in (*seen["CapEff"], *seen["CapBnd"])} == {0}


def test_nothing_but_a_folder_in_memory_can_be_written(seen):
    assert seen["can write"] == ["/tmp"]


def test_half_of_the_memory_is_enough_for_forty_readers(seen):
    assert seen["sessions"] == 40
    assert seen["VmHWM"] < 256


def test_as_the_first_process_it_ends_when_it_is_told_to(seen):
    assert seen["NSpid"][1:] == ["1"]
    assert seen["exit"] == 0
