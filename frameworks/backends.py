"""The slopes that Keras takes at kinks, which depend on its backend: each needs a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from activations import CATALOGUE
from frameworks import quoted
from frameworks.libraries import BACKENDS

Slopes = dict[str, list[float | None]]


def kinks() -> dict[str, Slopes]:
    """By backend, for each function with a kink, the slopes there of the call that its page quotes."""
    return {backend: _run(backend) for backend in BACKENDS}


def _run(backend: str) -> Slopes:
    command = [sys.executable, "-m", "frameworks.backends"]
    ran = subprocess.run(command, env={**os.environ, "KERAS_BACKEND": backend}, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


if __name__ == "__main__":
    found = {slug: quoted.kinks(activation, "keras") for slug, activation in CATALOGUE.items()}
    print(json.dumps({slug: slopes for slug, slopes in found.items() if slopes}))
