"""Value, slope and bend against the golden numbers, over the whole float line."""

import csv
import random

import numpy as np
import pytest
from golden import GOLDEN, MAKE, SETTINGS, columns, committed, over_settings, over_slugs

from activations import CATALOGUE
from tests.all_cases import all_cases
from tests.oracle import exact

# Below the smallest normal number a float64 has fewer digits; within three steps of the true number it is right.
RELATIVE, STEPS = 1e-12, 3 * 5e-324
# What is asked of the record, the column that answers, and the column that says how large its terms are.
ORDERS = {"value": ("f", "f"), "slope": ("df", "df_scale"), "bend": ("ddf", "ddf_scale")}

pytestmark = pytest.mark.filterwarnings("error")

over_orders = all_cases("order", ORDERS)


def ask(slug, order, x, params):
    activation = CATALOGUE[slug]
    return {"value": activation, "slope": activation.derivative, "bend": activation.second_derivative}[order](
        x, **params
    )


def allowed(scale):
    return RELATIVE * np.abs(np.where(np.isfinite(scale), scale, 0.0)) + STEPS


def worst(x, got, true, bound):
    # inf - inf is no error: an overflow is right exactly where the true number overflows.
    same = got == true
    error = np.abs(np.subtract(got, true, out=np.zeros(len(x)), where=~same))
    wrong = np.flatnonzero(~same & ~(error <= bound))
    return [(float(x[i]), float(got[i]), float(true[i])) for i in wrong[:5]]


@over_settings
@over_orders
def test_float64_is_right_to_twelve_digits_everywhere(slug, params, order):
    truth, scale = ORDERS[order]
    table = columns(slug, params)
    x, true = table["x"], table[truth]
    got = ask(slug, order, x, params)
    assert got.dtype == np.float64
    assert worst(x, got, true, allowed(table[scale])) == []


@over_settings
@over_orders
def test_float32_is_the_rounded_float64_result(slug, params, order):
    truth, scale = ORDERS[order]
    table = columns(slug, params)
    # Only an x that float32 holds exactly asks both precisions the same question.
    with np.errstate(over="ignore", under="ignore"):
        exact = table["x"].astype(np.float32) == table["x"]
        rounded = table[truth][exact].astype(np.float32)
    assert exact.sum() > 200
    x = table["x"][exact]
    got = ask(slug, order, x.astype(np.float32), params)
    assert got.dtype == np.float32
    # Capped because NumPy calls the spacing of the largest float32 an overflow.
    ulp = np.spacing(np.minimum(np.abs(rounded), np.float32(1.7e38)))
    bound = np.maximum(ulp.astype(float), allowed(table[scale][exact]))
    assert worst(x, got.astype(float), rounded.astype(float), bound) == []


@over_settings
@over_orders
def test_one_number_is_as_right_as_an_array(slug, params, order):
    # NumPy may take another code path for one number than for many; it must not lead elsewhere.
    truth, scale = ORDERS[order]
    table = {name: column[::29] for name, column in columns(slug, params).items()}
    got = np.array([ask(slug, order, float(x), params) for x in table["x"]])
    assert worst(table["x"], got, table[truth], allowed(table[scale])) == []


def test_every_activation_has_its_golden_numbers():
    assert set(CATALOGUE) == set(MAKE.FUNCTIONS)
    assert {file.stem for file in GOLDEN.glob("*.csv")} == set(CATALOGUE)


@over_slugs
def test_the_slider_is_covered(slug):
    for param in CATALOGUE[slug].params:
        assert {param.default, param.low, param.high} <= set(MAKE.FUNCTIONS[slug][1][param.name])


@over_slugs
def test_the_committed_rows_are_what_the_definitions_give(slug):
    header, *rows = committed(slug)
    assert header == [*MAKE.FUNCTIONS[slug][1], *MAKE.HEADER]
    asked = [(params, x) for params in MAKE.settings(slug) for x in MAKE.grid()]
    assert len(rows) == len(asked)
    for (params, x), row in list(zip(asked, rows, strict=True))[::211]:
        assert MAKE.row(slug, params, x) == row


@over_slugs
def test_the_definitions_agree_with_their_own_differences(slug):
    # The derivatives in make.py are written by hand; mpmath differentiates the values and has to agree.
    define = MAKE.FUNCTIONS[slug][0]
    for params in MAKE.settings(slug):
        for x in (-9.75, -0.7, 0.02, 3.1):
            with MAKE.mp.workdps(60):
                exact = {name: MAKE.mpf(value) for name, value in params.items()}
                _, df, ddf = define(MAKE.mpf(x), **exact)
                slope, bend = (MAKE.mp.diff(lambda t, p=exact: define(t, **p)[0], x, n) for n in (1, 2))
            assert abs(slope - MAKE.mp.fsum(df)) <= 1e-14 * MAKE.mp.fsum(df, absolute=True) + 1e-40
            assert abs(bend - MAKE.mp.fsum(ddf)) <= 1e-14 * MAKE.mp.fsum(ddf, absolute=True) + 1e-40


def test_stored_facts_are_those_that_the_definitions_give():
    with exact.STORED.open(newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header) == exact.HEADER
    stored = {}
    for slug, setting, fact, *cells in rows:
        stored.setdefault((slug, setting), {})[fact] = cells
    asked = {(slug, exact.named(params)): params for slug, params in SETTINGS}
    assert set(stored) == set(asked)
    some = random.Random(3).sample(sorted(asked), 5)
    for slug, setting in some:
        assert exact.computed(slug, asked[slug, setting]) == stored[slug, setting], (slug, setting)
