"""How long customers wait before they give up, from waits that mostly ended in an answer.

The patience of an answered customer is only known to be longer than the wait (censored). The
exponential maximum likelihood estimate is the time waited by all contacts ÷ those who gave up:
contacts answered at once add nothing to either. Kaplan–Meier's curve assumes no shape and tells
how well the exponential one fits (Brown et al., JASA 100, 2005, section 5, treats such data so).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .estimate import Estimate, exposure_estimate, share_estimate
from .log import ContactLog
from .survival import SurvivalCurve, survival_curve

LEAST_AT_RISK = 0.05
"""The curves are compared while at least this share of those who waited still waits."""


@dataclass(frozen=True)
class Patience:
    """Patience of one queue. `mean_s` is the exponential estimate; `curve` holds the share still
    waiting; `balking` is the share of contacts that gave up without waiting at all.

    `misfit` is the largest distance between the curve and the exponential one, in shares of
    customers, and `misfit_at_s` the wait at which it is found; NaN where nobody waited.
    """

    mean_s: Estimate
    curve: SurvivalCurve
    balking: Estimate
    misfit: float
    misfit_at_s: float

    @property
    def median_s(self) -> float:
        """The wait that half of the customers would not outlast; NaN if the log does not tell."""
        below = np.flatnonzero(self.curve.share <= 0.5)
        return float(self.curve.time_s[below[0]]) if len(below) else np.nan


def estimate_patience(log: ContactLog, balked: int = 0) -> Patience:
    """Patience of the contacts of one queue, of which `balked` more gave up at once."""
    waited = log.wait_s > 0
    gave_up = ~log.answered & waited
    mean = exposure_estimate(int(gave_up.sum()), float(log.wait_s.sum()))
    curve = survival_curve(log.wait_s[waited], gave_up[waited])
    misfit, at_s = _misfit(curve, mean.value, int(waited.sum()))
    balking = share_estimate(balked, balked + len(log.wait_s))
    return Patience(mean, curve, balking, misfit, at_s)


def _misfit(curve: SurvivalCurve, mean_s: float, waited: int) -> tuple[float, float]:
    told = curve.at_risk >= LEAST_AT_RISK * waited
    if not told.any():
        return np.nan, np.nan
    times = curve.time_s[told]
    distance = np.abs(curve.share[told] - np.exp(-times / mean_s))
    worst = int(distance.argmax())
    return float(distance[worst]), float(times[worst])
