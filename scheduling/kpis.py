"""The service to expect from a roster, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..data.centre import Centre
from ..data.grid import TimeGrid
from ..forecasting.forecast import Forecast
from .kpi_tally import email_tally, live_tally
from .rostering.proficiency import centre_proficiency
from .rostering.roster import Roster
from .staffing.demand import queue_demands
from .staffing.placement import place_deadline_work
from .staffing.requirement import AgentRequirement, StaffingRequirement

Array = NDArray[np.float64]

ALL_QUEUES = "all"

KPI_COLUMNS = (
    "queue",
    "start",
    "contacts",
    "required",
    "rostered",
    "service_level",
    "asa_s",
    "abandonment",
    "occupancy",
    "deadline_met",
    "backlog_hours",
    "under_hours",
    "over_hours",
    "blocked",
    "wait_within",
    "reply_rate",
)


WITH_RANGE = ("service_level", "reply_rate", "deadline_met")
BESIDE = (*WITH_RANGE, "asa_s", "abandonment", "occupancy")

PROMISED_COLUMNS = (
    *(f"{name}{end}" for name in WITH_RANGE for end in ("_low", "_high")),
    *(f"{name}_formula" for name in BESIDE),
    "chance",
)
"""What a simulated promise has besides: the interval that holds the expected value with 95 %
confidence, the formulas' answer, and the share of replications in which the queue met all of its
targets that are asked of the day or week (the least of their chances)."""


@dataclass(frozen=True)
class Kpis:
    """Expected service by queue and interval, day and week; long frames with `KPI_COLUMNS`.

    `start` is the interval's start (time-zone aware), or the date of the day or of the week's
    first day on the grid. `required` and `rostered` are rostered agents in `interval`, agent-hours
    in `day` and `week`, each agent as proficient as they are; there the queue "all" sums up the
    others. Shares are fractions of 1. `under_hours` and `over_hours` add up the intervals with too
    few and with too many agents and are never netted. `backlog_hours` is what waits at the end, in
    rostered hours. A number without a meaning (no contacts, no such target, another channel) is
    NaN.

    `paid_by_day` has the columns start (date), paid_hours and cost, by the business date on which
    a shift starts; `paid_hours` and `cost` are their sums.

    Service is that of the formulas, or simulated in as many `replications` (see `promised.py`); the
    frames then have `PROMISED_COLUMNS` too.
    """

    interval: pd.DataFrame
    day: pd.DataFrame
    week: pd.DataFrame
    paid_hours: float
    cost: float
    paid_by_day: pd.DataFrame
    replications: int = 0


def expected_kpis(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    roster: Roster,
    *,
    placed: Mapping[str, Array] | None = None,
) -> Kpis:
    """KPIs of `roster` under the forecast's mean, from the formulas at each interval's load.

    Agents on a queue count net of breaks and by their proficiency in its skill; unplanned shrinkage
    is random absence (see `kpi_tally`). Published shifts from before the grid may be among the
    roster's assignments: they serve as far as they reach into it, and were paid before. `placed` is
    the deadline work as the roster was asked to do it; computed if not given. Forecast, requirement
    and roster share one grid. Raises InputError as `staff` does.
    """
    grid = forecast.grid
    if requirement.grid != grid or roster.grid != grid:
        raise ValueError("forecast, requirement and roster are not on the same grid")
    placed = place_deadline_work(requirement) if placed is None else placed
    demands = queue_demands(forecast, centre)
    names = tuple(demand.profile.name for demand in demands)
    supply = roster.supply(names, centre_proficiency(centre))
    needs = {queue.queue: queue for queue in requirement.queues}
    tallies: dict[str, pd.DataFrame] = {}
    for demand, present in zip(demands, supply, strict=True):
        name = demand.profile.name
        need = needs[name]
        tallies[name] = (
            live_tally(demand, need.rostered, present, grid.interval_min)
            if isinstance(need, AgentRequirement)
            else email_tally(demand, need, placed[name], present, grid.interval_min)
        )
    paid = paid_by_day(centre, roster)
    return Kpis(
        interval=_by_interval(tallies, grid),
        day=_by_group(tallies, grid.day_of, grid.dates),
        week=_by_group(tallies, *grid.weeks(centre.first_weekday)),
        paid_hours=float(paid["paid_hours"].sum()),
        cost=float(paid["cost"].sum()),
        paid_by_day=paid,
    )


def paid_by_day(centre: Centre, roster: Roster) -> pd.DataFrame:
    """Paid hours and their cost by business date. An agent's own hourly cost goes before the
    contract's; an agent that the centre does not know costs nothing."""
    contracts = {contract.id: contract.hourly_cost for contract in centre.contracts}
    rates = {
        agent.id: contracts.get(agent.contract, 0.0)
        if agent.hourly_cost is None
        else agent.hourly_cost
        for agent in centre.agents
    }
    hours, cost = np.zeros(roster.grid.days), np.zeros(roster.grid.days)
    for assignment in roster.assignments:
        if 0 <= assignment.day < roster.grid.days:
            hours[assignment.day] += assignment.paid_minutes / 60
            cost[assignment.day] += assignment.paid_minutes / 60 * rates.get(assignment.agent, 0.0)
    return pd.DataFrame({"start": list(roster.grid.dates), "paid_hours": hours, "cost": cost})


