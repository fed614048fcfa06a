"""Alarms: what came drifts away from a forecast further than the forecast itself holds likely.

Three checks a queue: the level of its days, the shape of its days, and its handle time. Levels go
by a cumulative sum (Page, Biometrika 41, 1954) of day errors in units of the deviation that the
forecast states. As neighbouring days err alike, the limit is not taken from a table but from drawn
errors with the same correlation, over all the days of the forecast: looked at every day, all the
checks of a forecast together raise a false alarm in no more than `FALSE_ALARMS` of forecasts, if
its ranges are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from ...data.history import ContactHistory
from ..day_matrix import divided, slot_of, to_days
from ..forecast import Forecast
from .actuals import Actuals
from .cumulative_sums import alarm_limit, running_sums
from .interval_errors import days_before, learned_errors
from .scores import whole_days
from .stated_levels import StatedLevels, remembered, stated_levels

FALSE_ALARMS = 0.05
_BLOCK_MINUTES = 120  # of the day, whose shares of it are checked
_LEAST_SHARE = 0.03  # of a day's contacts, for a block to be checked: fewer matter little
_LEAST_BLOCK = 10.0  # and contacts over the days seen
_USUAL_DAYS = 28  # whose mean handle time the next day is held against
_LEAST_HANDLED = 28  # such days, for their deviation to be known
_LEAST_HANDLE_SD = 0.005

Days = NDArray[np.float64]


class DriftKind(StrEnum):
    LEVEL = "level"
    SHAPE = "shape"
    HANDLE_TIME = "handle_time"


@dataclass(frozen=True)
class DriftCheck:
    """One check of one queue: an alarm is raised where `statistic` exceeds `limit`.

    `size` is how far what came lies above the forecast, as a share of it, from the day `since` on;
    of a shape, in the part of the day from `from_minute` to `to_minute` (local clock).
    """

    kind: DriftKind
    queue: str
    statistic: float
    limit: float
    since: date
    size: float
    from_minute: int | None = None
    to_minute: int | None = None

    @property
    def raised(self) -> bool:
        return self.statistic > self.limit


def drift_checks(
    forecast: Forecast, actuals: Actuals, history: ContactHistory, rng: np.random.Generator
) -> tuple[DriftCheck, ...]:
    """Every check for which enough is known, queue by queue.

    Whole days are checked, those left out of the scores are passed over. `history` holds the days
    before the forecast, on which the usual deviation of handle times is measured.
    """
    checks: list[DriftCheck] = []
    rate = FALSE_ALARMS / (len(DriftKind) * len(forecast.queues))
    whole = whole_days(forecast, actuals)
    levels = stated_levels(forecast)
    for row in range(len(forecast.queues)):
        found = (
            _level(forecast, actuals, row, whole[row], levels, rate, rng),
            _shape(forecast, actuals, row, whole[row], history, rate),
            _handle_time(forecast, actuals, row, history, rate, rng),
        )
        checks += [check for check in found if check is not None]
    return tuple(checks)


def _level(
    forecast: Forecast,
    actuals: Actuals,
    row: int,
    whole: NDArray[np.bool_],
    levels: StatedLevels | None,
    rate: float,
    rng: np.random.Generator,
) -> DriftCheck | None:
    if not whole.any():
        return None
    came = _by_day(np.nan_to_num(actuals.scored[row]), forecast)
    expected = forecast.daily_mean()[row]
    # Roots are nearly normal, be it chance or a log-normal level that makes days differ.
    paths = np.sqrt(_by_day(forecast.paths[:, row], forecast))
    off, sd = np.sqrt(came) - paths.mean(axis=0), paths.std(axis=0)
    errors = np.where(whole & (sd > 0), divided(off, sd), np.nan)
    open_days = np.flatnonzero(expected > 0)
    alike = _correlations(levels, row, expected)[np.ix_(open_days, open_days)]
    limit = alarm_limit(alike, rate, rng)
    return _worst(DriftKind.LEVEL, forecast, row, errors, limit, came, expected)


def _shape(
    forecast: Forecast,
    actuals: Actuals,
    row: int,
    whole: NDArray[np.bool_],
    history: ContactHistory,
    rate: float,
) -> DriftCheck | None:
    """The share that each part of the day has in the days seen so far, in units of what shares
    have differed by in the queue's past."""
    grid = forecast.grid
    blocks = grid.minute_of_day // _BLOCK_MINUTES
    if not whole.any() or len(np.unique(blocks)) < 2:
        return None
    came, expected = np.nan_to_num(actuals.scored[row]), forecast.mean[row]
    usual = divided(expected, _by_day(expected, forecast)[grid.day_of])
    total = _by_day(came, forecast)[grid.day_of]
    seen = whole[grid.day_of]
    should = np.bincount(blocks, np.where(seen, usual * total, 0.0))
    beyond = np.bincount(blocks, np.where(seen, came - usual * total, 0.0))
    sd = np.sqrt(_share_variance(forecast, row, whole, blocks, history))
    least = max(_LEAST_BLOCK, _LEAST_SHARE * float(should.sum()))
    checked = np.flatnonzero((should >= least) & (sd > 0))
    if len(checked) < 2:
        return None
    worst = int(checked[np.argmax(np.abs(beyond[checked]) / sd[checked])])
    looks = len(checked) * int((forecast.daily_mean()[row] > 0).sum())
    return DriftCheck(
        DriftKind.SHAPE,
        forecast.queues[row],
        statistic=float(abs(beyond[worst]) / sd[worst]),
        limit=float(norm.isf(rate / (2 * looks))),
        since=grid.dates[int(np.flatnonzero(whole)[0])],
        size=float(beyond[worst] / should[worst]),
        from_minute=worst * _BLOCK_MINUTES,
        to_minute=(worst + 1) * _BLOCK_MINUTES,
    )


