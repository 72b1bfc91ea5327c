"""What the words say of the libraries, against what the libraries did when they were run."""

import ast
import re
from functools import cache

import pytest

from activations import CATALOGUE
from activations.experiments.libraries import agreement, stored
from pages.shared import code
from tests.all_cases import all_cases
from tests.oracle import library

NAMES = {"PyTorch": "pytorch", "TensorFlow": "tensorflow", "Keras": "keras", "JAX": "jax"}
DOTTED = re.compile(r"\b(?:torch|tf|keras|jax|jnp)(?:\.\w+)+")
NOT_THERE = re.compile("not provided|未提供")
FIXED = re.compile(r"no β|没有 β|β fixed at 1|β 固定为 1|the function only|只有函数本身")
PARAMETERLESS = re.compile("no parameters|无参数")
# What a library is offered under another name than ours.
CALLED = {
    "gelu_tanh": "gelu", "swish": "silu", "hard_swish": "hard_silu", "identity": "linear", "rrelu": "rrelu",
}  # fmt: skip
HOMES = {
    "pytorch": ("torch.nn", "torch.nn.functional"), "tensorflow": ("tensorflow.nn",), "jax": ("jax.nn",),
    "keras": ("keras.activations", "keras.layers"),
}  # fmt: skip
each_language = all_cases("language", ["en", "zh"])
each_function = all_cases("slug", CATALOGUE)


@cache
def bullets(language, slug):
    """The text about each library."""
    part = library.parts(language, f"functions/{slug}")["defaults"]
    return {NAMES[name]: text for name, text in re.findall(r"^- \*\*(\w+)\*\*[:：] ?(.*)$", part, re.M)}


def spans(text):
    return re.findall(r"`([^`]*)`", text)


def value(text):
    """A default as it is written; a fraction counts as its value."""
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom) if bottom else ast.literal_eval(text)


@each_language
@each_function
def test_each_library_has_its_line(slug, language):
    assert list(bullets(language, slug)) == list(NAMES.values())


@each_language
def test_everything_that_is_named_is_there(language):
    for path in sorted((library.TEXT / language).rglob("*.md")):
        for name in DOTTED.findall(path.read_text(encoding="utf-8")):
            assert stored()["functions"][name] is not None, f"{path.stem}: {name}"


@each_language
@each_function
def test_a_default_is_the_librarys_own(slug, language):
    for name, bullet in bullets(language, slug).items():
        (call, *rest) = spans(bullet) or [""]
        functions = DOTTED.findall(call)
        for span in [call.partition("(")[2].rstrip(")"), *rest]:
            for keyword, stated in re.findall(r"(\w+)=([^,]+)", span):
                if keyword not in ("kernel_initializer", "activation") and (span in rest):
                    real = stored()["functions"][functions[0]][keyword]
                    assert value(stated) == pytest.approx(value(real)), f"{name}: {keyword}={stated}, really {real}"


@each_language
@each_function
def test_what_has_no_parameters_has_none(slug, language):
    for bullet in bullets(language, slug).values():
        if PARAMETERLESS.search(bullet):
            (function,) = DOTTED.findall(spans(bullet)[0])
            assert set(stored()["functions"][function]) <= {"name", "out", "inplace"}


@each_language
@each_function
def test_what_is_not_provided_is_not_there_and_what_is_has_a_line_of_its_own(slug, language):
    for name, bullet in bullets(language, slug).items():
        offered = {word.lower() for home in HOMES[name] for word in stored()["offers"][home]}
        ours = {slug, slug.replace("_", "")}
        if NOT_THERE.search(bullet):
            assert not ours & offered, f"{name} has {ours & offered}"
        elif name != "tensorflow":
            composed = code.lines(slug)[name].composed
            assert composed == bool(FIXED.search(bullet) or slug == "swish"), f"{name}: {bullet}"


@each_function
def test_a_default_that_was_run_is_the_one_that_is_stated(slug):
    for name in ("pytorch", "keras", "jax"):
        for keyword, taken in agreement(slug, name).defaults.items():
            function = DOTTED.search(code.lines(slug)[name].template.partition("y = ")[2])[0]
            stated = stored()["functions"].get(function, {}).get(keyword)
            assert (stated is None) == (taken is None)
            assert taken is None or taken == pytest.approx(float(stated))


@each_function
def test_every_quoted_call_gives_the_function(slug):
    activation, quoted = CATALOGUE[slug], stored()["words"][slug]
    calls = {name: spans(line)[0] for name, line in bullets("en", slug).items() if re.search(r"`[^`]*\(", line)}
    assert {name: found["call"] for name, found in quoted.items()} == {
        name: next(span for span in spans(bullets("en", slug)[name]) if "(" in span) for name in calls
    }
    for name, found in quoted.items():
        # JAX's GELU, unless told otherwise, is the tanh form, as its line says.
        other = (slug, name) == ("gelu", "jax")
        assert (found["float64"][0] > 1e-4) == (found["float32"][0] > 1e-4) == other
        assert found["at"].keys() == activation.defaults.keys()


@each_language
def test_each_form_of_gelu_is_the_one_that_its_line_says(language):
    forms = stored()["forms"]
    block = library.parts(language, "topics/approximations")["fold"]
    called = re.findall(r"^((?:torch|tf|jax)\S*gelu\(x.*?\))(.*)$", block, re.M)
    assert len(called) == 6
    for call, comment in called:
        spelt = re.search(r"approximate=(\S+)\)", call)[1]
        tanh = spelt in ('"tanh"', "True")
        assert forms[call] == ("gelu_tanh" if tanh else "gelu")
        if comment:
            assert re.search("tanh" if tanh else "erf", comment)
            assert forms[re.sub(r", approximate=[^)]*", "", call)] == forms[call]
