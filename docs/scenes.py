"""What the cards of the questions and tools show: each a picture out of its own experiment, as pieces of SVG."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from activations import CATALOGUE, formulas
from activations.experiments import (
    approximations,
    centring,
    chain,
    composed,
    cost,
    dying,
    exploding,
    feedforward,
    gate,
    myths,
    neuron,
    normalised,
    output_layer,
    pros_cons,
    race,
    recorded,
    sums,
)
from activations.experiments import rounding as rounded
from activations.experiments.gated import GATED, gated
from activations.experiments.softmax import jacobian, softmax
from pages.shared import figures

GRID, AXIS = "#e9edf1", "#b4bdc7"
Points = list[tuple[float, float]]


def path(points: Points, colour: str, width: float, style: str = "") -> str:
    """A stroke through these points."""
    route = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    stroke = f'fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="M{route}" {stroke} {style}/>'


def _networked() -> Iterator[str]:
    """A network of five neurons with its numbers at the start, and the curve of ReLU in each hidden one."""
    at = {param.name: np.array([param.default]) for param in feedforward.PARAMS}
    done, relu = feedforward.run(CATALOGUE["relu"], at), CATALOGUE["relu"]
    inputs, boxes, sink = [(130, 190), (130, 440)], [115, 315, 515], (1130, 315)
    edges = [(inputs[k], (470, boxes[j]), done.w[0, j, k] * done.x[0, k]) for j in range(3) for k in (0, 1)]
    edges += [((770, boxes[j]), sink, done.v[0, j] * done.a[0, j]) for j in range(3)]
    for (x0, y0), (x1, y1), signal in edges:
        yield path([(x0, y0), (x1, y1)], _sign(signal), 4 + 26 * abs(signal))
    for x, y, radius in (*((x, y, 40) for x, y in inputs), (*sink, 62)):
        yield f'<circle cx="{x}" cy="{y}" r="{radius}" fill="#ffffff" stroke="{figures.GREY}" stroke-width="9"/>'
    for j, y in enumerate(boxes):
        yield f'<rect x="470" y="{y - 80}" width="300" height="160" fill="#ffffff" stroke="{AXIS}" stroke-width="5"/>'
        curve = [(620 + 29 * z, y + 45 - 29 * float(relu(z))) for z in (-5.0, 0.0, 4.1)]
        yield path(curve, figures.colour("relu"), 11)
        z, a = done.z[0, j], done.a[0, j]
        yield f'<circle cx="{620 + 29 * z:.0f}" cy="{y + 45 - 29 * a:.0f}" r="19" fill="{figures.colour("relu")}"/>'


def _sign(signal: float) -> str:
    return "#e07b00" if signal > 0 else "#2f6fd6" if signal < 0 else AXIS


def _fading() -> Iterator[str]:
    """The gradients of three chains, layer by layer, one decade a line of the grid."""
    for decade in range(0, 15, 2):
        yield f'<path d="M80 {70 + 30 * decade}H1200" stroke="{GRID}" stroke-width="3"/>'
    for slug in ("relu", "tanh", "sigmoid"):
        left = chain.run(CATALOGUE[slug], 22, 1.0, 0.0, 1.0).log_back
        points = [(80 + 46 * layer, 70 - 30 * log) for layer, log in enumerate(left)]
        colour = figures.colour(slug)
        yield path(points, colour, 8)
        yield from (f'<circle cx="{x:.0f}" cy="{y:.0f}" r="11" fill="{colour}"/>' for x, y in points)


def _touched() -> Iterator[str]:
    """Secants of the sigmoid through one point, and the tangent that they approach."""
    sigmoid, x = CATALOGUE["sigmoid"], np.linspace(-5.5, 5.5, 221)
    yield f'<path d="M80 500H1200" stroke="{AXIS}" stroke-width="5"/>'
    yield path(
        [(640 + 105 * a, 500 - 400 * b) for a, b in zip(x, sigmoid(x), strict=True)], figures.colour("sigmoid"), 13
    )
    at = -1.2
    for h, colour, width in ((5.0, GRID, 7), (3.6, AXIS, 7), (2.2, figures.VECTOR, 9), (1e-6, figures.GREY, 9)):
        steep = (sigmoid(at + h) - sigmoid(at)) / h
        ends = [(640 + 105 * (at + run), 500 - 400 * (sigmoid(at) + steep * run)) for run in (-1.4, max(h, 2.0) + 0.6)]
        yield path(ends, colour, width)
        yield f'<circle cx="{640 + 105 * (at + h):.0f}" cy="{500 - 400 * sigmoid(at + h):.0f}" r="13" fill="{colour}"/>'
    yield f'<circle cx="{640 + 105 * at:.0f}" cy="{500 - 400 * sigmoid(at):.0f}" r="21" fill="{figures.PROBE}"/>'


def _written() -> Iterator[str]:
    """An ELU with two parameters at several values of one of them, and the line that it is written in."""
    x = np.linspace(-5.5, 5.5, 221)
    yield f'<path d="M80 420H1200" stroke="{AXIS}" stroke-width="5"/>'
    own = formulas.activation(formulas.parse("where(x > 0, x, a*(exp(b*x) - 1))"))
    for b, colour, width in ((0.3, GRID, 9), (3.0, AXIS, 9), (0.5, figures.FORMULAS[0], 14)):
        drawn = zip(x, own(x, a=2.0, b=b), strict=True)
        yield path([(640 + 105 * a, 420 - 64 * y) for a, y in drawn], colour, width)
    yield f'<rect x="110" y="70" width="640" height="104" rx="16" fill="#ffffff" stroke="{AXIS}" stroke-width="5"/>'
    ink = 'font-family="monospace" font-size="42" fill="#1c2733"'
    yield f'<text x="140" y="136" {ink}>f(x) = where(x &gt; 0, x …</text>'


def _pieced() -> Iterator[str]:
    """Six ReLU units, thin, whose sum follows a sine between the ends of the training range and leaves it outside."""
    relu, x, colour = CATALOGUE["relu"], np.linspace(-5.4, 5.4, 433), figures.colour("relu")
    found = sums.fit(relu, "sine", np.ones(1), sums.spread(relu, np.array([6.0])))
    yield f'<rect x="{640 - 105 * sums.REACH}" y="30" width="{210 * sums.REACH}" height="570" fill="{GRID}"/>'
    lines = [(share, colour, 4) for share in found.shares(relu, x)[0, :6]]
    lines += [(np.sin(x), figures.GREY, 26), (found.at(relu, x)[0], colour, 13)]
    for line, shade, width in lines:
        points = [(640 + 105 * a, 330 - 170 * b) for a, b in zip(x, line, strict=True) if abs(b) < 1.16]
        yield path(points, shade, width)


def _valley() -> Iterator[str]:
    """What is left of a gradient over depth at growing weight scales, from faded to exploded."""
    yield f'<path d="M80 315H1200" stroke="{AXIS}" stroke-width="5"/>'
    cold = [(-1.5, "#0b2a5b"), (-0.75, "#2464aa"), (0, "#6aa5d8")]
    hot = [(0.5, "#1c2733"), (1, "#ec8a4a"), (1.75, "#c9431a"), (2.5, "#7a1203")]
    for power, colour in cold + hot:
        left = exploding.load("relu").measured[round((power - exploding.GAIN.low) / exploding.GAIN.step)][:24]
        yield path([(80, 315), *((80 + 46 * k, 315 - 30 * log) for k, log in enumerate(left, 1))], colour, 11)


def _rescued() -> Iterator[str]:
    """What is left of a gradient over depth: plain sigmoids, normalised ones, a skip, and normalised ReLUs."""
    yield f'<path d="M80 180H1020" stroke="{AXIS}" stroke-width="5"/>'
    lines = {
        ("sigmoid", "plain", "batch"): "#0b2a5b",
        ("sigmoid", "before", "layer"): "#2464aa",
        ("sigmoid", "before", "batch"): "#1c2733",
        ("relu", "before", "batch"): "#ec8a4a",
        ("relu", "skip", "batch"): "#c9431a",
    }
    row = round((0.0 - normalised.GAIN.low) / normalised.GAIN.step)
    for setting, colour in lines.items():
        left = normalised.load(*setting).gradient[row][:40]
        yield path([(80, 180), *((80 + 23.5 * k, 180 - 20 * log) for k, log in enumerate(left, 1))], colour, 11)


def _bent() -> Iterator[str]:
    """A grid behind six layers with tanh between them, and behind the one map that comes nearest."""
    points, (w, v) = composed.grid(), (1.2, 1.1)
    found = composed.composed(CATALOGUE["tanh"], w, v, points.reshape(2, -1))
    one = composed.applied(found.matrix[-1], points.reshape(2, -1)) + found.shift[-1][:, None]
    for lines, colour, width in ((one, AXIS, 6), (found.output[-1], figures.colour("tanh"), 8)):
        for xs, ys in np.moveaxis(lines.reshape(points.shape), 0, 1):
            yield path([(520 + 300 * x, 315 - 200 * y) for x, y in zip(xs, ys, strict=True)], colour, width)


def _narrowed() -> Iterator[str]:
    """Two paths of gradient descent: in the narrow valley of inputs around 2, and after their mean was subtracted."""
    x = centring.inputs(CATALOGUE["identity"], [0.0, 2.0])
    matrix = centring.hessian(x)
    paths = centring.descend(x, 0.97 * centring.reference_rate(matrix, False), False)
    for k, (left, colour) in enumerate(((330, figures.VECTOR), (960, figures.colour("tanh")))):
        start = centring.loss(matrix, paths)[:, 0]
        for share in (1.0, 0.45, 0.12):
            ring = centring.contour(matrix, share * start)[k]
            yield path([(left + 135 * a, 315 - 135 * b) for a, b in ring.tolist()], AXIS, 5)
        yield path([(left + 135 * a, 315 - 135 * b) for a, b in paths[k].tolist()], colour, 11)
        yield f'<circle cx="{left}" cy="315" r="17" fill="{colour}"/>'


def _thrown() -> Iterator[str]:
    """The largest pre-activation of a unit that one step throws below 0, and whether it returns."""
    yield f'<path d="M0 300H1280V630H0Z" fill="{GRID}"/>'
    yield f'<path d="M0 300H1280" stroke="{AXIS}" stroke-width="5"/>'
    for slug, settings in (("gelu", {}), ("elu", {"alpha": 1.0}), ("leaky_relu", {"alpha": 0.1}), ("relu", {})):
        highest = dying.train(CATALOGUE[slug], 2.0, **settings).z[0].max(axis=1)
        points = [(80 + 27 * k, 300 - 72 * z) for k, z in enumerate(highest.tolist())]
        yield path(points, figures.colour(slug), 13)


def _doubted() -> Iterator[str]:
    """Dashed a formula for a derivative that is often printed, and the derivative."""
    yield f'<path d="M80 470H1200M640 60V540" stroke="{AXIS}" stroke-width="5"/>'
    found = myths.evidence("quarter", CATALOGUE)
    for line, colour, style in (
        (found.claimed, figures.GREY, 'stroke-dasharray="26 26"'),
        (found.true, figures.colour("sigmoid"), ""),
    ):
        yield path([(640 + 92 * x, 470 - 390 * y) for x, y in zip(found.x, line, strict=True)], colour, 13, style)


def _fired() -> Iterator[str]:
    """A sigmoid neuron that has learnt AND: its output over the plane, and the four inputs."""
    w1, w2, b = neuron.learn(CATALOGUE["sigmoid"], "and", "a").weights[-1]
    colour, ink = figures.colour("sigmoid"), "#1c2733"
    for share in np.linspace(0.05, 0.95, 19):
        # Where the output is that share: w1 x1 + w2 x2 + b = log(share / (1 - share)).
        level = np.log(share / (1 - share)) - b
        border = _plane([(x, (level - w1 * x) / w2) for x in (-1.5, 2.5)])
        yield path([*border, (5000, -3000)], "none", 0, f'style="fill:{colour}" fill-opacity="0.06"')
        if abs(share - 0.5) < 0.01:
            yield path(border, colour, 9)
    for place, answer in zip(neuron.INPUTS.tolist(), neuron.TASKS["and"], strict=True):
        ((across, down),) = _plane([tuple(place)])
        fill = ink if answer else "#ffffff"
        yield f'<circle cx="{across}" cy="{down}" r="26" fill="{fill}" stroke="{ink}" stroke-width="9"/>'


def _plane(points: Points) -> Points:
    return [(520 + 330 * x, 470 - 330 * y) for x, y in points]


def _expected() -> Iterator[str]:
    """The area under the normal density up to x, and the gate that it is the height of."""
    x = np.linspace(-3.4, 3.4, 341)
    across, here = 640 + 165 * x, x <= 0.6
    bell, gelu = 430 - 800 * gate.density(x), figures.colour("gelu")
    yield f'<path d="M60 430H1220" stroke="{AXIS}" stroke-width="5"/>'
    area = [(across[0], 430.0), *zip(across[here], bell[here], strict=True), (across[here][-1], 430.0)]
    yield path(area, "none", 0, f'style="fill:{gelu}" fill-opacity="0.3"')
    yield path(list(zip(across, bell, strict=True)), figures.GREY, 9)
    yield path(list(zip(across, 430 - 319 * gate.phi(x), strict=True)), gelu, 13)
    yield f'<path d="M{across[here][-1]:.0f} 60V500" stroke="{figures.PROBE}" stroke-width="6"/>'
    yield f'<circle cx="{across[here][-1]:.0f}" cy="{430 - 319 * gate.phi(0.6):.0f}" r="19" fill="{figures.PROBE}"/>'


def _missed() -> Iterator[str]:
    """How far two approximations of GELU are off, one decade a line of the grid."""
    x = np.linspace(-5.5, 5.5, 1101)
    for decade in range(6):
        yield f'<path d="M60 {80 + 90 * decade}H1220" stroke="{GRID}" stroke-width="3"/>'
    for form, colour in (("tanh", figures.colour("tanh")), ("sigmoid", figures.colour("sigmoid"))):
        size = approximations.judged(form, x, "exact")[1]
        down = 80 - 90 * (np.log10(np.maximum(size, 1e-9)) + 1.3)
        yield path(list(zip(640 + 105 * x, np.minimum(down, 530), strict=True)), colour, 11)


def _rounded() -> Iterator[str]:
    """The slope of the sigmoid on a logarithmic axis, and how the plain formula falls from it to 0."""
    near = np.abs(rounded.GRID) <= 28
    found = rounded.outcome("sigmoid", rounded.PLAIN, "float32").value[near]
    fallen = np.log10(np.maximum(found, 1e-19))
    for y, slug, width in ((rounded.truth("sigmoid").decades[near], "sigmoid", 15), (fallen, "relu", 7)):
        yield path(list(zip(640 + 20 * rounded.GRID[near], 60 - 24 * y, strict=True)), figures.colour(slug), width)


def _timed() -> Iterator[str]:
    """Nanoseconds a value, a decade every 330 pixels: forwards a full dot, backwards an open one."""
    found = cost.recorded()
    for place, slug in enumerate(("relu", "hard_tanh", "tanh", "sigmoid", "swish", "elu", "gelu", "mish")):
        there, back = (250 + 400 * np.log10(found.at(line, 6.0) / 0.4) for line in (slug, slug + cost.BACK))
        down, colour = 55 + 64 * place, figures.colour(slug)
        yield f'<path d="M120 {down}H1160" stroke="{GRID}" stroke-width="4"/>'
        yield f'<circle cx="{back:.0f}" cy="{down}" r="17" fill="#ffffff" stroke="{colour}" stroke-width="9"/>'
        yield f'<circle cx="{there:.0f}" cy="{down}" r="21" fill="{colour}"/>'


def _weighed() -> Iterator[str]:
    """Each function by its cost, to the right, and by how little of a gradient it keeps, downwards."""
    for decade in range(0, 14, 2):
        yield f'<path d="M80 {100 + 32 * decade}H1200" stroke="{GRID}" stroke-width="3"/>'
    for activation in (activation for slug, activation in CATALOGUE.items() if slug in cost.FORWARD):
        found, colour = pros_cons.of(activation), figures.colour(activation.slug)
        across, down = 120 + 650 * (np.log10(found.total) - np.log10(3.67)), 100 - 32 * found.left
        yield path([(across, 100), (across, down)], colour, 7)
        yield f'<circle cx="{across:.0f}" cy="{down:.0f}" r="24" fill="{colour}"/>'


def _together() -> Iterator[str]:
    """Six functions in one picture, each dashed in its own way."""
    yield f'<path d="M60 440H1220M640 40V590" stroke="{AXIS}" stroke-width="5"/>'
    dashes = {"relu": "", "elu": "52 20", "gelu": "30 18", "swish": "4 20", "softplus": "46 18 4 18", "tanh": "16 22"}
    x = np.linspace(-3.6, 3.6, 721)
    for slug, dash in dashes.items():
        y = CATALOGUE[slug](x)
        points = [(640 + 160 * a, 440 - 160 * b) for a, b in zip(x, y, strict=True) if b < 2.6]
        yield path(points, figures.colour(slug), 11, f'stroke-dasharray="{dash}"')


def _shared() -> Iterator[str]:
    """Softmax of four logits as bars, and its Jacobian as a map."""
    logits = [2.0, 1.0, 0.0, -1.0]
    yield f'<path d="M80 540H590" stroke="{AXIS}" stroke-width="5"/>'
    for k, p in enumerate(softmax(logits).tolist()):
        yield f'<path d="M{95 + 125 * k} 540v{-620 * p:.1f}h95V540z" fill="#b257ae"/>'
    for (i, j), slope in np.ndenumerate(jacobian(logits)):
        fill = f'fill="{"#e07b00" if slope > 0 else "#2f6fd6"}" fill-opacity="{0.1 + 3.9 * abs(slope):.2f}"'
        yield f'<rect x="{690 + 115 * j}" y="{60 + 115 * i}" width="109" height="109" {fill}/>'


def _paired() -> Iterator[str]:
    """The gradient at the logit of a sigmoid whose target is 1: with cross-entropy, with squared error, and of tanh."""
    yield f'<path d="M60 90H1220M640 40V590" stroke="{AXIS}" stroke-width="5"/>'
    z = np.linspace(-8.0, 8.0, 641)
    looks = {"tanh_se": ("tanh", 9, "4 22"), "sigmoid_se": ("relu", 12, "46 24"), "sigmoid_ce": ("sigmoid", 16, "")}
    for name, (slug, width, dash) in looks.items():
        down = 90 - 190 * output_layer.TRAINED[name].gradient(z, np.ones(1))
        points = list(zip(640 + 70 * z, down, strict=True))
        yield path(points, figures.colour(slug), width, f'stroke-dasharray="{dash}"')


def _multiplied() -> Iterator[str]:
    """SwiGLU over its value and its gate as a map, and a section of it beside SiLU."""
    silu, side = CATALOGUE["swish"], np.linspace(3.5, -3.5, 8)
    for i, a in enumerate(side):
        for j, b in enumerate(-side):
            y = float(gated(silu, a, b))
            fill = f'fill="{"#e07b00" if y > 0 else "#2f6fd6"}" fill-opacity="{min(0.9, 0.04 + abs(y) / 7):.2f}"'
            yield f'<rect x="{80 + 61 * j}" y="{60 + 61 * i}" width="58" height="58" {fill}/>'
    yield f'<path d="M660 400H1220M900 60V500" stroke="{AXIS}" stroke-width="5"/>'
    x = np.linspace(-3.2, 4.2, 371)
    for y, colour, width in ((silu(x), figures.GREY, 9), (gated(silu, x, x), figures.colour("swish"), 14)):
        points = [(900 + 75 * p, 400 - 62 * q) for p, q in zip(x, y, strict=True) if q < 5.5]
        yield path(points, colour, width)


def _inspected() -> Iterator[str]:
    """The histograms of three layers of a recorded network over its ReLU; what is off is red."""
    layers = recorded.recorded("dead").layers
    for k, layer in enumerate((layers[0], layers[1], layers[3])):
        left, scale, most = 60 + 365 * k, max(-layer.low, layer.high), max(layer.counts)
        edges = np.linspace(layer.low, layer.high, len(layer.counts) + 1) / scale
        for low, high, count in zip(edges, edges[1:], layer.counts, strict=False):
            x, width, height = left + 180 + 170 * low, 170 * (high - low), 380 * count / most
            colour = "#e8232e" if low + high < 0 else AXIS
            size = f'width="{width + 1:.1f}" height="{height:.1f}"'
            yield f'<rect x="{x:.1f}" y="{480 - height:.1f}" {size} fill="{colour}"/>'
        yield path([(left, 480), (left + 180, 480), (left + 350, 310)], figures.colour("relu"), 13)


def _raced() -> Iterator[str]:
    """The median held-out loss of eight functions over the steps of a regression."""
    yield f'<path d="M80 60V500H1150" fill="none" stroke="{AXIS}" stroke-width="5"/>'
    losses = np.log10(np.median(race.load("friedman").at_best, axis=1))
    steps = race.moments() / race.STEPS
    for slug, decades in zip(race.FUNCTIONS, losses, strict=True):
        points = [(84 + 1040 * step, 92 - 95 * power) for step, power in zip(steps[1:], decades[1:], strict=True)]
        dash = 'stroke-dasharray="24 18"' if slug in GATED else ""
        yield path(points, figures.colour(GATED.get(slug, slug)), 9, dash)


PICTURES = {
    "basics": _networked,
    "neuron": _fired,
    "collapse": _bent,
    "bends": _pieced,
    "derivative": _touched,
    "formula": _written,
    "inspect": _inspected,
    "vanishing": _fading,
    "exploding": _valley,
    "normalise": _rescued,
    "centred": _narrowed,
    "dying": _thrown,
    "gate": _expected,
    "approximations": _missed,
    "rounding": _rounded,
    "output": _paired,
    "softmax": _shared,
    "gated": _multiplied,
    "race": _raced,
    "cost": _timed,
    "choose": _weighed,
    "myths": _doubted,
    "compare": _together,
}
