"""A small queue with futures that differ by a common factor a week and by chance."""

from datetime import date

import numpy as np
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.targets import OpeningHours, QueueProfile, ServiceTarget
from shiftcast.forecasting.forecast import Forecast

MONDAY = date(2026, 11, 30)
GRID = TimeGrid(MONDAY, 2, 60)
OFFICE = OpeningHours((((9 * 60, 15 * 60),),) * 7)
PHONE = QueueProfile(
    "phone",
    target=ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0),
    opening=OFFICE,
    aht_s=300.0,
    patience_s=180.0,
    shrinkage=0.1,
)


def centre_of(*queues: QueueProfile) -> Centre:
    return Centre("small", "UTC", 60, queues)


def sampled_forecast(paths: int = 60, spread: float = 0.1, a_day: float = 600.0) -> Forecast:
    """Contacts from nine to three; every future has its own level and its own Poisson numbers."""
    rng = np.random.default_rng(5)
    open_ = (GRID.minute_of_day >= 9 * 60) & (GRID.minute_of_day < 15 * 60)
    level = np.exp(spread * rng.standard_normal(paths) - spread**2 / 2)
    rates = level[:, None] * np.where(open_, a_day / 6, 0.0)
    counts = rng.poisson(rates).astype(float)[:, None]
    mean = counts.mean(axis=0)
    p10, p50, p90 = np.quantile(counts, (0.1, 0.5, 0.9), axis=0)
    unknown = np.full_like(mean, np.nan)
    return Forecast(GRID, ("phone",), mean, p10, p50, p90, unknown, counts, {})
