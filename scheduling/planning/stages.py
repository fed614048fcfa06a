"""The stages of a plan, each a call of its own: forecast, staffing, roster, judgement.

`plan_week` runs them all, a what-if only those that it changes, and the commands `forecast`,
`staff` and `roster` one at a time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...data.centre import Centre, Routing
from ...data.errors import InputError, Problem, Problems
from ...data.grid import TimeGrid
from ...data.history import ContactHistory
from ...data.targets import Channel
from ...forecasting.adjust import apply_adjustments
from ...forecasting.forecast import Forecast, Forecaster
from ..risk.shares import Each, risk_shares
from ..rostering.problem import Demand
from ..staffing.demand import DemandLevel
from ..staffing.demand import queue_demands as demands_of
from ..staffing.placement import place_deadline_work
from ..staffing.requirement import AgentRequirement, StaffingRequirement
from ..staffing.staff import staff
from .service import service_points, with_curves

if TYPE_CHECKING:
    from ..risk.requirement import RiskRequirement

INTERRUPTED = "interrupted"
"""Phase that the search tells when the planner stops it."""


class Progress(Protocol):
    """What long work reports to: the stage it begins, and each better roster's cost."""

    def stage(self, name: str) -> None: ...

    def found(self, cost: float) -> None: ...


class StageClock:
    """Times stages and tells `progress`, if any, of them; `timings` holds seconds by stage.
    `interrupted` says that the planner stopped the search: what follows is cut short."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress = progress
        self.timings: dict[str, float] = {}
        self.interrupted = False

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        if self._progress is not None:
            self._progress.stage(name)
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.timings[name] = self.timings.get(name, 0.0) + time.perf_counter() - begin

    def found(self, phase: str, cost: float) -> None:
        """What the search tells: its phase, and the cost of the best roster so far."""
        self.interrupted |= phase == INTERRUPTED
        if self._progress is not None:
            self._progress.found(cost)


@dataclass(frozen=True)
class ForecastStage:
    """The model's forecast, the forecast after the planner's adjustments, and what these did."""

    model: Forecast
    adjusted: Forecast
    adjustments: pd.DataFrame


def stage_generators(seed: int) -> tuple[np.random.Generator, np.random.Generator]:
    """(forecast, roster) generators of a plan's seed, so that one stage draws without moving the
    other."""
    forecast, roster = np.random.SeedSequence(seed).spawn(2)
    return np.random.default_rng(forecast), np.random.default_rng(roster)


def default_forecaster() -> Forecaster:
    """Composed of levels and shapes; imported late, since Prophet takes seconds."""
    from ...forecasting.composed import ComposedForecaster

    return ComposedForecaster()


def forecast_stage(
    centre: Centre,
    history: ContactHistory,
    grid: TimeGrid,
    rng: np.random.Generator,
    forecaster: Forecaster | None = None,
) -> ForecastStage:
    """Forecasts the centre's queues on `grid` from the days before it, then adjusts.

    Raises InputError if no day of the history lies before the grid, or a queue has no history.
    """
    known = history_before(history, grid)
    _check_queues(centre, known)
    known = only_queues(known, [queue.name for queue in centre.queues])
    chosen = default_forecaster() if forecaster is None else forecaster
    model = chosen.forecast(known, centre.calendar, grid, arrival_mask(centre, grid), rng)
    return adjusted_forecast(centre, model)


def adjusted_forecast(centre: Centre, model: Forecast) -> ForecastStage:
    """The model's forecast with the planner's adjustments laid over it."""
    mask = arrival_mask(centre, model.grid)
    adjusted, adjustments = apply_adjustments(model, centre.adjustments, mask)
    return ForecastStage(model, adjusted, adjustments)


def history_before(history: ContactHistory, grid: TimeGrid) -> ContactHistory:
    """The days before the grid; nothing dated on its first day or later may be known."""
    days = min(history.grid.day_number(grid.first_day), history.grid.days)
    if days < 1:
        raise InputError(
            Problem(
                "planning.no_history_before",
                {"start": grid.first_day, "first": history.grid.first_day},
            )
        )
    return history.before(days)


def _check_queues(centre: Centre, history: ContactHistory) -> None:
    problems = Problems()
    for queue in centre.queues:
        if queue.name not in history.queues:
            known = ", ".join(history.queues)
            problems.add("planning.queue_without_history", queue=queue.name, known=known)
    problems.raise_if_any()


def only_queues(history: ContactHistory, queues: Sequence[str]) -> ContactHistory:
    """The history of these queues, in this order; every one of them must be in it."""
    rows = [history.queue_index(name) for name in queues]
    return replace(
        history,
        queues=tuple(queues),
        offered=history.offered[rows],
        aht_s=history.aht_s[rows],
        learn=history.learn[rows],
    )


def arrival_mask(centre: Centre, grid: TimeGrid) -> NDArray[np.bool_]:
    """When contacts can arrive: while a queue is open; e-mail arrives at all hours and waits.

    Shape (queues, grid.size), in the order of the centre's queues.
    """
    return np.array(
        [
            np.ones(grid.size, dtype=bool)
            if queue.channel is Channel.EMAIL
            else centre.open_mask(queue, grid)
            for queue in centre.queues
        ]
    )


def staffing_stage(
    centre: Centre, forecast: Forecast, demand: DemandLevel = "mean"
) -> tuple[StaffingRequirement, tuple[Demand, ...]]:
    """The requirement of every queue for a level of the forecast, and what the roster is asked
    for: deadline work placed where it levels the day. Of the expected contacts, queues that name
    a risk are staffed for it."""
    shares = risk_shares(centre)
    if shares and demand == "mean":
        staffed, demands = risk_stage(centre, forecast, shares)
        return staffed.requirement, demands
    requirement = _shared(centre, forecast, staff(forecast, centre, demand=demand), demand)
    return requirement, queue_demands(centre, requirement, place_deadline_work(requirement))


def risk_stage(
    centre: Centre, forecast: Forecast, shares: Mapping[str, float], each: Each = "week"
) -> tuple[RiskRequirement, tuple[Demand, ...]]:
    """As `staffing_stage`, with the queues of `shares` staffed to keep their promise in that share
    of weeks or days. Imported late: it simulates."""
    from ..risk.requirement import staff_for_risk

    staffed = staff_for_risk(forecast, centre, shares, each=each)
    requirement = _shared(centre, forecast, staffed.requirement)
    placed = place_deadline_work(requirement)
    return (
        replace(staffed, requirement=requirement),
        queue_demands(centre, requirement, placed),
    )


def _shared(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    demand: DemandLevel = "mean",
) -> StaffingRequirement:
    """The requirement where agents take contacts of every queue they have the skill for; that of
    the queues alone if they do not. With the curves of queues paid by service. Imported late: it
    simulates."""
    requirement = with_curves(centre, forecast, requirement, demand=demand)
    if centre.routing is not Routing.SKILLS:
        return requirement
    from ..pooling.requirement import with_shared_agents

    return with_shared_agents(centre, demands_of(forecast, centre, demand), requirement)


def queue_demands(
    centre: Centre, requirement: StaffingRequirement, placed: Mapping[str, NDArray[np.float64]]
) -> tuple[Demand, ...]:
    """What the roster is asked for, with deadline work as it is placed."""
    curves = {curve.queue: curve for curve in requirement.curves}
    demands = []
    for queue in requirement.queues:
        profile = centre.queue(queue.queue)
        name, skill, weight = profile.name, profile.skill, profile.weight
        if not isinstance(queue, AgentRequirement):
            demands.append(Demand(name, skill, placed[name], weight))
            continue
        points = None
        if name in curves:
            hours = requirement.grid.interval_min / 60
            points = service_points(curves[name], queue, centre.weights, weight, hours)
        demands.append(Demand(name, skill, queue.rostered, weight, points))
    return tuple(demands)
