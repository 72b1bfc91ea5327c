"""The lines that are timed compute what they claim; the timing itself is held against clocks of the tests' own."""

import datetime
import itertools
import math

import numpy as np
import pytest
from mpmath import mpf, pi, sqrt, tanh

from activations.experiments import cost
from tests.all_cases import all_cases
from tests.oracle import exact

X = np.array([-3.7, -2.0, -1.1, -0.3, 0.4, 0.9, 1.6, 3.2])
G = np.array([1.0, -2.0, 0.5, 3.0, -1.5, 1.0, 2.0, -0.25])
SETTINGS = {"leaky_relu": {"alpha": 0.01}, "elu": {"alpha": 1}, "swish": {"beta": 1}, "softplus": {"beta": 1}}
SHORT = np.array([3.0, 3.4])


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """A tenth of the work: samples of 3000 values, ten in a row."""
    monkeypatch.setattr(cost, "_SAMPLE", 3000)
    monkeypatch.setattr(cost, "_ROW", 30_000)


def jets(slug):
    """Value and slope at each of X, computed apart."""
    true = exact.of(slug, **SETTINGS.get(slug, {}))
    return np.array([[float(part) for part in true.jet(x)[:2]] for x in X]).T


class Ticking:
    """A clock of which each reading is later than the one before by the next of ``ticks``."""

    def __init__(self, *ticks, then=0.0):
        self.ticks, self.now = itertools.chain(ticks, itertools.repeat(then)), 100.0

    def __call__(self):
        self.now += next(self.ticks)
        return self.now


def last(clock, **asked):
    *_, timings = cost.measure(clock, **{"sizes": SHORT, **asked})
    return timings


@all_cases("slug", cost.FORWARD)
def test_a_line_gives_the_function_and_its_slope_times_what_arrives(slug):
    value, slope = jets(slug)
    y = cost.evaluate(slug, X, G, X)
    np.testing.assert_allclose(y, value, rtol=1e-12)
    np.testing.assert_allclose(cost.evaluate(slug + cost.BACK, X, G, y), G * slope, rtol=1e-11)


@all_cases("group", cost.WRITINGS)
def test_ways_of_writing_give_the_same(group):
    true = {
        "cube": [float(mpf(x) ** 3) for x in X],
        "gelu_tanh": [float(x * (1 + tanh(sqrt(2 / pi) * (x + mpf("0.044715") * x**3))) / 2) for x in map(mpf, X)],
        "relu": (X + np.abs(X)) / 2,
        "sigmoid": [1 / (1 + math.exp(-x)) for x in X],
    }[group]
    for line in cost.WRITINGS[group]:
        np.testing.assert_allclose(cost.evaluate(line, X, G, X), true, rtol=1e-12, err_msg=line)


def test_everything_is_timed_copying_first():
    assert next(iter(cost.LINES)) == cost.COPY
    assert set(cost.FORWARD) == set(cost.BACKWARD)
    ways = {line for group in cost.WRITINGS.values() for line in group}
    assert set(cost.LINES) == {"copy", *cost.FORWARD, *(f"{slug}.back" for slug in cost.FORWARD), *ways}
    np.testing.assert_array_equal(cost.evaluate("copy", X, G, X), X)


def test_what_a_sample_lasts_is_shared_among_its_values():
    # Three calls of a thousand values, one of 2512.
    timings = last(Ticking(then=3e-3), passes=1, budget=math.inf)
    for found in timings.nanoseconds.values():
        assert found == pytest.approx([3e-3 / 3000 * 1e9, 3e-3 / 2512 * 1e9])
    assert timings.passes == 1


def test_the_shortest_of_many_samples_counts():
    faster = last(Ticking(*np.linspace(4e-4, 1e-4, 4000), then=1e-4), passes=2)
    slower = last(Ticking(*np.linspace(1e-4, 4e-4, 4000), then=4e-4), passes=2)
    once = last(Ticking(*np.linspace(1e-4, 4e-4, 4000), then=4e-4), passes=1)
    for line in cost.LINES:
        np.testing.assert_array_equal(slower.nanoseconds[line], once.nanoseconds[line])
    assert faster.at("mish", 3.0) < faster.at("copy", 3.0)
    assert slower.at("mish", 3.0) > slower.at("copy", 3.0)


def test_time_is_up_before_the_budget_is_overrun():
    clock = Ticking(then=0.004)
    start = clock.now + 0.004
    timings = last(clock, budget=3.0)
    assert 2.9 <= timings.spent <= 3.02
    assert clock.now - start <= 3.02
    assert timings.passes == 0
    missing = {line for line, found in timings.nanoseconds.items() if np.isnan(found).any()}
    assert missing
    assert all(np.isfinite(found[0]) for found in timings.nanoseconds.values()), "few values come first"


def test_a_machine_that_fell_asleep_is_not_asked_again():
    reports = list(cost.measure(Ticking(0, 0, 1e-3, 0, 50.0, then=1e-3), SHORT))
    assert len(reports) == 1
    assert reports[0].spent > 50
    assert sum(np.isfinite(found).sum() for found in reports[0].nanoseconds.values()) == 1


def test_each_report_stands_by_itself():
    first, *_, final = cost.measure(Ticking(then=1e-4), SHORT, passes=2)
    assert all(np.isnan(found[1]) for found in first.nanoseconds.values())
    assert all(np.isfinite(found).all() for found in final.nanoseconds.values())


def test_a_size_that_was_not_timed_has_no_cost():
    timings = last(Ticking(then=1e-4), passes=1)
    assert math.isnan(timings.at("relu", 3.2))
    assert timings.ratio("gelu", 3.4) == pytest.approx(1.0)


def test_what_is_stored_is_read_again(tmp_path):
    timings = last(Ticking(*np.linspace(1e-4, 9e-4, 900), then=1e-4), passes=1)
    about = {"machine": "m", "versions": "v", "date": "2026-01-02"}
    cost.store(timings, about, tmp_path / "cost.json")
    again = cost.recorded(tmp_path / "cost.json")
    assert (again.passes, again.about) == (1, about)
    np.testing.assert_array_equal(again.sizes, SHORT)
    for line, found in timings.nanoseconds.items():
        np.testing.assert_allclose(again.nanoseconds[line], found, rtol=5.1e-3)
    assert len((tmp_path / "cost.json").read_text().splitlines()) < len(cost.LINES) + 20


def test_the_record_is_whole():
    record = cost.recorded()
    np.testing.assert_allclose(record.sizes, cost.SIZE.grid)
    assert set(record.nanoseconds) == set(cost.LINES)
    assert all(np.isfinite(found).all() and (found > 0).all() for found in record.nanoseconds.values())
    assert record.passes >= 10
    assert set(record.about) == {"machine", "versions", "date"}
    assert datetime.date.fromisoformat(record.about["date"]).year >= 2026
    assert all(np.isclose(record.sizes, size).any() for size in cost.LIVE)
