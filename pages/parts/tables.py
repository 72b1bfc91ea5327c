"""Numbers as tables and as words: the traits of a function, the ledger of a chain."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from activations import Activation, Trait
from activations.experiments.chain import UNDERFLOW, Chain, lost_after, run
from activations.experiments.fading import Setting, depth_reaching, input_reaching
from activations.experiments.portrait import Portrait
from pages.parts import words


def traits(act: Activation, measured: Portrait, settings: Mapping[str, float]) -> str:
    """The table of traits at the current parameters, as Markdown; every number measured."""
    claimed = act.traits_at(**settings)
    tails = [t for t in (Trait.SATURATES_LEFT, Trait.SATURATES_RIGHT) if t in claimed]
    smooth = next((t.value for t in (Trait.SMOOTH, Trait.C1, Trait.CONTINUOUS) if t in claimed), "jump")
    centred = "centred_yes" if Trait.ZERO_CENTRED in claimed else "centred_no"
    rows = {
        "range": span(measured),
        "minimum": words.ui("none") if measured.argmin is None else _at(measured.infimum, measured.argmin),
        "monotone": _yes(Trait.MONOTONE in claimed),
        "smooth": words.ui(f"smooth.{smooth}"),
        "odd": _yes(Trait.ODD in claimed),
        "centred": words.ui(centred, mean=words.number(measured.mean, "4")),
        "saturates": words.ui("and").join(words.ui(f"side.{t.value}") for t in tails) or words.ui("no"),
        "steepest": _at(measured.max_slope, measured.argmax_slope),
        "dies": _yes(Trait.CAN_DIE in claimed),
        **({"kink": _kink(act, act.kinks[0], settings)} if act.kinks else {}),
    }
    lines = [f"| {words.ui('trait.' + name)} | {value} |" for name, value in rows.items()]
    return "\n".join([f"| {words.ui('trait.head')} | {words.ui('trait.value')} |", "|---|---|", *lines])


def _kink(act: Activation, at: float, settings: Mapping[str, float]) -> str:
    sides, here = act.sides(at, **settings), float(act.slope(at, **settings))
    return words.ui("kink", left=_short(sides.slope_left), right=_short(sides.slope_right), here=_short(here))


def formula(latex: str) -> str:
    """A formula as large as a displayed one but within the text, where it needs no scroll bar of its own."""
    return rf"$\displaystyle {latex}$"


def values(measured: Portrait) -> dict[str, str]:
    """The printed numbers that texts may quote."""
    numbers = {
        "infimum": measured.infimum,
        "supremum": measured.supremum,
        "minimum": measured.infimum,
        "argmin": measured.argmin,
        "max_slope": measured.max_slope,
        "argmax_slope": measured.argmax_slope,
        "mean": measured.mean,
    }
    return {name: _short(value) for name, value in numbers.items() if value is not None}


def span(measured: Portrait) -> str:
    """The range as an interval."""
    return words.interval(measured.infimum, measured.supremum, measured.has_infimum, measured.has_supremum)


def ledger(chain: Chain) -> str:
    """One row a layer, from the output back to the input, so that each product can be checked by hand."""
    head = (
        "| "
        + " | ".join(words.ui(f"ledger.{name}") for name in ("layer", "z", "slope", "w", "factor", "product"))
        + " |"
    )
    rows = []
    for back in range(len(chain.factor)):
        k = len(chain.factor) - 1 - back
        cells = (
            _figure(chain.pre_activation[k]),
            _figure(chain.slope[k]),
            _figure(chain.weight),
            _figure(chain.factor[k]),
        )
        rows.append(f"| {k + 1} | {' | '.join(cells)} | {_figure(chain.backward[k])} |")
    return "\n".join([head, "|--:|--:|--:|--:|--:|--:|", *rows])


def _figure(value: object) -> str:
    """Five significant digits, an exact zero as 0."""
    number = float(value)  # type: ignore[arg-type]
    if number == 0:
        return "0"
    size = math.log10(abs(number))
    text = f"{abs(number):.5g}" if -4 <= size < 5 else _power(abs(number))
    return f"{'−' if number < 0 else ''}{text}"


def _power(number: float) -> str:
    digits, exponent = f"{number:.4e}".split("e")
    return f"{digits}·10{str(int(exponent)).translate(words.SUPERSCRIPT)}"


def _short(value: float) -> str:
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    return words.number(value, "0" if value == round(value) else "4")


def _at(value: float, x: float | None) -> str:
    return _short(value) if x is None else words.ui("at", value=_short(value), x=words.number(x, "4"))


def _yes(holds: bool) -> str:
    return words.ui("yes" if holds else "no")


def lost(acts: Sequence[Activation], at: Setting) -> str:
    """After how many layers each number format would hold exactly zero, a row a function."""
    head = f"| {words.ui('lost.head')} | {' | '.join(UNDERFLOW)} |"
    rows = []
    for act in acts:
        log_back = run(act, at.depth, at.w, at.b, at.input).log_back
        layers = [lost_after(log_back, kind) for kind in UNDERFLOW]
        cells = [
            words.ui("lost.never") if n is None else words.ui("lost.layer", layer=at.depth - n, back=n) for n in layers
        ]
        rows.append(f"| {act.name} | {' | '.join(cells)} |")
    return "\n".join([head, "|---|" + "---|" * len(UNDERFLOW), *rows])


def found(acts: Sequence[Activation], log_target: float, at: Setting) -> str:
    """The depth at which, and the input for which, each function's gradient is the target."""
    lines = []
    for act in acts:
        depth, x0 = depth_reaching(act, log_target, at), input_reaching(act, log_target, at)
        by_depth = words.ui("found.depth", depth=depth, x0=_figure(at.input)) if depth else words.ui("found.no_depth")
        by_input = (
            words.ui("found.input", depth=at.depth, x0=_figure(x0)) if x0 is not None else words.ui("found.no_input")
        )
        lines.append(f"- **{act.name}** — {by_depth} {by_input}")
    return "\n".join(lines)


def numbers(acts: Sequence[Activation], picture: Mapping[str, Any] | None, *labels: str, suffix: str = "") -> str:
    """A sentence a function with its number; without a picture the k-th number is left open as {k}.

    ``labels`` is the sentence's label, or the label of a preface and then the sentence's.
    """
    *preface, sentence = labels
    shown = [
        f"{{{k}}}" if picture is None else words.number(float(picture[f"reading.{act.slug}{suffix}"][0]), "power")
        for k, act in enumerate(acts)
    ]
    told = [words.ui(sentence, name=act.name, value=value) for act, value in zip(acts, shown, strict=True)]
    return "\n\n".join([*(words.ui(label) for label in preface), *told])
