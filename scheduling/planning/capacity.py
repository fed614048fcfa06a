"""Agents and hours needed week by week against those on the books: when to hire, whom to train.

Hours are those at work on queues: contract hours less breaks and time off. They are shared out to
the queues by a linear programme; what no agent with the skill has hours for is short.
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
from ...data.people import Agent, Contract
from ...data.shifts import ShiftKind
from ..pooling.programs import least_cost
from ..rostering.problem import Demand
from ..rostering.rules.contract_hours import average_day

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
    `short_agents` are as many as would work those hours."""

    queue: str
    needed_hours: float
    peak_agents: float
    short_hours: float
    short_agents: float


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
    crew = _Crew(centre)
    week_of = grid.day_of // WEEK
    hours = grid.interval_min / 60
    weeks, spare = [], []
    for week, first in enumerate(grid.dates[::WEEK]):
        mine = [demand.required[week_of == week] for demand in demands]
        needed = np.array([float(own.sum()) * hours for own in mine])
        peaks = [float(own.max()) for own in mine]
        there = crew.hours_in(first)
        shared = _shared(crew, demands, needed, fit * crew.by_kind(there))
        each = fit * np.array([crew.usual_hours(demand.skill) for demand in demands])
        agents = np.divide(shared.short, each, out=np.zeros(len(each)), where=each > 0)
        lines = zip(demands, needed, peaks, shared.short, agents, strict=True)
        weeks.append(
            CapacityWeek(
                first,
                float(crew.full.sum()),
                float((crew.full - there).sum()),
                float(shared.spare.sum()) / fit,
                tuple(QueueWeek(d.queue, *map(float, numbers)) for d, *numbers in lines),
            )
        )
        spare.append([crew.spare_agents(demand.skill, shared.spare, fit) for demand in demands])
    return Capacity(tuple(weeks), _shortages(weeks, np.array(spare), lead_weeks))


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


class _Crew:
    """The agents by the set of their skills, with their hours on queues in a full week."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._asked = {queue.skill for queue in centre.queues}
        self._contracts = {contract.id: contract for contract in centre.contracts}
        self._kind_of = [agent.skills & self._asked for agent in centre.agents]
        self.kinds = list(dict.fromkeys(self._kind_of))
        self.full = np.array([self._week(agent) for agent in centre.agents])

    def hours_in(self, first: date) -> Array:
        """Hours on queues of every agent in the seven days from `first` on, less time off, a day of
        which stands for the contract's average one."""
        off = np.zeros(len(self.full))
        numbers = {agent.id: number for number, agent in enumerate(self._centre.agents)}
        for entry in self._centre.time_off:
            days = (
                min(entry.last, first + timedelta(days=WEEK - 1)) - max(entry.first, first)
            ).days
            if entry.agent in numbers and days >= 0:
                off[numbers[entry.agent]] += days + 1
        there = [
            full * (0.0 if days >= WEEK else max(1.0 - days * self._day_share(agent), 0.0))
            for agent, full, days in zip(self._centre.agents, self.full, off, strict=True)
        ]
        return np.array(there)

    def by_kind(self, hours: Array) -> Array:
        """Hours of each kind together."""
        return np.array(
            [
                sum(own for own, skills in zip(hours, self._kind_of, strict=True) if skills == kind)
                for kind in self.kinds
            ]
        )

    def usual_hours(self, skill: str) -> float:
        """What one agent who has the skill works on queues in a full week; one of all agents if
        nobody has it."""
        able = [
            hours for hours, skills in zip(self.full, self._kind_of, strict=True) if skill in skills
        ]
        return float(np.mean(able or self.full)) if len(self.full) else 0.0

    def spare_agents(self, skill: str, spare: Array, fit: float) -> int:
        """How many agents without a skill have all of their hours to spare."""
        hours = sum(s for s, kind in zip(spare, self.kinds, strict=True) if skill not in kind)
        others = [
            full for full, kind in zip(self.full, self._kind_of, strict=True) if skill not in kind
        ]
        return int(hours / (fit * np.mean(others))) if others and np.mean(others) > 0 else 0

    def _week(self, agent: Agent) -> float:
        contract = self._contracts[agent.contract]
        shifts = [
            shift
            for shift in self._centre.shifts
            if shift.kind is ShiftKind.WORK
            and (not contract.shift_codes or shift.code in contract.shift_codes)
            and agent.site in ("", shift.site)
        ]
        if not shifts:
            return 0.0
        days = min(contract.max_days, sum(hours != () for hours in agent.availability))
        most = days * max(shift.paid_min for shift in shifts)
        if contract.max_minutes is not None:
            most = min(most, contract.max_minutes)
        at_work = [
            (shift.length_min - sum(rule.minutes for rule in shift.breaks)) / shift.paid_min
            for shift in shifts
        ]
        return most / 60 * float(np.mean(at_work))

    def _day_share(self, agent: Agent) -> float:
        contract: Contract = self._contracts[agent.contract]
        week = contract.max_minutes or contract.min_minutes
        if week:
            return average_day(contract) / week
        return 1.0 / contract.max_days if contract.max_days else 1.0


@dataclass(frozen=True)
class _Shared:
    """Hours short by queue and to spare by kind."""

    short: Array
    spare: Array


def _shared(crew: _Crew, demands: Sequence[Demand], needed: Array, supply: Array) -> _Shared:
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
        given[k, place] = met[q, place] = 1.0
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
