"""Read a formula in x: from one line of text to a list of elementary steps, or to what is wrong with it and where.

Python's own parser reads the text, and nothing of it is ever run: every node that is not on the lists below is refused.
Equal parts of a formula become one step.
"""

from __future__ import annotations

import ast
import itertools
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from types import MappingProxyType

LONGEST, MOST_NODES, HIGHEST_POWER = 200, 60, 64
PARAMETERS = ("a", "b")
CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})
FUNCTIONS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(
        ("exp", "expm1", "log", "log1p", "sqrt", "abs", "sin", "cos", "tanh", "arctan", "erf", "sigmoid", "softplus"), 1
    )
    | dict.fromkeys(("relu", "silu", "gelu", "Phi"), 1)
    | {"max": 2, "min": 2, "where": 3}
)
"""How many arguments each function takes."""

# In Python 3.11 two threads that make syntax trees at once can fail with a SystemError (cpython issue 106905).
_PARSER = Lock()

# What an input method or a page may write for a character of the grammar; each stands for one, so that places stay.
_SAME = str.maketrans("（），＋－−–×·⋅∗＊÷／＜＞＝．　\u00a0０１２３４５６７８９", "(),+---*****//<>=.  0123456789")
# What is never right, wherever it stands, in the order in which it is looked for.
_NEVER = (
    ("caret", re.compile(r"\^")),
    ("character", re.compile(r"[^A-Za-z0-9.+\-*/(),<>= ]")),
    ("name", re.compile(r"\b(?:and|or|not|if|else|in|is|lambda)\b")),
    ("end", re.compile(r"(?<=[+\-*/<>=,])(?P<at> *)$")),
    ("syntax", re.compile(r"(?<=[A-Za-z)])\.")),
    ("equals", re.compile(r"(?<![<>=])=(?!=)")),
    ("operator", re.compile(r"(?<=\)) *(?P<at>[A-Za-z0-9.(])")),
    ("operator", re.compile(r"(?<=[A-Za-z0-9.]) +(?P<at>[A-Za-z0-9.])")),
    ("operator", re.compile(r"(?<![A-Za-z0-9.])(?:\d++\.?+\d*+|\.\d++)(?:[eE][+-]?\d++)?+ *+(?P<at>[A-Za-z(])")),
)
_OPERATORS: Mapping[type[ast.operator], str] = MappingProxyType(
    {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power"}
)
_COMPARISONS: Mapping[type[ast.cmpop], str] = MappingProxyType({ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="})


class FormulaError(ValueError):
    """What is wrong with a formula: its ``kind``, the ``place`` of the character to point at, and the ``word`` there.

    Kinds: ``empty``, ``long``, ``nodes``, ``character``, ``caret``, ``equals``, ``operator`` (one is missing),
    ``name``, ``call`` (a function without brackets), ``argument`` (not as many as it takes), ``comparison`` (outside
    of where), ``condition`` (where without one), ``equality`` (in a condition), ``bracket`` (without its other one),
    ``end`` (something is missing there), ``syntax``, ``power`` (too large) and ``number`` (not finite).
    """

    def __init__(self, kind: str, place: int, word: str = "") -> None:
        super().__init__(f"{kind} at {place}: {word}")
        self.kind, self.place, self.word = kind, place, word


@dataclass(frozen=True, eq=False)
class Step:
    """One elementary step: what it does with the results of the steps ``args``, and the value of a ``number``.

    ``where`` has as arguments both branches and then, for each of its ``compared`` signs, what stands on both sides.
    """

    does: str
    args: tuple[int, ...] = ()
    number: float = math.nan
    compared: tuple[str, ...] = ()

    def __hash__(self) -> int:
        # The number of most steps is NaN, whose hash is another one for each object.
        return hash((self.does, self.args, self.compared))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Step) and self._key == other._key

    @property
    def _key(self) -> tuple[object, ...]:
        return (self.does, self.args, repr(self.number), self.compared)


@dataclass(frozen=True)
class Expression:
    """A formula: its ``text`` in one spelling, and its ``steps``, each after those that it needs; the last is f."""

    text: str
    steps: tuple[Step, ...] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.text

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Which of a and b stand in it."""
        return tuple(name for name in PARAMETERS if any(step.does == name for step in self.steps))

    @cached_property
    def moving(self) -> tuple[bool, ...]:
        """Of each step, whether it depends on x."""
        moves: list[bool] = []
        for step in self.steps:
            moves.append(step.does == "x" or any(moves[arg] for arg in step.args))
        return tuple(moves)

    def with_numbers(self, **values: float) -> str:
        """The text with these numbers for a and b, without spaces."""
        return _spelled(_Filled(values).visit(_tree(self.text))).replace(" ", "")


def parse(text: str, longest: int = LONGEST) -> Expression:
    """Read a formula of at most so many characters; FormulaError tells what is wrong, spaces before it not counted."""
    if len(text) > longest:
        raise FormulaError("long", longest, str(len(text)))
    plain = text.strip().translate(_SAME)
    if not plain:
        raise FormulaError("empty", 0)
    _check_characters(plain)
    tree = _tree(plain)
    nodes = sum(1 for _ in _expressions(tree))
    if nodes > MOST_NODES:
        raise FormulaError("nodes", 0, str(nodes))
    reader = _Reader(plain)
    reader.read(tree)
    return Expression(_spelled(tree), tuple(reader.steps))


def _check_characters(text: str) -> None:
    for kind, never in _NEVER:
        if found := never.search(text):
            place = found.start("at" if "at" in found.groupdict() else 0)
            raise FormulaError(kind, place, found[0] if kind == "name" else text[place : place + 1])
    opened: list[int] = []
    for place, letter in enumerate(text):
        if letter == "(":
            opened.append(place)
        elif letter == ")" and opened:
            opened.pop()
        elif letter == ")":
            raise FormulaError("bracket", place, ")")
    if opened:
        raise FormulaError("bracket", opened[-1], "(")


def _tree(text: str) -> ast.expr:
    try:
        with _PARSER:
            return ast.parse(text, mode="eval").body
    except SyntaxError as wrong:
        place = min(max((wrong.offset or 1) - 1, 0), len(text))
        raise FormulaError("end" if place == len(text) else "syntax", place, text[place : place + 1]) from None
    except (ValueError, MemoryError, RecursionError):
        raise FormulaError("nodes", 0) from None


def _expressions(tree: ast.expr) -> Iterator[ast.expr]:
    """The nodes of a tree; the name of a function is one with its call. No recursion, however deep the tree is."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.expr):
            yield node
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        waiting.extend(
            child for child in ast.iter_child_nodes(node) if not (named and child is getattr(node, "func", None))
        )


class _Reader:
    """Turns a tree of at most MOST_NODES nodes, which is as deep at most, into steps."""

    def __init__(self, text: str) -> None:
        self.text, self.steps, self._known = text, list[Step](), dict[Step, int]()

    def read(self, node: ast.expr) -> int:
        """The index of the step that gives the value of ``node``."""
        if isinstance(node, ast.Constant):
            return self._step(Step("number", number=self._number(node)))
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            inner = self.read(node.operand)
            return inner if isinstance(node.op, ast.UAdd) else self._step(Step("negative", (inner,)))
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            self._check_power(node)
            return self._step(Step(_OPERATORS[type(node.op)], (self.read(node.left), self.read(node.right))))
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Compare):
            raise self._wrong("comparison", node)
        raise self._wrong("syntax", node)

    def _step(self, step: Step) -> int:
        if step not in self._known:
            self._known[step] = len(self.steps)
            self.steps.append(step)
        return self._known[step]

    def _number(self, node: ast.Constant) -> float:
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise self._wrong("name", node)  # True, False and None
        try:
            number = float(node.value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self._wrong("number", node)
        return number

    def _name(self, node: ast.Name) -> int:
        if node.id in ("x", *PARAMETERS):
            return self._step(Step(node.id))
        if node.id in CONSTANTS:
            return self._step(Step(node.id, number=CONSTANTS[node.id]))
        raise FormulaError("call" if node.id in FUNCTIONS else "name", node.col_offset, node.id)

    def _check_power(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Pow):
            inner = node.right.operand if isinstance(node.right, ast.UnaryOp) else node.right
            if isinstance(inner, ast.Constant) and self._number(inner) > HIGHEST_POWER:
                raise self._wrong("power", inner)

    def _call(self, node: ast.Call) -> int:
        if not isinstance(node.func, ast.Name):
            raise self._wrong("syntax", node.func)
        name = node.func.id
        if name not in FUNCTIONS:
            known = name in ("x", *PARAMETERS, *CONSTANTS)
            place = node.func.col_offset
            raise (
                FormulaError("operator", place + len(name), f"{name}(") if known else FormulaError("name", place, name)
            )
        if node.keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
            raise self._wrong("syntax", node.keywords[0].value if node.keywords else node.args[0])
        if len(node.args) != FUNCTIONS[name]:
            raise FormulaError("argument", node.func.col_offset, name)
        if name == "where":
            return self._where(node)
        return self._step(Step(name, tuple(self.read(arg) for arg in node.args)))

    def _where(self, node: ast.Call) -> int:
        condition, *branches = node.args
        if not isinstance(condition, ast.Compare):
            raise self._wrong("condition", condition)
        if unknown := [op for op in condition.ops if type(op) not in _COMPARISONS]:
            raise self._wrong("equality" if isinstance(unknown[0], ast.Eq) else "syntax", condition)
        compared = tuple(_COMPARISONS[type(op)] for op in condition.ops)
        first, second = (self.read(branch) for branch in branches)
        sides = [self.read(side) for side in (condition.left, *condition.comparators)]
        pairs = [end for pair in itertools.pairwise(sides) for end in pair]
        return self._step(Step("where", (first, second, *pairs), compared=compared))

    def _wrong(self, kind: str, node: ast.expr) -> FormulaError:
        place, end = node.col_offset, node.end_col_offset or node.col_offset + 1
        return FormulaError(kind, place, self.text[place : min(end, place + 20)])


class _Filled(ast.NodeTransformer):
    """Puts numbers in place of names."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """The number of this name if it has one; one below 0 is the negative of a number."""
        if node.id not in self.values:
            return node
        value = round(float(self.values[node.id]), 10) + 0.0
        number = ast.Constant(int(abs(value)) if value == int(value) else abs(value))
        return ast.UnaryOp(ast.USub(), number) if value < 0 else number

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """The same operation; to add a number below 0 is to subtract one, and the other way round."""
        self.generic_visit(node)
        match node:
            case ast.BinOp(
                op=ast.Add() | ast.Sub(), right=ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as number)
            ):
                return ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), number)
        return node


def _spelled(tree: ast.expr) -> str:
    return ast.unparse(tree)
