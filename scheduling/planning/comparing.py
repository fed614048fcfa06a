"""Two plans side by side: what they promise, what they cost, and who works otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isnan, nan
from typing import Literal

from ..kpis import WITH_RANGE
from ..rostering.told import UNMOVED, Moved, moved_breaks
from .plan import Plan
from .summary import ALL, horizon_totals

# Metric and whether "all" has it besides the queues.
QUEUE_METRICS = (
    ("contacts", True),
    ("required", True),
    ("rostered", True),
    ("service_level", False),
    ("abandonment", False),
    ("deadline_met", False),
    ("occupancy", False),
    ("blocked", False),
    ("wait_within", False),
    ("reply_rate", False),
    ("under_hours", True),
    ("over_hours", True),
)


@dataclass(frozen=True)
class Figure:
    """A number of one plan; `low` and `high` hold the expected value with 95 % confidence if it was
    simulated, NaN otherwise."""

    value: float
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class MetricPair:
    """One metric of a queue (or of "all") in both plans."""

    metric: str
    queue: str
    first: Figure
    second: Figure

    @property
    def change(self) -> float:
        return self.second.value - self.first.value

    @property
    def by_chance(self) -> bool:
        """Whether the difference may be that of the simulation alone: the ranges overlap."""
        one, other = self.first, self.second
        if isnan(one.low) or isnan(other.low):
            return False
        return one.low <= other.high and other.low <= one.high


@dataclass(frozen=True)
class WorkedShift:
    """A shift by its code and the times at which its agent comes and leaves."""

    code: str
    start: datetime
    end: datetime


Leave = Literal["leave"]
LEAVE: Leave = "leave"


@dataclass(frozen=True)
class Move:
    """A day on which an agent works otherwise; None is a day without a shift, LEAVE one of leave or
    illness."""

    agent: str
    day: date
    first: WorkedShift | Leave | None
    second: WorkedShift | Leave | None


@dataclass(frozen=True)
class RulePair:
    """How often a rule is broken in each plan; None where the plan knows no such rule."""

    rule: str
    first: int | None
    second: int | None


@dataclass(frozen=True)
class PlanComparison:
    """`moves` are on `common_days` only, the dates that both plans cover; `rules` are those that
    are broken in either; `moved` are breaks and meetings of shifts that stay, where both plans are
    of the same days."""

    metrics: tuple[MetricPair, ...]
    rules: tuple[RulePair, ...]
    moves: tuple[Move, ...]
    common_days: tuple[date, ...]
    moved: Moved = UNMOVED

    @property
    def moved_agents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(move.agent for move in self.moves))


def compare_plans(first: Plan, second: Plan) -> PlanComparison:
    """The second plan beside the first. Their days, queues and agents may differ."""
    common = tuple(day for day in first.grid.dates if day in set(second.grid.dates))
    return PlanComparison(
        tuple(_metrics(first, second)),
        tuple(_rules(first, second)),
        tuple(_moves(first, second, common)),
        common,
        moved_breaks(first.roster, second.roster) if first.grid == second.grid else UNMOVED,
    )


def _metrics(first: Plan, second: Plan) -> Iterator[MetricPair]:
    """Metrics in the order of QUEUE_METRICS, then those of the whole plan; what neither has is
    left out."""
    before, after = _figures(first), _figures(second)
    missing = Figure(nan)
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key, missing), after.get(key, missing)
        if not (isnan(one.value) and isnan(other.value)):
            yield MetricPair(*key, one, other)


def _figures(plan: Plan) -> Mapping[tuple[str, str], Figure]:
    totals = {str(row["queue"]): row for row in horizon_totals(plan.kpis).to_dict("records")}
    found: dict[tuple[str, str], Figure] = {}
    for metric, for_all in (*QUEUE_METRICS, ("chance", False)):
        for queue, row in totals.items():
            if queue == ALL and not for_all:
                continue
            ranged = metric in WITH_RANGE
            ends = [float(row[f"{metric}{end}"]) if ranged else nan for end in ("_low", "_high")]
            found[metric, queue] = Figure(float(row[metric]), *ends)
    needed = plan.kpis.interval.groupby("start")["required"].sum()
    shifts = plan.roster.assignments
    whole = {
        "peak_agents": float(needed.max()),
        "agents": float(len({shift.agent for shift in shifts})),
        "shifts": float(len(shifts)),
        "paid_hours": plan.kpis.paid_hours,
        "cost": plan.kpis.cost,
        "requests": float(len(plan.requests)),
        "requests_met": float(plan.requests["met"].sum()),
        "breaches": float(len(plan.result.violations)),
    }
    return {**found, **{(name, ALL): Figure(value) for name, value in whole.items()}}


def _rules(first: Plan, second: Plan) -> Iterator[RulePair]:
    before, after = _breaches(first), _breaches(second)
    for rule in dict.fromkeys((*before, *after)):
        if before.get(rule) or after.get(rule):
            yield RulePair(rule, before.get(rule), after.get(rule))


def _breaches(plan: Plan) -> Mapping[str, int]:
    return {str(row.rule): int(str(row.breaches)) for row in plan.rules.itertuples()}


def _moves(first: Plan, second: Plan, common: tuple[date, ...]) -> Iterator[Move]:
    """Moves in order of agent and day."""
    before, after = _shifts(first), _shifts(second)
    agents = dict.fromkeys(a.id for plan in (first, second) for a in plan.centre.agents)
    for agent in agents:
        for day in common:
            one, other = before.get((agent, day)), after.get((agent, day))
            if one != other and {one, other} != {None, LEAVE}:
                yield Move(agent, day, one, other)


def _shifts(plan: Plan) -> Mapping[tuple[str, date], WorkedShift | Leave]:
    """The shift of each agent and date; of several on one day, the first. Leave where there is
    none, and some."""
    found: dict[tuple[str, date], WorkedShift | Leave] = {}
    for shift in sorted(plan.roster.assignments, key=lambda one: one.start):
        if 0 <= shift.day < plan.grid.days:
            key = shift.agent, plan.grid.dates[shift.day]
            start, end = (plan.grid.moment(minute) for minute in shift.there)
            found.setdefault(key, WorkedShift(shift.shift_code, start, end))
    for agent, number in plan.problem.time_off_days:
        if 0 <= number < plan.grid.days:
            found.setdefault((agent, plan.grid.dates[number]), LEAVE)
    return found
