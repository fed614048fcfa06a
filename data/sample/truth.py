"""What is true of the sample centre: the expected contacts and handle times behind its history.

The history is drawn around these numbers (`history.py`), so a forecast can be judged by how well
it finds them again. Expected contacts of a queue on a day are

    daily × growth × weekday × yearly rhythm × holiday factor × (1 + size × uplift) of each phase

spread over the day by an intraday profile (working days and days off differ) with the surge of the
phase, if there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..grid import TimeGrid
from .holidays import MAKE_UP_WORKDAYS, days_off, factors
from .promotions import Phase, phases

EPOCH = date(2024, 5, 27)
TIME_ZONE = "Asia/Shanghai"
INTERVAL_MIN = 15

# (clock hour, height): straight lines between the points, scaled so that the day adds up.
Profile = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class QueueTruth:
    """The true parameters of one queue.

    `daily` is the level of an average day at `EPOCH`, `growth` the share by which it grows a year,
    `weekday` seven factors (Monday first) with mean 1, `yearly` (cosine, sine) amplitudes of the
    yearly harmonics by day of year. `open_from`/`open_to` are clock minutes. Handle time is
    `aht_s` at `EPOCH`, grows by `aht_growth` a year, and is `aht_evening` times as long from
    19:00 and `aht_weekend` times on days off; `aht_cv` is the spread of single contacts.
    `abandon_share` is the share that gives up on a day like others.
    """

    name: str
    daily: float
    growth: float
    weekday: tuple[float, ...]
    yearly: tuple[tuple[float, float], ...]
    open_from: int
    open_to: int
    working_day: Profile
    day_off: Profile
    aht_s: float
    aht_growth: float
    aht_evening: float
    aht_weekend: float
    aht_cv: float
    abandon_share: float


QUEUES = (
    QueueTruth(
        name="phone",
        daily=840.0,
        growth=0.03,
        weekday=(1.16, 1.08, 1.05, 1.03, 1.00, 0.86, 0.82),
        yearly=((0.035, -0.020), (0.010, 0.015)),
        open_from=8 * 60,
        open_to=22 * 60,
        working_day=(
            (8, 0.55), (9, 1.15), (10.25, 1.55), (11.5, 1.30), (12.5, 0.85), (14, 1.15),
            (15.5, 1.35), (17.5, 1.05), (18.5, 0.80), (20, 0.95), (21, 0.75), (22, 0.40),
        ),
        day_off=(
            (8, 0.35), (9.5, 0.85), (10.75, 1.30), (12.5, 0.95), (15, 1.20), (18, 0.95),
            (20, 1.10), (21, 0.85), (22, 0.45),
        ),
        aht_s=254.0,
        aht_growth=0.015,
        aht_evening=1.06,
        aht_weekend=1.03,
        aht_cv=1.0,
        abandon_share=0.03,
    ),
    QueueTruth(
        name="chat",
        daily=920.0,
        growth=0.13,
        weekday=(1.04, 1.00, 0.98, 0.97, 0.97, 1.00, 1.04),
        yearly=((0.045, -0.035), (0.015, 0.010)),
        open_from=8 * 60,
        open_to=24 * 60,
        working_day=(
            (8, 0.40), (9, 0.85), (10.5, 1.25), (12, 1.05), (13, 1.10), (15, 1.25), (17.5, 0.95),
            (19, 1.10), (20.5, 1.45), (22, 1.30), (23, 0.85), (24, 0.45),
        ),
        day_off=(
            (8, 0.30), (10, 0.95), (11.5, 1.15), (14, 1.15), (16, 1.20), (18, 1.00), (20.5, 1.40),
            (22, 1.35), (23, 0.95), (24, 0.55),
        ),
        aht_s=428.0,
        aht_growth=-0.010,
        aht_evening=1.04,
        aht_weekend=1.00,
        aht_cv=0.8,
        abandon_share=0.025,
    ),
    QueueTruth(
        name="email",
        daily=250.0,
        growth=-0.05,
        weekday=(1.22, 1.12, 1.06, 1.02, 0.98, 0.80, 0.80),
        yearly=((0.030, -0.015), (0.010, 0.005)),
        open_from=0,
        open_to=24 * 60,
        working_day=(
            (0, 0.35), (2, 0.10), (6, 0.12), (8, 0.70), (10, 1.90), (12, 1.50), (14, 1.70),
            (17, 1.50), (19, 1.00), (21, 1.15), (23, 0.70), (24, 0.40),
        ),
        day_off=(
            (0, 0.45), (2, 0.15), (6, 0.12), (9, 0.80), (11, 1.40), (15, 1.35), (18, 1.15),
            (21, 1.40), (23, 0.85), (24, 0.45),
        ),
        aht_s=362.0,
        aht_growth=0.0,
        aht_evening=1.00,
        aht_weekend=1.00,
        aht_cv=0.9,
        abandon_share=0.0,
    ),
)  # fmt: skip


def queue_truth(queue: str) -> QueueTruth:
    """The parameters of a queue by name; KeyError if the sample has no such queue."""
    return {truth.name: truth for truth in QUEUES}[queue]


def expected_daily(queue: str, grid: TimeGrid) -> NDArray[np.float64]:
    """Expected contacts a day, shape (grid.days,); the outage day is not in it."""
    truth = queue_truth(queue)
    days = np.array([(day - EPOCH).days for day in grid.dates], dtype=float)
    angle = 2 * np.pi * np.array([day.timetuple().tm_yday for day in grid.dates]) / 365.25
    yearly = np.ones(grid.days)
    for k, (cosine, sine) in enumerate(truth.yearly, start=1):
        yearly += cosine * np.cos(k * angle) + sine * np.sin(k * angle)
    level = truth.daily * (1 + truth.growth) ** (days / 365.25)
    result: NDArray[np.float64] = level * yearly * _weekday(truth, grid) * _events(queue, grid)
    return result


def expected_rate(queue: str, grid: TimeGrid) -> NDArray[np.float64]:
    """Expected contacts an interval, shape (grid.size,); closed intervals are 0."""
    shape = _ordinary_shape(queue, grid)
    for phase in phases(grid.first_day, grid.last_day):
        shape = np.where(
            _between(grid, phase.first, phase.last)[grid.day_of], shape * _surge(phase, grid), shape
        )
    return _shares(shape, grid) * expected_daily(queue, grid)[grid.day_of]


def expected_aht(queue: str, grid: TimeGrid) -> NDArray[np.float64]:
    """Expected handle time in seconds by interval, shape (grid.size,).

    Of a chat it is the time it takes an agent who has no other chat.
    """
    truth = queue_truth(queue)
    days = np.array([(day - EPOCH).days for day in grid.dates], dtype=float)
    by_day = truth.aht_s * (1 + truth.aht_growth) ** (days / 365.25)
    by_day = np.where(_day_off(grid), by_day * truth.aht_weekend, by_day)
    for phase in phases(grid.first_day, grid.last_day):
        inside = _between(grid, phase.first, phase.last)
        by_day = np.where(inside, by_day * phase.handle_factor(queue), by_day)
    evening = grid.minute_of_day >= 19 * 60
    result: NDArray[np.float64] = by_day[grid.day_of] * np.where(evening, truth.aht_evening, 1.0)
    return result


@dataclass(frozen=True)
class PhaseTruth:
    """What a phase of a promotion truly does to one queue, against the same days without it.

    `contacts` is the factor on each day's contacts, shape (days,); `handle_time` the factor on
    handle time, the same at any hour; `shape` how many times its ordinary share of the day's
    contacts each interval draws, shape (days, intervals a day), NaN while the queue is closed.
    """

    dates: tuple[date, ...]
    contacts: NDArray[np.float64]
    handle_time: float
    shape: NDArray[np.float64]


def phase_truth(phase: Phase, queue: str) -> PhaseTruth:
    """The truth of one phase and queue, for benchmarks and tests. Holidays, weekdays and the
    season are not in it: they are there without the phase too. KeyError for an unknown queue."""
    days = (phase.last - phase.first).days + 1
    grid = TimeGrid(phase.first, days, INTERVAL_MIN, TIME_ZONE)
    ordinary = _ordinary_shape(queue, grid)
    drawn = _shares(ordinary * _surge(phase, grid), grid)
    usual = _shares(ordinary, grid)
    shape = np.divide(drawn, usual, out=np.full(grid.size, np.nan), where=usual > 0)
    return PhaseTruth(
        dates=grid.dates,
        contacts=np.array([phase.factor(queue, day) for day in grid.dates]),
        handle_time=phase.handle_factor(queue),
        shape=shape.reshape(days, grid.intervals_a_day),
    )


def open_intervals(queue: str, grid: TimeGrid) -> NDArray[np.bool_]:
    """Whether contacts of a queue can arrive, by interval: shape (grid.size,)."""
    truth = queue_truth(queue)
    clock = grid.minute_of_day
    result: NDArray[np.bool_] = (clock >= truth.open_from) & (clock < truth.open_to)
    return result


def _ordinary_shape(queue: str, grid: TimeGrid) -> NDArray[np.float64]:
    """Height of the day's profile without promotions, shape (grid.size,); 0 while closed."""
    truth = queue_truth(queue)
    clock = _clock(grid)
    off = _day_off(grid)[grid.day_of]
    shape = np.where(off, _height(truth.day_off, clock), _height(truth.working_day, clock))
    return np.where(open_intervals(queue, grid), shape, 0.0)


