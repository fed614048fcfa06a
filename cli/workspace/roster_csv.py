"""roster.csv: a roster as one row a shift, for planners, spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from ...data.shifts import BreakKind
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment, Break, Roster
from ...scheduling.rostering.site_clocks import SiteClock
from ..exports.whole_file import write_csv

ROSTER_COLUMNS = (
    "employee_id",
    "employee_name",
    "team",
    "date",  # business date: the local date the shift begins on
    "shift_code",
    "shift_name",
    "start",  # local time with offset
    "end",
    "time_zone",
    "breaks",  # 10:00-10:15 paid; 12:00-12:30 unpaid; 14:00-17:00 split (local clock)
    "paid_minutes",
    "unpaid_break_minutes",
    "queues",  # phone 08:00-12:00; chat 12:30-16:00 (local clock)
    "status",  # planned, or fixed if the planner had set it beforehand
    "meetings",  # Team meeting 10:00-10:30; Coaching 14:00-15:00 (local clock)
    "away",  # 14:00-18:00 paid; 09:00-10:00 unpaid: not there after all (local clock)
)
SECOND_TIME = "(2)"
PLANNED, FIXED = "planned", "fixed"


def write_roster(path: Path, problem: RosterProblem, roster: Roster) -> None:
    """Every assignment, in order of date, team and agent; UTF-8 with BOM, cells made harmless."""
    write_csv(path, ROSTER_COLUMNS, _rows(problem, roster.assignments))


def write_assignments(
    path: Path, problem: RosterProblem, assignments: Iterable[Assignment]
) -> None:
    """As `write_roster`, for any assignments on the problem's grid (also of earlier weeks)."""
    write_csv(path, ROSTER_COLUMNS, _rows(problem, assignments))


def _rows(problem: RosterProblem, assignments: Iterable[Assignment]) -> Iterable[list[object]]:
    agents = {agent.id: agent for agent in problem.agents}
    names = {shift.code: shift.name for shift in problem.shifts}
    fixed = {
        (entry.agent, problem.grid.day_number(entry.day))
        for entry in problem.fixed
        if entry.shift_code is not None and not entry.forbidden
    }

    def order(shift: Assignment) -> tuple[int, str, str, int]:
        team = agents[shift.agent].team if shift.agent in agents else ""
        return shift.day, team, shift.agent, shift.start

    for shift in sorted(assignments, key=order):
        agent = agents.get(shift.agent)
        day = problem.grid.first_day + timedelta(days=shift.day)
        site = problem.clocks.of(shift.shift_code)
        yield [
            shift.agent,
            agent.name if agent else "",
            agent.team if agent else "",
            day.isoformat(),
            shift.shift_code,
            names.get(shift.shift_code, ""),
            site.moment(shift.start).isoformat(),
            site.moment(shift.end).isoformat(),
            site.tz,
            "; ".join(_break(pause, site) for pause in shift.breaks),
            shift.paid_minutes,
            sum(pause.end - pause.start for pause in shift.breaks if not pause.paid),
            "; ".join(
                f"{span.queue} {_clocks(span.start, span.end, site)}" for span in shift.queues
            ),
            FIXED if (shift.agent, shift.day) in fixed else PLANNED,
            "; ".join(
                f"{span.name} {_clocks(span.start, span.end, site)}" for span in shift.meetings
            ),
            "; ".join(
                f"{_clocks(gap.start, gap.end, site)} {_paid(gap.paid)}" for gap in shift.away
            ),
        ]


def _break(pause: Break, site: SiteClock) -> str:
    kind = "split" if pause.kind is BreakKind.SPLIT else _paid(pause.paid)
    return f"{_clocks(pause.start, pause.end, site)} {kind}"


def _paid(paid: bool) -> str:
    return "paid" if paid else "unpaid"


def _clocks(start: int, end: int, site: SiteClock) -> str:
    return f"{_clock(start, site)}-{_clock(end, site)}"


def _clock(minute: int, site: SiteClock) -> str:
    """Local clock time; the second of the two where the clock is set back is marked `(2)`."""
    moment = site.moment(minute)
    return f"{moment:%H:%M}{SECOND_TIME if moment.fold else ''}"
