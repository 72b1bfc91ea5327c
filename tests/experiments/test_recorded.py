"""Lines that hooks have printed are read, or what is wrong with them is said, whatever somebody pastes."""

import contextlib
import hashlib
import io
import json
import math
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from activations.experiments import recorded
from activations.experiments.recorded import LONGEST, NETWORKS, RecordError, parse

ROOT = Path(__file__).parents[2]
CODE = ROOT / "assets" / "code" / "inspect"
LIBRARIES = ("pytorch", "keras", "jax")
PRINTED = {name: (ROOT / "tests" / "golden" / f"inspect_{name}.jsonl").read_text("utf-8") for name in LIBRARIES}
GOOD = {
    "layer": "fc1", "function": "ReLU()", "inputs": 10, "units": 4, "edges": [-2.0, 2.0], "counts": [1, 9, 20, 8],
    "below": 0, "above": 2, "off": 0.25, "dead": [3], "saturated": 0.0, "saturated_units": [], "median": 0.5,
    "largest": 20.0, "gradient_rms": 0.001,
}  # fmt: skip
EVERYTHING = json.dumps(GOOD)


def without(*keys):
    return json.dumps({key: value for key, value in GOOD.items() if key not in keys})


def but(**changed):
    return json.dumps(GOOD | changed)


# By text the kind of the mistake, its line, and the key.
MISTAKES = {
    "": ("empty", 0, ""),
    " \n\t\n": ("empty", 0, ""),
    "hello": ("nothing", 0, ""),
    "[1, 2]": ("nothing", 0, ""),
    "x" * (LONGEST + 1): ("long", 0, ""),
    "\n".join([EVERYTHING] * 101): ("layers", 0, ""),
    "{": ("json", 1, ""),
    "epoch 1\n" + EVERYTHING[:-20]: ("json", 2, ""),
    "{}{}": ("json", 1, ""),
    '{"layer": ' + "[" * 60_000: ("json", 1, ""),
    '{"layer": ' * 15_000: ("json", 1, ""),
    '{"layer": "a", "inputs": ' + "9" * 5000 + "}": ("json", 1, ""),
    "{}": ("missing", 1, "inputs"),
    EVERYTHING + "\n\n" + without("largest"): ("missing", 3, "largest"),
    without("function"): ("missing", 1, "function"),
    but(layer=[1]): ("text", 1, "layer"),
    but(function=None): ("text", 1, "function"),
    but(layer=True): ("text", 1, "layer"),
    but(inputs="1000"): ("number", 1, "inputs"),
    but(inputs=True): ("number", 1, "inputs"),
    but(units=2.5): ("whole", 1, "units"),
    but(units=0): ("range", 1, "units"),
    but(units=10**9): ("range", 1, "units"),
    but(off=1.2): ("range", 1, "off"),
    but(off=-0.1): ("range", 1, "off"),
    but(off=math.nan): ("range", 1, "off"),
    but(off=0.7, saturated=0.7): ("sum", 1, "saturated"),
    but(counts="40"): ("list", 1, "counts"),
    but(counts=[]): ("bins", 1, "counts"),
    but(counts=[1] * 513): ("bins", 1, "counts"),
    but(counts=[1, -1]): ("range", 1, "counts"),
    but(counts=[1, 0.5]): ("whole", 1, "counts"),
    but(counts=[1, "2"]): ("number", 1, "counts"),
    but(counts=[1, 41]): ("range", 1, "counts"),
    but(edges=[1]): ("edges", 1, "edges"),
    but(edges=[2, 1]): ("edges", 1, "edges"),
    but(edges=[1, 1]): ("edges", 1, "edges"),
    but(edges=[0, 5e-324]): ("edges", 1, "edges"),
    but(edges=[1e9, 1e9 + 1e-5]): ("edges", 1, "edges"),
    but(edges=[0, math.inf]): ("range", 1, "edges"),
    but(edges={}): ("list", 1, "edges"),
    but(dead=[4]): ("range", 1, "dead"),
    but(dead=[0, 1, 2, 3, 3]): ("entries", 1, "dead"),
    but(saturated_units=3): ("list", 1, "saturated_units"),
    but(median=-1): ("range", 1, "median"),
    but(largest=1e300): ("range", 1, "largest"),
    but(largest=10**400): ("range", 1, "largest"),
    but(gradient_rms=-1): ("range", 1, "gradient_rms"),
    but(gradient_rms="0.1"): ("number", 1, "gradient_rms"),
    but(not_finite=41): ("range", 1, "not_finite"),
    but(below=-1): ("range", 1, "below"),
    without("above"): ("missing", 1, "above"),
}


