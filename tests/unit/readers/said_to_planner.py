"""What a reader tells, as a planner would see it."""

from __future__ import annotations

from collections.abc import Iterable

from shiftcast.data.errors import Problem


def told(problems: Iterable[Problem]) -> list[tuple[str, int | None, str | None]]:
    """Code, row and column of every problem, after saying it in both languages with its remedy:
    a text that lacks a value, or a remedy, fails here."""
    found = list(problems)
    for problem in found:
        for language in ("en", "zh-CN"):
            assert problem.message(language), problem.code
            assert problem.hint(language), problem.code
    return [(problem.code, problem.row, problem.column) for problem in found]
