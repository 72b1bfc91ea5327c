"""Code as a reader would copy it: read from the files, run, and compared with the catalogue."""

import re
from pathlib import Path

import numpy as np

from activations import CATALOGUE

FOLDER = Path(__file__).parents[2] / "assets" / "code"
IMPORTED = {"pytorch": {"torch"}, "keras": {"keras"}, "jax": {"jax", "jnp"}}
# Where a wave turns fast the short line is right to the last digit of its terms only.
_TERMS = {"sine": 2e-14, "snake": 2e-14}
_SMALLEST_NORMAL = 2.2250738585072014e-308  # below it the short lines lose digits, which the catalogue keeps


def shown(slug, at):
    """The code of each library with these parameters."""
    pieces = re.split(r"^# %% (\w+).*\n", (FOLDER / f"{slug}.py").read_text(encoding="utf-8"), flags=re.M)
    filled = {library: text.strip() for library, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    for name, value in at.items():
        filled = {library: text.replace(f"{{{name}}}", f"{value}") for library, text in filled.items()}
    return filled


def inputs(kinks):
    """Dense near 0, some of them tiny, sparse further out, and beside each kink and on it."""
    beside = [np.nextafter(kink, end) for kink in kinks for end in (-np.inf, np.inf)]
    tiny = np.geomspace(1e-12, 1e-2, 21)
    return np.unique(np.concatenate([np.linspace(-4, 4, 801), np.linspace(-36, 36, 577), -tiny, tiny, kinks, beside]))


def compared(slug, at, code):
    """Run NumPy's code as it stands; its two functions must be the catalogue's, nothing being handed over but x."""
    activation, names = CATALOGUE[slug], {}
    exec(compile(code, slug, "exec"), names)
    x = inputs(activation.kinks_at(**at))
    floor = _TERMS.get(slug, _SMALLEST_NORMAL)
    np.testing.assert_allclose(names[slug](x), activation(x, **at), rtol=1e-12, atol=floor)
    np.testing.assert_allclose(names[f"{slug}_slope"](x), activation.derivative(x, **at), rtol=1e-12, atol=floor)
