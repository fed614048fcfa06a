"""Problems whose values are only known as a mapping, as those of a cell that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping

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
    """Adds an error with the values of `params`."""
    problems.extend([Problem(code, dict(params), file, row, column)])
