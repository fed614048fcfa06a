"""All queues' calendars as arrays, for a model that learns across queues."""

from __future__ import annotations

import calendar as months
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from ...data.calendar import Promotion
from ..day_marks import DayMarks

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

NOTHING, HOLIDAY, EVE, AFTER, SPECIAL, NEAR = range(6)
"""What an event code is of: a day off, the day before or after it, a special day, days near it."""

WEEK = 7
_FAR = 30
_FAR_DAY_OFF = 10
_DAYS_BEFORE, _DAYS_AFTER = 7, 3  # of a holiday, that are told apart
_NO_OFFSET = 9
_CODES_A_NAME = 64
_FIRST_DAY_OFF = 16  # code of a holiday's first day within its name; those near it come before
_LAST_NUMBER = 40
_MONTH_WAVES = 2
_MOST_PROMOTION_COLUMNS = 24
_USUAL_UPLIFT = 0.5
_NOBODY = 1e-6  # a stated effect of 0 counts as one contact in a million
_MAKE_UP = 7  # the weekday's number of a make-up workday


@dataclass(frozen=True)
class CalendarTable:
    """Arrays (queues, calendar days) from the history's first day on.

    `off` are holidays and special days; `stated` is the log factor that the planner gives;
    `state` tells promotions of one type and phase apart (0 is none); `event` is the code of a
    day off or of a day near a holiday (0 is none), of kind `kind` and `offset` days from it.
    `weekday` is (calendar days,). `design` (queues, calendar days, columns) holds the weekday's
    weights (7), waves over the month (`month_columns`), promotions and school holidays; `given`
    are features that need no origin.
    """

    closed: Flags
    outage: Flags
    off: Flags
    school: Flags
    stated: Array
    state: Codes
    event: Codes
    kind: Codes
    offset: Codes
    weekday: Codes
    design: NDArray[np.float32]
    month_columns: int
    given: dict[str, Array]

    @classmethod
    def of(cls, marks: Sequence[DayMarks]) -> CalendarTable:
        """The days that the marks of all queues cover."""
        days = min(queue.days for queue in marks)
        name, number, special = _days_off(marks, days)
        event, kind, offset = _events(name, number, special)
        stated, state, strengths, run = _promotions(marks, days)
        school = np.array([[bool(word) for word in queue.school[:days]] for queue in marks])
        workday = np.stack([queue.workday[:days] for queue in marks])
        weekday = marks[0].weekday[:days]
        dates = _dates(marks[0], days)
        waves = _month_waves(dates["day_of_month"], dates["left_in_month"])
        events = np.concatenate([strengths, school[..., None]], axis=2)
        events = events[..., events.any(axis=(0, 1))]
        week = np.stack([queue.weekday_weights()[:days] for queue in marks])
        month = np.broadcast_to(waves, (*name.shape, waves.shape[1]))
        given: dict[str, NDArray[np.generic]] = {
            **dates,
            "weekday": np.where(workday, _MAKE_UP, weekday),
            "day_off_number": number,
            "since_day_off": np.minimum(_since(name > 0), _FAR_DAY_OFF),
            "school": school,
        }
        if state.any():
            given |= {
                "promotion_strength": strengths[..., 0],
                "promotion_day": run[0],
                "promotion_left": run[1],
                "since_promotion": _since(state > 0),
            }
        return cls(
            closed=np.stack([queue.closed[:days] for queue in marks]),
            outage=np.stack([queue.outage[:days] for queue in marks]),
            off=name > 0,
            school=school,
            stated=stated,
            state=state,
            event=event,
            kind=kind,
            offset=offset,
            weekday=weekday,
            design=np.concatenate([week, month, events], axis=2, dtype=np.float32),
            month_columns=waves.shape[1],
            given={
                key: np.broadcast_to(x.astype(np.float64), name.shape) for key, x in given.items()
            },
        )

    def coming_events(self, origin: int, days: int) -> Codes:
        """Event codes of the days from `origin` on, of holidays no later than the day after them:
        what a longer calendar knows must not make the past differ from the days to come."""
        coming = slice(origin, origin + days)
        holiday = np.arange(days) - np.minimum(self.offset[:, coming], 0)
        codes: Codes = np.where(holiday <= days, self.event[:, coming], 0)
        return codes

    def columns(self, origin: int, days: int, shut: Flags) -> dict[str, Array]:
        """Features of the days from `origin` on: (queues, days). `shut` (queues, days + 8) are the
        closed days from a week before the origin to the day after the last."""
        coming, seen = slice(origin, origin + days), slice(origin, origin + days + 1)
        codes = self.coming_events(origin, days)
        until = np.minimum(_since(self.off[:, seen][:, ::-1])[:, ::-1], _FAR_DAY_OFF)
        school = _Sums(self.school[:, origin - WEEK : origin + days + 1], days)
        closed = _Sums(shut, days)
        found = {
            **{name: values[:, coming] for name, values in self.given.items()},
            "event_kind": np.where(codes > 0, self.kind[:, coming], NOTHING),
            "event_offset": np.where(codes > 0, self.offset[:, coming], _NO_OFFSET),
            "until_day_off": until[:, :days],
            "school_before": school.before(WEEK),
            "school_after": school.after(WEEK),
            "shut_yesterday": closed.before(1),
            "shut_before": closed.before(3),
            "shut_week": closed.before(WEEK),
            "shut_tomorrow": closed.after(1),
            "shut_after": closed.after(3),
        }
        if self.state.any():
            on = self.state > 0
            found["until_promotion"] = _since(on[:, seen][:, ::-1])[:, ::-1][:, :days]
            found["promoted_week"] = on[:, origin - WEEK : origin].mean(axis=1)[:, None]
        return found


