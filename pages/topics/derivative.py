"""What a derivative is: the slope that secants approach as h shrinks, until rounding spoils it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from activations import CATALOGUE
from activations.experiments.finite_differences import EXPONENT, log_errors, secant_slopes
from pages.shared import figures, words
from pages.shared.curves import PROBE as X0
from pages.shared.figures import GREY, PROBE, VECTOR, Picture, colour, keys, line, on_panel
from pages.shared.scene import Arrays, Scene, State, Texts
from pages.shared.topic import Topic

_X, ZERO, TOP = X0.grid, -18.0, 2.6  # where the error 0 lies on the axis of powers; height of the upper panel
_LINES = {"tangent": (GREY, "8px,6px"), "left": (colour("tanh"), "solid"), "right": (VECTOR, "solid")}
_ERRORS = {"right_error": (VECTOR, "solid"), "single_error": (VECTOR, "4px,4px"), "mean_error": (GREY, "solid")}
_TICKS = {"tickvals": [-16, -12, -8, -4, 0], "ticktext": ["10⁻¹⁶", "10⁻¹²", "10⁻⁸", "10⁻⁴", "1"]}
_AXES: dict[str, figures.Spec] = {
    "xaxis": {"range": [-6, 6], "anchor": "y"},
    "yaxis": {"range": [-0.8, TOP], "domain": [0.52, 1], "nticks": 5},
    "xaxis2": {"range": [-16.2, 0.2], "anchor": "y2", "title": "h", **_TICKS},
    "yaxis2": {"range": [ZERO - 0.5, 1], "domain": [0, 0.34], **_TICKS},
}


@dataclass(frozen=True)
class Secants(Scene):
    """The secants of a function from x0 to both sides, and below them how far their slopes are from f'(x0), over h."""

    variant: str = ""  # the slug of the function
    page, words_of, key = "derivative", "topics/derivative", "secants"
    params = (X0, EXPONENT)
    presets = MappingProxyType({"kink": {"x0": 0.0}, "small": {"h": -3.0}, "best": {"h": -8.0}, "least": {"h": -16.0}})

    def arrays(self, state: State) -> Arrays:
        """Points, tangent and secants, and each error at every h of the slider and at this one."""
        f, x, h = CATALOGUE[self.variant], state["x0"][:, None], 10.0 ** state["h"][:, None]
        slopes, ends = {"tangent": f.derivative(x), **secant_slopes(f, x, h)}, np.hstack([x - h, x + h])
        drawn = {"probe.x": x, "probe.y": f(x), "ends.x": ends, "ends.y": f(ends), "now.x": np.log10(np.tile(h, 3))}
        for name, ways in {"tangent": (-1.0, 1.0), "left": (0.0, -1.0), "right": (0.0, 1.0)}.items():
            run = np.maximum(2.5 / np.hypot(1.0, slopes[name]), 0.0 if name == "tangent" else h) * ways
            drawn |= {f"{name}.x": x + run, f"{name}.y": f(x) + slopes[name] * run}
        curve, errors = log_errors(f, x, 10.0**EXPONENT.grid), log_errors(f, x, h)
        drawn |= {f"{name}.y": np.maximum(curve[name], ZERO) for name in _ERRORS}
        return drawn | {"now.y": np.maximum(np.hstack([errors[name] for name in _ERRORS]), ZERO)}

    def steps(self, arrays: Arrays) -> Mapping[str, float]:
        """A tenth of a power of ten, about a pixel, for the errors, which are too irregular to be compressed well."""
        return {f"{name}.y": 0.1 for name in _ERRORS}

    def texts(self, state: State, text: words.Words) -> Texts:
        """The derivative, and each slope with its error."""
        f, x, h = CATALOGUE[self.variant], state["x0"], 10.0 ** state["h"]
        texts = {"x": words.numbers(x, 2), "slope": words.numbers(f.derivative(x), 4), "h": [*map(words.power, h)]}
        texts["function"] = [words.title(self.variant)] * len(x)
        texts |= {name: words.numbers(found, 4) for name, found in secant_slopes(f, x, h).items()}
        return texts | {k: [words.number(each, "power") for each in v] for k, v in log_errors(f, x, h).items()}

    def figure(self, arrays: Picture, texts: Mapping[str, str], large: bool) -> figures.Finished:
        """The function with its tangent and secants, above the errors."""
        text, wide, size = self.text, 1.5 if large else 1.0, 17.0 if large else 13.0
        still = {"value.x": _X, "value.y": CATALOGUE[self.variant](_X), **arrays}
        still |= {f"{name}.x": EXPONENT.grid for name in _ERRORS}
        traces = [line(still, "value", colour(self.variant), 3 * wide)]
        for panel, looks, place, step in (("", _LINES, (-6, 0.93 * TOP), 0.33), ("2", _ERRORS, (-16, -10.7), 2.8)):
            lines = [line(still, k, shade, 3 * wide, line={"dash": dash}) for k, (shade, dash) in looks.items()]
            named = keys({k: (text[f"key-{k}"], shade) for k, (shade, _) in looks.items()}, place, step, size)
            traces += on_panel(panel, *lines, *named)
        traces += [figures.dots(still, "ends", GREY, 7), figures.dots(still, "probe", PROBE, 11)]
        traces += on_panel("2", figures.dots(still, "now", PROBE, 8))
        return figures.panels(traces, _AXES, self.meta, {"": text["panel-f"], "2": text["panel-errors"]}, large)


TOPIC = Topic(
    {slug: Secants(slug) for slug in ("sigmoid", "gelu", "relu")}, tab="f",
    answer_state={"f": "sigmoid", "x0": -1.2, "h": -8.0}, links={"rounding": {}, "relu": {"x0": 0}},
)  # fmt: skip
