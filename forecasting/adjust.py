"""The planner's own changes laid over a forecast, and what each of them adds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..data.adjustments import Adjustment
from ..data.grid import TimeGrid
from .forecast import Forecast

ADJUSTMENT_COLUMNS = ("reason", "queue", "from", "to", "contacts")


def apply_adjustments(
    forecast: Forecast,
    adjustments: Sequence[Adjustment],
    open_mask: NDArray[np.bool_] | None = None,
) -> tuple[Forecast, pd.DataFrame]:
    """The forecast after the adjustments, in their order, and what each adds.

    Mean, quantiles and paths move alike; `effects` stay the model's. `open_mask`
    (queues, grid.size) are the intervals to which contacts may be added; None means those in
    which the model expects any. The frame has one row an adjustment and queue that it touches:
    `reason`, `queue`, `from` and `to` (dates within the horizon), `contacts` added to the mean
    (negative if taken away). An adjustment outside the horizon leaves no row.
    """
    may_come = forecast.mean > 0 if open_mask is None else open_mask
    adjusted = forecast
    rows = []
    for adjustment in adjustments:
        share = _share(adjustment, forecast.grid)
        chosen = np.array([adjustment.queue in (None, queue) for queue in forecast.queues])
        weight = chosen[:, None] * share
        if not weight.any():
            continue
        if adjustment.percent is not None:
            after = adjusted.scaled(1.0 + weight * adjustment.percent / 100.0)
        else:
            after = adjusted.scaled(
                np.ones_like(weight), weight * (adjustment.contacts or 0.0) * may_come
            )
        added = (after.mean - adjusted.mean).sum(axis=1)
        days = [forecast.grid.dates[d] for d in np.unique(forecast.grid.day_of[share > 0])]
        rows += [
            (adjustment.reason, forecast.queues[row], days[0], days[-1], float(added[row]))
            for row in np.flatnonzero(chosen)
        ]
        adjusted = after
    return adjusted, pd.DataFrame(rows, columns=list(ADJUSTMENT_COLUMNS))


def _share(adjustment: Adjustment, grid: TimeGrid) -> NDArray[np.float64]:
    """Share of each interval that an adjustment's days and clock minutes cover: (grid.size,)."""
    day = grid.day_of
    in_days = (day >= grid.day_number(adjustment.first)) & (day <= grid.day_number(adjustment.last))
    begin = grid.minute_of_day
    covered = np.minimum(begin + grid.interval_min, adjustment.to_minute) - np.maximum(
        begin, adjustment.from_minute
    )
    return np.where(in_days, np.maximum(covered, 0) / grid.interval_min, 0.0)
