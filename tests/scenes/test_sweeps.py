"""What the browser is sent for a drag is what the page would show if the slider were released there."""

import re

import numpy as np
import pytest

from pages.shared import words
from pages.shared.live import compress
from tests.all_cases import all_cases
from tests.oracle.blob import Moved
from tests.scenes import describe

MARKDOWN = re.compile(r"\*\*|[`$]|\]\(|<[a-z]")
SLIDERS = [(page, scene, param) for page, scene in describe.SCENES for param in scene.dragged]


def name(page, scene, *params):
    """What a test of a scene, or of one of its sliders, is called."""
    return "-".join([page.path, describe.title(page, scene)[1:-1], *(param.name for param in params)])


def turns(cases):
    """Each slider in one language: of functions two panels in one and three in the other, else they take turns."""
    for k, (page, scene, param) in enumerate(cases):
        shared = describe.of_function(page, scene)
        yield page, scene, param, ("en", "zh")[scene.orders == 3 if shared else k % 2]


def by_page(cases):
    """The cases of each page under its path, and under one name those of all functions, which share what computes
    them: a fault in what all scenes share fails one test a page."""
    found = {}
    for page, scene, *rest in cases:
        path = "functions" if describe.of_function(page, scene) else page.path or "home"
        found.setdefault(path, []).append((page, scene, *rest))
    return pytest.mark.parametrize("cases", found.values(), ids=found)


def try_all(hold, cases):
    """Try every case, its page left out, and name all that fail."""
    names = [name(page, scene, *(each for each in rest if not isinstance(each, str))) for page, scene, *rest in cases]
    fields = ("scene", "param", "code")[: len(cases[0]) - 1]
    values = [case[1:] if len(fields) > 1 else case[1] for case in cases]
    all_cases(fields, values, names)(hold)()


def unpacked(sweeps):
    """What the browser makes of sweeps, with the unit of each array."""
    places, body, units = [], b"", {}
    for each in sweeps:
        place = {"start": len(body), "size": len(each.data), "positions": each.positions}
        places.append({**place, "tracks": each.tracks, "texts": each.texts})
        body += each.data
        units |= {name: unit for name, _, _, unit in each.tracks}
    return Moved({"key": "", "low": 0, "step": 1, "value": 0, "sweeps": places}, body), units


def largest(array):
    """The largest size, whatever is missing; NumPy's own function for it is much slower."""
    return float(np.fmax.reduce(np.abs(array), axis=None, initial=0))


@by_page(turns(SLIDERS))
def test_a_sweep_has_what_each_position_shows(cases):
    try_all(hold_sweep, cases)


def hold_sweep(scene, param, code):
    """Compare the sweep of a slider with the scene at rest at six of its positions."""
    words.speak(code)
    # Away from the defaults, where a slider that is taken for another one shows.
    values = {
        p.name: float(p.grid[round((0.37 + 0.11 * k) % 1 * (len(p.grid) - 1))]) for k, p in enumerate(scene.params)
    }
    sweeps = [
        part.sweeps(values)[param.name] for part in scene.parts if any(p.name == param.name for p in part.dragged)
    ]
    moved, units = unpacked([each for each in sweeps if each.positions])
    rest = scene.at(values)
    share = 0.03 if code == "zh" else 0.14
    for k in sorted({0, len(param.grid) - 1, *(round(at * (len(param.grid) - 1)) for at in np.arange(share, 1, 0.23))}):
        there = scene.at({**values, param.name: float(param.grid[k])})
        for name, array in there.arrays.items():
            dragged = moved.rows[name][k] if name in moved.rows else rest.arrays[name]
            # Half a step, and what single steps of a unit lose of large numbers.
            tolerance = 0.51 * units.get(name, 0) + 1e-9 * max(1.0, largest(array))
            assert np.array_equal(np.isnan(dragged), np.isnan(array)), f"{name} at {param.grid[k]}"
            off = largest(dragged - array)
            assert off <= tolerance, f"{name} at {param.grid[k]} is off by {off}, its unit being {units.get(name)}"
        shown = {name: moved.texts[name][k] if name in moved.texts else text for name, text in rest.texts.items()}
        assert shown == there.texts, param.grid[k]
        # The browser writes plain text between two marks, which bold type or a formula would put into two elements.
        marked = [name for name, text in there.page_texts.items() if MARKDOWN.search(text)]
        assert not marked, f"{marked} have marks of Markdown in them"


@by_page([case for case in describe.SCENES if not describe.of_function(*case) or case[1].orders == 3])
def test_what_no_sweep_has_is_sent_as_it_is(cases):
    try_all(hold_unmoved, cases)


def hold_unmoved(scene):
    """Compare what is sent beside the sweeps with what the scene shows."""
    words.speak("en")
    values = {p.name: float(p.grid[round(0.71 * (len(p.grid) - 1))]) for p in scene.params}
    sent, units = {}, {}
    for part in scene.parts:
        sweeps = part.sweeps(values)
        unmoved, rounded = unpacked([each for each in [part.unmoved(values, sweeps)] if each.positions])
        units |= rounded
        sent |= {name: rows[0] for name, rows in unmoved.rows.items()}
        sent |= {name: texts[0] for name, texts in unmoved.texts.items()}
        sent |= dict.fromkeys(name for each in sweeps.values() for name in each.names)
    now = scene.at(values)
    assert sent.keys() | now.page_texts.keys() == now.arrays.keys() | now.texts.keys()
    for name, value in sent.items():
        if isinstance(value, str):
            assert value == now.texts[name]
        elif value is not None:
            near = 0.51 * units[name] + 1e-9
            np.testing.assert_allclose(value, now.arrays[name], rtol=0, atol=near, err_msg=name)


def test_a_sweep_that_is_off_by_a_unit_is_seen():
    rows = np.linspace(0, 1, 12).reshape(4, 3)
    moved, units = unpacked([compress({"line.y": rows}, {})])
    assert np.abs(moved.rows["line.y"] - rows).max() <= 0.51 * units["line.y"] < 1e-4
