"""What a forecast is made of, queue by queue: plain values for the terminal, for programs, for the
plan's folder and for the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..data.adjustments import Adjustment
from ..forecasting.forecast import Forecast
from ..forecasting.forecast_parts import EventEffect, Explanation
from ..scheduling.planning.plan import Plan
from ..scheduling.planning.stages import ForecastStage

EXPLAINED = ("weekday", "season", "holiday", "promotion", "members_say")
"""The factors that an `Explanation` has."""
FACTORS = (*EXPLAINED, "hours")


@dataclass(frozen=True)
class DayParts:
    """One day: `level` times the `factors` is the `model`'s forecast, which with the planner's
    `adjustments` (contacts added) is the `forecast`.

    `factors` are by `FACTORS`; "hours" is what closed hours leave of a day, and the correction of
    queues so small that some days are empty. `level` is None, and there are no factors, where the
    method cannot tell.
    """

    date: date
    level: float | None
    factors: Mapping[str, float]
    model: float
    adjustments: float
    forecast: float


@dataclass(frozen=True)
class AdjustmentParts:
    """An adjustment as the planner wrote it: `percent`, or contacts `each_interval`. `first` and
    `last` are its days within the forecast, `contacts` is what it adds to them."""

    reason: str
    first: date
    last: date
    from_minute: int
    to_minute: int
    percent: float | None
    each_interval: float | None
    contacts: float


@dataclass(frozen=True)
class MemberParts:
    """A method that the forecast is blended from: its share, and how far it was off on the days of
    the last weeks (None: the history is too short to tell)."""

    name: str
    weight: float
    past_wape: float | None


@dataclass(frozen=True)
class QueueParts:
    """One queue's days, the events among them, the planner's adjustments and the members.

    A new queue's week and day are those of `borrowed_from`; on the days of `shifts` the level of
    the past jumped and stayed, and the forecast follows.
    """

    queue: str
    days: tuple[DayParts, ...]
    events: tuple[EventEffect, ...]
    adjustments: tuple[AdjustmentParts, ...]
    members: tuple[MemberParts, ...]
    borrowed_from: str | None = None
    shifts: tuple[date, ...] = ()

    @property
    def told(self) -> bool:
        """Whether the method can tell how the days come about."""
        return any(day.level is not None for day in self.days)


def forecast_parts(stage: ForecastStage, planned: Sequence[Adjustment]) -> tuple[QueueParts, ...]:
    """The parts of every queue; `planned` are the adjustments that the stage applied."""
    return tuple(
        QueueParts(
            queue,
            _days(stage, row),
            _events(stage.model, row),
            tuple(_adjustments(stage, planned, queue)),
            _members(stage.model.explanation, row),
            stage.model.borrowed.get(queue),
            tuple(stage.model.shifts.get(queue, ())),
        )
        for row, queue in enumerate(stage.model.queues)
    )


def plan_parts(plan: Plan) -> tuple[QueueParts, ...]:
    """The parts of a plan's forecast."""
    stage = ForecastStage(plan.model_forecast, plan.forecast, plan.adjustments)
    return forecast_parts(stage, plan.centre.adjustments)


def explained_days(parts: Sequence[QueueParts]) -> Explanation | None:
    """The `Explanation` whose parts these are: what `forecast_parts` undoes. None without one."""
    if not parts or not all(part.told for part in parts):
        return None

    def stacked(values: Sequence[Sequence[float | None]]) -> NDArray[np.float64]:
        return np.array(values, dtype=np.float64)

    return Explanation(
        level=stacked([[day.level for day in part.days] for part in parts]),
        **{
            name: stacked([[day.factors[name] for day in part.days] for part in parts])
            for name in EXPLAINED
        },
        members=tuple(member.name for member in parts[0].members),
        weights=stacked([[member.weight for member in part.members] for part in parts]),
        past_wape=stacked([[member.past_wape for member in part.members] for part in parts]),
    )


def _days(stage: ForecastStage, row: int) -> tuple[DayParts, ...]:
    model, forecast = _totals(stage.model, row), _totals(stage.adjusted, row)
    explanation = stage.model.explanation
    return tuple(
        DayParts(
            day,
            None if explanation is None else float(explanation.level[row, number]),
            {} if explanation is None else _factors(explanation, row, number, said),
            said,
            planned - said,
            planned,
        )
        for number, (day, said, planned) in enumerate(
            zip(stage.model.grid.dates, model, forecast, strict=True)
        )
    )


def _totals(forecast: Forecast, row: int) -> list[float]:
    totals: list[float] = forecast.daily_mean()[row].tolist()
    return totals


def _factors(explanation: Explanation, row: int, day: int, model: float) -> dict[str, float]:
    factors = {name: float(getattr(explanation, name)[row, day]) for name in EXPLAINED}
    product = float(explanation.level[row, day]) * float(np.prod(list(factors.values())))
    factors["hours"] = model / product if product > 0 else 1.0
    return factors


def _events(model: Forecast, row: int) -> tuple[EventEffect, ...]:
    """The events of a queue; on handle times that no history tells they have no effect."""
    known = bool(np.isfinite(model.aht_s[row]).any())
    return tuple(
        event if known else replace(event, handle_factor=1.0, handle_low=1.0, handle_high=1.0)
        for event in model.events
        if event.queue == model.queues[row]
    )


def _members(explanation: Explanation | None, row: int) -> tuple[MemberParts, ...]:
    if explanation is None:
        return ()
    return tuple(
        MemberParts(name, float(weight), float(wape) if np.isfinite(wape) else None)
        for name, weight, wape in zip(
            explanation.members, explanation.weights[row], explanation.past_wape[row], strict=True
        )
    )


def _adjustments(
    stage: ForecastStage, planned: Sequence[Adjustment], queue: str
) -> Iterator[AdjustmentParts]:
    """What each adjustment did to a queue, with the size that the planner wrote."""
    grid = stage.model.grid
    left = [
        change
        for change in planned
        if change.queue in (None, queue)
        and change.first <= grid.last_day
        and change.last >= grid.first_day
    ]
    for row in stage.adjustments.to_dict("records"):
        if row["queue"] != queue:
            continue
        # Both lists are in the planner's order, so that of one reason the first left is meant.
        change = next(change for change in left if change.reason == row["reason"])
        left.remove(change)
        yield AdjustmentParts(
            reason=change.reason,
            first=row["from"],
            last=row["to"],
            from_minute=change.from_minute,
            to_minute=change.to_minute,
            percent=change.percent,
            each_interval=change.contacts,
            contacts=float(row["contacts"]),
        )
