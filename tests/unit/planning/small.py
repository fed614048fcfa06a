"""A centre that plans in a blink: one phone queue with hourly intervals, a few agents on one or
two shifts, and a forecaster that says what it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar, Promotion
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.data.people import Agent, Contract
from shiftcast.data.shifts import BreakRule, ShiftTemplate
from shiftcast.data.targets import Channel, OpeningHours, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast

MONDAY = date(2026, 11, 30)
GRID = TimeGrid(MONDAY, 7, 60, "Asia/Shanghai")
PROMOTION = Promotion(date(2026, 12, 2), date(2026, 12, 2), "sale", "Sale")


@dataclass(frozen=True)
class Steady:
    """Forecasts `contacts` an hour wherever open, `promoted` times as many on promotion days of
    size 1; remembers nothing, draws nothing."""

    contacts: float = 20.0
    promoted: float = 1.5
    name: str = "steady"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        del rng
        assert open_mask is not None
        mean = np.where(open_mask, self.contacts, 0.0)
        for promotion in calendar.promotions:
            days = range(grid.day_number(promotion.first), grid.day_number(promotion.last) + 1)
            lift = 1 + (self.promoted - 1) * promotion.size
            mean[:, np.isin(grid.day_of, list(days))] *= lift
        return Forecast(
            grid=grid,
            queues=history.queues,
            mean=mean,
            p10=mean * 0.8,
            p50=mean,
            p90=mean * 1.2,
            aht_s=np.full(mean.shape, 300.0),
            paths=np.stack([mean * 0.9, mean * 1.1]),
            effects={},
        )


class Unsure(Steady):
    """Every day has by chance 30 % or 170 % of what is expected: the formulas, which look at what
    is expected, promise too much."""

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        made = super().forecast(history, calendar, grid, open_mask, rng)
        days = np.random.default_rng(1).choice([0.3, 1.7], (60, 7))
        return replace(made, paths=np.round(made.mean * days[:, None, grid.day_of]))


def a_queue(name: str = "phone", **changes: object) -> QueueProfile:
    queue = QueueProfile(
        name,
        Channel.PHONE,
        ServiceTarget(0.8, 20.0),
        OpeningHours((((480, 1200),),) * 7),
        patience_s=180.0,
    )
    return replace(queue, **changes)


def a_centre(agents: int = 8, **changes: object) -> Centre:
    centre = Centre(
        name="Small",
        tz="Asia/Shanghai",
        interval_min=60,
        queues=(a_queue(),),
        calendar=Calendar(promotions=(PROMOTION,)),
        contracts=(Contract("full", min_days=4, max_days=5, hourly_cost=30.0),),
        agents=tuple(
            Agent(f"A{i}", f"Agent {i}", "full", frozenset({"phone"})) for i in range(1, agents + 1)
        ),
        shifts=(
            ShiftTemplate("E8", 480, 480, 480, 60, (BreakRule(60, False, 240, 300),)),
            ShiftTemplate("L8", 480, 660, 660, 60, (BreakRule(60, False, 180, 300),)),
        ),
    )
    return replace(centre, **changes)


def a_history(queues: tuple[str, ...] = ("phone",), days: int = 21) -> ContactHistory:
    """Ten contacts in every hour of the days before MONDAY."""
    grid = TimeGrid(MONDAY - timedelta(days=days), days, 60, "Asia/Shanghai")
    shape = (len(queues), grid.size)
    return ContactHistory(
        grid, queues, np.full(shape, 10.0), np.full(shape, 300.0), np.ones(shape, dtype=bool)
    )
