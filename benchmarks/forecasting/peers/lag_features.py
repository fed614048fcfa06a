"""What LightGBM is told of each day and slot: contacts at least `gap` days before, the calendar."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from shiftcast.forecasting.day_marks import DayMarks
from shiftcast.forecasting.day_matrix import divided, mean_known

from .panel import Flags, Panel, Values

FIRST_DAYS = 28  # too little lies before them to teach
_SAME_WEEKDAYS = (1, 2, 3, 4, 8)
_MEANS = (4, 8, 26)
_LEVEL_DAYS = (3, 7, 14, 28, 56)
_YEAR = 364  # the same weekday a year before
_FAR = 30.0
_LEAST_LEVEL = 0.1


@dataclass(frozen=True)
class Features:
    """`columns` (queues, days, slots, names) as float32; `level` (queues, days, slots) is what
    the contacts are told, and to be forecast, as a multiple of: the mean of the last 8 ordinary
    same weekdays. `usable` says where it is known and the queue open."""

    names: tuple[str, ...]
    categories: tuple[str, ...]
    columns: np.ndarray
    level: Values
    usable: Flags


def features(panel: Panel, gap: int) -> Features:
    """Of a day, only days at least `gap` days before it are used, and the calendar."""
    shape = (len(panel.queues), panel.days, panel.slots)
    contacts = np.full(shape, np.nan)
    past = contacts[:, : panel.known]
    past[:] = np.where(panel.is_open[:, : panel.known], panel.contacts, np.nan)
    plain = contacts.copy()
    plain[:, : panel.known][~panel.ordinary] = np.nan
    totals = np.full(shape[:2], np.nan)
    totals[:, : panel.known] = np.where(panel.ordinary, panel.totals, np.nan)

    same = same_weekdays(plain, gap, max(_MEANS))
    means = {count: mean_known(same[:count]) for count in _MEANS}
    level = np.where(np.isfinite(means[8]), means[8], rolling(plain, gap, FIRST_DAYS))
    usable = panel.is_open & np.isfinite(level)
    usable[:, :FIRST_DAYS] = False
    level = np.maximum(np.nan_to_num(level), _LEAST_LEVEL)
    columns = {f"same_{n}": same[n - 1] / level for n in _SAME_WEEKDAYS}
    columns |= {f"mean_{n}": mean / level for n, mean in means.items()}
    columns["year_ago"] = shifted(contacts, _YEAR) / level
    columns["level"] = np.log(level)
    by_day = {**_levels(totals, gap), **_calendar(panel)}
    columns |= {name: values[:, :, None] for name, values in by_day.items()}
    columns["queue"] = np.arange(shape[0])[:, None, None]
    columns["slot"] = np.arange(shape[2])[None, None, :]
    kept = {name: values for name, values in columns.items() if _tells(values)}
    return Features(
        names=tuple(kept),
        categories=tuple(name for name in ("weekday", "holiday", "queue") if name in kept),
        columns=np.stack([np.broadcast_to(v, shape) for v in kept.values()], -1).astype(np.float32),
        level=level,
        usable=usable,
    )


def _tells(values: Values) -> bool:
    known = values[np.isfinite(values)]
    return known.size > 0 and bool(known.min() < known.max())


def _levels(totals: Values, gap: int) -> dict[str, Values]:
    """How busy the queue was lately, by day and against its usual same weekdays."""
    ratio = totals / mean_known(same_weekdays(totals, 1, 8))
    found = {"last_ratio": shifted(ratio, gap)}
    for span in _LEVEL_DAYS:
        found[f"ratio_{span}"] = rolling(ratio, gap, span)
        found[f"total_{span}"] = rolling(totals, gap, span)
    return found


def _calendar(panel: Panel) -> dict[str, Values]:
    """Columns (queues, days) of what is known ahead of every day."""
    dates = [panel.grid.first_day + timedelta(days=d - panel.first) for d in range(panel.days)]
    of_date = {
        "weekday": panel.weekday,
        "day_of_month": np.array([day.day for day in dates]),
        "to_month_end": np.array([months.monthrange(d.year, d.month)[1] - d.day for d in dates]),
        "month": np.array([day.month for day in dates]),
        "day_of_year": np.array([day.timetuple().tm_yday for day in dates]),
    }
    found = {name: np.tile(values, (len(panel.queues), 1)) for name, values in of_date.items()}
    holiday = _holiday_codes(panel.marks, panel.days)
    school = [[bool(name) for name in marks.school[: panel.days]] for marks in panel.marks]
    promotion = np.stack([panel.promotion(row) for row in range(len(panel.queues))])
    found |= {"holiday": holiday, "school": np.array(school), "promotion": promotion}
    flags = {
        "holiday": holiday > 0,
        "closed": ~panel.is_open.any(axis=2),
        "promotion": promotion > 0,
        "no_promotion": promotion == 0,
    }
    for name, flag in flags.items():
        found[f"since_{name}"] = days_since(flag)
        found[f"until_{name}"] = days_since(flag[:, ::-1])[:, ::-1]
    return {name: values.astype(np.float64) for name, values in found.items()}


def _holiday_codes(marks: tuple[DayMarks, ...], days: int) -> Values:
    codes: dict[str, int] = {}
    return np.array(
        [
            [0 if m is None else codes.setdefault(m.key, len(codes) + 1) for m in of.holiday[:days]]
            for of in marks
        ],
        dtype=np.float64,
    )


def days_since(flags: Flags) -> Values:
    """Days since the last flagged one of a row, 0 on it and 30 at most: shape of `flags`."""
    number = np.arange(flags.shape[1])
    last = np.maximum.accumulate(np.where(flags, number, -int(_FAR)), axis=1)
    return np.minimum(number - last, _FAR)


def shifted(values: Values, days: int) -> Values:
    """Values of `days` days before: NaN where there were none. Days are the second axis."""
    moved = np.full(values.shape, np.nan)
    moved[:, days:] = values[:, : max(values.shape[1] - days, 0)]
    return moved


def same_weekdays(values: Values, gap: int, count: int) -> Values:
    """The last `count` same weekdays at least `gap` days before: shape (count, *values.shape)."""
    least = -(-gap // 7)
    return np.stack([shifted(values, 7 * (least + number)) for number in range(count)])


def rolling(values: Values, gap: int, span: int) -> Values:
    """Mean of what is known of the `span` days that end `gap` days before."""
    known = np.isfinite(values)

    def window(summed: Values) -> Values:
        return summed - np.nan_to_num(shifted(summed, span))

    total = window(np.cumsum(np.where(known, values, 0.0), axis=1))
    count = window(np.cumsum(known, axis=1, dtype=np.float64))
    return shifted(divided(total, count, np.nan), gap)
