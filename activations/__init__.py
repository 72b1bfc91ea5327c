"""Activation functions as records: value, derivative, second derivative, parameters, kinks and traits.

>>> from activations import CATALOGUE
>>> CATALOGUE["elu"](-1.0, alpha=0.3)
np.float64(-0.18963616764856732)
"""

from collections.abc import Mapping
from types import MappingProxyType

from activations.formulas.record import named
from activations.functions import IN_TEACHING_ORDER
from activations.spec import Activation, Param, Sides, Trait

CATALOGUE: Mapping[str, Activation] = MappingProxyType(
    {activation.slug: activation for activation in IN_TEACHING_ORDER}
)


def find(slug: str) -> Activation | None:
    """The function with this slug, or the formula that it spells after an equals sign; None if it is neither."""
    return CATALOGUE.get(slug) or named(slug)


__all__ = ["CATALOGUE", "Activation", "Param", "Sides", "Trait", "find"]
