"""Code to copy: what stands on the page is run, and what is stated about it is what the libraries did."""

import re

from activations import CATALOGUE
from activations.experiments.libraries import stored
from tests.all_cases import all_cases
from tests.oracle import library
from tests.oracle.function_page import opened, place_onward
from tests.oracle.library_run import NAMED, size, version
from tests.oracle.lines import compared, shown
from tests.oracle.visitor import Visit

SIDES = {"left": (1, 0), "right": (0, 1), "both": (0, 1), "mean": (0.5, 0.5), "sum": (1, 1), "zero": (0, 0)}
# A function of each kind: a default, two that must be given, none; composed; kinks that stay, move and meet; no
# derivative; a slope that is the sum of two, the mean, nothing.
CASES = [
    ("elu", {"alpha": 0.3}), ("leaky_relu", {"alpha": 0.2}), ("threshold", {"threshold": 0.5, "below": -1.0}),
    ("soft_shrink", {"lam": 0.75}), ("hard_shrink", {"lam": 0.0}), ("celu", {"alpha": 2.0}),
    ("prelu", {"alpha": -0.5}), ("hard_swish", {}), ("binary_step", {}), ("swish", {"beta": 2.0}), ("gelu", {}),
]  # fmt: skip


def code(page):
    return [block.value for block in page.at.code]


# The code of all others is run in tests/shared/test_code.py; it gets to the page in the same way.
@all_cases(
    "slug", [*[slug for slug, activation in CATALOGUE.items() if activation.params][::2], "xielu", "identity", "gelu"]
)
def test_the_numpy_code_on_the_page_runs_and_is_the_function(slug):
    activation = CATALOGUE[slug]
    page = opened(slug, "en" if len(slug) % 2 else "zh", code="numpy")
    compared(slug, activation.defaults, *code(page))
    for k, param in enumerate(activation.params):
        moved = float(param.grid[(k + 1) * len(param.grid) // 3 + 1])
        assert moved != param.default
        page.set(param.name, moved)
    if activation.params:
        at = {param.name: page.values[param.name] for param in activation.params}
        (text,) = code(page)
        assert text == shown(slug, at)["numpy"] != shown(slug, activation.defaults)["numpy"]
        compared(slug, at, text)


def short(value, decimals):
    text = f"{value:.{0 if abs(value - round(value)) < 1e-6 else decimals}f}"
    return text.replace("-", "" if not float(text) else "−")


def kinks(activation, found, at):
    """Each kink and the slope there, by the slopes close to it."""
    places = activation.kinks_at(**at)
    if len(set(places)) < len(places) or found["float64"][1] is None:
        return
    for place, way in zip(places, found["kinks"], strict=True):
        left, right = (float(activation.derivative(place + step, **at)) for step in (-1e-9, 1e-9))
        yield place, SIDES[way][0] * left + SIDES[way][1] * right


def expected_text(slug, name, language, at):
    """What the page has to say of the lines of a library."""
    ui = {label.removeprefix("code."): text for label, text in library.labels(language).items()}
    found, about = stored()["lines"][slug][name], stored()["about"]
    text = (library.TEXT.parent / "code" / f"{slug}.py").read_text(encoding="utf-8")
    sentences = [ui["composed"]] if f"# %% {name}, composed" in text else []
    for keyword, value in found["defaults"].items():
        template = ui["needed"] if value is None else ui["default"]
        sentences.append(template.replace("{keyword}", keyword).replace("{value}", str(value)))
    ran = {"date": about["date"], "version": version(name), "reach": str(about["reach"])}
    sentences.append(library.filled(ui["run_swept" if CATALOGUE[slug].params else "run"], ran))
    (value, slope), (single, single_slope) = found["float64"], found["float32"]
    sentences.append(library.filled(ui["off_value"], {"double": size(value), "single": size(single)}))
    if slope is None:
        sentences.append(ui["no_slope"])
    else:
        sentences.append(library.filled(ui["off_slope"], {"double": size(slope), "single": size(single_slope)}))
    for place, there in kinks(CATALOGUE[slug], found, at):
        sentences.append(library.filled(ui["kink"], {"at": short(place, 2), "slope": short(there, 4)}))
    return "\n".join(f"- {sentence}" for sentence in sentences)


@all_cases(("slug", "at"), CASES, ids=[slug for slug, _ in CASES])
def test_a_library_has_its_lines_and_what_came_of_running_them(slug, at):
    language = "zh" if len(slug) % 2 else "en"
    page = opened(slug, language, at)
    for name in NAMED:
        page.set("choice.code", name)
        assert code(page) == [shown(slug, at)[name]]
        assert page.at.markdown[place_onward(slug) - 1].value == expected_text(slug, name, language, at)


def test_a_library_is_chosen_once_for_all_functions_and_can_be_put_away():
    page = Visit().go("gelu", {"lang": "en"})
    assert code(page) == []
    page.set("choice.code", "jax")
    assert code(page) == [shown("gelu", {})["jax"]]
    assert dict(page.at.query_params)["code"] == "jax"
    page.go("relu", {"lang": "en"})
    assert code(page) == [shown("relu", {})["jax"]]
    assert dict(page.at.query_params)["code"] == "jax"
    page.set("choice.code", None)
    assert code(page) == []
    assert "code" not in page.at.query_params
    assert code(page.go("tanh", {"lang": "en"})) == []


@all_cases("asked", ["fortran", "", "NumPy", "../elu"])
def test_a_library_that_is_none_is_not_shown(asked):
    assert code(opened("elu", "en", code=asked)) == []


def test_the_choice_says_which_libraries_there_are():
    (pills,) = (group for group in opened("tanh", "en").at.button_group if group.key == "choice.code")
    assert pills.options == ["NumPy", "PyTorch", "Keras (TensorFlow)", "JAX"]


@all_cases("language", ["en", "zh"])
def test_the_versions_that_the_words_name_are_those_that_were_run(language):
    named = re.findall(r"(PyTorch|TensorFlow|Keras|JAX) (\d+\.\d+)", library.labels(language)["versions"])
    assert dict(named) == {name: version.rpartition(".")[0] for name, version in stored()["about"]["versions"].items()}
    assert len(named) == 4
