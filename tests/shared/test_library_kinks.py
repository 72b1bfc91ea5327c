"""The slope that the words give for a library at a kink, against the one that it has there."""

import re

import pytest

from activations import CATALOGUE
from activations.experiments.libraries import agreement, stored
from tests.all_cases import all_cases
from tests.oracle import library

each_language = all_cases("language", ["en", "zh"])
# The slope that a sentence gives for a kink: by language the words, then library, place of the kink and slope.
AT_KINKS = {
    "relu": [("derivative at 0 is 0", "0 处导数取 0", {"pytorch": [0], "jax": [0]})],
    "relu6": [("derivative at 0 and 6 is 0", "0 和 6 处导数取 0", {"pytorch": [0, 0], "jax": [0, 0]})],
    "hard_tanh": [
        ("derivative at ±1 is 0", "±1 处导数取 0", {"pytorch": [0, 0]}),
        ("derivative at ±1 is 1", "±1 处导数取 1", {"jax": [1, 1]}),
        (
            "derivative at ±1 is 1 on TensorFlow and JAX; on PyTorch it is 0",
            "±1 处导数取 1（后端为 TensorFlow 或 JAX）；后端为 PyTorch 时取 0",
            {"keras": [1, 1], "keras on jax": [1, 1], "keras on torch": [0, 0]},
        ),
    ],
    "hard_swish": [("derivative 0 at −3, 1 at 3", "导数在 −3 处取 0，在 3 处取 1", {"pytorch": [0, 1]})],
    "soft_shrink": [("derivative at ±λ is 0", "±λ 处导数取 0", {"pytorch": [0, 0]})],
    "hard_shrink": [("derivative at ±λ is 0", "±λ 处导数取 0", {"pytorch": [0, 0]})],
    "binary_step": [
        ("no derivative is implemented", "没有实现导数", {"pytorch": [None]}),
        ("derivative 0;", "导数为 0；", {"jax": [0]}),
    ],
    "leaky_relu": [
        (
            "At the kink PyTorch and TensorFlow take $\\alpha$, JAX takes 1; Keras runs on one of these "
            "three and takes the same value as that library.",
            "在折点处，PyTorch 和 TensorFlow 取 $\\alpha$，JAX 取 1；Keras 以这三者之一为后端，取值与后端相同。",
            {
                "pytorch": [0.01],
                "tensorflow": [0.2],
                "jax": [1],
                "keras": [0.3],
                "keras on torch": [0.3],
                "keras on jax": [1],
            },
        )
    ],
    "selu": [
        (
            "At the kink PyTorch and JAX take 1.7581, TensorFlow takes 1.0507; Keras runs on one of these three and "
            "takes the same value as that library.",
            "PyTorch 和 JAX 取 1.7581，TensorFlow 取 1.0507；Keras 以这三者之一为后端，取值与后端相同。",
            {
                "pytorch": [1.7581],
                "tensorflow": [1.0507],
                "jax": [1.7581],
                "keras": [1.0507],
                "keras on torch": [1.7581],
                "keras on jax": [1.7581],
            },
        )
    ],
    "celu": [
        (
            "The derivative at 0 is 1. TensorFlow, and Keras on TensorFlow, give 2 there, the sum of the slopes on "
            "both sides; Keras on PyTorch or JAX gives 1.",
            "0 处的导数是 1。TensorFlow 以及后端为 TensorFlow 的 Keras 在那里却给出 2，即两侧斜率之和；"
            "后端为 PyTorch 或 JAX 的 Keras 给出 1。",
            {
                "pytorch": [1],
                "tensorflow": [2],
                "jax": [1],
                "keras": [2],
                "keras on torch": [1],
                "keras on jax": [1],
            },
        )
    ],
    "prelu": [
        (
            "PyTorch takes $a$, Keras takes 0.",
            "PyTorch 取 $a$，Keras 取 0。",
            {"pytorch": [0.25], "keras": [0], "keras on torch": [0], "keras on jax": [0]},
        )
    ],
}


def found_at_kinks(slug, name):
    """What a library gave, or "keras on" another of its backends than TensorFlow."""
    library, _, backend = name.partition(" on ")
    return stored()["backends"][backend][slug] if backend else stored()["words"][slug][library]["kinks"]


def test_keras_takes_its_default_backend_for_what_is_quoted():
    at_kinks = {slug: found["keras"]["kinks"] for slug, found in stored()["words"].items() if "keras" in found}
    assert {slug: slopes for slug, slopes in at_kinks.items() if slopes} == stored()["backends"]["tensorflow"]


@all_cases("slug", AT_KINKS)
def test_a_slope_that_is_stated_for_a_kink_is_the_one_that_was_found(slug):
    for english, chinese, slopes in AT_KINKS[slug]:
        assert english in library.parts("en", f"functions/{slug}")["defaults"]
        assert chinese in library.parts("zh", f"functions/{slug}")["defaults"]
        for name, stated in slopes.items():
            found = found_at_kinks(slug, name)
            assert found == (stated if None in stated else pytest.approx(stated, abs=5e-5))


def test_keras_drops_the_slope_at_the_kink_of_prelu_whatever_it_is():
    # The quoted layer starts at a = 0, where that cannot be seen.
    assert agreement("prelu", "keras").kinks == ("zero",)


@each_language
def test_no_other_sentence_tells_a_slope_at_a_kink(language):
    mark = re.compile(r"derivative|At the kink|kink Py|导数|折点")
    telling = {slug for slug in CATALOGUE if mark.search(library.parts(language, f"functions/{slug}")["defaults"])}
    assert telling == {*AT_KINKS, "softplus"}


def test_relu_written_another_way_has_the_slope_that_is_stated():
    asides = stored()["asides"]
    for language, sentence in (
        ("en", "gives 1, `torch.maximum` ½, `tf.maximum` 1."),
        ("zh", "给出 ½，`tf.maximum` 给出 1。"),
    ):
        assert sentence in library.parts(language, "functions/relu")["defaults"]
    assert asides["torch.clamp(x, min=0)"] == [0, 1]
    assert asides["torch.maximum(x, torch.zeros_like(x))"] == [0, 0.5]
    assert asides["tf.maximum(x, tf.zeros_like(x))"] == [0, 1]
    # Past its threshold of 20 PyTorch's softplus is linear; the true slope would be 1 - 2e-9.
    assert asides["torch.nn.functional.softplus(x)"] == [20.001, 1]
