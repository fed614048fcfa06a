"""Days of contact centres whose arrivals climb, dip and peak, open from eight to eight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.targets import QueueProfile, ServiceTarget

from .exact_day import ExactDay

Array = NDArray[np.float64]

OPENS, CLOSES = 8.0, 20.0

# Contacts an hour, against the busiest hour's, at moments of the day and straight between them.
SHAPES = {
    "even": ((8, 20), (1.0, 1.0)),
    "ramps and lunch dip": ((8, 10, 12, 13, 14.5, 17, 20), (0.3, 1.0, 1.0, 0.7, 0.95, 0.8, 0.2)),
    "Monday morning": ((8, 8.5, 9.5, 12, 13, 14, 18, 20), (0.7, 1, 0.9, 0.5, 0.4, 0.6, 0.4, 0.1)),
    "peak of an hour": ((8, 11, 11.5, 12.5, 13, 20), (0.4, 0.4, 1.0, 1.0, 0.4, 0.3)),
    "evening": ((8, 12, 17, 18.5, 19.5, 20), (0.2, 0.35, 0.5, 1.0, 0.9, 0.8)),
}

LOADS = (8.0, 60.0)
HANDLE_TIMES = (180.0, 600.0, 1500.0)
TARGET = ServiceTarget(service_level=0.8, within_s=20, max_occupancy=1.0, max_abandonment=1.0)


def invented_days() -> Iterator[tuple[str, ExactDay]]:
    """Every shape with short and long contacts, few and many agents, customers who stay and who
    give up, and intervals of 15 and 30 minutes."""
    choices = product(SHAPES, LOADS, HANDLE_TIMES, (None, 120.0), (15, 30))
    for shape, load, aht_s, patience_s, interval_min in choices:
        profile = QueueProfile("phone", target=TARGET, patience_s=patience_s)
        arrived = _arrived(shape, load * 3600 / aht_s)
        yield shape, ExactDay(profile, arrived, aht_s, interval_min, 24 * 60 // interval_min)


def _arrived(shape: str, busiest: float) -> Callable[[Array], Array]:
    hours, levels = SHAPES[shape]
    fine = np.linspace(OPENS, CLOSES, 12 * 720 + 1)
    rate = busiest * np.interp(fine, hours, levels)
    total = np.concatenate([[0.0], np.cumsum((rate[1:] + rate[:-1]) / 2 * np.diff(fine))])
    return lambda hour: np.interp(hour, fine, total)
