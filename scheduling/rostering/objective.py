"""What a legal roster costs, in the planner's points. The engine minimises this; here it is
computed anew from the finished roster, so that the two can be held against each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ...data.people import Agent
from ...data.rules import Weights
from ...data.shifts import WantedShift
from .fairness import Burden, burdens, fair_points, request_price
from .meetings import meeting_record
from .problem import Demand, RosterProblem
from .requests import request_outcomes
from .roster import Assignment, Roster
from .rules import RULES
from .rules.start_spread import weekly_clocks


@dataclass(frozen=True)
class CostBreakdown:
    """Points by goal; hours short and over are never netted. `wanted_shifts` is what shifts with
    too few or too many people cost, `broken_rules` the breaches of soft rules, `pay` what the
    centre pays, `changes` the days that differ from the base roster, `meetings` those missed."""

    under: float
    over: float
    requests: float
    fairness: float
    steady_start: float
    queue_changes: float
    wanted_shifts: float
    broken_rules: float
    pay: float
    changes: float
    meetings: float

    @property
    def total(self) -> float:
        return float(sum(getattr(self, part.name) for part in fields(self)))


def coverage_cost(
    supply: NDArray[np.float64], required: NDArray[np.float64], weights: Weights, weight: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(under, over) points an hour of the work of `supply` agents where that of `required` is
    wanted; shapes broadcast.

    Both grow faster than the shortage: x agents short of r cost x + evenness·x²/(2·max(r, 1))
    times the weight, so that shortage spreads rather than gathers.
    """

    def points(gap: NDArray[np.float64], price: float) -> NDArray[np.float64]:
        bend = weights.evenness / (2 * np.maximum(required, 1.0))
        grown: NDArray[np.float64] = price * (gap + bend * gap**2)
        return grown

    short = np.maximum(required - supply, 0.0)
    over = np.maximum(supply - required, 0.0)
    return points(short, weights.under * weight), points(over, weights.over)


def demand_cost(
    problem: RosterProblem, demand: Demand, supply: NDArray[np.float64], weights: Weights
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(under, over) points an hour of the work of `supply` agents on a queue, one row a time step
    of the roster (any further axis broadcasts). What `Demand.points` asks for is all under, and
    lies on the line between two whole agents."""
    repeat = problem.grid.interval_min // problem.slot_min
    wide = (slice(None),) + (None,) * (supply.ndim - 1)
    if demand.points is None:
        required = np.repeat(demand.required, repeat)[wide]
        return coverage_cost(supply, required, weights, demand.weight)
    points = np.repeat(demand.points, repeat, axis=0) * (60 / problem.grid.interval_min)
    whole = np.clip(np.floor(supply).astype(np.int64), 0, points.shape[1] - 2)
    rows = np.arange(len(points))[wide]
    slope = points[rows, whole + 1] - points[rows, whole]
    reached: NDArray[np.float64] = points[rows, whole] + slope * (supply - whole)
    return reached, np.zeros_like(reached)


def spread_points(weight: float, spread_min: int) -> float:
    """Points of a week whose start clock times differ by `spread_min`: by the started hour."""
    return weight * -(-spread_min // 60)


def cost_breakdown(problem: RosterProblem, roster: Roster) -> CostBreakdown:
    """The points of a roster, goal by goal."""
    weights = problem.weights
    slot = problem.slot_min
    everyone = Roster(problem.grid, (*problem.history, *roster.assignments))
    supply = problem.supply(everyone, slot)
    hours = slot / 60
    under = over = 0.0
    for demand, present in zip(problem.demands, supply, strict=True):
        short, extra = demand_cost(problem, demand, present, weights)
        under += float(short.sum()) * hours
        over += float(extra.sum()) * hours
    return CostBreakdown(
        under,
        over,
        requests=_request_points(problem, roster),
        fairness=_fairness(problem, roster),
        steady_start=_steadiness(problem, roster),
        queue_changes=weights.queue_change * sum(map(queue_changes, roster.assignments)),
        wanted_shifts=_wanted_points(problem, roster),
        broken_rules=_soft_points(problem, roster),
        pay=weights.cost * sum(pay(problem, shift) for shift in roster.assignments),
        changes=change_points(problem, roster),
        meetings=meeting_record(problem, roster).missed_points,
    )


def wanted_points(wanted: WantedShift, heads: int) -> float:
    """Points of `heads` agents on a shift that wants a number of them."""
    return wanted.under * max(wanted.wanted - heads, 0) + wanted.over * max(
        heads - wanted.wanted, 0
    )


def _wanted_points(problem: RosterProblem, roster: Roster) -> float:
    heads = Counter((shift.day, shift.shift_code) for shift in roster.assignments)
    asked = [(problem.grid.day_number(w.day), w) for w in problem.wanted]
    return sum(
        wanted_points(w, heads[day, w.shift_code])
        for day, w in asked
        if 0 <= day < problem.grid.days
    )


def _soft_points(problem: RosterProblem, roster: Roster) -> float:
    return sum(
        price * violation.amount
        for rule in RULES
        if problem.may_cost(rule.name)
        for violation in rule.check(problem, roster)
        if np.isfinite(price := problem.points_of_entry(rule.name, violation.points))
    )


def hourly_cost(problem: RosterProblem, agent: Agent) -> float:
    """What an hour of the agent costs, in the centre's currency."""
    own = agent.hourly_cost
    return problem.contract_of[agent.id].hourly_cost if own is None else own


def pay(problem: RosterProblem, shift: Assignment) -> float:
    """What a shift costs, in the centre's currency."""
    return shift.paid_minutes / 60 * hourly_cost(problem, problem.agent_of[shift.agent])


def change_points(problem: RosterProblem, roster: Roster) -> float:
    """Points of the agent-days whose shift, or whose start, is not that of the base roster; 0
    without one."""
    if problem.base is None:
        return 0.0
    now = {(shift.agent, shift.day): shift for shift in roster.assignments}
    was = problem.base_days
    changed = (k for k in now.keys() | was.keys() if not same_shift(now.get(k), was.get(k)))
    return float(sum(problem.change_points[day] for _, day in changed))


def same_shift(one: Assignment | None, other: Assignment | None) -> bool:
    """Whether two days of an agent are alike: both off, or the same shift at the same time."""
    if one is None or other is None:
        return one is other
    return (one.shift_code, one.start) == (other.shift_code, other.start)


def queue_changes(shift: Assignment) -> int:
    """How often a shift goes from one queue to another without a break between."""
    spans = sorted(shift.queues, key=lambda span: span.start)
    return sum(
        before.end == after.start and before.queue != after.queue
        for before, after in pairwise(spans)
    )


def _request_points(problem: RosterProblem, roster: Roster) -> float:
    carried = problem.carried_above
    return sum(
        request_price(problem.weights, carried[outcome.request.agent]) * outcome.request.weight
        for outcome in request_outcomes(problem, roster)
        if not outcome.met
    )


def _fairness(problem: RosterProblem, roster: Roster) -> float:
    points = 0.0
    for agent, carried in problem.carried_above.items():
        worked = burdens(problem.clocks, problem.rules, roster.of_agent(agent))
        for burden in Burden:
            price = burden.price(problem.weights)
            points += fair_points(price, getattr(carried, burden), worked[burden])
    return points


def _steadiness(problem: RosterProblem, roster: Roster) -> float:
    weight = problem.weights.steady_start
    return sum(
        spread_points(weight, max(clocks) - min(clocks))
        for agent in problem.agents
        for clocks in weekly_clocks(problem, roster, agent.id).values()
    )
