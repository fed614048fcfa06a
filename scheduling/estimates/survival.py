"""Times to an event of which some are only known to be longer than what was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .estimate import UNKNOWN, Estimate, Z

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SurvivalCurve:
    """Kaplan–Meier estimate (JASA 53, 1958) of the share still without the event.

    `time_s` are the distinct times of events, ascending; `share`, `at_risk` and Greenwood's
    `error` (standard error of the share) have the same shape. Before the first time the share is 1.
    """

    time_s: Floats
    share: Floats
    at_risk: NDArray[np.int64]
    error: Floats

    def at(self, time_s: float) -> Estimate:
        """Share without the event until `time_s`, with the range of its logarithm."""
        if len(self.time_s) == 0:
            return UNKNOWN
        last = int(np.searchsorted(self.time_s, time_s, side="right")) - 1
        if last < 0:
            return Estimate(1.0, 1.0, 1.0, int(self.at_risk[0]))
        share, error = float(self.share[last]), float(self.error[last])
        count = int(self.at_risk[last])
        if share == 0.0:
            return Estimate(0.0, 0.0, np.nan, count)
        spread = float(np.exp(Z * error / share))
        return Estimate(share, share / spread, min(share * spread, 1.0), count)

    def mean_within(self, limit_s: float) -> float:
        """Mean of the times below `limit_s`, times beyond counting 0, in seconds.

        That is the area under the curve up to the limit, less what the longer times hold of it.
        """
        inside = self.time_s <= limit_s
        edges = np.concatenate([[0.0], self.time_s[inside], [limit_s]])
        share = np.concatenate([[1.0], self.share[inside]])
        area = float(np.sum(np.diff(edges) * share))
        return area - limit_s * float(share[-1])


def survival_curve(time_s: Floats, event: NDArray[np.bool_]) -> SurvivalCurve:
    """The curve of `time_s` (seconds), which ended in the event or, where `event` is False, were
    cut off before it. Both of shape (observations,)."""
    order = np.argsort(time_s, kind="stable")
    times, hit = time_s[order], event[order]
    distinct, first = np.unique(times, return_index=True)
    at_risk = len(times) - first
    events = np.add.reduceat(hit.astype(np.int64), first) if len(times) else first
    seen = events > 0
    distinct, at_risk, events = distinct[seen], at_risk[seen], events[seen]
    share = np.cumprod(np.asarray(1.0 - events / at_risk, dtype=float))
    left = at_risk - events
    terms = np.divide(events, at_risk * left, out=np.zeros(len(events)), where=left > 0)
    return SurvivalCurve(distinct, share, at_risk, share * np.sqrt(np.cumsum(terms)))
