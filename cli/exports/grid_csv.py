"""The roster as planners post it on the wall: one row an agent, one column a date."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...data.grid import TimeGrid
from ...data.messages import text
from ...data.people import Agent
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment, Roster
from .whole_file import write_csv


def write_grid(path: Path, problem: RosterProblem, roster: Roster, language: str) -> None:
    """Employee × date: shift code with its clock times, rest and leave in the language's words.

    UTF-8 with BOM. The last column holds the paid hours of the horizon.
    """
    dates = [
        f"{day.isoformat()} {text(f'exports.weekday.{day.weekday()}', language)}"
        for day in problem.grid.dates
    ]
    people = [text(f"exports.grid.{name}", language) for name in ("id", "name", "team")]
    heading = [*people, *dates, text("exports.grid.paid_hours", language)]
    write_csv(path, heading, _rows(problem, roster, language))


def _rows(problem: RosterProblem, roster: Roster, language: str) -> Iterable[list[object]]:
    by_agent: dict[str, list[Assignment]] = {}
    for assignment in roster.assignments:
        if 0 <= assignment.day < problem.grid.days:
            by_agent.setdefault(assignment.agent, []).append(assignment)
    for agent in problem.agents:
        worked = sorted(by_agent.get(agent.id, ()), key=lambda a: a.start)
        yield _row(agent, worked, problem, language)


def _row(
    agent: Agent, worked: list[Assignment], problem: RosterProblem, language: str
) -> list[object]:
    cells: list[object] = [agent.id, agent.name, agent.team]
    for day in range(problem.grid.days):
        shifts = [shift_cell(a, problem.grid) for a in worked if a.day == day]
        away = "exports.leave" if (agent.id, day) in problem.leave else "exports.off"
        cells.append(" / ".join(shifts) or text(away, language))
    return [*cells, round(sum(a.paid_minutes for a in worked) / 60, 2)]


def shift_cell(assignment: Assignment, grid: TimeGrid) -> str:
    """`E8 08:00–16:30`; a shift that ends on a later date says so: `N8 22:00–06:30 (+1)`."""
    start, end = grid.moment(assignment.start), grid.moment(assignment.end)
    later = (end.date() - start.date()).days
    suffix = f" (+{later})" if later else ""
    return f"{assignment.shift_code} {start:%H:%M}–{end:%H:%M}{suffix}"
