"""Formulas that a reader writes: read, evaluated with their derivatives, their kinks found, their traits measured."""

from activations.formulas.parsing import Expression, FormulaError, parse
from activations.formulas.record import A, B, activation, named, slug

__all__ = ["A", "B", "Expression", "FormulaError", "activation", "named", "parse", "slug"]
