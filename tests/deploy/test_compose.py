"""compose.yaml: two replicas under their limits, and a proxy that knows both."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from serving import settings
from tests.deploy import image
from tests.oracle.source import ROOT

COMPOSE = ROOT / "deploy" / "container" / "compose.yaml"
SERVICES = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
PROXY = SERVICES["proxy"]
REPLICAS = {name: service for name, service in SERVICES.items() if name != "proxy"}


def with_defaults(text):
    """A value as compose gives it where no variable is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_it_fits_the_schema():
    checker = Path(sys.executable).with_name("check-jsonschema")
    run = subprocess.run([checker, "--builtin-schema", "vendor.compose-spec", COMPOSE], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_there_are_two_replicas_of_one_kind_from_the_dockerfile():
    first, second = REPLICAS.values()
    assert first == second
    build = first["build"]
    context = (COMPOSE.parent / build["context"]).resolve()
    assert (context, context / build["dockerfile"]) == (ROOT, image.DOCKERFILE)


def test_a_replica_runs_under_the_limits_that_are_tested_and_only_the_proxy_is_reached():
    for each in REPLICAS.values():
        assert each["read_only"]
        assert each["cap_drop"] == ["ALL"]
        assert each["security_opt"] == ["no-new-privileges:true"]
        assert each["mem_limit"] == f"{image.MEMORY}m"
        assert each["tmpfs"][0].split(":")[0] == "/tmp"
        assert "ports" not in each
        assert not {"user", "privileged", "cap_add", "volumes", "command"} & set(each)


def test_every_setting_of_the_guide_reaches_a_replica():
    source = (ROOT / "serving" / "settings.py").read_text(encoding="utf-8")
    known = {value for name, value in vars(settings).items() if name.isupper() and str(value).startswith("NONLINEAR_")}
    assert known == set(re.findall(r'"(NONLINEAR_\w+)"', source))
    for each in REPLICAS.values():
        assert known <= set(each["environment"])
        assert set(each["environment"].values()) == {None}, "as it is set outside, or not at all"


def test_the_proxy_asks_both_replicas():
    source = next(volume.split(":")[0] for volume in PROXY["volumes"] if "Caddyfile" in volume)
    variables = {name: with_defaults(value) for name, value in PROXY["environment"].items()}
    command = ["caddy", "adapt", "--adapter", "caddyfile", "--config", (COMPOSE.parent / source).resolve()]
    run = subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    adapted = json.loads(run.stdout)
    (server,) = adapted["apps"]["http"]["servers"].values()
    assert server["listen"] == [":80"]
    port = dict(image.instructions())["EXPOSE"]
    assert set(re.findall(r'"dial": ?"([^"]+)"', run.stdout)) == {f"{name}:{port}" for name in REPLICAS}
    assert set(PROXY["depends_on"]) == set(REPLICAS)
    assert dict(image.instructions())["HEALTHCHECK"], "which the proxy waits for"