class _Sums:
    """How many of the days before and after each of `days` days are flagged; `flags` (queues,
    days + 8) begin a week before the first and end a day after the last."""

    def __init__(self, flags: Flags, days: int) -> None:
        self._sums = np.pad(np.cumsum(flags, axis=1, dtype=np.float64), ((0, 0), (1, 0)))
        self._day = WEEK + np.arange(days)

    def before(self, days: int) -> Array:
        counts: Array = self._sums[:, self._day] - self._sums[:, self._day - days]
        return counts

    def after(self, days: int) -> Array:
        end = np.minimum(self._day + 1 + days, self._sums.shape[1] - 1)
        counts: Array = self._sums[:, end] - self._sums[:, self._day + 1]
        return counts


def _last(flags: Flags) -> Codes:
    """Number of the last flagged day up to each day; well before the first where there is none."""
    day = np.arange(flags.shape[1])
    last: Codes = np.maximum.accumulate(np.where(flags, day, -10 * _FAR), axis=1)
    return last


def _since(flags: Flags) -> Codes:
    """Days since the last flagged day, 0 on it and `_FAR` at most."""
    since: Codes = np.minimum(np.arange(flags.shape[1]) - _last(flags), _FAR)
    return since


def _days_off(marks: Sequence[DayMarks], days: int) -> tuple[Codes, Codes, Flags]:
    """Each day's holiday or special name as a number from 1 on (0 is none), the day's number
    within its holiday, and whether it is a special day."""
    names: dict[tuple[str, bool], int] = {}
    name, number = np.zeros((2, len(marks), days), dtype=np.int64)
    special = np.zeros((len(marks), days), dtype=bool)
    for row, queue in enumerate(marks):
        for day in range(days):
            mark = queue.holiday[day]
            if mark is None and not queue.special[day]:
                continue
            key = (queue.special[day], True) if mark is None else (mark.key, False)
            name[row, day] = names.setdefault(key, len(names) + 1)
            number[row, day] = 1 if mark is None else min(mark.number, _LAST_NUMBER)
            special[row, day] = mark is None
    return name, number, special


