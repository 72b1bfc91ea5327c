"""What can be dragged in a picture: its sliders move it, and it is drawn where their sweeps have it."""

import numpy as np
import pytest

from pages.register import PAGES
from tests.oracle.drawing import decoded
from tests.oracle.kinds import EACH_KIND, named
from tests.oracle.visitor import Visit

ACTS = {
    "bends": [{"show": "hand", "n": "12"}, {"show": "train"}],
    "gate": [{"act": activation} for activation in ("gate", "masks")],
    "neuron": [{"act": "hand"}, {"act": "learn"}],
    "prelu": [{}, {"show": "training"}],
    "collapse": [{"act": "stack", "f": "tanh"}, {"act": "xor", "f": "tanh"}],
    "normalise": [{}, {"show": "layers"}],
    "output": [{"show": tab} for tab in ("one", "real", "train")],
}
DRAGGED = {
    "basics": {"x1", "x2", "b1", "b2", "b3"},
    "exploding": {"gain", "depth"}, "normalise": {"gain", "depth", "at_layer"},
    "gate": {"x", "draws"}, "rounding": {"x"}, "approximations": {"x0"},
    "compare": {"x0"}, "neuron": {"t"}, "centred": {"c", "t"}, "collapse": {"depth", "t"}, "race": {"t"},
    "bends": {*(f"k{j}" for j in range(1, 13)), "t"},
    "output": {"z", "u", "t"}, "formula": {"x0"}, "inspect": {"at"},
    **{page.path: {"x0"} for page in PAGES if page.kind == "functions"},
    "prelu": {"x0", "t"},
}  # fmt: skip


@pytest.mark.parametrize("page", [page for page in EACH_KIND if page.pictured], ids=named)
def test_a_handle_is_drawn_where_the_sweep_of_its_slider_has_it(page):
    dragged = set()
    for query in ACTS.get(page.path, [{}]):
        reader = Visit().go(page.path, query)
        drawn = {trace["name"]: trace for trace in reader.spec["data"]}
        for handle in reader.blob.head["handles"]:
            found = [name for name in handle["traces"] if name in drawn]
            for axis in "xy":
                if not handle[axis] or not found:
                    continue
                slider = reader.blob.sliders[handle[axis]]
                dragged.add(handle[axis])
                row = round((slider.value - slider.low) / slider.step)
                for name in found:
                    places = slider.rows[f"{name}.{axis}"][:, 0]
                    steps = np.diff(places)
                    assert (steps > 0).all() or (steps < 0).all(), f"two positions draw {name} at one place"
                    assert places[row] == pytest.approx(decoded(drawn[name][axis])[0], abs=np.ptp(places) / 8000)
    assert dragged == DRAGGED.get(page.path, set())
