"""The catalogue in teaching order; adding a function adds its name here."""

from activations.functions.gates import gelu, mish, swish
from activations.functions.lines import binary_step, identity
from activations.functions.rectifiers import elu, leaky_relu, relu, relu6, selu, softplus
from activations.functions.shrinkers import soft_shrink
from activations.functions.squashers import hard_tanh, sigmoid, tanh
from activations.spec import Activation

IN_TEACHING_ORDER: tuple[Activation, ...] = (
    identity,
    binary_step,
    sigmoid,
    tanh,
    hard_tanh,
    relu,
    leaky_relu,
    relu6,
    elu,
    selu,
    gelu,
    swish,
    softplus,
    mish,
    soft_shrink,
)