def _surge(phase: Phase, grid: TimeGrid) -> NDArray[np.float64]:
    """What a phase multiplies the profile's height by, on any day: shape (grid.size,)."""
    clock = _clock(grid)
    result = np.ones(grid.size)
    for start, end, factor in phase.surge:
        result[(clock >= start) & (clock < end)] *= factor
    return result


def _clock(grid: TimeGrid) -> NDArray[np.float64]:
    """Clock hour of the middle of each interval: shape (grid.size,)."""
    result: NDArray[np.float64] = (grid.minute_of_day + grid.interval_min / 2) / 60
    return result


def _shares(shape: NDArray[np.float64], grid: TimeGrid) -> NDArray[np.float64]:
    """Heights → each interval's share of its day: shape (grid.size,)."""
    total = np.add.reduceat(shape, grid.day_first[:-1])
    result: NDArray[np.float64] = shape / total[grid.day_of]
    return result


def _day_off(grid: TimeGrid) -> NDArray[np.bool_]:
    """Whether people are off (weekends that are not worked, holidays): shape (grid.days,)."""
    off = days_off()
    return np.array(
        [day in off or (day.weekday() >= 5 and day not in MAKE_UP_WORKDAYS) for day in grid.dates]
    )


def _weekday(truth: QueueTruth, grid: TimeGrid) -> NDArray[np.float64]:
    """Weekday factor by day; a holiday counts as a Sunday and a make-up workday as a Friday."""
    off = days_off()
    kinds = [6 if day in off else 4 if day in MAKE_UP_WORKDAYS else day.weekday()
             for day in grid.dates]  # fmt: skip
    return np.array(truth.weekday)[kinds]


def _events(queue: str, grid: TimeGrid) -> NDArray[np.float64]:
    """Factor of holidays and promotions by day: shape (grid.days,)."""
    holiday = factors()
    result = np.array([holiday.get(day, 1.0) for day in grid.dates])
    for phase in phases(grid.first_day, grid.last_day):
        for number in np.flatnonzero(_between(grid, phase.first, phase.last)):
            result[number] *= phase.factor(queue, grid.dates[number])
    return result


def _between(grid: TimeGrid, first: date, last: date) -> NDArray[np.bool_]:
    """Whether each day lies between two days, both included: shape (grid.days,)."""
    number = np.arange(grid.days)
    return (number >= grid.day_number(first)) & (number <= grid.day_number(last))


def _height(profile: Profile, clock: NDArray[np.float64]) -> NDArray[np.float64]:
    hours, heights = np.array(profile).T
    result: NDArray[np.float64] = np.interp(clock, hours, heights)
    return result
