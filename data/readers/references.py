"""Whether every name that one file of a workspace mentions exists in another.

A set of names that could not be read is None and is not checked against.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import Problems
from ..people import Contract
from . import people, requests
from .columns import Column, Row, Rows
from .telling import tell
from .values import suggestion

Names = frozenset[str] | None

_SHOWN_NAMES = 12


@dataclass(frozen=True)
class Known:
    """The names that files may mention."""

    queues: frozenset[str]
    skills: frozenset[str]
    contracts: frozenset[str]
    agents: Names
    shifts: Names


def check_names(
    files: Mapping[str, Rows], contracts: Iterable[Contract], known: Known, problems: Problems
) -> None:
    """Every agent, contract, skill, shift and queue that is mentioned exists; `files` holds the
    rows of the small files by their standard names."""
    _check_agent_rows(files, known, problems)
    for name in ("time_off", "requests", "fixed"):
        for row in _rows(files, name):
            _check(files[name], row, requests.AGENT, row[requests.AGENT], known.agents, problems)
    for row in _rows(files, "requests"):
        if row[requests.REQUEST_KIND] == "shift":
            value = row[requests.VALUE]
            _check(files["requests"], row, requests.VALUE, value, known.shifts, problems, "shift")
    for row in _rows(files, "fixed"):
        if not requests.is_day_off(row[requests.SHIFT]):
            value = row[requests.SHIFT]
            _check(files["fixed"], row, requests.SHIFT, value, known.shifts, problems)
    for row in _rows(files, "adjustments"):
        queue = requests.queue_of(row)
        if queue is not None:
            _check(files["adjustments"], row, requests.QUEUE, queue, known.queues, problems)
    _check_contracts(contracts, known.shifts, problems)


def _check_agent_rows(files: Mapping[str, Rows], known: Known, problems: Problems) -> None:
    for row in _rows(files, "agents"):
        rows = files["agents"]
        contract = row[people.CONTRACT]
        _check(rows, row, people.CONTRACT, contract, known.contracts, problems)
        for column in (people.SKILLS, people.SECOND_SKILLS):
            for skill in row[column]:
                _check(rows, row, column, skill, known.skills, problems, "skill")


def _check_contracts(contracts: Iterable[Contract], shifts: Names, problems: Problems) -> None:
    for contract in contracts:
        for code in contract.shift_codes:
            if shifts is not None and code not in shifts:
                problems.add(
                    "input.unknown_shift",
                    file="shiftcast.toml",
                    column=f"contract {contract.id}: shifts",
                    value=code,
                    known=_known(code, shifts),
                )


def _rows(files: Mapping[str, Rows], name: str) -> tuple[Row, ...]:
    return files[name].good if name in files else ()


def _check(
    rows: Rows,
    row: Row,
    column: Column[object],
    value: str,
    known: Names,
    problems: Problems,
    what: str | None = None,
) -> None:
    """Tells `input.unknown_<what>` (by default the column's name) of a value that is not known."""
    if known is None or value in known:
        return
    params = {"value": value, "known": _known(value, known)}
    code = f"input.unknown_{what or column.name}"
    tell(problems, code, params, file=rows.file, row=row.number, column=column.name)


def _known(value: str, known: frozenset[str]) -> str:
    """The name that was probably meant, else the names there are."""
    names = sorted(known)
    more = " …" if len(names) > _SHOWN_NAMES else ""
    return suggestion(value, names) or ", ".join(names[:_SHOWN_NAMES]) + more or "—"
