"""The ledger of a chain, the formats in which its gradient is lost, and where a target is met."""

from __future__ import annotations

import math
from collections.abc import Mapping

from activations import Activation
from activations.experiments import chain, fading
from activations.experiments.chain import UNDERFLOW
from activations.experiments.fading import Setting
from pages.shared import state, words

TARGETS = (
    *("10", "1", "0.1", "0.01", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "4.38e-8", "1e-8"),
    *("1e-10", "1e-15", "1e-20", "1e-30", "1e-40"),
)
_LARGE = math.log10(99999.5)  # from here on five digits do not reach the decimal point
_COLUMNS = ("layer", "z", "slope", "w", "factor", "product")


def ledger(activation: Activation, where: Setting) -> str:
    """One row a layer, from the output back to the input, so that each product can be checked by hand."""
    run = chain.run(activation, where.depth, where.w, where.b, where.input)
    signs, logs = run.sign_back[1:], run.log_back[1:]
    rows = []
    for back in range(where.depth):
        k = where.depth - 1 - back
        cells = [figure(float(x)) for x in (run.pre_activation[k], run.slope[k], where.w, run.factor[k])]
        rows.append(_row(str(k + 1), *cells, _signed(float(signs[back]), float(logs[back]))))
    head = _row(*(words.ui(f"ledger.{name}") for name in _COLUMNS))
    return "\n".join([setting(activation, where), "", head, "|" + "--:|" * len(_COLUMNS), *rows])


def setting(activation: Activation, where: Setting) -> str:
    """The function and the setting for which the ledger holds."""
    values = (str(where.depth), *(words.number(value, "1") for value in (where.w, where.b, where.input)))
    symbols = ("L", "w", "b", "x₀")
    stand = ", ".join(f"{symbol} = {value}" for symbol, value in zip(symbols, values, strict=True))
    return f"**{words.page(f'functions/{activation.slug}')['title']}**: {stand}"


def lost(activations: Mapping[Activation, str], marks: Mapping[str, str]) -> str:
    """After how many layers each number format would hold exactly zero, a row a function; what else is lost."""
    rows = [
        _row(name, *(marks[f"lost_{activation.slug}_{kind}"] for kind in UNDERFLOW))
        for activation, name in activations.items()
    ]
    table = "\n".join([_row(words.ui("lost.head"), *UNDERFLOW), "|---|" + "---|" * len(UNDERFLOW), *rows])
    return f"{table}\n\n[{words.ui('to_rounding')}]({state.address('rounding')})"


def found(activations: Mapping[Activation, str], target: str, where: Setting) -> str:
    """The depth at which, and the input for which, each function's gradient is the target."""
    log_target = math.log10(float(target))
    lines = []
    for activation, name in activations.items():
        depth, x0 = (
            fading.depth_reaching(activation, log_target, where),
            fading.input_reaching(activation, log_target, where),
        )
        here = words.number(where.input, "1")
        by_depth = words.ui("found.depth", depth=depth, x0=here) if depth else words.ui("found.no_depth")
        there = "" if x0 is None else words.number(x0, "4")
        by_input = words.ui("found.input", depth=where.depth, x0=there) if there else words.ui("found.no_input")
        lines.append(f"- **{name}** — {by_depth} {by_input}")
    return "\n".join(lines)


def amount(target: str) -> str:
    """A target as it is printed: 0.01, 10⁻³, 4.38·10⁻⁸."""
    digits, exponent = f"{float(target):.2e}".split("e")
    power = f"10{str(int(exponent)).translate(words.SUPERSCRIPT)}"
    if digits != "1.00":
        return f"{digits}·{power}"
    return power if int(exponent) < -2 else target


def figure(value: float) -> str:
    """Five significant digits, an exact zero as 0."""
    return _signed(math.copysign(1.0, value), math.log10(abs(value)) if value else -math.inf, abs(value))


def _signed(sign: float, log: float, size: float | None = None) -> str:
    if log == -math.inf:
        return "0"
    minus = "−" if sign < 0 else ""
    if -4 <= log < _LARGE:
        return f"{minus}{10**log if size is None else size:.5g}"
    exponent = math.floor(log)
    digits = f"{10 ** (log - exponent):.4f}"
    if digits == "10.0000":
        digits, exponent = "1.0000", exponent + 1
    return f"{minus}{digits}·10{str(exponent).translate(words.SUPERSCRIPT)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
