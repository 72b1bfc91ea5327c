"""Every figure shows what its table says, in both languages, and each trace has the array of its own name."""

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.all_cases import all_cases
from tests.oracle.drawing import decoded
from tests.scenes import describe


def name(page, scene):
    """What a test of a scene is called."""
    return describe.title(page, scene)[1:-1] + f"-{page.path}"


OWN = [case for case in describe.SCENES if not describe.of_function(*case)]
OF_FUNCTIONS = [case for case in describe.SCENES if describe.of_function(*case)]
each_scene = pytest.mark.parametrize(("page", "scene"), [pytest.param(*case, id=name(*case)) for case in OWN])
# Functions share what draws them, and a fault in it is one fault.
every_function = all_cases(("page", "scene"), OF_FUNCTIONS, [name(*case) for case in OF_FUNCTIONS])
# What three panels show has all that two of them show.
every_whole_function = all_cases("scene", [scene for _, scene in OF_FUNCTIONS if scene.orders == 3])


def table(page, scene):
    """What the table says of a scene, as a list of lines."""
    blocks = describe.file_of(page).read_text(encoding="utf-8").strip().split("\n\n")
    found = {name: lines for name, *lines in (block.split("\n") for block in blocks)}
    return found[describe.title(page, scene)]


def described(page, scene):
    """What is drawn, in the words that both languages agree on."""
    return describe.merged(*(describe.described(page, scene, code) for code in ("en", "zh")))


@each_scene
def test_a_figure_is_what_its_table_says(page, scene):
    assert describe.differences(described(page, scene), table(page, scene)) == ([], [])


@every_function
def test_the_figure_of_a_function_has_nothing_but_what_their_table_says(page, scene):
    expected = table(page, scene)
    assert [line for line in described(page, scene) if line not in expected] == []


@each_scene
def test_every_array_is_drawn_in_the_trace_of_its_name_and_every_label_says_its_text(page, scene):
    hold_arrays_and_labels(scene)


@every_whole_function
def test_the_arrays_and_labels_of_a_function_are_drawn_in_the_traces_of_their_names(scene):
    hold_arrays_and_labels(scene)


def hold_arrays_and_labels(scene):
    """Compare what is drawn at the defaults with the arrays and texts of that state."""
    describe.words.speak("zh")
    shown = scene.at({param.name: describe.default_of(param) for param in scene.params})
    spec = scene.figure(shown.arrays, shown.texts, True).to_dict()
    assert len(go.Figure(spec).data) == len(spec["data"]), "Plotly itself takes the figure"
    traces = {trace["name"]: trace for trace in spec["data"]}
    assert len(traces) == len(spec["data"]), "the browser finds a trace by its name"
    for name, array in shown.arrays.items():
        trace, _, axis = name.rpartition(".")
        if axis == "opacity":
            drawn = np.asarray(traces[trace]["marker"]["opacity"], dtype=float)[: len(array)]
        elif axis == "z":
            drawn = decoded({key: traces[trace]["z"][key] for key in ("dtype", "bdata")})
        else:
            drawn = decoded(traces[trace][axis])
        np.testing.assert_allclose(
            drawn, np.nan_to_num(array) if axis == "opacity" else array, rtol=1e-6, atol=1e-6, err_msg=name
        )
    for name, text in shown.texts.items():
        if name.endswith(".text"):
            labels = traces[name.removesuffix(".text")]["text"]
            assert text in (labels if isinstance(labels, list | tuple) else [labels]), name
