"""The function of the catalogue that a library calls by a name, as in ``LeakyReLU(negative_slope=0.1)`` or ``silu``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from activations import CATALOGUE, Activation

_SLUGS = {slug.replace("_", ""): slug for slug in CATALOGUE}
# By what libraries call them, those of which the guide has another name.
_SLUGS |= {"silu": "swish", "hardsilu": "hard_swish", "quickgelu": "gelu_sigmoid", "linear": "identity"}
_SLUGS |= {"exp": "exponential", "sin": "sine"}
_PARAMS = {"negative_slope": "alpha", "lambd": "lam"}
# What does not change the curve, or is the default of the catalogue.
_SAME = {"inplace=True", "inplace=False", "approximate='none'", "min_val=-1.0", "max_val=1.0", "threshold=20.0"}


@lru_cache(maxsize=128)
def activation(written: str) -> tuple[Activation, Mapping[str, float]] | None:
    """The function and its parameters; None if the guide has no such function, or not with these parameters."""
    found = re.fullmatch(r"(?:\w+\.)*(\w+)(?:\((.*)\))?", written.strip())
    slug = _SLUGS.get(re.sub("_", "", found[1]).lower()) if found else None
    if not found or not slug:
        return None
    settings = [each.strip() for each in (found[2] or "").split(",") if each.strip()]
    if slug == "gelu" and "approximate='tanh'" in settings:
        slug, settings = "gelu_tanh", []
    known = CATALOGUE[slug]
    values: dict[str, float] = {}
    for setting in settings:
        name, _, value = setting.rpartition("=")
        name = _PARAMS.get(name, name) or next((param.name for param in known.params), "")
        if setting in _SAME:
            continue
        try:
            (param,) = (param for param in known.params if param.name == name)
            values[name] = float(param.check(float(value)))
        except ValueError:
            return None
    return known, {**known.defaults, **values}
