"""The chain as HTML: units in a row, between them what each does on the way forward and, below, on the way back."""

from __future__ import annotations

from html import escape

_LINKS = (("x", "0", "1"), ("a", "1", "2"))  # the first units: symbol, index, and that of the layer after it


def html(alt: str) -> str:
    """The drawing; ``alt`` describes it to whoever does not see it."""
    links = [
        _unit(symbol, index) + _link(f"<i>f</i>(<i>w</i>{_with(symbol, index)} + <i>b</i>)", _factor(layer))
        for symbol, index, layer in _LINKS
    ]
    rest = f"{_unit('a', '2')}<b>…</b>{_unit('a', '<i>L</i>')}"
    return f"<div class='nl-chain' role='img' aria-label='{escape(alt, quote=True)}'>{''.join(links)}{rest}</div>"


def _unit(symbol: str, index: str) -> str:
    return f"<span class='nl-unit'><span>{_with(symbol, index)}</span></span>"


def _with(symbol: str, index: str) -> str:
    return f"<i>{symbol}</i><sub>{index}</sub>"


def _factor(layer: str) -> str:
    return f"× <i>w</i> <i>f</i>′({_with('z', layer)})"


def _link(ahead: str, back: str) -> str:
    return f"<span class='nl-link'><span class='nl-ahead'>{ahead}</span><span class='nl-back'>{back}</span></span>"