@pytest.mark.parametrize("text", MISTAKES, ids=lambda text: text[:40])
def test_a_mistake_is_found_in_its_line(text):
    with pytest.raises(RecordError) as found:
        parse(text)
    assert (found.value.kind, found.value.line, found.value.key) == MISTAKES[text]
    assert len(found.value.word) <= 25


def test_a_line_is_read():
    network = parse(f"epoch 3, loss 0.2\n\n  {EVERYTHING}\n{but(layer=7, gradient_rms=None)}\nDone.")
    first, second = network.layers
    assert network.skipped == 2
    assert (first.name, first.function, first.inputs, first.units) == ("fc1", "ReLU()", 10, 4)
    assert (first.low, first.high, first.counts, first.outliers) == (-2, 2, (1, 9, 20, 8), 2)
    assert (first.off, first.dead, first.saturated, first.stuck) == (0.25, (3,), 0, ())
    assert (first.median, first.largest, first.gradient) == (0.5, 20, 0.001)
    assert (second.name, second.gradient) == ("7", None)
    assert math.isnan(parse(but(gradient_rms=math.nan)).layers[0].gradient)
    broken = parse('{"layer": "a", "function": "relu", "inputs": 10, "units": 4, "not_finite": 3}').layers[0]
    assert (broken.broken, broken.counts) == (3, ())
    # Windows writes two characters at the end of a line; unknown keys are nobody's mistake.
    assert len(parse(f"{EVERYTHING}\r\n{but(colour='red')}\r\n").layers) == 2


def test_the_factor_is_the_mean_from_a_layer_to_the_one_before_it():
    assert parse("\n".join(but(gradient_rms=g) for g in (8.0, 1.0, 2.0))).factor == pytest.approx(2.0)
    assert parse("\n".join(but(gradient_rms=g) for g in (0.01, 0.1, 1.0))).factor == pytest.approx(0.1)
    for gradients in ([1.0], [0.0, 1.0], [1.0, math.nan], [None, 1.0]):
        assert parse("\n".join(but(gradient_rms=g) for g in gradients)).factor is None


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    held(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=3), inside, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*GOOD, "not_finite"]), JSON, max_size=4))
def test_any_values_are_read_or_refused(changed):
    held(but(**changed))


def test_a_good_line_with_characters_changed_is_read_or_refused():
    draw, signs = random.Random(1), '{}[]",:.-+eE0123456789 \n\t\\ntrufalsNI∞½"'
    read = 0
    for _ in range(10_000):
        line = list(EVERYTHING)
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(line))
            line[place : place + draw.randint(0, 3)] = draw.choices(signs, k=draw.randint(0, 2))
        read += held("".join(line))
    assert 300 < read < 9000, "one of the two was hardly tried"


def held(text):
    """Whether a text is read; what is read is what the picture can draw."""
    try:
        network = parse(text)
    except RecordError:
        return False
    for layer in network.layers:
        assert layer.units >= 1
        assert layer.inputs >= 1
        if not layer.broken:
            assert layer.low < layer.high
            assert all(math.isfinite(each) for each in (layer.low, layer.high, layer.median, layer.largest))
            assert 0 <= layer.off <= 1
            assert min(layer.counts) >= 0
            assert all(0 <= unit < layer.units for unit in (*layer.dead, *layer.stuck))
    return True


def test_the_lines_that_are_shown_were_run():
    ran = json.loads((CODE / "ran.json").read_text("utf-8"))["files"]
    assert ran == {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in CODE.glob("*.py")}


