"""Agents and hours needed week by week against those on the books: when to hire, whom to train.

Hours are those at work on queues: contract hours less breaks and time off. They are shared out to
the queues by a linear programme, an hour of an agent of proficiency 0.8 being 0.8 hours of what is
needed; what no agent with the skill has hours for is short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint

from ...data.centre import Centre
from ...data.grid import TimeGrid
from ..pooling.programs import least_cost
from ..rostering.problem import Demand
from .booked_crew import BookedCrew

FIT = 0.95
"""Share of the hours on queues that falls where it is needed: shifts never fit a day exactly."""

LEAD_WEEKS = 4
"""From hiring to the first contact."""

MATTERS = 0.5
"""Agents short that are worth saying."""

WEEK = 7
Array = NDArray[np.float64]


@dataclass(frozen=True)
class QueueWeek:
    """What a queue needs in a week, in agent-hours and in agents at its peak, and what it lacks;
    `short_agents` and `needed_agents` are as many as would work those hours. `skilled_agents` have
    the skill and are there, those away for a part of the week counted in part; other queues may
    need them too."""

    queue: str
    needed_hours: float
    peak_agents: float
    short_hours: float
    short_agents: float
    needed_agents: float
    skilled_agents: float


@dataclass(frozen=True)
class CapacityWeek:
    """The week from `start` on. `contract_hours` are those of everybody on queues, of which
    `time_off_hours` are not there; `spare_hours` are needed by no queue that their agents serve."""

    start: date
    contract_hours: float
    time_off_hours: float
    spare_hours: float
    queues: tuple[QueueWeek, ...]


@dataclass(frozen=True)
class Shortage:
    """A queue short in consecutive weeks: at the most by so many agents and hours a week. Who is to
    be there in the first of them is hired by `hire_by`; `trainable` agents of other skills have
    hours to spare in all of these weeks."""

    queue: str
    first: date
    last: date
    agents: float
    hours: float
    hire_by: date
    trainable: int


@dataclass(frozen=True)
class Capacity:
    """`fit` is the share of the hours on queues that is counted on."""

    fit: float
    weeks: tuple[CapacityWeek, ...]
    shortages: tuple[Shortage, ...]


def capacity_of(
    centre: Centre,
    demands: Sequence[Demand],
    grid: TimeGrid,
    *,
    fit: float = FIT,
    lead_weeks: int = LEAD_WEEKS,
) -> Capacity:
    """The capacity of every seven days of the grid, against what the demands ask for.

    ValueError if the grid is no whole number of weeks.
    """
    if grid.days % WEEK:
        raise ValueError(f"{grid.days} days are no whole number of weeks")
    crew = BookedCrew(centre)
    week_of = grid.day_of // WEEK
    of_interval = grid.interval_min / 60
    weeks, spare = [], []
    for week, first in enumerate(grid.dates[::WEEK]):
        mine = [demand.required[week_of == week] for demand in demands]
        needed = np.array([float(own.sum()) * of_interval for own in mine])
        peaks = [float(own.max()) for own in mine]
        booked, there = crew.booked_in(first), crew.hours_in(first)
        shared = _shared(crew, demands, needed, fit * crew.by_kind(there))
        each = fit * np.array([crew.usual_hours(demand.skill) for demand in demands])
        agents = [
            np.divide(hours, each, out=np.zeros(len(each)), where=each > 0)
            for hours in (shared.short, needed)
        ]
        skilled = [crew.agents_there(demand.skill, there) for demand in demands]
        lines = zip(demands, needed, peaks, shared.short, *agents, skilled, strict=True)
        weeks.append(
            CapacityWeek(
                first,
                float(booked.sum()),
                float((booked - there).sum()),
                float(shared.spare.sum()) / fit,
                tuple(QueueWeek(d.queue, *map(float, numbers)) for d, *numbers in lines),
            )
        )
        spare.append([crew.spare_agents(demand.skill, shared.spare, fit) for demand in demands])
    return Capacity(fit, tuple(weeks), _shortages(weeks, np.array(spare), lead_weeks))


def _shortages(
    weeks: Sequence[CapacityWeek], spare: Array, lead_weeks: int
) -> tuple[Shortage, ...]:
    """Runs of weeks in which a queue lacks agents, the first weeks first."""
    found = []
    for number, queue in enumerate(one.queue for one in weeks[0].queues):
        lacks = [week.queues[number].short_agents >= MATTERS for week in weeks]
        for short, run in groupby(range(len(weeks)), key=lacks.__getitem__):
            at = list(run)
            if short:
                own = [weeks[i].queues[number] for i in at]
                first = weeks[at[0]].start
                found.append(
                    Shortage(
                        queue,
                        first,
                        weeks[at[-1]].start + timedelta(days=WEEK - 1),
                        max(week.short_agents for week in own),
                        max(week.short_hours for week in own),
                        first - timedelta(weeks=lead_weeks),
                        int(spare[at, number].min()),
                    )
                )
    return tuple(sorted(found, key=lambda one: (one.first, -one.hours)))


@dataclass(frozen=True)
class _Shared:
    """Hours short by queue and to spare by kind."""

    short: Array
    spare: Array


def _shared(crew: BookedCrew, demands: Sequence[Demand], needed: Array, supply: Array) -> _Shared:
    """The hours of every kind shared out to its queues: least short, queues by their weights, then
    as evenly as the least allows."""
    pairs = [
        (k, q)
        for k, kind in enumerate(crew.kinds)
        for q, demand in enumerate(demands)
        if demand.skill in kind
    ]
    queues, kinds = len(demands), len(crew.kinds)
    # Unknowns: hours of each pair, then hours short of each queue, then the largest share short.
    size = len(pairs) + queues + 1
    given, met = np.zeros((kinds, size)), np.zeros((queues, size))
    for place, (k, q) in enumerate(pairs):
        given[k, place], met[q, place] = 1.0, crew.kinds[k].level(demands[q].skill)
    short = np.arange(len(pairs), len(pairs) + queues)
    met[np.arange(queues), short] = 1.0
    even = np.zeros((queues, size))
    even[np.arange(queues), short] = -1.0
    even[:, -1] = needed
    rows = [
        LinearConstraint(given, -np.inf, supply),
        LinearConstraint(met, needed, needed),
        LinearConstraint(even, 0.0, np.inf),
    ]
    most = np.full(size, np.inf)
    points = np.zeros(size)
    points[short] = [demand.weight for demand in demands]
    least = float(points @ least_cost(points, rows, most))
    share = np.zeros(size)
    share[-1] = 1.0
    rows.append(LinearConstraint(points[None, :], -np.inf, least * (1 + 1e-7) + 1e-6))
    found = least_cost(share, rows, most)
    return _Shared(np.maximum(found[short], 0.0), np.maximum(supply - given @ found, 0.0))
