"""The roster for the page's views, as compact as a page of 1,000 agents asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...data.shifts import BreakKind
from ...scheduling.rostering.problem import RosterProblem
from ...scheduling.rostering.roster import Assignment, Roster


def gantt_data(problem: RosterProblem, roster: Roster, queues: Sequence[str]) -> dict[str, Any]:
    """Agents, their teams and skills, queues (in the order given) and shifts by day.

    An agent is [id, name, team, skill indexes]. A shift is [agent index, code, start, end, queue
    spans, breaks, paid minutes] and, if it has any, meetings, with minutes counted from its day's
    midnight; a queue span is [start, end, queue index], a break [start, end, 0 unpaid | 1 paid |
    2 gap of a split shift | 3 away after all], a meeting [start, end, name]. `hours` are [minute,
    clock] of each day's hours.
    """
    skills = sorted({skill for agent in problem.agents for skill in agent.skills})
    agents = {agent.id: i for i, agent in enumerate(problem.agents)}
    index = {queue: i for i, queue in enumerate(queues)}
    days: list[list[Any]] = [[] for _ in problem.grid.dates]
    for assignment in sorted(roster.assignments, key=lambda a: (a.start, a.end, a.agent)):
        if 0 <= assignment.day < problem.grid.days and assignment.agent in agents:
            midnight = int(problem.grid.day_minute[assignment.day])
            shift = _shift(assignment, midnight, index)
            days[assignment.day].append([agents[assignment.agent], *shift])
    return {
        "agents": [
            [a.id, a.name, a.team, [i for i, skill in enumerate(skills) if skill in a.skills]]
            for a in problem.agents
        ],
        "teams": sorted({agent.team for agent in problem.agents} - {""}),
        "skills": skills,
        "queues": list(queues),
        "days": days,
        "leave": [
            [i for agent, i in agents.items() if (agent, day) in problem.time_off_days]
            for day in range(problem.grid.days)
        ],
        "hours": [_hours(problem, day, shifts) for day, shifts in enumerate(days)],
    }


def _shift(assignment: Assignment, midnight: int, queues: dict[str, int]) -> list[Any]:
    meetings = [[m.start - midnight, m.end - midnight, m.name] for m in assignment.meetings]
    return [
        assignment.shift_code,
        assignment.start - midnight,
        assignment.end - midnight,
        [
            [span.start - midnight, span.end - midnight, queues[span.queue]]
            for span in assignment.queues
            if span.queue in queues
        ],
        [
            [b.start - midnight, b.end - midnight, 2 if b.kind is BreakKind.SPLIT else int(b.paid)]
            for b in assignment.breaks_taken
        ]
        + [[gap.start - midnight, gap.end - midnight, 3] for gap in assignment.away],
        assignment.paid_minutes,
        *([meetings] if meetings else ()),
    ]


def _hours(problem: RosterProblem, day: int, shifts: list[Any]) -> list[list[Any]]:
    """Full hours around the day's shifts (around office hours where nobody works)."""
    first = min((shift[2] for shift in shifts), default=480) // 60
    last = -(-max((shift[3] for shift in shifts), default=1080) // 60)
    midnight = int(problem.grid.day_minute[day])
    return [
        [hour * 60, f"{problem.grid.moment(midnight + hour * 60):%H:%M}"]
        for hour in range(first, last + 1)
    ]
