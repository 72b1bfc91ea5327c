"""The catalogue by families, in teaching order; adding a function adds its name here."""

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

from activations.functions.bends import (
    celu,
    elu,
    exponential,
    isrlu,
    log_sigmoid,
    selu,
    softplus,
    sparse_plus,
    squareplus,
    xielu,
)
from activations.functions.gates import gelu, gelu_sigmoid, gelu_tanh, hard_swish, mish, swish
from activations.functions.lines import binary_step, identity
from activations.functions.rectifiers import leaky_relu, prelu, relu, relu6, relu_squared, rrelu, threshold
from activations.functions.shrinkers import hard_shrink, soft_shrink, tanh_shrink
from activations.functions.squashers import (
    arctan,
    erf,
    hard_sigmoid,
    hard_tanh,
    isru,
    lecun_tanh,
    sigmoid,
    softcap,
    softsign,
    sparse_sigmoid,
    tanh,
)
from activations.functions.waves import gaussian, sine, snake
from activations.spec import Activation

_FAMILIES: dict[str, tuple[Activation, ...]] = {
    "lines": (identity, binary_step),
    "squashers": (
        sigmoid,
        hard_sigmoid,
        sparse_sigmoid,
        tanh,
        lecun_tanh,
        hard_tanh,
        softsign,
        arctan,
        erf,
        isru,
        softcap,
    ),
    "rectifiers": (relu, leaky_relu, prelu, rrelu, relu6, relu_squared, threshold),
    "bends": (softplus, squareplus, sparse_plus, elu, celu, selu, isrlu, xielu, log_sigmoid, exponential),
    "gates": (gelu, gelu_tanh, gelu_sigmoid, swish, hard_swish, mish),
    "shrinkers": (soft_shrink, hard_shrink, tanh_shrink),
    "waves": (sine, snake, gaussian),
}

IN_TEACHING_ORDER: tuple[Activation, ...] = tuple(chain.from_iterable(_FAMILIES.values()))

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {family: tuple(activation.slug for activation in activations) for family, activations in _FAMILIES.items()}
)
"""Family -> slugs of its functions; each family has a file of its name here."""
