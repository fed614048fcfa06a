"""Daily totals of known rhythm for the tests of the level."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.calendar import Promotion

from tests.unit.forecasting.made_histories import MONDAY

# Seven open weekdays; Saturday and Sunday lower.
OPEN_WEEK = np.array([1.3, 1.2, 1.1, 1.1, 1.1, 0.7, 0.5])


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def rhythm(days: int, level: float = 1000.0, start: int = 0) -> NDArray[np.float64]:
    """Expected totals of `days` days from day number `start` on."""
    expected: NDArray[np.float64] = level * OPEN_WEEK[(start + np.arange(days)) % 7]
    return expected


def totals_of(
    days: int, level: float = 1000.0, noise: float = 0.03, seed: int = 7
) -> NDArray[np.float64]:
    """The rhythm with log-normal noise."""
    error = np.random.default_rng(seed).normal(0.0, noise, days)
    noisy: NDArray[np.float64] = rhythm(days, level) * np.exp(error)
    return noisy


def sale(number: int, last: int | None = None, **given: Any) -> Promotion:
    """A promotion of type "sale" on day `number`, or up to and with day `last`."""
    until = number if last is None else last
    fields: dict[str, Any] = {"type": "sale", "name": f"sale {number}", **given}
    return Promotion(day(number), day(until), **fields)
