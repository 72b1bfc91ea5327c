"""The small curve beside a function's name is that function, upright, and in its colour."""

import re
from urllib.parse import unquote

import numpy as np
import pytest

from activations import CATALOGUE
from pages.shared import figures, glyphs
from tests.all_cases import all_cases
from tests.oracle import exact


def points(slug):
    """The path as it is drawn, and the numbers of the points at which the pen was lifted."""
    svg = unquote(glyphs.address(slug).removeprefix("data:image/svg+xml,"))
    path = re.search(r" d='([^']*)'", svg)[1]
    steps = re.findall(r"(m?)(\d+) ?(-\d+|(?<= )\d+) ?", path)
    assert "".join(f"{pen}{x} {y} " for pen, x, y in steps).strip().replace(" -", "-") == path
    return (
        svg,
        np.cumsum([[int(x), int(y)] for _, x, y in steps], axis=0),
        [k for k, (pen, *_) in enumerate(steps) if pen == "m"],
    )


@all_cases("slug", CATALOGUE)
def test_a_glyph_is_the_function_upright_and_in_its_colour(slug):
    svg, drawn, lifted = points(slug)
    assert f"stroke='{figures.COLOURS[slug]}'" in svg
    true = exact.of(slug, **CATALOGUE[slug].defaults)
    reach = max([3.2, *(1.5 * abs(float(kink)) for kink in true.breaks)])
    x = np.linspace(-reach, reach, len(drawn))
    y = np.array([float(true.jet(at)[0]) for at in x])
    across, up = np.polyfit(x, drawn[:, 0], 1), np.polyfit(y, drawn[:, 1], 1)
    assert across[0] > 0 > up[0]
    assert np.polyval(across, x) == pytest.approx(drawn[:, 0], abs=1.1)
    assert np.polyval(up, y) == pytest.approx(drawn[:, 1], abs=1.1)
    assert (drawn >= 0).all()
    assert (drawn <= [280, 180]).all()
    jumps = [float(k) for k in true.jumps(0)]
    assert lifted == [0, *(int(np.searchsorted(x, jump)) for jump in jumps)]
