"""Start clock times of an agent within a calendar week lie close together, or are the same where
rotation is fixed."""

from __future__ import annotations

from collections.abc import Iterator

from ....data.people import Agent
from ....data.rules import Rotation
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import Rule


def spread_min(problem: RosterProblem, agent: Agent) -> int | None:
    if problem.terms_of[agent.id].rotation is Rotation.FIXED:
        return 0
    return problem.contract_of[agent.id].max_start_spread_min


def weekly_clocks(problem: RosterProblem, roster: Roster, agent: str) -> dict[int, list[int]]:
    """Start clock minutes of an agent's shifts on the grid, by calendar week."""
    clocks: dict[int, list[int]] = {}
    for assignment in roster.of_agent(agent):
        clock = problem.clocks.of(assignment.shift_code).clock(assignment.start)
        clocks.setdefault(problem.week(assignment.day), []).append(clock)
    return clocks


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for agent in problem.agents:
        most = spread_min(problem, agent)
        if most is None:
            continue
        for week, clocks in weekly_clocks(problem, roster, agent.id).items():
            spread = max(clocks) - min(clocks)
            if spread > most:
                day = max(a.day for a in roster.of_agent(agent.id) if problem.week(a.day) == week)
                params = {"hours": round(spread / 60, 2), "most": round(most / 60, 2)}
                hours = -(-(spread - most) // 60)
                yield Violation(RULE.name, agent.id, day, params, amount=hours)


RULE = Rule("start_spread", check, spread_min=spread_min, unit="hours")
