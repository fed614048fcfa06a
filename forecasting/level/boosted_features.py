"""What is known of the days to come at a forecast's origin, for one model of all queues' days.

A regression as of the origin takes each queue's week, month and promotions out of the log totals;
what it leaves of the past is described by means over windows, and the calendar adds what it knows
of the days to come. Nothing here looks at a total of the origin's day or later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from ..day_matrix import divided, mean_known
from .boosted_calendar import NEAR, WEEK, CalendarTable

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

OFFSET = 0.5  # added to every total before its log, so that none is minus infinity
_BLOCK = 28  # days of a regression block: what the level does between blocks is left out
_FORGETTING_DAYS = 365.0  # half-life of a day in the regression
_POOLED_PRIOR_DAYS = 0.3
_WEEKDAY_PRIOR_DAYS = 1.0  # how many days of its own outweigh what the other queues say
_MONTH_PRIOR_DAYS = 20.0
_EVENT_PRIOR_DAYS = 2.0
_NEVER = -5.0  # a stated log factor below this leaves nothing to learn from

_REACH = 776  # days before the origin that are looked at: two years and a window
_YEAR = 364  # a year ago on the same weekday
_SEASON = 28  # days before the origin a year ago, against which that year's days are held
_USUAL_DAYS = 56  # in which an open weekday was open
_SPREAD_DAYS = 182
_WILD, _LEAST_WILD = 4.5, 0.75  # residuals further off count as so many deviations, at least .75
_QUICK_DAYS = 7.0  # half-life of the level that notices a shift
_SHIFT = 3.0  # a quick level so many deviations off the slow one is half believed
_QUICK_NOISE = 0.35  # deviation of the quick level over that of a day
_NORMAL_MEAN_DIFFERENCE = 2.0 / np.sqrt(np.pi)  # mean |a − b| of two independent normal values
_DAYS_AROUND = 14
_KIND_OCCASIONS = 1.0  # an event's kind counts as so many occasions of it
_POOLED_DAYS = 2.0  # … and what all queues say of it as so many days of one queue's own
_WILDEST_EVENT = 3.0
_MOST_AGE = 112.0  # plain days; more would tell eras apart, which do not come again
_SPANS = (1, 3, 7, 14, 28, 56, 91, 182, 364)
_CENTRE_SPANS = (7, 28, 91)
_SAME_WEEKDAYS = (1, 2, 4, 8, 26, 52)
_SAME_STATES = (1, 4, 12)
_YEAR_WINDOWS = ((1, 364, (0, 3, 10)), (1, 365, (1,)), (2, 728, (3, 10)))


@dataclass(frozen=True)
class Outlook:
    """The days from `origin` on: feature `columns` and `log_base`, the log of contacts plus
    `OFFSET` that the regression expects (NaN where a queue has no past), both (queues, days).
    `known` counts the plain days that each queue's past has, up to 112: (queues,)."""

    origin: int
    columns: dict[str, Array]
    log_base: Array
    known: Array


@dataclass(frozen=True)
class DayTable:
    """Log totals (queues, calendar days) without what the planner states, NaN where unknown, and
    the calendar of these days. `plain` days are known and no days off."""

    log_totals: Array
    plain: Flags
    calendar: CalendarTable

    @classmethod
    def of(cls, totals: Array, marks: Sequence[DayMarks]) -> DayTable:
        """From totals (queues, known days), NaN where a day must not teach."""
        calendar = CalendarTable.of(marks)
        known = totals.shape[1]
        stated = calendar.stated[:, :known]
        untaught = (calendar.closed | calendar.outage)[:, :known] | (stated < _NEVER)
        logs = np.full(calendar.closed.shape, np.nan)
        logs[:, :known] = np.log(np.where(untaught, np.nan, totals) + OFFSET) - stated
        return cls(logs, np.isfinite(logs) & ~calendar.off, calendar)


