"""The golden numbers and the definitions they were made from, as the tests read them."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from tests.all_cases import all_cases
from tests.golden import make as MAKE

GOLDEN = Path(__file__).parents[1] / "golden"
SETTINGS = [(slug, params) for slug in MAKE.FUNCTIONS for params in MAKE.settings(slug)]


def label(part) -> str:
    return part if isinstance(part, str) else ",".join(f"{name}={value:g}" for name, value in part.items())


over_settings = all_cases(("slug", "params"), SETTINGS, ids=label)
over_slugs = all_cases("slug", MAKE.FUNCTIONS)


@cache
def committed(slug):
    with (GOLDEN / f"{slug}.csv").open(newline="") as file:
        return list(csv.reader(file))


@cache
def table(slug):
    header, *rows = committed(slug)
    return dict(zip(header, np.array(rows, dtype=float).T, strict=True))


def columns(slug, params):
    """The rows of one setting, column by column."""
    whole = table(slug)
    here = np.ones(len(whole["x"]), dtype=bool)
    for name, value in params.items():
        here &= whole[name] == value
    return {name: column[here] for name, column in whole.items()}
