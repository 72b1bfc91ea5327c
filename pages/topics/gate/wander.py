"""The first picture: X wanders and is compared with x; area, height, and the mean of m and of m·x over n draws."""

from __future__ import annotations

import numpy as np

from activations import CATALOGUE
from activations.experiments import gate
from activations.spec import Array
from pages.shared import words
from pages.shared.prediction import GUESS
from pages.topics.gate.stands import Stands

WIDE = 3.2  # of x on each side of 0
PAST = 20  # steps of the walk that are still seen
TOP = 0.44  # of the panel of the bell
ENDS = (-0.75, 3.0)  # of the output
_AREA = 41
_WORD = -3.1  # where words on the picture begin
_LINE = np.linspace(-WIDE, WIDE, 81)
_CLOSE = 1e-12  # a draw this little above x is at x


def frames(at: Stands) -> dict[str, Array]:
    """Every array of the picture, of shape (places, points)."""
    x, phi = at.x[:, None], gate.phi(at.x)[:, None]
    return {
        **_walked(at),
        **_bell(at),
        **_height(at, x, phi),
        **_means(at, phi),
        **_output(at, x),
        **at.hair("hair_walk", 0.0, float(PAST)),
        **at.hair("hair_bell", 0.0, TOP),
        **at.hair("hair_cdf", 0.0, 1.0),
        **at.hair("hair_output", *ENDS),
    }


def said(at: Stands) -> dict[str, list[str]]:
    """All that is printed, one text a place."""
    walk, share, phi = gate.walk(at.seed), gate.shares(at.seed)[at.n, at.column], gate.phi(at.x)
    met = walk[None, :] <= at.x[:, None] + _CLOSE
    past, now = np.arange(len(walk)) <= at.t[:, None], met[np.arange(len(at.t)), at.t]
    area, height = (words.page("topics/gate")[f"on-{part}"] for part in ("area", "height"))
    shown = words.numbers(phi, 2)
    return {
        "x": words.numbers(at.x, 2),
        "walk": words.numbers(walk[at.t], 2),
        "side": ["≤" if yes else ">" for yes in now],
        "m": ["1" if yes else "0" for yes in now],
        "met": [str(count) for count in (met & past).sum(axis=1)],
        "steps": [str(count) for count in at.t + 1],
        "phi": words.numbers(phi, 4),
        "share": words.numbers(share, 4),
        "n": [str(count) for count in at.counts],
        "mean": words.numbers(share * at.x, 4),
        "error": words.numbers(gate.error(at.x, at.counts), 4),
        "gelu": words.numbers(CATALOGUE["gelu"](at.x), 4),
        "area_word.text": [words.format(area, phi=text) for text in shown],
        "height_word.text": [words.format(height, phi=text) for text in shown],
    }


def guesses() -> dict[str, dict[str, Array]]:
    """The curves that wrong answers to the question stand for, by the names of their traces."""
    ends, asked = np.array([-WIDE, WIDE]), -0.5
    curves = {
        "1": (np.array([-WIDE, 0.0, WIDE]), np.array([0.0, 0.0, WIDE])),  # a gate that looks at the sign
        "3": (ends, ends / 2),
        "4": (ends, ends * gate.phi(asked)),  # a gate that is open as often as where the question begins
    }
    return {f"{GUESS}{k}": {f"{GUESS}{k}.x": x, f"{GUESS}{k}.y": y} for k, (x, y) in curves.items()}


def _walked(at: Stands) -> dict[str, Array]:
    """Where X is, and where it came from, rising as it grows older."""
    walk, age = gate.walk(at.seed), np.arange(PAST + 1)
    then = at.t[:, None] - age
    return {
        "trail.x": np.where(then >= 0, walk[np.maximum(then, 0)], np.nan),
        "trail.y": at.each(age),
        "now.x": walk[at.t][:, None],
        "now.y": at.each([0.0]),
    }


def _bell(at: Stands) -> dict[str, Array]:
    """The density of N(0, 1), its area up to x, and where it is written how large that is."""
    across = np.linspace(np.full_like(at.x, -WIDE), at.x, _AREA, axis=1)
    return {
        "bell.x": at.each(_LINE),
        "bell.y": at.each(gate.density(_LINE)),
        "area.x": np.hstack([across, across[:, -1:], across[:, :1]]),
        "area.y": np.hstack([gate.density(across), np.zeros((len(across), 2))]),
        "area_word.x": at.each([_WORD]),
        "area_word.y": at.each([0.85 * TOP]),
    }


def _height(at: Stands, x: Array, phi: Array) -> dict[str, Array]:
    """Φ, its height at x, and the line from there to the means."""
    return {
        "cdf.x": at.each(_LINE),
        "cdf.y": at.each(gate.phi(_LINE)),
        "height.x": np.hstack([x, np.full_like(x, WIDE)]),
        "height.y": np.hstack([phi, phi]),
        "cdf_dot.x": x,
        "cdf_dot.y": phi,
        "height_word.x": at.each([_WORD]),
        "height_word.y": at.each([0.85]),
    }


def _means(at: Stands, phi: Array) -> dict[str, Array]:
    """The mean of m over the first draws, up to n, and one standard error on each side of Φ(x)."""
    logs = np.log10(gate.COUNTS)
    share = gate.shares(at.seed)[:, at.column].T
    spread = np.sqrt(phi * (1 - phi) / np.array(gate.COUNTS))
    return {
        "mean.x": at.each(logs),
        "mean.y": np.where(np.arange(len(logs)) <= at.n[:, None], share, np.nan),
        "mean_dot.x": logs[at.n][:, None],
        "mean_dot.y": np.take_along_axis(share, at.n[:, None], axis=1),
        "band.x": at.each([*logs, *logs[::-1]]),
        "band.y": np.hstack([phi + spread, (phi - spread)[:, ::-1]]),
        "target.x": at.each([0.0, logs[-1]]),
        "target.y": np.hstack([phi, phi]),
    }


def _output(at: Stands, x: Array) -> dict[str, Array]:
    """x Φ(x), and at x the mean of m·x with a standard error on each side."""
    mean = x * gate.shares(at.seed)[at.n, at.column][:, None]
    error = gate.error(at.x, at.counts)[:, None]
    return {
        "gelu.x": at.each(_LINE),
        "gelu.y": at.each(CATALOGUE["gelu"](_LINE)),
        "error.x": np.hstack([x, x]),
        "error.y": np.hstack([mean - error, mean + error]),
        "output_dot.x": x,
        "output_dot.y": mean,
    }