def _share_variance(
    forecast: Forecast,
    row: int,
    whole: NDArray[np.bool_],
    blocks: NDArray[np.int64],
    history: ContactHistory,
) -> Days:
    """Variance of the contacts that a block has beyond its share, over the `whole` days: the
    learned errors of its slots against those of the whole day, and chance. Shape (blocks,)."""
    grid = forecast.grid
    past = days_before(history, forecast.queues[row], forecast, 0)
    errors = learned_errors(past, grid.interval_min)
    covariance = errors.shared + np.diag(errors.own)
    expected = np.nan_to_num(to_days(forecast.mean[row], grid))
    block_of = slot_of(grid)
    members = np.zeros((int(blocks.max()) + 1, expected.shape[1]))
    members[blocks, block_of] = 1.0
    variance = np.zeros(len(members))
    for day in np.flatnonzero(whole):
        share = expected[day] / expected[day].sum()
        part = members @ share
        against = members * share - np.outer(part, share)
        shape = np.einsum("bi,ij,bj->b", against, covariance, against)
        variance += expected[day].sum() ** 2 * shape + expected[day].sum() * part * (1.0 - part)
    return variance


def _handle_time(
    forecast: Forecast,
    actuals: Actuals,
    row: int,
    history: ContactHistory,
    rate: float,
    rng: np.random.Generator,
) -> DriftCheck | None:
    """Days' mean handle times, in units of what they are usually off their mean of four weeks."""
    usual = _usual_handle_errors(history, forecast, row)
    timed = np.isfinite(actuals.aht_s[row]) & np.isfinite(forecast.aht_s[row])
    contacts = np.where(timed, np.nan_to_num(actuals.scored[row]), 0.0)
    handled = _by_day(contacts, forecast)
    # A day that is still going on would be held against whole ones.
    over = forecast.grid.day_first[1:] <= actuals.past
    days = over & (handled > 0)
    if len(usual) < _LEAST_HANDLED or not days.any():
        return None
    took = divided(_by_day(contacts * np.nan_to_num(actuals.aht_s[row]), forecast), handled, 1.0)
    expected = divided(
        _by_day(contacts * np.nan_to_num(forecast.aht_s[row]), forecast), handled, 1.0
    )
    sd = max(1.4826 * float(np.median(np.abs(usual))), _LEAST_HANDLE_SD)
    errors = np.where(days, np.log(took / expected) / sd, np.nan)
    correlation = float(np.clip(np.corrcoef(usual[1:], usual[:-1])[0, 1], 0.0, 0.9))
    open_days = int((forecast.daily_mean()[row] > 0).sum())
    limit = alarm_limit(remembered(open_days, correlation), rate, rng)
    work = (took * handled, expected * handled)
    return _worst(DriftKind.HANDLE_TIME, forecast, row, errors, limit, *work)


def _usual_handle_errors(history: ContactHistory, forecast: Forecast, row: int) -> Days:
    """Log of each past day's handle time over that of the four weeks before it."""
    queue = forecast.queues[row]
    known = min(history.grid.day_number(forecast.grid.first_day), history.grid.days)
    if queue not in history.queues or known <= _USUAL_DAYS:
        return np.zeros(0)
    past = history.before(known)
    index = past.queue_index(queue)
    taught = past.learn[index] & np.isfinite(past.aht_s[index])
    contacts = np.where(taught, np.nan_to_num(past.offered[index]), 0.0)
    first = past.grid.day_first[:-1]
    handled = np.add.reduceat(contacts, first)
    work = np.add.reduceat(contacts * np.nan_to_num(past.aht_s[index]), first)
    mean = divided(_sum_before(work), _sum_before(handled), np.nan)
    took = divided(work, handled, np.nan)[_USUAL_DAYS:]
    errors = np.log(took / mean)
    return errors[np.isfinite(errors)]


def _sum_before(values: Days) -> Days:
    """Of the `_USUAL_DAYS` days before each day that has so many: (days − _USUAL_DAYS,)."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    sums: Days = total[_USUAL_DAYS:-1] - total[: -_USUAL_DAYS - 1]
    return sums


def _worst(
    kind: DriftKind,
    forecast: Forecast,
    row: int,
    errors: Days,
    limit: float,
    came: Days,
    expected: Days,
) -> DriftCheck:
    """The highest that the cumulative sums have been, and what came since they began to rise."""
    sums = running_sums(errors)
    side, day = np.unravel_index(np.argmax(sums), sums.shape)
    rests = np.flatnonzero(sums[side, : day + 1] == 0)
    known = np.flatnonzero(np.isfinite(errors))
    first = known[known > rests[-1]][0] if len(rests) and rests[-1] < day else known[0]
    days = known[known >= first]
    return DriftCheck(
        kind,
        forecast.queues[row],
        statistic=float(sums[side, day]),
        limit=limit,
        since=forecast.grid.dates[int(first)],
        size=float(came[days].sum() / expected[days].sum() - 1.0),
    )


def _by_day(values: Days, forecast: Forecast) -> Days:
    sums: Days = np.add.reduceat(values, forecast.grid.day_first[:-1], axis=-1)
    return sums


def _correlations(levels: StatedLevels | None, row: int, expected: Days) -> Days:
    """Of the errors of the days' totals, of which so many contacts are `expected`, chance
    included: (days, days)."""
    if levels is None:
        return remembered(len(expected))
    covariance = levels.covariance[row] + np.diag(divided(np.ones_like(expected), expected, 1.0))
    sd = np.sqrt(np.diag(covariance))
    correlations: Days = covariance / np.outer(sd, sd)
    return correlations