def _events(name: Codes, number: Codes, special: Flags) -> tuple[Codes, Codes, Codes]:
    """Code, kind and days from the event of each day off and each day near a holiday."""
    holiday = (name > 0) & ~special
    day = np.arange(name.shape[1])
    last = _last(holiday)
    following = day[-1] - _last(holiday[:, ::-1])[:, ::-1]
    after, before = day - last, following - day
    is_after = (after <= _DAYS_AFTER) & ((after < before) | (before > _DAYS_BEFORE))
    is_before = (before <= _DAYS_BEFORE) & ~is_after
    offset = np.where(name > 0, 0, np.where(is_after, after, np.where(is_before, -before, 0)))
    near = np.clip(np.where(is_after, last, following), 0, len(day) - 1)
    near_name = np.where(is_after | is_before, np.take_along_axis(name, near, axis=1), 0)
    near_code = near_name * _CODES_A_NAME + _DAYS_BEFORE + 1 + offset
    own_code = name * _CODES_A_NAME + _FIRST_DAY_OFF + number
    code = np.where(name > 0, own_code, np.where(near_name > 0, near_code, 0))
    kinds = np.full(2 * _FAR, NEAR)
    kinds[[-1, 0, 1]] = EVE, HOLIDAY, AFTER
    kind = np.where(special, SPECIAL, kinds[offset])
    return code, np.where(code > 0, kind, NOTHING), np.where(code > 0, offset, _NO_OFFSET)


def _promotions(
    marks: Sequence[DayMarks], days: int
) -> tuple[Array, Codes, Array, tuple[Codes, Codes]]:
    """The stated log factors; a number for each type and phase; how strongly promotions act, all
    of them, by type and by phase (queues, days, columns); the day within the promotion and the
    days left of it. The rarest types and phases act through the column of all of them alone."""
    keys: dict[tuple[str, str], int] = {}
    columns = _promotion_columns(marks)
    stated = np.zeros((len(marks), days))
    state, day_of, left = np.zeros((3, len(marks), days), dtype=np.int64)
    left -= 1
    strengths = np.zeros((len(marks), days, len(columns)))
    for row, queue in enumerate(marks):
        for promotion in queue.promotions:
            span = queue.span(promotion)
            span = slice(span.start, min(span.stop, days))
            if span.start >= span.stop:
                continue
            if promotion.effect is not None:
                stated[row, span] += np.log(max(promotion.effect, _NOBODY))
                continue
            day = np.arange(span.start, span.stop)
            state[row, span] = keys.setdefault((promotion.type, promotion.phase), len(keys) + 1)
            day_of[row, span] = day - (promotion.first - queue.first).days + 1
            left[row, span] = (promotion.last - queue.first).days - day
            strength = np.log1p(_USUAL_UPLIFT * promotion.size) / np.log1p(_USUAL_UPLIFT)
            for place in {columns[key] for key in _shared(promotion) if key in columns}:
                strengths[row, span, place] += strength
    return stated, state, strengths, (day_of, left)


def _promotion_columns(marks: Sequence[DayMarks]) -> dict[tuple[str, ...], int]:
    """The column of each set of promotions that may act alike, the commonest first; sets with the
    same promotions share one."""
    counts: Counter[tuple[str, ...]] = Counter()
    for queue in marks:
        for promotion in queue.promotions:
            if promotion.effect is None:
                counts.update(_shared(promotion))
    common = [key for key, _ in counts.most_common(_MOST_PROMOTION_COLUMNS)]
    columns: dict[tuple[str, ...], int] = {}
    for key in sorted(common, key=lambda key: (len(key), key)):
        same = key[:-1] in columns and counts[key] == counts[key[:-1]]
        columns[key] = columns[key[:-1]] if same else len(set(columns.values()))
    return columns


def _shared(promotion: Promotion) -> tuple[tuple[str, ...], ...]:
    """The sets that a promotion belongs to: all of them, those of its type, and of its phase."""
    return (), (promotion.type,), (promotion.type, promotion.phase)


def _dates(marks: DayMarks, days: int) -> dict[str, Codes]:
    """Each of shape (days,)."""
    dates = [marks.first + timedelta(days=day) for day in range(days)]
    left = [months.monthrange(day.year, day.month)[1] - day.day for day in dates]
    return {
        "day_of_month": np.array([day.day for day in dates]),
        "left_in_month": np.array(left),
        "day_of_year": np.array([day.timetuple().tm_yday for day in dates]),
    }


def _month_waves(day: Codes, left: Codes) -> Array:
    """Shape (days, waves): the month as a circle, however long it is."""
    angle = 2.0 * np.pi * (day - 1) / (day + left)
    waves = [wave(k * angle) for k in range(1, _MONTH_WAVES + 1) for wave in (np.sin, np.cos)]
    return np.stack(waves, axis=1)
