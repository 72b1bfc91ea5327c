"""The settings of a server: what each variable means, and that none is guessed."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from serving import settings
from serving.settings import Settings, read

ROOT = Path(__file__).parents[2]
NAMES = {value for name, value in vars(settings).items() if name.isupper() and str(value).startswith("NONLINEAR_")}
HOSTILE = 'evil.example"><script>alert(1)</script>'


def test_nothing_set_is_every_default():
    assert read({}) == Settings()
    assert read({"NONLINEAR_READERS": "", "NONLINEAR_LOG": " ", "NONLINEAR_PUBLIC_ADDRESS": ""}) == Settings()
    assert len(fields(Settings)) == len(NAMES)


def test_a_cluster_that_names_its_services_so_does_no_harm():
    # Kubernetes sets such variables where a service is called nonlinear.
    assert read({"NONLINEAR_PORT": "tcp://10.0.0.1:80", "NONLINEAR_SERVICE_HOST": "10.0.0.1"}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "field", "meant"),
    [
        ("PUBLIC_ADDRESS", "https://guide.example/path", "public_address", "https://guide.example/path"),
        ("PUBLIC_ADDRESS", "https://guide.example:8443/~/+/", "public_address", "https://guide.example:8443/~/+"),
        ("PUBLIC_ADDRESS", " http://guide.example ", "public_address", "http://guide.example"),
        ("PUBLIC_ADDRESS", "http://[::1]:8501", "public_address", "http://[::1]:8501"),
        ("FRAME_ANCESTORS", " 'self' https://school.example ", "frame_ancestors", "'self' https://school.example"),
        ("FRAME_ANCESTORS", "'none'", "frame_ancestors", "'none'"),
        ("COST", "0", "cost", False),
        ("COST", "1", "cost", True),
        ("LOG", "json", "log_is_json", True),
        ("LOG", "plain", "log_is_json", False),
        ("READERS", "40", "readers", 40),
        ("READERS", " 0 ", "readers", 0),
        ("METRICS", "1", "metrics", True),
        ("METRICS", "0", "metrics", False),
    ],
)
def test_a_variable_sets_its_field_alone(name, value, field, meant):
    assert read({f"NONLINEAR_{name}": value}) == Settings(**{field: meant})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("PUBLIC_ADDRESS", f"https://{each}")
            for each in ("", "a@guide.example", "guide.example/?x=1", "[", HOSTILE)
        ),
        *(("PUBLIC_ADDRESS", each) for each in ("guide.example", "ftp://guide.example", "https://guide.example/a\nb")),
        *(("FRAME_ANCESTORS", each) for each in ("", " ", "*; script-src *", "https://a.example, b", "*\r\nX: y")),
        *((name, each) for name in ("COST", "METRICS") for each in ("no", "true", "2", "off", "０")),
        *(("LOG", each) for each in ("JSON", "text")),
        *(("READERS", each) for each in ("-1", "many", "1.5", "1e3", "٤", "10000000")),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_and_named(name, value):
    with pytest.raises(ValueError, match=rf"NONLINEAR_{name} must be .*, but it is {re.escape(repr(value))}\."):
        read({f"NONLINEAR_{name}": value})


def test_the_server_does_not_start_with_such_a_value_and_says_so_in_a_sentence():
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", "0"]
    variables = {**os.environ, "NONLINEAR_READERS": "many"}
    ended = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    said = "The guide does not start: NONLINEAR_READERS must be a whole number, 0 for no limit, but it is 'many'."
    assert ended.stderr.strip().endswith(said)
    assert "Traceback" not in ended.stderr


def test_the_guide_for_operators_lists_each_setting_once():
    text = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(NONLINEAR_\w+)` \|", text, re.MULTILINE)) == sorted(NAMES)