def test_the_three_libraries_print_the_same_of_the_same_network():
    found = {name: parse(text).layers for name, text in PRINTED.items()}
    for layers in found.values():
        assert [layer.dead for layer in layers] == [(3, 8), (), (), (), ()]
        assert [layer.stuck for layer in layers] == [(), (), (), (5,), ()]
        assert len(layers) == 5
    for one, *others in zip(*found.values(), strict=True):
        for other in others:
            assert (other.inputs, other.units) == (one.inputs, one.units)
            assert other.off + other.saturated == pytest.approx(one.off + one.saturated, abs=2e-3)
            assert other.largest == pytest.approx(one.largest, rel=1e-3)
            assert other.gradient == pytest.approx(one.gradient, rel=1e-4)


@pytest.mark.parametrize("net", NETWORKS)
def test_a_recorded_network_adds_up(net):
    for layer in recorded.recorded(net).layers:
        total = layer.inputs * layer.units
        assert sum(layer.counts) + layer.outliers == total
        assert len(layer.dead) / layer.units <= layer.off
        if layer.function == "ReLU()":
            # What is off is what lies at or below 0, but for the bin in which 0 lies.
            edges = np.linspace(layer.low, layer.high, len(layer.counts) + 1)
            below = np.array(layer.counts)[edges[1:] <= 0].sum() / total
            through = np.array(layer.counts)[(edges[:-1] < 0) & (edges[1:] > 0)].sum() / total
            assert below <= layer.off <= below + through


def summarised(z, slope, gradient, function="relu"):
    """What ``summary`` prints of arrays."""
    scope = {}
    exec(compile((CODE / "summary.py").read_text("utf-8"), "summary", "exec"), scope)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        scope["summary"]("x", function, z, slope, gradient)
    return printed.getvalue()


def test_the_summary_is_what_loops_count():
    rng = np.random.default_rng(3)
    z = rng.normal(size=(50, 6)) * 2
    z[:, 2], z[0, 1] = -abs(z[:, 2]), 900.0
    z[:, 4] = 9.0
    slope = np.where(z > 0, 1.0, 0.0)
    slope[:, 4] = 0.001
    gradient = rng.normal(size=z.shape) * 1e-30
    (layer,) = parse(summarised(z, slope, gradient)).layers
    off = dead = saturated = 0
    for k in range(6):
        column = [slope[row, k] for row in range(50)]
        off += sum(each == 0 for each in column)
        saturated += sum(0 < abs(each) < 0.01 for each in column)
        dead += all(each == 0 for each in column)
    assert (layer.off, layer.saturated) == (pytest.approx(off / 300), pytest.approx(saturated / 300))
    assert (layer.dead, layer.stuck, dead) == ((2,), (4,), 1)
    sizes = sorted(abs(each) for each in z.ravel().tolist())
    assert layer.median == pytest.approx((sizes[149] + sizes[150]) / 2)
    assert layer.largest == 900
    assert (layer.below, layer.above) == (0, 1)
    assert sum(layer.counts) == 299
    assert layer.high == pytest.approx(max(each for each in z.ravel().tolist() if each < 900))
    assert layer.gradient == pytest.approx(math.sqrt(math.fsum((gradient**2).ravel().tolist()) / 300))


def test_a_summary_of_odd_arrays_can_be_read():
    ones = np.ones((20, 3))
    assert parse(summarised(0 * ones, ones, ones)).layers[0].median == 0
    assert parse(summarised(ones, ones, ones)).layers[0].counts
    (sparse,) = parse(summarised(np.eye(20)[:, :3], ones, ones)).layers
    assert (sparse.median, sparse.outliers, sum(sparse.counts)) == (0, 0, 60)
    assert math.isnan(parse(summarised(ones, ones, ones * math.nan)).layers[0].gradient)
    broken = ones.copy()
    broken[3, 1], broken[4, 2] = math.nan, math.inf
    assert parse(summarised(broken, ones, ones)).layers[0].broken == 2
    images = np.ones((5, 4, 4, 3))
    assert (parse(summarised(images, images, images)).layers[0].inputs) == 80
