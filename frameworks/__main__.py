"""Run the libraries and store what they compute: ``make frameworks`` (some minutes, most of them to install)."""

from __future__ import annotations

import importlib
import sys

# Each writes files of its own, which the pages quote or the tests read.
MEASURED = ("agreement", "rounding", "answers", "hooks", "formulas")


def main() -> None:
    """Run each of what is measured, or those that are named."""
    for name in sys.argv[1:] or MEASURED:
        importlib.import_module(f"frameworks.{name}").main()


if __name__ == "__main__":
    main()
