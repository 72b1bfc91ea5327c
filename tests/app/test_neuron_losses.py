"""The losses of the three neurons as they are drawn: whole, told apart, and named."""

import neuron
import numpy as np
import pytest
from neuron import FUNCTIONS, STARTS, TRUTH

each_run = pytest.mark.parametrize(("task", "start"), [(task, start) for task in TRUTH for start in STARTS])


@each_run
def test_each_loss_is_drawn_whole_faintly_and_named_at_its_end_apart_from_the_others(task, start):
    drawing = neuron.drawing(neuron.learning(task, start))
    low, high = drawing.layout["yaxis4"]["range"]
    heights = []
    for slug in FUNCTIONS:
        x, y = drawing.xy(f"whole_{slug}")
        assert x.tolist() == list(range(41))
        np.testing.assert_allclose(
            y, [neuron.loss(slug, task, neuron.trained(slug, task, start, k)) for k in x.astype(int)], atol=1e-6
        )
        assert low <= y.min() <= y.max() <= high
        heights += drawing.xy(f"name_{slug}")[1].tolist()
        assert drawing.traces[f"whole_{slug}"]["opacity"] < 0.5
        colours = {drawing.traces[f"{part}_{slug}"]["line"]["color"] for part in ("whole", "loss", "line")}
        assert colours == {drawing.traces[f"name_{slug}"]["textfont"]["color"]}
    assert np.diff(sorted(heights)).min() >= 0.15 * (high - low)
    assert max(heights) <= 1.000001 * high
    ticks = drawing.layout["xaxis4"]
    assert [t * t for t in ticks["tickvals"]] == [int(text) for text in ticks["ticktext"]]


def test_losses_are_told_apart_without_their_colours():
    drawing = neuron.drawing(neuron.learning("or", "b"))
    dashes = [drawing.traces[f"loss_{slug}"]["line"]["dash"] for slug in ("binary_step", "relu")]
    assert dashes[0] == "solid" != dashes[1]
    sizes = [drawing.traces[f"now_{slug}"]["marker"]["size"] for slug in ("binary_step", "relu")]
    assert sizes[0] > sizes[1]
