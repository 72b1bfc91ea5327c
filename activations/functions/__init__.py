"""The catalogue in teaching order; adding a function adds its name here."""

from activations.functions.gates import gelu, mish, swish
from activations.functions.lines import binary_step, identity
from activations.functions.rectifiers import elu, leaky_relu, relu, selu, softplus
from activations.functions.squashers import sigmoid, tanh
from activations.spec import Activation

IN_TEACHING_ORDER: tuple[Activation, ...] = (
    identity,
    binary_step,
    sigmoid,
    tanh,
    relu,
    leaky_relu,
    elu,
    selu,
    gelu,
    swish,
    softplus,
    mish,
)