def outlooks(
    table: DayTable, origins: Sequence[int], days: int, half_life: float
) -> Iterator[Outlook]:
    """The `days` days from each of the ascending `origins` on; `half_life` is a day's in the level.

    The regression sums blocks of four weeks, each about its own mean, that end a week apart and
    count less the older they are; origins of one weekday share the sums.
    """
    columns = table.calendar.design.shape[2]
    keep = 0.5 ** (WEEK / _FORGETTING_DAYS)
    nothing = np.zeros((len(table.plain), columns, columns)), np.zeros((len(table.plain), columns))
    sums: dict[int, tuple[int, Array, Array]] = {}
    for origin in origins:
        weekday = origin % WEEK
        end, squares, products = sums.get(weekday, (weekday, *nothing))
        while end + WEEK <= origin:
            end += WEEK
            squares_now, products_now = _block(table, end)
            squares, products = keep * squares + squares_now, keep * products + products_now
        sums[weekday] = end, squares, products
        yield _outlook(table, origin, days, half_life, _coefficients(table, squares, products))


def _block(table: DayTable, end: int) -> tuple[Array, Array]:
    """Products of the design with itself and with the log totals in the block before day `end`,
    about their means: (queues, columns, columns) and (queues, columns)."""
    block = slice(max(end - _BLOCK, 0), end)
    plain = table.plain[:, block]
    design = np.where(plain[..., None], table.calendar.design[:, block], 0.0)
    logs = np.where(plain, table.log_totals[:, block], 0.0)
    count = np.maximum(plain.sum(axis=1), 1)[:, None]
    mean, mean_log = design.sum(axis=1) / count, logs.sum(axis=1, keepdims=True) / count
    squares = np.swapaxes(design, 1, 2) @ design - (count * mean)[:, :, None] * mean[:, None]
    products = (design * logs[..., None]).sum(axis=1) - count * mean * mean_log
    overlap = _BLOCK / WEEK
    return squares / overlap, products / overlap


def _coefficients(table: DayTable, squares: Array, products: Array) -> Array:
    """Each queue's coefficients, pulled to those of all queues together: (queues, columns)."""
    queues, columns = products.shape
    prior = np.full(columns, _EVENT_PRIOR_DAYS)
    prior[:WEEK] = _WEEKDAY_PRIOR_DAYS
    prior[WEEK : WEEK + table.calendar.month_columns] = _MONTH_PRIOR_DAYS
    pooled: Array = np.zeros(columns)
    if queues > 1:
        ridge = _POOLED_PRIOR_DAYS * np.eye(columns)
        pooled = np.linalg.solve(squares.mean(axis=0) + ridge, products.mean(axis=0))
    right = (products + prior * pooled)[..., None]
    own = np.linalg.solve(squares + np.diag(prior), right)[..., 0]
    return np.asarray(own, dtype=np.float64)


class _Means:
    """Means over windows of values (queues, `_REACH`), the days up to an origin, NaN unknown."""

    def __init__(self, values: Array) -> None:
        known = np.isfinite(values)
        before = ((0, 0), (1, 0))
        self._total = np.cumsum(np.pad(np.where(known, values, 0.0), before), axis=1)
        self._count = np.cumsum(np.pad(known.astype(np.float64), before), axis=1)

    def between(self, first: Codes, end: Codes) -> Array:
        """From day `first` of the reach to the day before `end`: (queues, windows)."""
        first, end = np.clip(first, 0, _REACH), np.clip(end, 0, _REACH)
        count = self._count[:, end] - self._count[:, first]
        return divided(self._total[:, end] - self._total[:, first], count, np.nan)

    def around(self, day: Codes, half: int) -> Array:
        return self.between(day - half, day + half + 1)

    def last(self, days: int) -> Array:
        """Shape (queues, 1)."""
        return self.between(np.array([_REACH - days]), np.array([_REACH]))


