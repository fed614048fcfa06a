"""Whether every name that one file of a workspace mentions exists in another.

A set of names that could not be read is None and is not checked against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..centre import Centre
from ..errors import Problems
from . import meetings, people, requests, shifts
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
    files: Mapping[str, Rows], centre: Centre, known: Known, problems: Problems
) -> None:
    """Every agent, contract, skill, shift and queue that is mentioned exists; `files` holds the
    rows of the small files by their standard names, `centre` what the configuration mentions."""
    _check_agent_rows(files, known, problems)
    for name in ("time_off", "requests", "fixed"):
        for row in _rows(files, name):
            _check(files[name], row, requests.AGENT, row[requests.AGENT], known.agents, problems)
    for row in _rows(files, "shifts"):
        for code in row[shifts.NOT_BEFORE]:
            _check(files["shifts"], row, shifts.NOT_BEFORE, code, known.shifts, problems, "shift")
    for row in _rows(files, "meetings"):
        for agent in row[meetings.AGENTS]:
            rows = files["meetings"]
            _check(rows, row, meetings.AGENTS, agent, known.agents, problems, "agent")
    for row in _rows(files, "requests"):
        if row[requests.REQUEST_KIND] in ("shift", "shift_off"):
            value = row[requests.VALUE]
            _check(files["requests"], row, requests.VALUE, value, known.shifts, problems, "shift")
    for name in ("fixed", "shift_demand"):
        for row in _rows(files, name):
            value = row[requests.SHIFT]
            if name == "shift_demand" or not requests.is_day_off(value):
                _check(files[name], row, requests.SHIFT, value, known.shifts, problems)
    for row in _rows(files, "adjustments"):
        queue = requests.queue_of(row)
        if queue is not None:
            _check(files["adjustments"], row, requests.QUEUE, queue, known.queues, problems)
    for column, value, what, names in _named_in_config(centre, known):
        if names is not None and value not in names:
            params = {"value": value, "known": _known(value, names)}
            tell(problems, f"input.unknown_{what}", params, file="shiftcast.toml", column=column)


def _check_agent_rows(files: Mapping[str, Rows], known: Known, problems: Problems) -> None:
    for row in _rows(files, "agents"):
        rows = files["agents"]
        contract = row[people.CONTRACT]
        _check(rows, row, people.CONTRACT, contract, known.contracts, problems)
        for column in (people.SKILLS, people.SECOND_SKILLS):
            for skill, _ in row[column]:
                _check(rows, row, column, skill, known.skills, problems, "skill")


def _named_in_config(centre: Centre, known: Known) -> Iterator[tuple[str, str, str, Names]]:
    """Where the configuration mentions which name, what it names, and the names there are."""
    limits = [("rules: shift_limits", centre.rules.shift_limits)]
    for contract in centre.contracts:
        for code in contract.shift_codes:
            yield f"contract {contract.id}: shifts", code, "shift", known.shifts
        limits.append((f"contract {contract.id}: shift_limits", contract.shift_limits or ()))
    for column, entries in limits:
        for code, _ in entries:
            yield column, code, "shift", known.shifts
    for pairing in centre.pairings:
        for agent in pairing.agents:
            yield f"{pairing.company}: agents", agent, "agent", known.agents
    for staffing in centre.least_staffing:
        for agent in sorted(staffing.people):
            yield "least_staffing: people", agent, "agent", known.agents


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
