"""A requirement raised where a simulated roster misses a target.

A queue is then staffed as for more contacts than are expected: by a factor on the contacts of each
day, as `staff_for_risk` does it, since the formulas know how many agents more contacts take. For
phone and chat they also say which factor gains what is missing; the work of a queue with deadlines
grows by a multiple of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre, Routing
from ...data.grid import TimeGrid
from ...forecasting.forecast import Forecast
from ..kpi_tally import live_tally
from ..rostering.proficiency import centre_proficiency
from ..rostering.roster import Roster
from ..staffing.demand import QueueDemand, queue_demands
from ..staffing.requirement import AgentRequirement, DeadlineWork, StaffingRequirement
from ..staffing.staff import agent_requirement
from .correction import Factors, Gap, Raise
from .gaps import worst_of
from .service import with_curves

Array = NDArray[np.float64]

MOST_RAISE = 1.25
"""Bound of one raise: what it does not gain, more agents at other times would have to."""

_HALVINGS = 5
"""Of the bounds of a factor: to less than a per cent of the contacts."""

DEADLINE_SLOPE = 0.65
"""What one per cent more agents brings of work in time, in per cent, near the shares that are asked
for (measured on the sample centre, whose agents miss 8 % of their shifts)."""

ROUNDED_UP = 0.5
"""Of the agents beyond those asked for, whom a roster has since it works in whole agents and whole
shifts, the part that more work would use up."""

SHARED_ANSWER = 0.4
"""Of what the formulas expect of a raise, what it gains at first where agents are shared by skill:
those who are added for one queue serve the others too (measured on the sample centre)."""

_AMOUNTS = {
    "service_level": ("good", "counted"),
    "asa_s": ("wait_s", "answered"),
    "abandonment": ("abandoned", "waiting"),
    "occupancy": ("busy_hours", "available_hours"),
    "blocked": ("blocked", "limited"),
    "wait_within": ("waited_within", "let_in"),
    "reply_rate": ("replied", "reply_counted"),
}
"""The amounts of a tally that a measure is the ratio of."""


def raised_requirement(
    centre: Centre, forecast: Forecast, requirement: StaffingRequirement, factors: Factors
) -> StaffingRequirement:
    """The requirement with what the factors add to it for work that waits. Work with deadlines
    stays what it is: it is placed as `raised_work` says."""
    if not factors:
        return requirement
    requirement = with_curves(centre, forecast, requirement, factors)
    return _with_agents(centre, requirement, _added(centre, forecast, requirement, factors), 1.0)


def unraised_requirement(
    centre: Centre, forecast: Forecast, requirement: StaffingRequirement, factors: Factors
) -> StaffingRequirement:
    """The requirement that the factors raised to this one (`raised_requirement` backwards), so that
    it can be raised by others."""
    if not factors:
        return requirement
    requirement = with_curves(centre, forecast, requirement)
    return _with_agents(centre, requirement, _added(centre, forecast, requirement, factors), -1.0)


def _added(
    centre: Centre, forecast: Forecast, requirement: StaffingRequirement, factors: Factors
) -> dict[str, Array]:
    """Rostered agents that the factors add, of every queue that waits and has some."""
    waits = {queue.queue for queue in requirement.queues if isinstance(queue, AgentRequirement)}
    return {
        demand.profile.name: added_agents(demand, forecast.grid, factors[demand.profile.name])
        for demand in queue_demands(forecast, centre)
        if demand.profile.name in waits & factors.keys()
    }


def _with_agents(
    centre: Centre, requirement: StaffingRequirement, added: Mapping[str, Array], sign: float
) -> StaffingRequirement:
    """The requirement with these rostered agents of queues on top of it (sign 1), or taken off."""

    def changed(queue: AgentRequirement) -> AgentRequirement:
        more = sign * added[queue.queue]
        present = 1.0 - centre.queue(queue.queue).shrinkage
        return replace(
            queue,
            rostered=np.maximum(queue.rostered + more, 0.0),
            on_queue=np.maximum(queue.on_queue + more * present, 0.0),
        )

    return replace(
        requirement,
        queues=tuple(
            changed(queue)
            if isinstance(queue, AgentRequirement) and queue.queue in added
            else queue
            for queue in requirement.queues
        ),
    )


def raised_work(requirement: StaffingRequirement, factors: Factors) -> StaffingRequirement:
    """The requirement with the factors on work with deadlines: what it is placed by."""
    day_of = requirement.grid.day_of
    return replace(
        requirement,
        queues=tuple(
            replace(queue, work=queue.work * np.array(factors[queue.queue])[day_of])
            if isinstance(queue, DeadlineWork) and queue.queue in factors
            else queue
            for queue in requirement.queues
        ),
    )


def of_deadline_work(requirement: StaffingRequirement, factors: Factors) -> Factors:
    """The factors of the queues with deadlines alone."""
    later = {queue.queue for queue in requirement.queues if isinstance(queue, DeadlineWork)}
    return {queue: by_day for queue, by_day in factors.items() if queue in later}


def raise_for(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    roster: Roster,
    gaps: tuple[Gap, ...],
    factors: Factors,
    answers: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Factors, tuple[Raise, ...]]:
    """The factors that make up for what is wanting, and what that adds, queue by queue.

    A queue is raised on the days on which it is late, or on all of them if that was done before.
    `roster` is what was simulated, `factors` what it was asked for, `answers` the part that each
    queue gained of what the raise before asked for. Nothing is asked for days without contacts.
    """
    grid = forecast.grid
    needs = {queue.queue: queue for queue in requirement.queues}
    demands = {demand.profile.name: demand for demand in queue_demands(forecast, centre)}
    proficiency = centre_proficiency(centre)
    raised, told = dict(factors), []
    for queue, (gap, *_) in worst_of(gaps).items():
        demand, need = demands[queue], needs[queue]
        shared = centre.routing is Routing.SKILLS and isinstance(need, AgentRequirement)
        gain = gap.wanting / answers.get(queue, SHARED_ANSWER if shared else 1.0)
        now = np.array(factors.get(queue, np.ones(grid.days)))
        on = _days(gap, demand, grid, again=queue in factors)
        (supply,) = roster.supply((queue,), proficiency)
        if isinstance(need, DeadlineWork):
            factor = _deadline_factor(need.work * now[grid.day_of], gain, supply, on[grid.day_of])
        else:
            factor = _factor(demand, gap, gain, supply, grid, on)
        then = np.where(on, now * factor, now)
        hours = _hours(demand, need, grid, then) - _hours(demand, need, grid, now)
        raised[queue] = tuple(float(each) for each in then)
        told.append(Raise(queue, hours, tuple(int(day) for day in np.flatnonzero(on)), gap))
    return raised, tuple(told)


def _days(gap: Gap, demand: QueueDemand, grid: TimeGrid, again: bool) -> NDArray[np.bool_]:
    """The days on which to raise, shape (grid.days,)."""
    busy: NDArray[np.bool_] = np.bincount(grid.day_of, demand.contacts, grid.days) > 0
    late = np.isin(np.arange(grid.days), gap.late_days)
    return busy if again or not (late & busy).any() else late & busy


def _deadline_factor(asked: Array, gain: float, supply: Array, on: NDArray[np.bool_]) -> float:
    """The factor on the work `asked` for in the intervals `on` that gains so much."""
    spare = max(float(supply.sum() - asked.sum()), 0.0)
    more = gain / DEADLINE_SLOPE * float(supply.sum()) + spare * ROUNDED_UP
    return min(1.0 + more / max(float(asked[on].sum()), 1e-9), MOST_RAISE)


def _factor(
    demand: QueueDemand,
    gap: Gap,
    gain: float,
    supply: Array,
    grid: TimeGrid,
    on: NDArray[np.bool_],
) -> float:
    """The least factor on the contacts of the days `on` that gains so much of the gap's measure, by
    the formulas: the agents that it adds come on top of `supply`."""
    before = _measured(demand, gap, supply, grid)

    def enough(factor: float) -> bool:
        added = added_agents(demand, grid, np.where(on, factor, 1.0))
        more = _measured(demand, gap, supply + added, grid) - before
        return (more if gap.at_least else -more) >= gain

    low, high = 1.0, MOST_RAISE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _measured(demand: QueueDemand, gap: Gap, supply: Array, grid: TimeGrid) -> float:
    above, below = _AMOUNTS[gap.measure]
    tally = live_tally(demand, supply, supply, grid.interval_min)
    return float(tally[above].sum() / max(tally[below].sum(), 1e-9))


def added_agents(demand: QueueDemand, grid: TimeGrid, by_day: tuple[float, ...] | Array) -> Array:
    """Rostered agents that the factors add for work that waits; shape (grid.size,)."""
    more = replace(demand, contacts=demand.contacts * np.asarray(by_day)[grid.day_of])
    added: Array = agent_requirement(more, grid).rostered - agent_requirement(demand, grid).rostered
    return added


def _hours(
    demand: QueueDemand, need: AgentRequirement | DeadlineWork, grid: TimeGrid, by_day: Array
) -> float:
    """Rostered agent-hours that the factors add in all."""
    added = (
        need.work * (by_day[grid.day_of] - 1.0)
        if isinstance(need, DeadlineWork)
        else added_agents(demand, grid, by_day)
    )
    return float(added.sum() * grid.interval_min / 60)
