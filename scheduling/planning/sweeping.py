"""A what-if for every value of one number: what is needed, what it costs, how it serves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...data.errors import NoSolutionError, Problem
from ...data.scenario import Scenario
from ...forecasting.forecast import Forecaster
from ..rostering.engine import SolveLimit
from ..rostering.problem import Demand
from ..staffing.placement import place_deadline_work
from .plan import Plan
from .raising import raised_requirement, raised_work
from .stages import Progress, StageClock, queue_demands
from .whatif import Needs, scenario_needs, what_if


@dataclass(frozen=True)
class SweepPoint:
    """One value of a sweep. `required_hours` are rostered agent-hours needed, `peak_agents` the
    most that are needed at the same time; `plan` is None where the sweep stops before rosters, or
    where `obstacles` say why there is none that keeps every rule."""

    value: float
    contacts: float
    required_hours: float
    peak_agents: float
    plan: Plan | None = None
    obstacles: tuple[Problem, ...] = ()


def sweep(
    base: Plan,
    values: Sequence[float],
    scenarios: Sequence[Scenario],
    *,
    limit: SolveLimit,
    progress: Progress | None = None,
    forecaster: Forecaster | None = None,
) -> Iterator[SweepPoint]:
    """The base plan under one scenario for each value, in order; `limit` is for each roster.

    Each search starts from the roster of the point before, the first from the base's, so that
    what differs from point to point comes from the value. Once the planner stops a search, no
    further value is planned. Raises InputError as `what_if` does.
    """
    roster = base.roster
    for value, scenario in zip(values, scenarios, strict=True):
        try:
            found = what_if(
                base, scenario, limit=limit, progress=progress, forecaster=forecaster, start=roster
            )
        except NoSolutionError as error:
            needs = scenario_needs(base, scenario, StageClock(progress), forecaster)
            yield replace(_point(value, needs), obstacles=error.problems)
            continue
        roster = found.plan.roster
        yield _point(value, found.needs, found.plan)
        if found.interrupted:
            return


def sweep_of_needs(
    base: Plan,
    values: Sequence[float],
    scenarios: Sequence[Scenario],
    *,
    progress: Progress | None = None,
    forecaster: Forecaster | None = None,
) -> Iterator[SweepPoint]:
    """The same without rosters: contacts and agents needed, which takes a moment for each value.
    Where a scenario leaves the need as it is, it is the base's."""
    for value, scenario in zip(values, scenarios, strict=True):
        yield _point(value, scenario_needs(base, scenario, StageClock(progress), forecaster))


def _point(value: float, needs: Needs, plan: Plan | None = None) -> SweepPoint:
    forecast = needs.forecast.adjusted
    required = [demand.required for demand in (_raised(needs) if needs.anew else needs.demands)]
    needed = np.sum(required, axis=0)
    hours = float(needed.sum()) * forecast.grid.interval_min / 60
    return SweepPoint(value, float(forecast.mean.sum()), hours, float(needed.max()), plan)


def _raised(needs: Needs) -> tuple[Demand, ...]:
    """What a roster is asked for at first: raised as the base was, if it was corrected. What a
    scenario's own correction adds is no need of its contacts but one of the people at hand."""
    forecast, factors = needs.forecast.adjusted, needs.factors
    requirement = raised_requirement(needs.centre, forecast, needs.requirement, factors)
    placed = place_deadline_work(raised_work(requirement, factors))
    return queue_demands(needs.centre, requirement, placed)
