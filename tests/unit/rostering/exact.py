"""Tiny roster problems solved by looking at every roster there is; the audit says what is legal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.meetings import fits
from shiftcast.scheduling.rostering.objective import cost_breakdown, demand_cost
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, MeetingSpan, QueueSpan, Roster
from shiftcast.scheduling.rostering.rules import RULES

from tests.factories import an_assignment

Week = tuple[Assignment, ...]


def shifts_of_day(problem: RosterProblem, agent: str, day: int) -> Iterator[Assignment]:
    """Every shift that may start on a day, with its breaks and the agent's meetings everywhere they
    may be."""
    step = problem.slot_min
    for shift in problem.shifts:
        if problem.weekday(day) not in shift.weekdays:
            continue
        windows = [range(r.earliest_offset, r.latest_offset + 1, step) for r in shift.breaks]
        starts = [clock for clock in shift.starts if problem.grid.minute(day, clock) is not None]
        for clock, breaks in product(starts, product(*windows)):
            yield from met(problem, an_assignment(problem, day, shift.code, clock, agent, breaks))


def met(problem: RosterProblem, shift: Assignment) -> Iterator[Assignment]:
    """The shift without any meeting, and with each of those that its agent attends, whenever they
    may be held."""
    step = problem.slot_min
    held: list[list[MeetingSpan | None]] = []
    for meeting in problem.meetings:
        if meeting.attends(problem.agent_of[shift.agent]):
            first_to_last = range(-(-shift.start // step) * step, shift.end, step)
            spans = [MeetingSpan(at, at + meeting.minutes, meeting.name) for at in first_to_last]
            held.append([None, *(span for span in spans if fits(problem, meeting, span))])
    for chosen in product(*held):
        meetings = tuple(span for span in chosen if span is not None)
        bare = replace(shift, meetings=meetings)
        spans = tuple(QueueSpan(first, last, "phone") for first, last in bare.working())
        yield replace(bare, queues=spans)


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
    if problem.meetings or any(True for rule in RULES if rule.bands for _ in rule.bands(problem)):
        rosters = [roster for roster in rosters if not audit(problem, roster)]
    costs = [cost_breakdown(problem, roster).total for roster in rosters]
    if not costs:
        return None
    best = min(range(len(costs)), key=costs.__getitem__)
    return costs[best], rosters[best]


def optimum_over_queues(problem: RosterProblem) -> float:
    """Least cost of a legal roster with everybody on any queue at any time: of a problem that
    prices no change of queue and nothing that concerns several agents at once."""
    weeks = [legal_weeks(problem, a) for a in range(len(problem.agents))]
    nobody = _own_points(problem, ())
    own = [np.array([_own_points(problem, week) - nobody for week in mine]) for mine in weeks]
    there = [np.array([_at_work(problem, week) for week in mine]) for mine in weeks]
    points = _points_by_presence(problem)
    least = np.inf
    for chosen in product(*(range(len(mine)) for mine in weeks)):
        present = sum(there[a][w] << a for a, w in enumerate(chosen))
        cost = sum(own[a][w] for a, w in enumerate(chosen))
        least = min(least, float(points[np.arange(problem.slots), present].sum()) + cost)
    return least + nobody


def _own_points(problem: RosterProblem, week: Week) -> float:
    """What a roster costs apart from cover."""
    found = cost_breakdown(problem, Roster(problem.grid, week))
    return found.total - found.under - found.over


def _at_work(problem: RosterProblem, week: Week) -> NDArray[np.int64]:
    """1 in the time steps of the grid in which an agent is there for contacts."""
    step = problem.slot_min
    at_work = np.zeros(problem.slots, dtype=np.int64)
    for shift in week:
        for start, end in shift.working():
            at_work[start // step : end // step] = 1
    return at_work


def _points_by_presence(problem: RosterProblem) -> NDArray[np.float64]:
    """Points of each time step for each set of agents who are there, as bits, each of them on the
    queue that is best for all: (slots, 2 ** agents)."""
    agents, queues, p = problem.agents, problem.queues, problem.proficiency
    points = np.full((problem.slots, 1 << len(agents)), np.inf)
    for present in range(1 << len(agents)):
        there = [agent for a, agent in enumerate(agents) if (present >> a) & 1]
        for served in product(*(sorted(problem.skills_of[agent.id]) for agent in there)):
            units = dict.fromkeys(queues, 0)
            for agent, queue in zip(there, served, strict=True):
                units[queue] += p.of(agent.id, queue)
            cost = np.zeros(problem.slots)
            for demand in problem.demands:
                supply = np.full(problem.slots, units[demand.queue] / p.unit)
                under, over = demand_cost(problem, demand, supply, problem.weights)
                cost += under + over
            points[:, present] = np.minimum(points[:, present], cost * problem.slot_min / 60)
    return points
