"""A test over many cases that is one test: it tries every case and names all that fail.

A thousand tests of a millisecond cost more than what they check, and one fault should not fail two hundred tests.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

_SHOWN, _LENGTH = 12, 300  # failures that are printed in full, and characters of each


Ids = Callable[[Any], str] | Iterable[str] | None


def all_cases(names: str | Sequence[str], values: Iterable[Any], ids: Ids = None) -> Any:
    """Decorate a test as ``pytest.mark.parametrize`` does, but run all values in one test.

    Pytest and hypothesis see only the other arguments. Fixtures are made once, not once a case. Decorators of this kind
    stack; each names its own cases.
    """
    columns, cases = [names] if isinstance(names, str) else list(names), list(values)
    assert cases, "without a case nothing is tested"
    if ids is None or callable(ids):
        labels = ["-".join((ids or _label)(part) for part in (c if len(columns) > 1 else [c])) for c in cases]
    else:
        labels = list(ids)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test, updated=())
        def every(*args: Any, **given: Any) -> None:
            failed = []
            for label, case in zip(labels, cases, strict=True):
                row = dict(zip(columns, case if len(columns) > 1 else [case], strict=True))
                try:
                    test(*args, **row, **given)
                except (Exception, pytest.fail.Exception) as error:
                    failed.append((label, error))
            if failed:
                lines = [f"[{label}] {type(error).__name__}: {error}"[:_LENGTH] for label, error in failed[:_SHOWN]]
                rest = ", ".join(label for label, _ in failed[_SHOWN:])
                lines = [f"{len(failed)} of {len(cases)} cases fail", *lines, *([f"and {rest}"] if rest else [])]
                raise AssertionError("\n".join(lines)) from failed[0][1]

        # What pytest fills in is only what the cases do not.
        signature = inspect.signature(test)
        left = [parameter for name, parameter in signature.parameters.items() if name not in columns]
        every.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
        del every.__wrapped__
        if marks := getattr(test, "pytestmark", None):
            every.pytestmark = marks  # type: ignore[attr-defined]
        return every

    return decorate


def _label(value: Any) -> str:
    return str(getattr(value, "slug", getattr(value, "__name__", value)))
