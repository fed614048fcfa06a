"""The loads at which the stationary formulas are asked, where contacts change over the day."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

from ...data.targets import Arrivals, Channel, Hold, QueueProfile
from ..queueing.transient_load import ModifiedLoad, modified_load
from .agents import effective_target
from .demand import QueueDemand
from .moments import Moments

Array = NDArray[np.float64]

_NODES, _WEIGHTS = leggauss(3)
_PARTS = ((1.0 + _NODES) / 2).tolist()
"""Three moments of an interval whose weighted average is that of the whole (Gauss–Legendre)."""


_STEEP = 1.05
"""Where the load ends an interval at so many times its mean, as after opening, staffing takes the
highest: contacts then come faster than the load says, and waits pile up."""


def formula_moments(demand: QueueDemand, interval_min: int) -> Moments:
    """What the formulas are asked in each interval, shape (moments, grid.size): moments whose
    average is that of the interval.

    The load follows arrivals as `transient_load.py` says: it climbs after opening, carries over
    from one interval to the next and trails a falling rate. With `Arrivals.STATIONARY` it is that
    of the interval's own contacts. A closed interval has none: contacts in hand at closing are
    finished by those who hold them.
    """
    if demand.profile.arrivals is Arrivals.STATIONARY:
        return Moments.steady(demand.contacts / (interval_min * 60.0))
    load = _load(demand, interval_min)
    weight = np.broadcast_to(_WEIGHTS[:, None] / 2, (len(_PARTS), demand.contacts.size))
    coming = load.coming_at(_PARTS) * weight
    total = np.broadcast_to(coming.sum(axis=0), coming.shape)
    arrivals = np.divide(coming, total, out=weight.copy(), where=total > 0)
    return Moments(_rate(load.at(_PARTS), demand), arrivals, weight)


def staffing_moments(demand: QueueDemand, interval_min: int) -> Moments:
    """What the formulas are asked to staff each interval for, shape (moments, grid.size): its
    moments where the target is one for the day, the one of highest load where it is to hold in
    every interval (`QueueProfile.hold`) and where the load climbs steeply."""
    moments = formula_moments(demand, interval_min)
    if demand.profile.arrivals is Arrivals.STATIONARY:
        return moments
    load = _load(demand, interval_min)
    peak = _rate(load.peak, demand)
    if demand.profile.hold is Hold.INTERVAL:
        return Moments.steady(peak)
    steep = load.at([1.0])[0] > _STEEP * load.mean
    return replace(moments, rate_per_s=np.where(steep, peak, moments.rate_per_s))


def mean_rate(demand: QueueDemand, interval_min: int) -> Array:
    """Contacts a second that make up the mean load of each interval, shape of `contacts`, which
    may be (…, grid.size) here."""
    if demand.profile.arrivals is Arrivals.STATIONARY:
        return demand.contacts / (interval_min * 60.0)
    return _rate(_load(demand, interval_min).mean, demand)


def _load(demand: QueueDemand, interval_min: int) -> ModifiedLoad:
    service_s = demand.aht_s * _slowed(demand.profile)
    return modified_load(demand.contacts, service_s, interval_min * 60.0, demand.profile.handle_cv)


def _rate(erlangs: Array, demand: QueueDemand) -> Array:
    """Contacts a second that make up a load, shape of `erlangs`; 0 where the queue is closed."""
    service_s = demand.aht_s * _slowed(demand.profile)
    busy = np.broadcast_to((demand.contacts > 0) & (service_s > 0), erlangs.shape)
    return np.divide(erlangs, service_s, out=np.zeros_like(erlangs), where=busy)


def _slowed(profile: QueueProfile) -> float:
    """How long a contact stays, as a multiple of its handle time alone. A chat stays longer for
    the others that its agent holds: as many as fill the slots up to the occupancy allowed."""
    if profile.channel is not Channel.CHAT:
        return 1.0
    allowed = effective_target(profile).max_occupancy or 1.0
    held = max(profile.concurrency * allowed, 1.0)
    levels = np.arange(1, profile.concurrency + 1)
    return float(np.interp(held, levels, profile.aht_by_concurrency))
