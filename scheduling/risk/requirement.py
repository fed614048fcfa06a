"""Agents for a chosen risk: so many that a queue's promise is kept in nine weeks of ten.

Staffed for the expected contacts, a week is good about every second time. The requirement for a
risk is that for more contacts than expected, all of a week's (or of a day's) intervals raised by
one factor, the least that keeps the promise in the asked share of the forecast's sample paths. The
formulas judge every path; playing some of them by simulation tells how far the formulas are off
and how much chance is left in a week (handle times, patience, who is absent), and that corrects
their verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from ...data.centre import Centre
from ...data.errors import InputError, Problem
from ...data.grid import TimeGrid
from ...forecasting.forecast import Forecast
from ...forecasting.tracking.stated_levels import has_real_paths
from ..staffing.demand import queue_demands
from ..staffing.requirement import AgentRequirement, DeadlineWork, StaffingRequirement
from ..staffing.staff import agent_requirement, staff
from .correction import Correction
from .measure import measure_of
from .sampled_weeks import SampledWeeks
from .shares import Each

Array = NDArray[np.float64]

LOWEST, HIGHEST = 0.6, 2.5
"""Bounds of the factor on the expected contacts."""

_HALVINGS = 6
"""Of the bounds at first, to 2 % of a factor."""

_NEARBY = (0.94, 0.98, 1.02, 1.06)
"""Parts of a factor at which a correction is tried; between them the chance is interpolated."""

_ROUNDS = 2
"""Corrections by simulation, each at the factors that the one before led to."""

_CONTACTS = 2_000_000
"""Contacts that are played at most at a time, so far as `_FEWEST` weeks allow."""

_FEWEST, _MOST = 40, 200
"""Weeks that are played for a correction, and to tell how many keep the promise."""


@dataclass(frozen=True)
class QueueRisk:
    """What a requirement for a risk takes of one queue.

    `share` of the weeks (days) are to be good; `kept` of those played with other chances are, and
    `kept_expected` are with the agents for the expected contacts. `hours` and `hours_expected` are
    the agent-hours to roster. `factors` on the expected contacts, one a week (day), reach the
    share unless `reached` is False.
    """

    queue: str
    share: float
    each: Each
    kept: float
    kept_expected: float
    hours: float
    hours_expected: float
    factors: tuple[float, ...]
    reached: bool


@dataclass(frozen=True)
class RiskRequirement:
    """The requirement of all queues, and the price of the risk by queue that has one."""

    requirement: StaffingRequirement
    risks: tuple[QueueRisk, ...]


def staff_for_risk(
    forecast: Forecast,
    centre: Centre,
    shares: Mapping[str, float],
    *,
    each: Each = "week",
    backlog: Mapping[str, float] | None = None,
    seed: int = 1,
) -> RiskRequirement:
    """As `staff`, but each queue that `shares` names keeps its promise (service level, else reply
    rate, else abandonment) in that share of weeks, or of every day of the week.

    E-mail, and queues that promise none of these, are staffed as by `staff`. Raises InputError if
    the forecast has no sample paths that are futures of their own.
    """
    if not has_real_paths(forecast):
        raise InputError(Problem("staffing.risk_needs_paths", {}))
    expected = staff(forecast, centre, backlog=backlog)
    span = _spans(forecast.grid, centre.first_weekday, each)
    queues: list[AgentRequirement | DeadlineWork] = []
    risks = []
    for demand, plain in zip(queue_demands(forecast, centre), expected.queues, strict=True):
        profile, share = demand.profile, shares.get(demand.profile.name)
        measure = measure_of(profile)
        if share is None or measure is None or not isinstance(plain, AgentRequirement):
            queues.append(plain)
            continue
        paths = forecast.paths[:, forecast.queues.index(profile.name)]
        weeks = SampledWeeks.draw(demand, measure, forecast.grid, span, paths, seed)
        raised, risk = _raised(weeks, plain, share, each)
        queues.append(raised)
        risks.append(risk)
    return RiskRequirement(StaffingRequirement(forecast.grid, tuple(queues)), tuple(risks))


def _raised(
    weeks: SampledWeeks, plain: AgentRequirement, share: float, each: Each
) -> tuple[AgentRequirement, QueueRisk]:
    some = _played(weeks)
    factors = _by_formula(weeks, share)
    for _ in range(_ROUNDS):
        rostered = _for_factors(weeks, factors).rostered
        formula = weeks.by_formula(rostered, some) - weeks.measure.goal
        played = weeks.by_simulation(rostered, some) - weeks.measure.goal
        factors = _corrected(weeks, Correction.fitted(formula, played), share, factors)
    raised = _for_factors(weeks, factors)
    busy = _has_contacts(weeks)
    fresh = weeks.again(weeks.seed + 1)
    kept, kept_expected = (
        float((fresh.by_simulation(need.rostered, some) >= weeks.measure.goal)[:, busy].mean())
        for need in (raised, plain)
    )
    hours = weeks.grid.interval_min / 60
    return raised, QueueRisk(
        queue=plain.queue,
        share=share,
        each=each,
        kept=kept,
        kept_expected=kept_expected,
        hours=float(raised.rostered.sum() * hours),
        hours_expected=float(plain.rostered.sum() * hours),
        factors=tuple(float(factor) for factor in factors),
        reached=bool((factors[busy] < HIGHEST * 0.9).all()),
    )


def _by_formula(weeks: SampledWeeks, share: float) -> Array:
    """The least factor of each span that reaches the share as the formulas see it; all bisected at
    once."""
    spans, some = int(weeks.span[-1]) + 1, _played(weeks)
    low, high = np.full(spans, LOWEST), np.full(spans, HIGHEST)
    for _ in range(_HALVINGS):
        middle = np.sqrt(low * high)
        formula = weeks.by_formula(_for_factors(weeks, middle).rostered, some)
        good = (formula >= weeks.measure.goal).mean(axis=0) >= share
        low, high = np.where(good, low, middle), np.where(good, middle, high)
    return np.where(_has_contacts(weeks), high, 1.0)


def _corrected(weeks: SampledWeeks, correction: Correction, share: float, factors: Array) -> Array:
    """The factors near `factors` that reach the share after correction. The chance is smooth in
    the factor once it is turned into a normal deviate, which is interpolated."""
    tried = np.array([factors * part for part in _NEARBY])
    chances = [
        correction.chance(weeks.by_formula(_for_factors(weeks, each).rostered) - weeks.measure.goal)
        for each in tried
    ]
    deviate = np.maximum.accumulate(ndtri(np.clip(chances, 1e-6, 1 - 1e-6)), axis=0)
    deviate += 1e-9 * np.arange(len(_NEARBY))[:, None]
    found = [
        np.interp(ndtri(share), deviate[:, span], tried[:, span]) for span in range(factors.size)
    ]
    return np.where(_has_contacts(weeks), np.clip(found, LOWEST, HIGHEST), 1.0)


def _for_factors(weeks: SampledWeeks, factors: Array) -> AgentRequirement:
    contacts = weeks.demand.contacts * factors[weeks.span]
    return agent_requirement(replace(weeks.demand, contacts=contacts), weeks.grid)


def _has_contacts(weeks: SampledWeeks) -> NDArray[np.bool_]:
    """Spans in which anybody is expected; shape (spans,)."""
    return np.bincount(weeks.span, weeks.demand.contacts) > 0


def _played(weeks: SampledWeeks) -> NDArray[np.int64]:
    """The futures that are simulated, evenly from all of them."""
    paths = len(weeks.counts)
    affordable = int(_CONTACTS / max(float(weeks.counts.sum(axis=1).mean()), 1.0))
    number = min(paths, _MOST, max(affordable, _FEWEST))
    return np.linspace(0, paths - 1, number).astype(np.int64)


def _spans(grid: TimeGrid, first_weekday: int, each: Each) -> NDArray[np.int64]:
    """Number of the week, or of the day, of each interval."""
    if each == "day":
        return grid.day_of
    number = np.array([(day.toordinal() - 1 - first_weekday) // 7 for day in grid.dates])
    of_day: NDArray[np.int64] = number - number[0]
    return of_day[grid.day_of]
