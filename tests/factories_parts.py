"""Forecasts that can tell what they are made of: events and explanations of round numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.forecast_parts import EventEffect, Explanation

MAIN_DAY = EventEffect(
    queue="phone",
    label="Double 12: main day",
    kind="promotion",
    type="double12",
    phase="peak",
    first=date(2026, 12, 3),
    last=date(2026, 12, 4),
    factor=1.3,
    factor_low=1.2,
    factor_high=1.4,
    contacts=100.0,
    handle_factor=1.0,
    handle_low=1.0,
    handle_high=1.0,
    source="learned",
    seen=2,
)


def an_event(**changes: Any) -> EventEffect:
    return replace(MAIN_DAY, **changes)


def explained(forecast: Forecast, events: Sequence[EventEffect] = (), **factors: float) -> Forecast:
    """The forecast with events, and an explanation in which every day has these `factors`, 1 where
    not named, times a level that makes the day's mean."""
    shape = (len(forecast.queues), forecast.grid.days)
    names = ("weekday", "season", "holiday", "promotion", "members_say")
    parts = {name: np.full(shape, factors.get(name, 1.0)) for name in names}
    return replace(
        forecast,
        events=tuple(events),
        explanation=Explanation(
            level=forecast.daily_mean() / np.prod(list(parts.values()), axis=0),
            **parts,
            members=("prophet", "boosted"),
            weights=np.tile([0.6, 0.4], (shape[0], 1)),
            past_wape=np.tile([0.05, np.nan], (shape[0], 1)),
        ),
    )
