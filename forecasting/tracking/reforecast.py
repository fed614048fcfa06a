"""The rest of today and of the horizon forecast anew, from what has come in so far.

Like the penalised update of Shen & Huang (Interday forecasting and intraday updating of call
center arrivals, M&SOM 10(3), 2008), but with the errors of the forecast in place of a model of its
own: how slots err together is learned from the queue's past (`interval_errors`), which days are
less certain than others and what they tell of each other is what the forecast's sample paths say
(`stated_levels`), and how much is moved follows from both and from Poisson chance (`day_outlook`).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...data.history import ContactHistory
from ..day_matrix import divided, to_days, to_intervals
from ..forecast import QUANTILES, Forecast
from ..ranges import PATHS, sample_counts
from .actuals import Actuals, actuals_on
from .day_outlook import QueueDays, day_outlook, drawn_factors
from .interval_errors import days_before, learned_errors
from .stated_levels import stated_levels


def reforecast(
    forecast: Forecast, history: ContactHistory, past: int, rng: np.random.Generator
) -> Forecast:
    """The forecast once its first `past` intervals have gone by.

    `history` holds what came in them and on the days before, which teach how errors hang together;
    nothing later is looked at. Past intervals are as they came, on every path; one that is unknown
    is forecast like those to come. A queue that the history lacks stays as it is, and so do handle
    times to come. ValueError as in `actuals_on`.
    """
    actuals = actuals_on(forecast, history, past)
    mean, paths = _to_come(forecast, history, actuals, rng)
    known = np.isfinite(actuals.offered)
    changed = divided(mean, forecast.mean)
    mean = np.where(known, actuals.offered, mean)
    paths = np.where(known, actuals.offered, paths)
    p10, p50, p90 = np.quantile(paths, QUANTILES, axis=0)
    return replace(
        forecast,
        mean=mean,
        p10=p10,
        p50=p50,
        p90=p90,
        aht_s=np.where(np.isfinite(actuals.aht_s), actuals.aht_s, forecast.aht_s),
        paths=paths,
        effects={
            (queue, event): added * changed[forecast.queues.index(queue)]
            for (queue, event), added in forecast.effects.items()
        },
    )


def _to_come(
    forecast: Forecast, history: ContactHistory, actuals: Actuals, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean (queues, grid.size) and paths (paths, queues, grid.size) as what came moves them."""
    grid, past = forecast.grid, actuals.past
    today = int(grid.day_of[past]) if past < grid.size else grid.days
    levels = stated_levels(forecast)
    mean = forecast.mean.copy()
    paths = _at_least(forecast.paths, PATHS)
    between = 0.0 if levels is None else levels.between_queues
    common = np.sqrt(between) * rng.standard_normal((len(paths), grid.days))
    for row, queue in enumerate(forecast.queues):
        if queue not in history.queues:
            continue
        days = QueueDays(
            expected=np.nan_to_num(to_days(forecast.mean[row], grid)),
            came=to_days(actuals.scored[row], grid),
            stated=None if levels is None else levels.covariance[row],
        )
        errors = learned_errors(days_before(history, queue, forecast, today), grid.interval_min)
        outlook = day_outlook(days, errors)
        noise = common + np.sqrt(1.0 - between) * rng.standard_normal(common.shape)
        drawn = drawn_factors(outlook, errors.own, noise, rng)
        mean[row] = forecast.mean[row] * to_intervals(outlook.factor, grid)
        paths[:, row] = sample_counts(forecast.mean[row] * to_intervals(drawn, grid), rng)
    return mean, paths


def _at_least(paths: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """A copy of the paths, each as often as it takes to have `count` of them."""
    return paths[np.arange(max(count, len(paths))) % len(paths)]
