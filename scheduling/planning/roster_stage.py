"""The stage that searches a roster: deadline work is placed where the roster has agents for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.errors import NoSolutionError
from ..rostering.engine import SolveLimit, place_breaks_anew, solve
from ..rostering.problem import RosterProblem
from ..rostering.roster import Roster, RosterResult, SolveStatus
from ..rostering.told import Told
from ..staffing.placement import place_deadline_work
from ..staffing.requirement import AgentRequirement, DeadlineWork, StaffingRequirement
from .conflicts import conflict_problems
from .correction import NO_FACTORS, Factors
from .raising import raised_work
from .stages import StageClock, queue_demands

FIRST_ROSTER = 0.35
"""Share of the search for the roster that deadline work is then placed by."""


def roster_stage(
    centre: Centre,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    limit: SolveLimit,
    rng: np.random.Generator,
    clock: StageClock,
    start: Roster | None = None,
    factors: Factors = NO_FACTORS,
) -> tuple[RosterProblem, RosterResult]:
    """The best roster found within the limit, and the problem it solves: deadline work is placed
    anew where a first roster has agents for it, since it can wait for them. `factors` raise that
    work (see `raising.py`); the requirement of queues that wait has theirs in it.

    Raises NoSolutionError, with a problem for each conflict, if no roster keeps every rule or none
    was found in time.
    """
    problem = with_deadline_work(centre, requirement, problem, factors, start)
    if not any(isinstance(queue, DeadlineWork) for queue in requirement.queues):
        return problem, search(problem, limit, rng, start, clock)
    first = solve(problem, limit.part(FIRST_ROSTER), rng, start, clock.found)
    if first.status is SolveStatus.INFEASIBLE:
        raise NoSolutionError(conflict_problems(problem, first))
    if clock.interrupted and first.roster is not None:
        return problem, first
    if first.roster is not None:
        problem = with_deadline_work(centre, requirement, problem, factors, first.roster)
    result = search(problem, limit.part(1 - FIRST_ROSTER), rng, first.roster or start, clock)
    return problem, replace(result, cpu_seconds=first.cpu_seconds + result.cpu_seconds)


def breaks_stage(
    centre: Centre,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    roster: Roster,
    limit: SolveLimit,
    rng: np.random.Generator,
    clock: StageClock,
    factors: Factors = NO_FACTORS,
    frozen_until: int = 0,
    only: Collection[tuple[str, int]] | None = None,
    told: Told | None = None,
) -> tuple[RosterProblem, RosterResult]:
    """A roster with its breaks and meetings placed anew for a requirement, its shifts as they are,
    and the problem it solves: deadline work is placed where the roster has agents for it. Rules
    that the shifts break stay broken, and the result names them. What begins before the minute
    `frozen_until` stays, and so do days of agents that are not among `only` (None: all are); what
    people were `told` moves where that is worth its price."""
    problem = with_deadline_work(centre, requirement, problem, factors, roster)
    found, begun = clock.found, frozen_until
    return problem, place_breaks_anew(problem, roster, limit, rng, found, begun, only, told)


def with_deadline_work(
    centre: Centre,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    factors: Factors = NO_FACTORS,
    roster: Roster | None = None,
) -> RosterProblem:
    """The problem asked for this requirement, with deadline work (raised by the factors) where a
    roster has agents for it; where it levels the day if there is no roster yet."""
    supply = None if roster is None else supply_for_deadlines(problem, requirement, roster)
    placed = place_deadline_work(raised_work(requirement, factors), supply)
    return replace(problem, demands=queue_demands(centre, requirement, placed))


def supply_for_deadlines(
    problem: RosterProblem, requirement: StaffingRequirement, roster: Roster
) -> NDArray[np.float64]:
    """Agents' work that a roster has for deadline work: of those on it, and of those who could do
    it where their queue has a whole agent too many. Shape (grid.size,)."""
    names = tuple(queue.queue for queue in requirement.queues)
    later = {queue.queue for queue in requirement.queues if isinstance(queue, DeadlineWork)}
    able = {agent for agent, queues in problem.skills_of.items() if queues & later}
    flexible = Roster(problem.grid, tuple(a for a in roster.assignments if a.agent in able))
    supply = np.zeros(problem.grid.size)
    present, movable = (made.supply(names, problem.proficiency) for made in (roster, flexible))
    for queue, work, free in zip(requirement.queues, present, movable, strict=True):
        if isinstance(queue, AgentRequirement):
            spare = np.floor(np.maximum(work - queue.rostered, 0.0))
            supply += np.minimum(spare, free)
        else:
            supply += work
    return supply


def search(
    problem: RosterProblem,
    limit: SolveLimit,
    rng: np.random.Generator,
    start: Roster | None,
    clock: StageClock,
) -> RosterResult:
    """The best roster of one search; NoSolutionError if there is none."""
    result = solve(problem, limit, rng, start, clock.found)
    if result.roster is None:
        raise NoSolutionError(conflict_problems(problem, result))
    return result