def _outlook(
    table: DayTable, origin: int, days: int, half_life: float, coefficients: Array
) -> Outlook:
    calendar = table.calendar
    past, coming = slice(max(origin - _REACH, 0), origin), slice(origin, origin + days)
    pattern = _pattern(calendar, past, coefficients)
    residual = _reaching(table.log_totals[:, past] - pattern, np.nan)
    plain = np.where(_reaching(table.plain[:, past], False), residual, np.nan)
    level, noise, plain = _levelled(plain, half_life)
    means = _Means(plain)
    codes = calendar.coming_events(origin, days)
    deviation = np.clip(
        residual - level - means.around(np.arange(_REACH), _DAYS_AROUND),
        -_WILDEST_EVENT,
        _WILDEST_EVENT,
    )
    effect, own, pooled = _event_effects(calendar, past, deviation, codes)
    effect = np.where(calendar.kind[:, coming] == NEAR, 0.0, effect)
    known = np.minimum(np.isfinite(plain).sum(axis=1), _MOST_AGE)
    coming_pattern = _pattern(calendar, coming, coefficients)
    week_effect = (calendar.design[:, coming, :WEEK] @ coefficients[:, :WEEK, None])[..., 0]
    columns = {
        "step": np.arange(days, dtype=np.float64),
        "size": level,
        "noise": noise,
        "age": known[:, None],
        "week_effect": week_effect,
        "other_effect": coming_pattern - week_effect,
        "event_own": own,
        "event_pooled": pooled,
        **_recent(plain, means, days),
        **_years_ago(means, days),
        **calendar.columns(origin, days, _shut(table, origin, days)),
    }
    if calendar.state.any():
        columns |= _same_state(plain, calendar, origin, days)
    weight = _reaching(np.exp(pattern - pattern.mean(axis=1, keepdims=True)), 0.0)
    base = coming_pattern + effect + calendar.stated[:, coming]
    base += level + np.log(_contacts_ratio(plain, weight, half_life))
    shape = base.shape
    return Outlook(
        origin, {name: np.broadcast_to(x, shape) for name, x in columns.items()}, base, known
    )


def _pattern(calendar: CalendarTable, days: slice, coefficients: Array) -> Array:
    """What the regression expects of some days but for the level: (queues, days)."""
    pattern: Array = (calendar.design[:, days] @ coefficients[:, :, None])[..., 0]
    return pattern


def _reaching(past: NDArray[Any], otherwise: float) -> NDArray[Any]:
    """Days up to the origin as `_REACH` days, with `otherwise` before the history begins."""
    return np.pad(past, ((0, 0), (_REACH - past.shape[1], 0)), constant_values=otherwise)


def _levelled(plain: Array, half_life: float) -> tuple[Array, Array, Array]:
    """Level and day-to-day noise of residuals (queues, days), each (queues, 1), and the residuals
    about the level, wild ones drawn in. The level follows quickly once it has left its old place
    by more than chance."""
    slow, quick = _weighted_mean(plain, half_life), _weighted_mean(plain, _QUICK_DAYS)
    week_on_week = np.abs(plain[:, WEEK:] - plain[:, :-WEEK])[:, -_SPREAD_DAYS:]
    steady = mean_known(np.minimum(week_on_week, 2.0).T)[:, None] / _NORMAL_MEAN_DIFFERENCE
    shift = (quick - slow) / (_SHIFT * _QUICK_NOISE * (steady + 0.01))
    level = slow + np.nan_to_num(shift**4 / (1.0 + shift**4)) * (quick - slow)
    squares = np.minimum(np.abs(plain[:, -_SPREAD_DAYS:] - level), 1.0) ** 2
    noise = np.sqrt(mean_known(squares.T))[:, None]
    most = np.maximum(_WILD * noise, _LEAST_WILD)
    return level, noise, np.clip(plain - level, -most, most)


def _weighted_mean(values: Array, half_life: float) -> Array:
    """Mean of what is known, recent days counting most: (queues, 1)."""
    known = np.isfinite(values)
    weight = known * _recency(values.shape[1], half_life)
    total = (weight * np.where(known, values, 0.0)).sum(axis=1, keepdims=True)
    return divided(total, weight.sum(axis=1, keepdims=True), np.nan)


def _recency(days: int, half_life: float) -> Array:
    return 0.5 ** (np.arange(days)[::-1] / half_life)


def _contacts_ratio(plain: Array, weight: Array, half_life: float) -> Array:
    """Total over total expected where `plain` are log residuals about the level: what makes a mean
    of logs a mean of contacts, (queues, 1). `weight` is what each day expects."""
    known = np.isfinite(plain)
    weight = weight * known * _recency(plain.shape[1], half_life)
    total = (weight * np.exp(np.where(known, plain, 0.0))).sum(axis=1, keepdims=True)
    return divided(total, weight.sum(axis=1, keepdims=True), np.nan)


