"""What can be wrong with what we are given, said all at once and in the planner's words.

A `Problem` carries a code and the values that belong to it; its words live in the message
catalogue (`shiftcast.data.messages`), so the same problem can be said in every language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from .messages import DEFAULT_LANGUAGE, text

_NOTHING: Mapping[str, object] = MappingProxyType({})


class Severity(StrEnum):
    """An error stops the work; a warning is told and the work goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where it is, and (through the catalogue) how to mend it.

    `code` is a key such as ``input.missing_column``; the catalogue holds ``<code>`` (the message)
    and ``<code>.hint`` (the remedy). `row` counts as a spreadsheet does: the heading is row 1.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    file: str | None = None
    row: int | None = None
    column: str | None = None
    severity: Severity = Severity.ERROR

    def message(self, language: str = DEFAULT_LANGUAGE) -> str:
        return text(self.code, language, **self.params)

    def hint(self, language: str = DEFAULT_LANGUAGE) -> str:
        return text(f"{self.code}.hint", language, **self.params)

    def place(self, language: str = DEFAULT_LANGUAGE) -> str:
        """`agents.csv, row 7, column skills`, as far as it is known; empty if it is not."""
        parts = [] if self.file is None else [self.file]
        if self.row is not None:
            parts.append(text("place.row", language, row=self.row))
        if self.column is not None:
            parts.append(text("place.column", language, column=self.column))
        return ", ".join(parts)

    def __str__(self) -> str:
        place = self.place()
        body = f"{self.message()} {self.hint()}".strip()
        return f"{place}: {body}" if place else body


class ShiftcastError(Exception):
    """Base of every error that is told to the planner; `exit_status` is the command's."""

    exit_status = 2

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputError(ShiftcastError):
    """The input is wrong: every problem found, not the first one only."""


class NoSolutionError(ShiftcastError):
    """No solution exists; the problems name the rules in conflict and what to relax."""

    exit_status = 3


class Problems:
    """Collects problems while a file, or a whole workspace, is read."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(
        self,
        code: str,
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        severity: Severity = Severity.ERROR,
        **params: object,
    ) -> None:
        self._found.append(Problem(code, MappingProxyType(params), file, row, column, severity))

    def warn(
        self,
        code: str,
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        **params: object,
    ) -> None:
        self.add(code, file=file, row=row, column=column, severity=Severity.WARNING, **params)

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self._found if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(p for p in self._found if p.severity is Severity.WARNING)

    def raise_if_any(self) -> None:
        """Raises InputError with every problem (warnings too) if one of them is an error."""
        if self.errors:
            raise InputError(self._found)
