"""What an agent's calendar weeks add up to, for the audit of weekly limits."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Assignment


@dataclass(frozen=True)
class WeekTotals:
    """One calendar week of one agent. `last_day` is its last day on the grid, `days` and `minutes`
    what was worked, `open_days` the days of the week that lie after the grid. A day of leave that
    was worked all the same is not leave. Without any history, the days before the grid are unknown,
    and excuse as unpaid leave does.

    A past that cannot be changed is not blamed: `past` is the week up to the grid's first day,
    None for a week that begins on the grid.
    """

    last_day: int
    days: int
    minutes: int
    paid_leave: int
    unpaid_leave: int
    open_days: int
    past: WeekTotals | None = None


def week_totals(
    problem: RosterProblem, agent: Agent, shifts: Sequence[Assignment]
) -> Iterator[WeekTotals]:
    """The calendar weeks that the grid touches; `shifts` are the agent's, history included
    (`RosterProblem.timeline`)."""
    last = problem.grid.days - 1
    for week in range(problem.week(last) + 1):
        days = [d for d in range(-6, last + 7) if problem.week(d) == week]
        past = _totals(problem, agent, shifts, days, -1) if days[0] < 0 else None
        yield _totals(problem, agent, shifts, days, last, past)


def _totals(
    problem: RosterProblem,
    agent: Agent,
    shifts: Sequence[Assignment],
    days: Sequence[int],
    last: int,
    past: WeekTotals | None = None,
) -> WeekTotals:
    """What is known of a week's days after grid day `last`."""
    inside = [s for s in shifts if s.day in days and s.day <= last]
    worked = {s.day for s in inside}
    free = [d for d in days if d <= last and d not in worked]
    leave = [problem.leave[agent.id, d] for d in free if (agent.id, d) in problem.leave]
    paid = sum(off.paid for off in leave)
    before = [d for d in free if d < 0 and (agent.id, d) not in problem.leave]
    unknown = 0 if problem.history else len(before)
    return WeekTotals(
        last_day=min(days[-1], last),
        days=len(worked),
        minutes=sum(s.paid_minutes for s in inside),
        paid_leave=paid,
        unpaid_leave=len(leave) - paid + unknown,
        open_days=sum(d > last for d in days),
        past=past,
    )


def blocks(problem: RosterProblem, weeks: int | None) -> list[tuple[int, int]]:
    """(first, last) grid days of the periods of so many weeks that limits are judged over: one
    after another, the last one ending with the plan's last week, the first one perhaps reaching
    back into published weeks. None: the days of the plan."""
    last = problem.grid.days - 1
    if weeks is None:
        return [(0, last)]
    found: list[tuple[int, int]] = []
    end = last
    while end >= 0:
        # The week of grid day 0 is week 0, so a block's first week may have a negative number.
        first = end
        while problem.week(first - 1) > problem.week(end) - weeks:
            first -= 1
        found.append((first, end))
        end = first - 1
    return found[::-1]


def above_most(
    spans: Sequence[tuple[int, int]], marks: Sequence[tuple[int, Hashable]], most: int
) -> Iterator[tuple[int, int, int]]:
    """(last day, number, how many too many) of the periods that hold more than `most` different
    marks; each mark stands with its day. What the past holds already is not blamed."""
    for first, last in spans:
        counted = len({mark for day, mark in marks if first <= day <= last})
        before = len({mark for day, mark in marks if first <= day < 0})
        above = counted - max(most, before)
        if above > 0:
            yield last, counted, above
