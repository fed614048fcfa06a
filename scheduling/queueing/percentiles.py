"""The wait that a given share of contacts does not exceed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize.elementwise import find_root
from scipy.special import gammaincinv

from ...data.targets import QueueProfile
from .line import Array
from .models import as_one_shape, attempts_per_s, queue_line


def wait_percentile(
    profile: QueueProfile,
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    share: ArrayLike = 0.9,
) -> Array:
    """Seconds that `share` (above 0, below 1) of the contacts let in wait at most, whether they are
    answered or give up; 0 where so many find an agent free, infinite where the line grows without
    end. Arrays broadcast, other arguments as for `performance`.

    Without patience and a limit of lines the wait of those who wait is exponential, and the
    percentile ln(P(wait)/(1 − share)) of its means. Otherwise the distribution is inverted.
    """
    first, aht, n, part = as_one_shape(rate_per_s, aht_s, agents, share)
    rate = attempts_per_s(profile, first, aht, n)
    line = queue_line(profile, rate, aht, n, 0.0).line
    wait = np.zeros_like(rate)
    late = 1.0 - line.waited_within > 1.0 - part  # no wait at all is within any threshold
    if profile.patience_s is None and profile.lines is None:
        mean = line.asa_s[late] / line.p_wait[late]
        wait[late] = mean * np.log(line.p_wait[late] / (1.0 - part[late]))
    elif late.any():
        wait[late] = _inverted(profile, rate[late], aht[late], n[late], part[late])
    return wait


def _inverted(profile: QueueProfile, rate: Array, aht: Array, agents: Array, share: Array) -> Array:
    """The wait at which the distribution reaches `share`, between 0 and a bound that holds for
    everybody: its own patience, or as many departures as there are places to wait."""
    if profile.patience_s is not None:
        longest = -profile.patience_s * np.log1p(-share)
    else:
        lines = float(profile.lines or 0)
        busy = np.minimum(agents, lines)
        longest = gammaincinv(np.maximum(lines - busy, 1.0), share) * aht / busy

    def gap(wait: Array, rate: Array, aht: Array, agents: Array, share: Array) -> Array:
        return queue_line(profile, rate, aht, agents, wait).line.waited_within - share

    bracket = (np.zeros_like(longest), longest * (1 + 1e-9))
    found: Array = find_root(gap, bracket, args=(rate, aht, agents, share)).x
    return found