def _by_interval(tallies: Mapping[str, pd.DataFrame], grid: TimeGrid) -> pd.DataFrame:
    hours = grid.interval_min / 60
    frames = []
    for queue, tally in tallies.items():
        frame = _rates(tally)
        frame["required"] /= hours
        frame["rostered"] /= hours
        frames.append(frame.assign(queue=queue, start=grid.starts))
    return pd.concat(frames, ignore_index=True)[list(KPI_COLUMNS)]


def _by_group(
    tallies: Mapping[str, pd.DataFrame], group: NDArray[np.int64], starts: tuple[date, ...]
) -> pd.DataFrame:
    """One row a queue and group of intervals, and one for all queues; `group` numbers the group
    of each interval, `starts` says when each begins."""
    sums = {}
    for queue, tally in tallies.items():
        grouped = tally.groupby(group)
        sums[queue] = grouped.sum()
        sums[queue]["backlog_hours"] = grouped["backlog_hours"].last()
    by_start = pd.concat(sums.values()).groupby(level=0)
    sums[ALL_QUEUES] = by_start.sum()
    sums[ALL_QUEUES]["backlog_hours"] = by_start["backlog_hours"].sum(min_count=1)
    frames = [_rates(total).assign(queue=queue, start=starts) for queue, total in sums.items()]
    return pd.concat(frames, ignore_index=True)[list(KPI_COLUMNS)]


def _rates(tally: pd.DataFrame) -> pd.DataFrame:
    """The ratios of a tally, each weighted by its own denominator; NaN over an empty one."""
    return pd.DataFrame(
        {
            "contacts": tally["contacts"],
            "required": tally["required_hours"],
            "rostered": tally["rostered_hours"],
            "service_level": _ratio(tally, "good", "counted"),
            "asa_s": _ratio(tally, "wait_s", "answered"),
            "abandonment": _ratio(tally, "abandoned", "waiting"),
            "occupancy": _ratio(tally, "busy_hours", "available_hours"),
            "deadline_met": _ratio(tally, "in_time", "due"),
            "backlog_hours": tally["backlog_hours"],
            "under_hours": tally["under_hours"],
            "over_hours": tally["over_hours"],
            "blocked": _ratio(tally, "blocked", "limited"),
            "wait_within": _ratio(tally, "waited_within", "let_in"),
            "reply_rate": _ratio(tally, "replied", "reply_counted"),
        }
    )


def _ratio(tally: pd.DataFrame, above: str, below: str) -> pd.Series[float]:
    return tally[above] / tally[below].where(tally[below] > 0)