def _event_effects(
    calendar: CalendarTable, past: slice, deviation: Array, coming: Codes
) -> tuple[Array, Array, Array]:
    """Log effect of each coming day's event, and what it rests on: the mean `deviation` (queues,
    reach) on earlier days of its code in the queue itself, and in all queues. An event seen rarely
    takes after its kind, a queue's own effect after that of all. All (queues, days)."""
    codes, kinds = (_reaching(x[:, past], 0) for x in (calendar.event, calendar.kind))
    effect = np.zeros(coming.shape)
    own, pooled = np.full((2, *coming.shape), np.nan)
    known = np.isfinite(deviation)
    told = np.where(known, deviation, 0.0)
    for code in np.unique(coming[coming > 0]):
        kind = calendar.kind[calendar.event == code][0]
        of_kind = known & (kinds == kind)
        usual = told[of_kind].sum() / (of_kind.sum() + len(coming))
        seen = known & (codes == code)
        days, total = seen.sum(axis=1), np.where(seen, told, 0.0).sum(axis=1)
        prior = _KIND_OCCASIONS * max(int(np.count_nonzero(days)), 1)
        shared = (total.sum() + prior * usual) / (days.sum() + prior)
        here = coming == code
        by_queue = (total + _POOLED_DAYS * shared) / (days + _POOLED_DAYS)
        effect = np.where(here, by_queue[:, None], effect)
        own = np.where(here, divided(total, days, np.nan)[:, None], own)
        pooled = np.where(here, shared, pooled)
    return effect, own, pooled


def _recent(plain: Array, means: _Means, days: int) -> dict[str, Array]:
    """Residuals before the origin, of each queue and of all, and on the same weekday."""
    found = {f"last_{span}": means.last(span) for span in _SPANS}
    if len(plain) > 1:
        found |= {f"centre_{span}": _centre(found[f"last_{span}"]) for span in _CENTRE_SPANS}
    weeks = _by_week(plain)
    weekday = np.arange(days) % WEEK
    for count in _SAME_WEEKDAYS:
        found[f"weekday_{count}"] = mean_known(weeks[:count])[:, weekday]
    return found


def _by_week(reach: NDArray[Any]) -> NDArray[Any]:
    """The last year's weeks, the latest first, from the origin's weekday on: (52, queues, 7)."""
    weeks = reach[:, -_YEAR:].reshape(len(reach), -1, WEEK)
    return np.moveaxis(weeks[:, ::-1], 1, 0)


def _years_ago(means: _Means, days: int) -> dict[str, Array]:
    """Residuals around the coming days one and two years ago, against the weeks before the origin
    then, in each queue and in all."""
    found: dict[str, Array] = {}
    step = np.arange(days)
    for years, lag, halves in _YEAR_WINDOWS:
        origin = np.array([_REACH - years * _YEAR])
        before = means.between(origin - _SEASON, origin)
        for half in halves:
            values = means.around(_REACH - lag + step, half) - before
            found[f"ago_{lag}_{half}"] = values
            if len(values) > 1:
                found[f"centre_ago_{lag}_{half}"] = _centre(values)
    return found


def _same_state(plain: Array, calendar: CalendarTable, origin: int, days: int) -> dict[str, Array]:
    """Mean residual of the last days of the same weekday and in the same promotion, or in none."""
    weekday = np.arange(days) % WEEK
    residual = _by_week(plain)[:, :, weekday]
    past = _reaching(calendar.state[:, max(origin - _REACH, 0) : origin], -1)
    same = _by_week(past)[:, :, weekday] == calendar.state[:, origin : origin + days]
    same &= np.isfinite(residual)
    count = np.cumsum(same, axis=0)
    return {
        f"state_{most}": mean_known(np.where(same & (count <= most), residual, np.nan))
        for most in _SAME_STATES
    }


def _shut(table: DayTable, origin: int, days: int) -> Flags:
    """Closed days from a week before the origin to the day after the last, (queues, days + 8): days
    to come by the calendar, and on weekdays on which nothing was known lately."""
    calendar = table.calendar
    known = np.isfinite(table.log_totals[:, max(origin - _USUAL_DAYS, 0) : origin])
    recent = calendar.weekday[max(origin - _USUAL_DAYS, 0) : origin]
    usual = np.stack([known[:, recent == day].any(axis=1) for day in range(WEEK)], axis=1)
    coming = slice(origin, origin + days + 1)
    ahead = calendar.closed[:, coming] | ~usual[:, calendar.weekday[coming]]
    return np.concatenate([~known[:, -WEEK:], ahead], axis=1)


def _centre(values: Array) -> Array:
    """Mean over all queues: (1, …)."""
    return mean_known(values)[None]
