"""What an agent's calendar weeks add up to, for the audit of weekly limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....data.people import Agent
from ..problem import RosterProblem
from ..roster import Assignment


@dataclass(frozen=True)
class WeekTotals:
    """One calendar week of one agent. `last_day` is its last day on the grid, `planned` whether
    any shift of it lies on the grid (a past that broke a limit cannot be mended), `open_days` the
    days of the week that lie after the grid. A day of leave that was worked all the same is not
    leave. Without any history, the days before the grid are unknown, and excuse as unpaid leave
    does."""

    last_day: int
    planned: bool
    days: int
    minutes: int
    paid_leave: int
    unpaid_leave: int
    open_days: int


def week_totals(
    problem: RosterProblem, agent: Agent, shifts: Sequence[Assignment]
) -> Iterator[WeekTotals]:
    """The calendar weeks that the grid touches; `shifts` are the agent's, history included
    (`RosterProblem.timeline`)."""
    last = problem.grid.days - 1
    for week in range(problem.week(last) + 1):
        days = [d for d in range(-6, last + 7) if problem.week(d) == week]
        inside = [s for s in shifts if s.day in days]
        worked = {s.day for s in inside}
        free = [d for d in days if d <= last and d not in worked]
        leave = [problem.leave[agent.id, d] for d in free if (agent.id, d) in problem.leave]
        paid = sum(off.paid for off in leave)
        past = [d for d in free if d < 0 and (agent.id, d) not in problem.leave]
        unknown = 0 if problem.history else len(past)
        yield WeekTotals(
            last_day=min(days[-1], last),
            planned=any(day >= 0 for day in worked),
            days=len(worked),
            minutes=sum(s.paid_minutes for s in inside),
            paid_leave=paid,
            unpaid_leave=len(leave) - paid + unknown,
            open_days=sum(d > last for d in days),
        )
