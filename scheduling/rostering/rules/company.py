"""People who work together, none of them without the others, and people kept apart.

On a day on which one of them has time off, those who work together are free to work alone; so they
are after the grid and where the published past has parted them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ....data.presence import Company, Pairing
from ..problem import RosterProblem
from ..roster import Roster, Violation
from .base import FAR, Band, Rule, Where
from .headcount import by_day, clock_of, heads, present


def bands(problem: RosterProblem) -> Iterator[Band]:
    number = {agent.id: i for i, agent in enumerate(problem.agents)}
    slots = problem.slots + problem.overhang
    for pairing in problem.pairings:
        known = [agent for agent in pairing.agents if agent in number]
        if pairing.company is Company.APART and known:
            counts = np.zeros(len(problem.agents), dtype=np.int64)
            counts[[number[agent] for agent in known]] = 1
            yield Band(
                counts,
                Where.PRESENT,
                np.full(slots, -FAR),
                np.full(slots, 1),
                points=pairing.points,
            )
        if pairing.company is Company.TOGETHER:
            binds = _binds(problem, pairing)
            for one, other in combinations(known, 2):
                signs = np.zeros(len(problem.agents), dtype=np.int64)
                signs[number[one]], signs[number[other]] = 1, -1
                bound = np.where(binds, 0, FAR)
                yield Band(signs, Where.PRESENT, -bound, bound, points=pairing.points)


def _binds(problem: RosterProblem, pairing: Pairing) -> NDArray[np.bool_]:
    """The slots in which those who work together must."""
    binds = np.ones(problem.slots + problem.overhang, dtype=bool)
    begins = problem.grid.day_minute // problem.slot_min
    for day in range(problem.grid.days):
        if any((agent, day) in problem.leave for agent in pairing.agents):
            binds[begins[day] : begins[day + 1]] = False
    past = [
        heads(problem, (s for s in problem.history if s.agent == agent), present)
        for agent in pairing.agents
    ]
    binds &= np.ptp(np.stack(past), axis=0) == 0
    return binds


def check(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
    for pairing in problem.pairings:
        known = [agent for agent in pairing.agents if agent in problem.contract_of]
        there = {agent: _present(problem, roster, agent) for agent in known}
        if pairing.company is Company.APART and known:
            past = sum(_present(problem, None, agent) for agent in known)
            both = np.maximum(sum(there.values()) - 1, 0) - np.maximum(past - 1, 0)
            yield from _violations(problem, pairing, "apart", known, both)
        if pairing.company is Company.TOGETHER:
            binds = _binds(problem, pairing)
            for one, other in combinations(known, 2):
                alone = np.where(binds, np.abs(there[one] - there[other]), 0)
                yield from _violations(problem, pairing, "together", [one, other], alone)


def _present(problem: RosterProblem, roster: Roster | None, agent: str) -> NDArray[np.int64]:
    """Whether an agent is present in each slot: by the past, and by a roster."""
    shifts = [shift for shift in problem.history if shift.agent == agent]
    shifts += [] if roster is None else roster.of_agent(agent)
    return heads(problem, shifts, present)


def _violations(
    problem: RosterProblem,
    pairing: Pairing,
    fault: str,
    agents: list[str],
    outside: NDArray[np.int64],
) -> Iterator[Violation]:
    for day, at, hours in by_day(problem, outside):
        params = {"agents": ", ".join(agents), "time": clock_of(problem, at)}
        yield Violation(RULE.name, None, day, params, fault, hours, pairing.points)


RULE = Rule("company", check, bands=bands, unit="hours")
