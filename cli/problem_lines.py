"""Problems in lines for people: those that are alike, such as eighty ids that nobody knows, in one.

Programs get every problem by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from ..data.errors import Problem, Severity
from ..data.messages import text

MOST_LINES = 50
MOST_ALIKE = 5  # told one by one
MOST_NAMED = 12  # of the others


def problem_lines(problems: Sequence[Problem], language: str) -> list[str]:
    """Errors first, file by file in order of row, at most MOST_LINES and how many are left."""
    ordered = sorted(
        problems, key=lambda p: (p.severity is Severity.WARNING, p.file or "", p.row or 0)
    )
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for problem in ordered:
        key = problem.severity, problem.file, problem.column, problem.code
        kinds.setdefault(key, []).append(problem)
    together = {id(own[0]): own for own in kinds.values() if len(own) > MOST_ALIKE}
    others = {id(problem) for own in together.values() for problem in own[1:]}
    lines = [
        problem_line(problem, language, alike=together.get(id(problem), [problem])[1:])
        for problem in ordered
        if id(problem) not in others
    ]
    if len(lines) > MOST_LINES:
        more = text("cli.more_problems", language, count=len(lines) - MOST_LINES)
        return [*lines[:MOST_LINES], more]
    return lines


def problem_line(problem: Problem, language: str, alike: Sequence[Problem] = ()) -> str:
    """`error: agents.csv, row 7, column skills: what is wrong. What to do.` and where else."""
    kind = text(f"cli.{problem.severity.value}", language)
    place = problem.place(language)
    body = f"{problem.message(language)} {problem.hint(language)}".strip()
    line = text("cli.problem", language, kind=kind, body=f"{place}: {body}" if place else body)
    if not alike:
        return line
    keys = _telling([problem, *alike])
    named = text("planning.list_join", language).join(
        _named(one, keys, language) for one in islice(alike, MOST_NAMED)
    )
    etc = " …" if len(alike) > MOST_NAMED else ""
    return f"{line} {text('cli.alike', language, count=len(alike), named=named + etc)}"


def _telling(problems: Sequence[Problem]) -> list[str]:
    """The parameters in which problems of a kind differ, as few of the first as tell them apart
    beside their rows."""
    first = problems[0].params
    keys = [key for key in first if any(one.params.get(key) != first[key] for one in problems)]
    for many in range(1, len(keys)):
        if len({(_about(one, keys[:many]), one.row) for one in problems}) == len(problems):
            return keys[:many]
    return keys


def _about(problem: Problem, keys: Sequence[str]) -> str:
    return " ".join(str(problem.params.get(key, "")) for key in keys)


def _named(one: Problem, keys: Sequence[str], language: str) -> str:
    """What one problem is about that others are not about, and its row: `A17 (row 5)`."""
    row = "" if one.row is None else text("place.row", language, row=one.row)
    own = _about(one, keys)
    return f"{own} ({row})" if own and row else own or row
