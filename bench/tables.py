"""Figures as Markdown, each with the page and the setting it was taken on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEAD = ("Metric", "Nonlinear", "stock", "ratio", "page and setting", "budget")
HEAD_WORST = ("Worst of all pages", "figure", "page and setting", "budget")


@dataclass(frozen=True)
class Row:
    """One figure: what and where, ours, the stock page's beside it, and the most that ours may be."""

    what: str
    where: str
    ours: float
    stock: float | None = None
    budget: float | None = None
    decimals: int = 1
    of: tuple[float, float] | None = None  # where figures are counts: out of how many, for ours and for stock

    @property
    def verdict(self) -> str:
        """The budget and whether it is kept."""
        if self.budget is None:
            return "–"
        return f"≤ {self.budget:g} {'✓' if self.ours <= self.budget else '✗'}"

    def cells(self) -> tuple[str, ...]:
        """The row of the first table."""
        ratio = f"{self.ours / self.stock:.2f}" if self.stock else "–"
        return self.what, self._shown(0), self._shown(1), ratio, self.where, self.verdict

    def cells_worst(self) -> tuple[str, ...]:
        """The row of the second table."""
        return self.what, self._shown(0), self.where, self.verdict

    def _shown(self, side: int) -> str:
        value = (self.ours, self.stock)[side]
        if value is None:
            return "–"
        return f"{value:.{self.decimals}f}{f' of {self.of[side]:.0f}' if self.of else ''}"


def worst(rows: Iterable[Row]) -> Row:
    """The row with the largest figure."""
    return max(rows, key=lambda row: row.ours)


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the columns of numbers are flush right."""
    numbers = {"Nonlinear", "stock", "ratio", "figure"}
    rule = "".join("--:|" if name in numbers else "---|" for name in head)
    first, *rest = (f"| {' | '.join(cells)} |" for cells in (head, *rows))
    return "\n".join([first, f"|{rule}", *rest])
