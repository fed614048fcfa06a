"""Tiny roster problems solved by looking at every roster there is; the audit says what is legal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Roster
from shiftcast.scheduling.rostering.rules import RULES

from tests.factories import an_assignment

Week = tuple[Assignment, ...]


def shifts_of_day(problem: RosterProblem, agent: str, day: int) -> Iterator[Assignment]:
    """Every shift that may start on a day, with its breaks everywhere they may be."""
    step = problem.slot_min
    for shift in problem.shifts:
        if problem.weekday(day) not in shift.weekdays:
            continue
        windows = [range(r.earliest_offset, r.latest_offset + 1, step) for r in shift.breaks]
        for clock, breaks in product(shift.starts, product(*windows)):
            yield an_assignment(problem, day, shift.code, clock, agent, breaks)


def legal_weeks(problem: RosterProblem, position: int) -> list[Week]:
    """Everything one agent may do on the grid."""
    agent = problem.agents[position]
    alone = replace(uncoupled(problem), agents=(agent,))
    by_day = [[None, *shifts_of_day(problem, agent.id, day)] for day in range(problem.grid.days)]
    weeks = [tuple(shift for shift in days if shift is not None) for days in product(*by_day)]
    return [week for week in weeks if not audit(alone, Roster(problem.grid, week))]


def uncoupled(problem: RosterProblem) -> RosterProblem:
    """The problem without what concerns several agents at once."""
    rules = replace(problem.rules, seats=None, breaks_at_once=None, breaks_at_once_share=None)
    return replace(problem, rules=rules, seat_limits=(), least_staffing=(), pairings=())


def optimum(problem: RosterProblem) -> tuple[float, Roster] | None:
    """Least cost of a legal roster of a problem with one queue, and one that has it."""
    weeks = [legal_weeks(problem, a) for a in range(len(problem.agents))]
    rosters = [Roster(problem.grid, sum(chosen, ())) for chosen in product(*weeks)]
    if any(True for rule in RULES if rule.bands for _ in rule.bands(problem)):
        rosters = [roster for roster in rosters if not audit(problem, roster)]
    costs = [cost_breakdown(problem, roster).total for roster in rosters]
    if not costs:
        return None
    best = min(range(len(costs)), key=costs.__getitem__)
    return costs[best], rosters[best]
