"""The roster problem: what the engine is asked and what the audit judges by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cached_property
from math import gcd
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ...data.calendar import each_day
from ...data.grid import TimeGrid
from ...data.people import Agent, Contract, FixedAssignment, Request, TimeOff
from ...data.presence import LeastStaffing, Meeting, Pairing, SeatLimit
from ...data.rules import Rotation, Rules, Weights
from ...data.shifts import ShiftTemplate, Site, WantedShift
from .clocks import ClockClasses, clock_classes, weekly_rest
from .proficiency import Proficiency, proficiency_of
from .roster import Assignment, Roster
from .site_clocks import SiteClocks

Dated = TypeVar("Dated", FixedAssignment, Request)

WEEK = 7
PAST_DAYS = 53 * WEEK
"""How far back of the grid it is known who was not employed yet: as far as periods of hours."""


@dataclass(frozen=True)
class Demand:
    """What one queue wants in each interval: rostered agents (fractional, shape (grid.size,)) and
    the skill it takes; `weight` multiplies the price of a missing agent.

    `points`, if given, is what each interval costs with 0, 1, 2, … agents all through it, instead
    of the price of agents missing and to spare: shape (grid.size, most + 1), convex along each row;
    beyond the last, each agent costs as much more as the last one did.
    """

    queue: str
    skill: str
    required: NDArray[np.float64]
    weight: float = 1.0
    points: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Carried:
    """What an agent brings along from earlier weeks: shifts that are shared fairly, by kind, and
    requests that were refused."""

    agent: str
    nights: int = 0
    weekends: int = 0
    early: int = 0
    late: int = 0
    refused: int = 0


@dataclass(frozen=True)
class RosterProblem:
    """Everything a roster is made of and judged by, on one grid.

    `history` holds the published assignments before the grid (negative minutes of the same grid),
    so that rest and runs hold across its first day. `carried` says what each agent brings along
    from earlier weeks, for fair sharing. Weekly limits count from `first_weekday` (Monday = 0);
    days of a week that lie before the grid count as days off, and without any history they excuse
    from the least days and hours of that week.

    `wanted` asks for people on a shift of a day, whatever their queue.

    `base` is a roster to stay near: each agent's day that differs from it costs `weights.change`,
    times `nearness` of the day if that is given (one factor a grid day). What begins before the
    grid's minute `frozen_until` (0: nothing) stays as the base has it, but for breaks.
    """

    grid: TimeGrid
    demands: tuple[Demand, ...]
    agents: tuple[Agent, ...]
    contracts: tuple[Contract, ...]
    shifts: tuple[ShiftTemplate, ...]
    rules: Rules
    weights: Weights
    time_off: tuple[TimeOff, ...] = ()
    requests: tuple[Request, ...] = ()
    fixed: tuple[FixedAssignment, ...] = ()
    history: tuple[Assignment, ...] = ()
    carried: tuple[Carried, ...] = ()
    first_weekday: int = 0
    wanted: tuple[WantedShift, ...] = ()
    base: Roster | None = None
    frozen_until: int = 0
    nearness: tuple[float, ...] = ()
    least_staffing: tuple[LeastStaffing, ...] = ()
    seat_limits: tuple[SeatLimit, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    sites: tuple[Site, ...] = ()

    @cached_property
    def contract_of(self) -> dict[str, Contract]:
        """Contract by agent id."""
        by_id = {contract.id: contract for contract in self.contracts}
        return {agent.id: by_id[agent.contract] for agent in self.agents}

    @cached_property
    def agent_of(self) -> dict[str, Agent]:
        return {agent.id: agent for agent in self.agents}

    @cached_property
    def fixed_of(self) -> dict[str, list[tuple[int, FixedAssignment]]]:
        """Fixed assignments within the grid with their grid days, by agent id."""
        return self._by_agent(self.fixed)

    @cached_property
    def requests_of(self) -> dict[str, list[tuple[int, Request]]]:
        """Requests within the grid with their grid days, by agent id."""
        return self._by_agent(self.requests)

    def _by_agent(self, entries: Sequence[Dated]) -> dict[str, list[tuple[int, Dated]]]:
        found: dict[str, list[tuple[int, Dated]]] = {agent.id: [] for agent in self.agents}
        for entry in entries:
            day = self.grid.day_number(entry.day)
            if entry.agent in found and 0 <= day < self.grid.days:
                found[entry.agent].append((day, entry))
        return found

    @cached_property
    def terms_of(self) -> dict[str, Rules]:
        """The rules as they hold under each agent's contract, by agent id."""
        terms = {contract.id: contract.terms(self.rules) for contract in self.contracts}
        return {agent.id: terms[agent.contract] for agent in self.agents}

    @cached_property
    def carried_above(self) -> dict[str, Carried]:
        """What each agent carries above the least that anybody does, by agent id: what everybody
        carries counts for nobody."""
        known = {carried.agent: carried for carried in self.carried}
        own = [known.get(agent.id, Carried(agent.id)) for agent in self.agents]
        names = [field.name for field in fields(Carried) if field.name != "agent"]
        floor = {name: min((getattr(c, name) for c in own), default=0) for name in names}
        return {
            one.agent: replace(one, **{name: getattr(one, name) - floor[name] for name in names})
            for one in own
        }

    @cached_property
    def clocks(self) -> SiteClocks:
        """The clock of every shift."""
        return SiteClocks(self.grid, self.shifts, self.sites)

    @cached_property
    def clock_classes(self) -> ClockClasses:
        """The clock times of shifts, published ones too, as far as rules tell them apart."""
        spans = [(b, b + shift.length_min) for shift in self.shifts for b in shift.starts]
        for shift in self.history:
            begin = self.clocks.of(shift.shift_code).clock(shift.start)
            spans.append((begin, begin + shift.end - shift.start))
        terms = set(self.terms_of.values())
        return clock_classes(
            {begin for begin, _ in spans},
            {end for _, end in spans},
            {rest for rules in terms if (rest := weekly_rest(rules)) is not None},
            any(rules.rotation is Rotation.FORWARD for rules in terms),
        )

    @cached_property
    def shift_of(self) -> dict[str, ShiftTemplate]:
        return {shift.code: shift for shift in self.shifts}

    @cached_property
    def skills_of(self) -> dict[str, frozenset[str]]:
        """Names of the queues each agent can serve, by agent id."""
        return {
            agent.id: frozenset(d.queue for d in self.demands if d.skill in agent.skills)
            for agent in self.agents
        }

    @cached_property
    def proficiency(self) -> Proficiency:
        """The work that each agent does on each queue."""
        return proficiency_of(self.agents, {d.queue: d.skill for d in self.demands})

    def supply(self, roster: Roster, step_min: int | None = None) -> NDArray[np.float64]:
        """The work on each queue, in agents, in each interval or step: (queues, steps)."""
        return roster.supply(self.queues, self.proficiency, step_min)

    @cached_property
    def unemployed(self) -> frozenset[tuple[str, int]]:
        """Days before an agent's first and after the last, by agent id and grid day number: those
        of the grid, a year before and a week after it."""
        numbers = range(-PAST_DAYS, self.grid.days + WEEK)
        days = [(number, self.grid.first_day + timedelta(days=number)) for number in numbers]
        return frozenset(
            (agent.id, number)
            for agent in self.agents
            if agent.first_day is not None or agent.last_day is not None
            for number, day in days
            if not agent.employed_on(day)
        )

    @cached_property
    def time_off_days(self) -> dict[tuple[str, int], TimeOff]:
        """Whole days off in the time of employment, by agent id and grid day number, days outside
        the grid included. Hours off are in `hours_off.py`."""
        found = {
            (off.agent, self.grid.day_number(day)): off
            for off in self.time_off
            if off.whole_days
            for day in each_day(off.first, off.last)
        }
        return {key: off for key, off in found.items() if key not in self.unemployed}

    @cached_property
    def leave(self) -> dict[tuple[str, int], TimeOff]:
        """What counts as leave: time off, and days outside of employment as unpaid."""
        found = dict(self.time_off_days)
        for agent, number in self.unemployed:
            day = self.grid.first_day + timedelta(days=number)
            found[agent, number] = TimeOff(agent, day, day, paid=False)
        return found

    @cached_property
    def slot_min(self) -> int:
        """Minutes of the time step that every interval, shift, break and meeting is made of."""
        sizes = [self.grid.interval_min, *(meeting.minutes for meeting in self.meetings)]
        for clock in self.clocks.others:
            sizes += clock.offsets()
        for shift in self.shifts:
            sizes += [shift.paid_min, shift.earliest_start]
            if len(shift.starts) > 1:
                sizes.append(shift.grid_min)
            for rule in shift.breaks:
                sizes += [rule.minutes, rule.earliest_offset, rule.latest_offset]
        return gcd(*sizes)

    @cached_property
    def slots(self) -> int:
        """Time steps of the grid."""
        return int(self.grid.day_minute[-1]) // self.slot_min

    @cached_property
    def overhang(self) -> int:
        """Time steps after the grid that a shift of its last day may reach into."""
        longest = max((shift.length_min for shift in self.shifts), default=0)
        behind = [offset for clock in self.clocks.others for offset in clock.offsets()]
        return (longest + max([0, *behind])) // self.slot_min + 1

    @cached_property
    def base_days(self) -> dict[tuple[str, int], Assignment]:
        """Shifts of the base roster by agent id and grid day."""
        shifts = () if self.base is None else self.base.assignments
        return {(shift.agent, shift.day): shift for shift in shifts}

    @cached_property
    def change_points(self) -> NDArray[np.float64]:
        """Points of an agent's day that differs from the base, by grid day; 0 without a base."""
        factors = np.array(self.nearness) if self.nearness else np.ones(self.grid.days)
        points: NDArray[np.float64] = self.weights.change * factors * (self.base is not None)
        return points

    @property
    def thaw(self) -> float:
        """The minute of the grid from which on things may begin otherwise; −∞: at any time."""
        return self.frozen_until if self.base is not None and self.frozen_until > 0 else -np.inf

    def is_frozen(self, start: int) -> bool:
        """Whether what begins at a minute of the grid may no longer change."""
        return start < self.thaw

    def points_of(self, rule: str) -> float:
        """Points for a unit of breach of a rule: infinitely many if it is hard."""
        price = self.rules.price_of(rule)
        return np.inf if price is None else price

    def points_of_entry(self, rule: str, own: float | None) -> float:
        """Points for a unit of breach of one entry of a rule: its `own`, or the rule's."""
        return self.points_of(rule) if own is None else own

    @cached_property
    def _entries(self) -> dict[str, list[float]]:
        """The points of each entry of the rules that have entries."""
        lists: dict[str, tuple[LeastStaffing | SeatLimit | Pairing, ...]] = {
            "least_staffing": self.least_staffing,
            "seat_limits": self.seat_limits,
            "company": self.pairings,
        }
        return {
            rule: [self.points_of_entry(rule, entry.points) for entry in entries]
            for rule, entries in lists.items()
            if entries
        }

    def may_forbid(self, rule: str) -> bool:
        """Whether the rule, or an entry of it, is hard."""
        return any(np.isinf(self._entries.get(rule, [self.points_of(rule)])))

    def may_cost(self, rule: str) -> bool:
        """Whether the rule, or an entry of it, may be broken at a price."""
        return any(np.isfinite(self._entries.get(rule, [self.points_of(rule)])))

    def weekday(self, day: int) -> int:
        """Monday = 0 of a grid day number, which may lie outside the grid."""
        return (self.grid.first_day.weekday() + day) % 7

    def week(self, day: int) -> int:
        """Number of the calendar week a grid day lies in; 0 is the week of the first day."""
        into_week = (self.grid.first_day.weekday() - self.first_weekday) % 7
        return (day + into_week) // 7

    def timeline(self, roster: Roster) -> dict[str, list[Assignment]]:
        """Published history and roster together, by agent id in order of start."""
        found: dict[str, list[Assignment]] = {agent.id: [] for agent in self.agents}
        for assignment in sorted((*self.history, *roster.assignments), key=lambda a: a.start):
            found.setdefault(assignment.agent, []).append(assignment)
        return found

    @property
    def queues(self) -> tuple[str, ...]:
        return tuple(demand.queue for demand in self.demands)
