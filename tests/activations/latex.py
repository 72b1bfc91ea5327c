r"""What LaTeX says, as numbers: a reader of the notation that the records use.

A formula is rows of ``left = right = right``. The first row is about the function, each later one defines a name
(``\varphi(x) = …``, ``\lambda \approx 1.0507``) or, without ``=``, says for which x the first one holds.
"""

import re

import numpy as np
from scipy.special import erf, expit, ndtr

TOKEN = re.compile(
    r"\\(?:begin|end)\{\w+\}|\\(?:operatorname|mathrm)\{\w+\}|\\[a-zA-Z]+(?:_[a-z])?|\\.|\d+(?:\.\d+)?|\S"
)
SPACES = {r"\cdot", r"\,", r"\;", r"\!", r"\left", r"\right", r"\begin{aligned}", r"\end{aligned}"}
EQUALS, ENDS_ROW = {"=", r"\approx"}, {r"\\", r"\quad"}
KNOWN = {
    r"\max": np.maximum,
    r"\min": np.minimum,
    r"\ln": np.log,
    r"\sin": np.sin,
    r"\cos": np.cos,
    r"\tanh": np.tanh,
    r"\arctan": np.arctan,
    r"\sigma": expit,
    r"\Phi": ndtr,
    r"\operatorname{erf}": erf,
    r"\operatorname{sech}": lambda x: 1 / np.cosh(x),
}
COMPARE = {
    "<": np.less, ">": np.greater, "=": np.equal,
    r"\le": np.less_equal, r"\ge": np.greater_equal, r"\ne": np.not_equal,
}  # fmt: skip


def rows(text):
    """The tokens of each row; one that begins with a sign carries on the row before."""
    found, inside = [[]], 0
    for token in (token for token in TOKEN.findall(text.replace("{}", "")) if token not in SPACES):
        inside += (token == r"\begin{cases}") - (token == r"\end{cases}")
        if not inside and token in ENDS_ROW:
            found.append([])
        elif inside or token != "&":
            found[-1].append(token)
    joined = [found[0]]
    for row in found[1:]:
        if row[:1] and row[0] in {*EQUALS, "+", "-"}:
            joined[-1] += row
        else:
            joined.append(row)
    return joined


def sides(row):
    """The row cut at each sign of equality, except those of the conditions of cases."""
    cut, inside = [[]], 0
    for token in row:
        inside += (token == r"\begin{cases}") - (token == r"\end{cases}")
        if not inside and token in EQUALS:
            cut.append([])
        else:
            cut[-1].append(token)
    # A comma ends a row before the space that parts it from the next.
    return [side[:-1] if side[-1:] == [","] else side for side in cut]


def read(text, x, symbols, before=""):
    """The left side of the first row, every right side as numbers at ``x``, and where the formula claims to hold.

    ``symbols`` are the parameters; what the formula shown ``before`` has defined is known as well.
    """
    first, *others = map(sides, rows(text))
    names, holds = dict(symbols), np.ones(len(x), dtype=bool)
    for left, *right in (row for row in [*map(sides, rows(before)[1:]), *others] if len(row) > 1):
        names[left[0]] = right[-1] if len(left) > 1 else Reader(right[-1], x, names).all()
    for (condition,) in (row for row in others if len(row) == 1):
        holds &= Reader(condition[1:-1], x, names).condition()
    return "".join(first[0]), [np.broadcast_to(Reader(side, x, names).all(), x.shape) for side in first[1:]], holds


class Reader:
    """Reads tokens from left to right, one method for each rank of the grammar."""

    def __init__(self, tokens, x, names):
        self.tokens, self.x, self.names, self.bars = [*tokens, "end"], x, names, 0

    @property
    def next(self):
        return self.tokens[0]

    def take(self, *expected):
        assert not expected or self.next in expected, f"{expected} expected before {self.tokens}"
        return self.tokens.pop(0)

    def all(self):
        value = self.sum()
        assert self.next == "end", f"left over: {self.tokens}"
        return value

    def sum(self):
        value = self.product()
        while self.next in "+-":
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self):
        if self.next == "-":
            self.take()
            return -self.product()
        value = self.power()
        while self.next == "/" or self.begins():
            value = value / self.power(self.take()) if self.next == "/" else value * self.power()
        return value

    def begins(self):
        """Whether what comes next is one more factor."""
        if self.next == "|":
            return not self.bars
        closing = {*COMPARE, r"\lor", r"\\", r"\end{cases}", "end", "&", ",", ")", "}", "+", "-", "/"}
        return self.next not in closing

    def power(self, _=None):
        value = self.atom()
        return value ** self.exponent() if self.next == "^" else value

    def exponent(self):
        self.take("^")
        return self.atom()

    def atom(self):
        token = self.take()
        if re.fullmatch(r"\d+(\.\d+)?", token):
            return float(token)
        if token in {"(", "{"}:
            return self.enclosed(")" if token == "(" else "}")
        if token in {r"\frac", r"\tfrac"}:
            return self.atom() / self.atom()
        special = {"|": self.modulus, r"\sqrt": lambda: np.sqrt(self.atom()), r"\begin{cases}": self.cases}
        if token in special:
            return special[token]()
        constants = {"x": self.x, "e": np.e, r"\pi": np.pi}
        if token in constants:
            return constants[token]
        meaning = self.names[token] if token in self.names else KNOWN[token]
        return self.applied(meaning) if callable(meaning) or isinstance(meaning, list) else meaning

    def enclosed(self, end):
        value = self.sum()
        self.take(end)
        return value

    def modulus(self):
        self.bars += 1
        value = self.enclosed("|")
        self.bars -= 1
        return np.abs(value)

    def applied(self, function):
        """A function with its argument, in brackets or not; a power may stand between the two."""
        power = self.exponent() if self.next == "^" else 1
        arguments = [self.bracketed() if self.next == "(" else self.atom()]
        arguments = arguments[0] if isinstance(arguments[0], list) else arguments
        if callable(function):
            return function(*arguments) ** power
        return Reader(function, arguments[0], self.names).all() ** power

    def bracketed(self):
        arguments = []
        while self.next != ")":
            self.take("(", ",")
            arguments.append(self.sum())
        self.take(")")
        return arguments

    def cases(self):
        values, where = [], []
        while not where or self.next == r"\\":
            if where:
                self.take()
            values.append(np.broadcast_to(self.sum(), self.x.shape))
            self.take("&")
            where.append(self.condition())
        self.take(r"\end{cases}")
        return np.select(where, values, np.nan)

    def condition(self):
        left, holds = self.sum(), np.ones(len(self.x), dtype=bool)
        while self.next in COMPARE:
            compare = COMPARE[self.take()]
            right = self.sum()
            left, holds = right, holds & compare(left, right)
        if self.next == r"\lor":
            self.take()
            return holds | self.condition()
        return holds
