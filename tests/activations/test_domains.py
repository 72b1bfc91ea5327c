"""Value, slope and bend at the ends of the parameters' domains, against 60 digits computed from the definitions.

The golden numbers stand at settings that a slider has. Here a parameter is as small or as large as a float can be, and
x as small, as large, or where the function then bends.
"""

import math

import numpy as np
import pytest
from mpmath import mp, mpf

from activations import CATALOGUE
from tests.all_cases import all_cases
from tests.golden.make import FUNCTIONS

pytestmark = pytest.mark.filterwarnings("error")

RELATIVE, STEPS, LARGEST = 1e-12, 3 * 5e-324, 1.7976931348623157e308
ONE_PARAMETER = {slug: activation.params[0] for slug, activation in CATALOGUE.items() if len(activation.params) == 1}


def reciprocal(value):
    return 1 / value if value > 1e-308 else math.inf


# Where a function of this parameter bends, and how many times as far out its exponential fades.
BENDS = {
    "swish": reciprocal,
    "softplus": reciprocal,
    "celu": lambda alpha: alpha,
    "isru": lambda alpha: reciprocal(math.sqrt(alpha)),
    "isrlu": lambda alpha: reciprocal(math.sqrt(alpha)),
    "softcap": lambda cap: cap,
    "squareplus": math.sqrt,
    "sine": reciprocal,
    "snake": reciprocal,
}
FADES = (1e-20, 1e-3, 0.3, 1, 5, 30, 200, 700, 744, 760, 1000, 1300, 1400, 1450, 1456, 1e9, 1e20)


def extremes(param):
    """Both ends of the domain as near as floats come, and sizes between."""
    low, high = param.domain
    sizes = [
        5e-324,
        1e-310,
        1e-300,
        1e-200,
        3.7e-101,
        1e-20,
        1e-3,
        1,
        41.7,
        1e20,
        7.3e100,
        1e200,
        1e300,
        1.7e308,
        LARGEST,
    ]
    inside = [value for value in (*sizes, *(-size for size in sizes)) if low < value <= high]
    return inside if param.domain_open_low else [*inside, 0.0]


def places(slug, value):
    """x of both signs: any size, the reach of every exponential, and the bend of this setting."""
    rng = np.random.default_rng(17)
    sizes = [*10 ** rng.uniform(-323, 308, 5), *rng.uniform(1, 1460, 5), 5e-324, 1e-6, 1e154, LARGEST]
    if slug in BENDS and value > 0:
        bend = float(BENDS[slug](value))
        sizes += [far * bend for far in FADES if 0 < far * bend <= LARGEST]
    return np.array([sign * size for sign in (-1, 1) for size in sizes])


def digits(slug, x, value):
    """Enough that no sum, and no turn of a wave, is lost, however far apart x and the parameter are."""
    summed = slug in {"isru", "isrlu", "squareplus", "sine", "snake"}
    powers = [abs(math.frexp(number)[1]) for number in (x, value) if number and summed]
    return 60 + math.ceil(math.log10(2) * sum(powers))


def exact(slug, x, settings):
    """f, f' and f'', each with the sum of the magnitudes of its terms."""
    with mp.workdps(digits(slug, x, *settings.values())):
        f, df, ddf = FUNCTIONS[slug][0](mpf(x), **{name: mpf(value) for name, value in settings.items()})
        return [(mp.fsum(terms), mp.fsum(terms, absolute=True)) for terms in ([f], df, ddf)]


def right(got, true, scale):
    if math.isinf(got):
        return got * true > 0 and abs(true) > LARGEST * (1 - mpf(RELATIVE))
    return not math.isnan(got) and abs(got - true) <= RELATIVE * scale + STEPS


def faults(slug, settings, x):
    activation = CATALOGUE[slug]
    answers = [order(x, **settings) for order in (activation, activation.derivative, activation.second_derivative)]
    found = []
    for k, place in enumerate(x.tolist()):
        for order, (true, scale) in enumerate(exact(slug, place, settings)):
            got = float(answers[order][k])
            if not right(got, true, scale):
                found.append((settings, place, order, got, mp.nstr(true, 17)))
    return found


@all_cases("slug", ONE_PARAMETER)
def test_the_ends_of_a_domain_are_as_right_as_its_middle(slug):
    param = ONE_PARAMETER[slug]
    # Every second place by turns: what one size of the parameter is not asked, the next one is.
    found = [
        fault
        for k, v in enumerate(extremes(param))
        for fault in faults(slug, {param.name: v}, places(slug, v)[k % 2 :: 2])
    ]
    assert found == []


# Each of these was wrong once: what a square, a quotient or a product overflowed, or underflowed, on the way.
ONCE_WRONG = [
    ("isru", {"alpha": 1e-310}, 1e200),
    ("isru", {"alpha": 1e-300}, 1e154),
    ("isru", {"alpha": 3.7e16}, 1.63e-322),
    ("celu", {"alpha": 1.7e308}, -1e-50),
    ("celu", {"alpha": 5e-324}, -3.7e-321),
    ("squareplus", {"b": 1.7e308}, -1.7e308),
    ("squareplus", {"b": 1e-300}, 1e-6),
    ("elu", {"alpha": 1e300}, -1000.0),
    ("softplus", {"beta": 1e-300}, -1e303),
    ("swish", {"beta": 1e-305}, -1e308),
    ("swish", {"beta": 1.7e308}, 0.0),
    ("swish", {"beta": 5.0}, -141.96),
    ("sine", {"omega": 1e-20}, 2.179440599968368e131),
    ("snake", {"alpha": 1e-20}, -4.392170758421446e54),
]


@all_cases(("slug", "settings", "x"), ONCE_WRONG)
def test_what_was_lost_on_the_way_is_there_with_its_neighbours(slug, settings, x):
    near = [x, math.nextafter(x, -math.inf), math.nextafter(x, math.inf), x * (1 - 1e-3), x * (1 + 1e-3), -x]
    assert faults(slug, settings, np.clip(near, -LARGEST, LARGEST)) == []
