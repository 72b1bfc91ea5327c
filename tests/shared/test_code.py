"""The lines to copy: NumPy's run and compared, the others read, and what a run of them left behind."""

import ast
import re

import numpy as np
import pytest

from activations import CATALOGUE
from activations.experiments import libraries
from pages.shared import code
from tests.all_cases import all_cases
from tests.oracle.lines import IMPORTED, compared, shown

each_function = all_cases("slug", CATALOGUE)
FRAMEWORKS = ("pytorch", "keras", "jax")
each_framework = all_cases("library", FRAMEWORKS)
# float32 keeps 7 digits, of which a derivative by the chain rule may lose one or two; constants kept in float32 are
# why some libraries miss float64 by 1e-8.
WORST = {"float64": (5e-8, 5e-8), "float32": (1e-6, 1e-5)}
# A library first rounds ωx, which is up to 40, to float32; the sine carries that error on.
PHASE = {("sine", "float32"): 40 * 2.0**-24}


def stands(activation):
    """The default, the ends of every slider and one place between."""
    yield activation.defaults
    for param in activation.params:
        for value in (param.low, param.high, param.grid[len(param.grid) // 3]):
            yield {**activation.defaults, param.name: float(value)}


@each_function
def test_the_numpy_lines_are_the_function_and_its_derivative(slug):
    for at in stands(CATALOGUE[slug]):
        compared(slug, at, code.lines(slug)["numpy"].at(**at))


@each_function
def test_the_code_is_what_lies_in_the_file_with_the_parameters(slug):
    for at in stands(CATALOGUE[slug]):
        assert {library: lines.at(**at) for library, lines in code.lines(slug).items()} == shown(slug, at)


@each_function
def test_every_library_has_lines_and_every_file_a_function(slug):
    assert tuple(code.lines(slug)) == code.LIBRARIES
    assert {path.stem for path in code._FOLDER.glob("*.py")} == set(CATALOGUE)


@each_framework
@each_function
def test_a_library_is_given_python_that_carries_the_parameters(slug, library):
    activation = CATALOGUE[slug]
    values = {param.name: float(param.grid[k + 1]) for k, param in enumerate(activation.params)}
    tree = ast.parse(code.lines(slug)[library].at(**values))
    assert isinstance(tree.body[-1], ast.Assign)
    assert ast.unparse(tree.body[-1].targets[0]) == "y"
    numbers = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert {abs(value) for value in values.values()} <= set(numbers)
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    imported = {a.asname or a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert imported <= IMPORTED[library]
    assert read == imported | bound - {"y"} | {"x"}


@each_framework
@each_function
def test_the_run_found_each_library_close_to_the_catalogue(slug, library):
    found, activation = libraries.stored()["lines"][slug][library], CATALOGUE[slug]
    for kind, (value, slope) in WORST.items():
        assert found[kind][0] < value + PHASE.get((slug, kind), 0)
        assert found[kind][1] is None or found[kind][1] < slope
    assert ([gap[1] for gap in (found["float64"], found["float32"])] == [None, None]) == (
        (slug, library) in {("binary_step", "pytorch"), ("binary_step", "keras")}
    )
    assert found["at"].keys() == activation.defaults.keys()
    assert all(found["at"][name] != value for name, value in activation.defaults.items())
    assert len(found["kinks"]) == len(activation.kinks_at())
    assert found["float64"][1] is None or set(found["kinks"]) <= set(libraries.WAYS)


@each_framework
@each_function
def test_a_default_is_recorded_for_each_keyword_that_carries_a_parameter(slug, library):
    lines = code.lines(slug)[library]
    carried = {} if lines.composed else dict(re.findall(r"(\w+)=\{(\w+)\}", lines.template))
    assert libraries.agreement(slug, library).defaults.keys() == carried.keys()


def test_the_slope_at_a_kink_is_computed_from_its_sides():
    at_kinks = libraries.agreement("leaky_relu", "jax").at_kinks(CATALOGUE["leaky_relu"], alpha=0.3)
    assert at_kinks == [(0.0, 1.0)]
    at_kinks = libraries.agreement("leaky_relu", "pytorch").at_kinks(CATALOGUE["leaky_relu"], alpha=0.3)
    assert at_kinks == [(0.0, 0.3)]
    # Keras adds what comes from both sides, which meet smoothly there.
    assert libraries.agreement("celu", "keras").at_kinks(CATALOGUE["celu"], alpha=0.5) == [(0.0, 2.0)]
    assert libraries.agreement("soft_shrink", "pytorch").at_kinks(CATALOGUE["soft_shrink"], lam=0.0) == []
    at_kinks = libraries.agreement("soft_shrink", "jax").at_kinks(CATALOGUE["soft_shrink"], lam=1.0)
    assert at_kinks == [(-1.0, 0.5), (1.0, 0.5)]


def test_the_largest_difference_is_that_of_the_whole_slider():
    # PyTorch's softplus is a line beyond βx = 20, which |x| ≤ 10 meets from β = 2 on: e^-20 / β is missing of 20 / β.
    softplus = libraries.agreement("softplus", "pytorch")
    assert softplus.value[0] == pytest.approx(np.exp(-20) / 20, rel=0.05)
    assert softplus.slope[0] == pytest.approx(np.exp(-20), rel=0.05)
    # Its CELU divides by alpha in float32, the more wrongly the smaller alpha is.
    assert libraries.agreement("celu", "pytorch").slope[0] == pytest.approx(4.5e-8, rel=0.1)


def test_the_run_says_when_it_was_and_with_what():
    about = libraries.about()
    assert set(about["versions"]) == {"PyTorch", "TensorFlow", "Keras", "JAX"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", about["date"])
    assert np.isfinite(about["reach"])
