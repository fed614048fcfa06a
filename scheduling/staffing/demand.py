"""What each queue of a centre has to handle: contacts and handle time, ready for the formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.errors import Problems
from ...data.targets import Channel, QueueProfile
from ...forecasting.forecast import Forecast

Array = NDArray[np.float64]

DemandLevel = Literal["mean", "p10", "p50", "p90"]


@dataclass(frozen=True)
class QueueDemand:
    """Expected `contacts` of a queue in each interval and their handle time `aht_s` in seconds,
    both of shape (grid.size,). Where waiting customers meet closed doors (phone and chat outside
    opening hours) contacts are 0; e-mail arrives at all hours. `assessed` marks the intervals
    that count for the queue's reply rate; None where it has none."""

    profile: QueueProfile
    contacts: Array
    aht_s: Array
    assessed: NDArray[np.bool_] | None = None


def queue_demands(
    forecast: Forecast, centre: Centre, demand: DemandLevel = "mean"
) -> tuple[QueueDemand, ...]:
    """Demand of the centre's queues, in its order.

    The handle time is the queue's own where the planner gives one, else the forecast's; where the
    forecast lacks it for some intervals, the mean of the queue's others (weighted by contacts)
    fills in. Raises InputError naming every queue without a forecast or without a handle time.
    Queues that the centre does not describe are left out.
    """
    problems = Problems()
    demands = []
    for profile in centre.queues:
        if profile.name not in forecast.queues:
            problems.add("staffing.queue_not_forecast", queue=profile.name)
            continue
        row = forecast.queues.index(profile.name)
        contacts = getattr(forecast, demand)[row]
        if profile.channel is not Channel.EMAIL:
            contacts = np.where(centre.open_mask(profile, forecast.grid), contacts, 0.0)
        aht_s = _handle_time(profile, contacts, forecast.aht_s[row])
        if aht_s is None:
            problems.add("staffing.missing_handle_time", queue=profile.name)
            continue
        reply = profile.target.reply
        assessed = None if reply is None else reply.assessed(forecast.grid.minute_of_day)
        demands.append(QueueDemand(profile, contacts, aht_s, assessed))
    problems.raise_if_any()
    return tuple(demands)


def _handle_time(profile: QueueProfile, contacts: Array, forecast_aht_s: Array) -> Array | None:
    """Seconds in each interval; None if contacts come and nothing tells their handle time."""
    if profile.aht_s is not None:
        return np.full(contacts.shape, profile.aht_s)
    known = forecast_aht_s > 0  # NaN is not
    if not known.any():
        return None if contacts.any() else np.zeros(contacts.shape)
    weights = contacts[known] if contacts[known].any() else None
    usual = np.average(forecast_aht_s[known], weights=weights)
    return np.where(known, forecast_aht_s, usual)
