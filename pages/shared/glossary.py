"""The terms of the glossary: which page shows each, and texts in which the first mention of a term explains itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from activations import CATALOGUE
from pages.shared import state, words

WORDS = "tools/glossary"
# By term the page that shows it, and what its address says.
SHOWN: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "activation-function": ("basics", {}),
    "pre-activation": ("basics", {"neuron": "h1"}),
    "activation": ("basics", {"neuron": "h1"}),
    "neuron": ("basics", {}),
    "weight": ("basics", {}),
    "bias": ("neuron", {}),
    "layer": ("collapse", {}),
    "derivative": ("sigmoid", {"x0": 1}),
    "gradient": ("basics", {"pass": "backward"}),
    "chain-rule": ("vanishing", {"f": "sigmoid"}),
    "backpropagation": ("basics", {"pass": "backward"}),
    "loss": ("neuron", {"act": "learn"}),
    "gradient-descent": ("neuron", {"act": "learn", "t": 40}),
    "learning-rate": ("dying", {"act": "layer"}),
    "saturated": ("sigmoid", {"x0": 5}),
    "kink": ("relu", {"x0": 0}),
    "convention-at-0": ("relu", {"x0": 0}),
    "subgradient": ("relu", {"x0": 0}),
    "dead-unit": ("dying", {}),
    "probe": ("elu", {"x0": -1}),
    "logit": ("softmax", {}),
    "softmax": ("softmax", {}),
    "temperature": ("softmax", {}),
    "cross-entropy": ("softmax", {"show": "log"}),
    "gain": ("exploding", {}),
    "fan-in": ("exploding", {}),
    "initialisation": ("exploding", {}),
    "critical": ("exploding", {}),
    "vanishing-gradient": ("vanishing", {"f": ["sigmoid", "relu"]}),
    "exploding-gradient": ("exploding", {}),
    "zero-centred": ("centred", {"f": "tanh"}),
    "condition-number": ("centred", {}),
    "monotone": ("swish", {"x0": -2}),
    "bounded": ("sigmoid", {}),
    "lipschitz": ("gelu", {}),
    "smooth": ("softplus", {}),
    "self-gated": ("swish", {}),
    "gated-unit": ("gated", {}),
    "ulp": ("rounding", {}),
    "cancellation": ("rounding", {}),
    "overflow": ("softmax", {"show": "log"}),
    "underflow": ("rounding", {}),
    "subnormal": ("rounding", {}),
    "float32": ("rounding", {"format": "float32"}),
    "quantisation": ("hard_swish", {}),
    "surrogate-gradient": ("binary_step", {}),
    "batch-normalisation": ("normalise", {"f": "sigmoid", "layer": "before"}),
    "residual": ("normalise", {"f": "binary_step", "layer": "skip"}),
    "universal-approximation": ("bends", {"n": 12}),
    "approximation-error": ("approximations", {}),
    "erf": ("erf", {}),
    "quadrature": ("gelu", {}),
}

# What is no prose: code, formulas, links, marks of numbers, headings, rows of tables, sources in small print, emphasis.
_APART = (
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|!?\[[^\]]*\]\([^)]*\)|\{\w+\}|<[^>\n]*>|https?://\S+"
    r"|^\#.*?$|^\|.*?$|^:small\[.*?$|(?<!\*)\*(?!\*)[^*\n]+\*(?!\*)"
)


def explained(*texts: str) -> list[str]:
    """The texts of a page in their order, the first mention of each term a link that says what the term means.

    What the page itself shows is not explained on it, unless it is the page of a function.
    """
    return list(_explained(texts, words.language(), state.page_path(), state.query()))


def title(term: str) -> str:
    """What the page is called that shows a term."""
    path = SHOWN[term][0]
    return words.page(f"functions/{path}" if path in CATALOGUE else f"topics/{path}")["title"]


@lru_cache(maxsize=512)
def _explained(texts: tuple[str, ...], code: str, current: str, _: str) -> tuple[str, ...]:
    # The last argument keeps the modes apart that links carry on.
    seen: set[str] = set()
    page = words.page(WORDS, code)

    def link(found: re.Match[str]) -> str:
        term = _forms(code).get(found[0].lower())
        if term is None or term in seen:
            return found[0]
        seen.add(term)
        shown = SHOWN[term][0]
        if shown == current and current not in CATALOGUE:
            return found[0]
        return f'[{found[0]}]({state.address("glossary", q=term)} "{page[f"a-{term}"]}")'

    return tuple(_mentions(code).sub(link, text) for text in texts)


@lru_cache
def _forms(code: str) -> dict[str, str]:
    """The term that each form of it in prose stands for, in small letters."""
    page = words.page(WORDS, code)
    named = {term: page[f"names-{term}"] for term in SHOWN if f"names-{term}" in page}
    return {form.strip().lower(): term for term, forms in named.items() for form in forms.split("|")}


@lru_cache
def _mentions(code: str) -> re.Pattern[str]:
    """What is apart from prose, else a form of a term: the longest there is. Chinese has no space between words."""
    forms = sorted(_forms(code), key=len, reverse=True)
    latin = [form for form in forms if form.isascii()]
    others = [form for form in forms if not form.isascii()]
    kinds = [rf"(?<![\w-])(?:{'|'.join(map(re.escape, latin))})(?![\w-])", *map(re.escape, others)]
    if code == "zh":
        kinds[0] = rf"(?<![A-Za-z0-9-])(?:{'|'.join(map(re.escape, latin))})(?![A-Za-z0-9-])"
    return re.compile(f"{_APART}|{'|'.join(kinds)}", re.DOTALL | re.MULTILINE | re.IGNORECASE)
