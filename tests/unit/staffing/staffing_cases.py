"""Small centres and forecasts for the staffing tests."""

from datetime import date

import numpy as np
from numpy.typing import ArrayLike
from shiftcast.data.centre import Centre
from shiftcast.data.grid import TimeGrid
from shiftcast.data.targets import OpeningHours, QueueProfile
from shiftcast.forecasting.forecast import Forecast

MONDAY = date(2026, 11, 30)


def office_hours(start: int = 9, end: int = 17, days: int = 5) -> OpeningHours:
    """Open from hour to hour on the first `days` days of the week."""
    return OpeningHours((((start * 60, end * 60),),) * days + ((),) * (7 - days))


def centre_of(*queues: QueueProfile, interval_min: int = 60) -> Centre:
    return Centre("small", "UTC", interval_min, queues)


def forecast_of(
    contacts: dict[str, ArrayLike],
    aht_s: dict[str, ArrayLike] | None = None,
    days: int = 1,
    interval_min: int = 60,
) -> Forecast:
    """A forecast on `days` days from a Monday; numbers are spread over all intervals, handle
    times left out are unknown."""
    grid = TimeGrid(MONDAY, days, interval_min)
    shape = (len(contacts), grid.size)
    mean, aht = np.zeros(shape), np.full(shape, np.nan)
    for row, queue in enumerate(contacts):
        mean[row] = contacts[queue]
        aht[row] = (aht_s or {}).get(queue, np.nan)
    return Forecast(grid, tuple(contacts), mean, 0.8 * mean, mean, 1.2 * mean, aht, mean[None], {})
