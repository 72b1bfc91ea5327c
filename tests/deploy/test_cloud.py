"""Streamlit Community Cloud: settings come as secrets, and some options of the configuration are overruled."""

import shutil
import subprocess
import sys
import urllib.request

import pytest

from tests.browser.server import ROOT, free_port, serve
from tests.browser.wire import call

SERVED = ("activations", "assets", "pages", "serving", ".streamlit", "app.py", "requirements.txt")
SECRETS = """
NONLINEAR_FRAME_ANCESTORS = "'self' https://school.example"
NONLINEAR_PUBLIC_ADDRESS = "https://our-class.streamlit.app"
NONLINEAR_READERS = 40
"""


@pytest.fixture
def fork(tmp_path):
    """A copy of what the Cloud would serve."""
    copy = tmp_path / "fork"
    copy.mkdir()
    for name in SERVED:
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
    return copy


def asked(url):
    with urllib.request.urlopen(url) as answer:
        return answer.headers, answer.read().decode()


def test_secrets_are_settings(fork, tmp_path):
    (fork / ".streamlit" / "secrets.toml").write_text(SECRETS)
    with serve(tmp_path / "log.txt", root=fork) as server:
        headers, _ = asked(f"{server}/elu")
        assert headers["content-security-policy"].endswith("frame-ancestors 'self' https://school.example")
        assert asked(f"{server}/robots.txt")[1].endswith("Sitemap: https://our-class.streamlit.app/sitemap.xml\n")


def test_a_secret_that_cannot_be_meant_is_refused_at_the_start(fork):
    (fork / ".streamlit" / "secrets.toml").write_text('NONLINEAR_READERS = "forty"')
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    ended = subprocess.run(command, cwd=fork, capture_output=True, text=True, timeout=30)
    assert ended.returncode != 0
    assert "NONLINEAR_READERS must be a whole number" in ended.stdout + ended.stderr


# What the Cloud sets, whatever config.toml says: docs.streamlit.io/deploy/streamlit-community-cloud/status
OVERRULED = {
    "STREAMLIT_RUNNER_FAST_RERUNS": "true",
    "STREAMLIT_SERVER_RUN_ON_SAVE": "true",
    "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "true",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
    "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "false",
}


def test_what_the_cloud_overrules_harms_nothing(tmp_path, monkeypatch):
    for name, value in OVERRULED.items():
        monkeypatch.setenv(name, value)
    with serve(tmp_path / "log.txt") as server:
        policy = asked(f"{server}/elu")[0]["content-security-policy"]
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        # Streamlit's statistics are on, but no browser may send them to another server.
        assert rules["default-src"] == "'self'"
        assert "connect-src" not in rules
        with call(server, "elu", "lang=en&predict=0") as line:
            line.open()
            assert "alpha" in line.sliders
