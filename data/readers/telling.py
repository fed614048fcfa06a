"""What several readers tell of cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..errors import Problem, Problems


def tell(
    problems: Problems,
    code: str,
    params: Mapping[str, object],
    *,
    file: str,
    row: int | None = None,
    column: str | None = None,
) -> None:
    """Adds an error with the values of `params`, which are only known as a mapping."""
    problems.extend([Problem(code, dict(params), file, row, column)])


def in_order(
    first: date, last: date, problems: Problems, *, file: str, row: int, column: str
) -> bool:
    """Whether a last day is not before a first; if it is, `problems` says so."""
    if last >= first:
        return True
    params = {"first": first, "last": last}
    tell(problems, "input.dates_order", params, file=file, row=row, column=column)
    return False
