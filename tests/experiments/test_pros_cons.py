"""What speaks for each function, held against mathematics and measurements computed apart."""

import itertools
import json
from dataclasses import replace

import pytest
from mpmath import log10, mpf

from activations import CATALOGUE
from activations.experiments import cost, pros_cons
from tests.all_cases import all_cases
from tests.oracle import exact, stack
from tests.oracle.source import ROOT

TIMED = [slug for slug in CATALOGUE if slug in cost.FORWARD]
ALL = [pros_cons.of(CATALOGUE[slug]) for slug in TIMED]
each_function = all_cases("found", ALL, ids=TIMED)
BOUNDED = {"sigmoid", "tanh", "hard_tanh"}


@each_function
def test_the_gradient_left_is_that_of_twenty_layers(found):
    chain = stack.of(found.slug, 20, 1.0, 0.0, 0.5)
    assert found.left == pytest.approx(float(log10(mpf(chain.left))), abs=1e-9)


@each_function
def test_the_cost_is_that_of_the_record_in_relus(found):
    record = json.loads((ROOT / "activations/experiments/cost.json").read_text(encoding="utf-8"))
    place = record["sizes"].index(6.0)
    times = {line: row[place] / record["nanoseconds"]["relu"][place] for line, row in record["nanoseconds"].items()}
    assert (found.forward, found.backward) == (times[found.slug], times[f"{found.slug}.back"])
    assert found.total == found.forward + found.backward


def test_critical_gains_are_those_that_are_known():
    gains = {found.slug: found.critical for found in ALL}
    # E f'(Z)² of a ReLU is 1/2, of a Leaky ReLU (1 + α²)/2; where f'(0) = 1 and the signal fades, the gain is 1.
    assert gains["relu"] == pytest.approx(2**0.5)
    assert gains["leaky_relu"] == pytest.approx((2 / (1 + 0.01**2)) ** 0.5, rel=1e-6)
    assert gains["tanh"] == pytest.approx(1, abs=1e-6)


def test_each_role_has_those_that_can_play_it():
    serving = {role: {found.slug for found in ALL if found.serves(role)} for role in pros_cons.ROLES}
    assert serving == {"gate": {"sigmoid"}, "state": {"tanh", "hard_tanh"}, "hidden": set(TIMED) - BOUNDED}


@all_cases(("role", "smooth", "undying"), [*itertools.product(pros_cons.ROLES, (False, True), (False, True))])
def test_the_choice_is_what_networks_use_and_never_decided_by_its_cost(role, smooth, undying):
    hidden = "gelu" if smooth else "leaky_relu" if undying else "relu"
    expected = {"gate": "sigmoid", "state": "tanh", "hidden": hidden}[role]
    assert pros_cons.choose(ALL, role, smooth, undying).slug == expected
    dear = [replace(found, forward=1 / found.forward, backward=1 / found.backward) for found in ALL]
    assert pros_cons.choose(dear[::-1], role, smooth, undying).slug == expected


def test_bounds_are_those_of_the_functions():
    for found in ALL:
        assert (found.low == 0 and found.high == 1) == (found.slug == "sigmoid")
    assert exact.of("sigmoid").jet(-900)[0] < 1e-300
    with pytest.raises(KeyError):
        pros_cons.of(CATALOGUE["binary_step"])
