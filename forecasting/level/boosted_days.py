"""Daily totals of all queues by one gradient-boosted model, which learns across queues.

A regression per queue gives every day of the horizon a base (`boosted_features`); trees then learn
the ratio of contacts to it from what was known at past origins, days ahead by days ahead. The
Poisson loss makes the forecast an expected value, and a small queue's chance is none of its
business: each day weighs by how well a day of its size can be known.

Sources: Ke et al., LightGBM, NeurIPS 30, 2017; Montero-Manso & Hyndman, Principles and algorithms
for forecasting groups of time series, International Journal of Forecasting 37(4), 2021 (one model
of all series).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import lightgbm
import numpy as np
from numpy.typing import NDArray

from ..day_marks import DayMarks
from .boosted_calendar import WEEK
from .boosted_features import OFFSET, DayTable, Outlook, outlooks

Array = NDArray[np.float64]

_LEAST_ORIGIN = 56  # days that the first forecast to learn from has before it
_LEAST_KNOWN = 28  # plain days that a queue's past must have to teach
_MOST_ROWS = 100_000
_MOST_CANDIDATES = 400_000  # rows that are made, for `_MOST_ROWS` to be drawn from
_ENOUGH_ROWS = 2_000  # origins are a day apart until so many rows are there
_LEAST_HALF_LIFE = 14.0
_DAY_VARIANCE = 0.02  # of the log of a day's contacts beyond count noise
_WILD_RATIO = 2.5
_WILD_CHANCE = 3.0  # Poisson deviations that a ratio may lie beyond `_WILD_RATIO`
_DAYS_A_YEAR = 365
_SEASONAL = "day_of_year"  # one year's days are told apart by it, but only a second confirms
_PARAMETERS = {
    "objective": "poisson",
    # Newton steps on ratios near 1 need none of the damping that counts near 0 do.
    "poisson_max_delta_step": 0.1,
    "learning_rate": 0.08,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "boost_from_average": False,
    "max_bin": 63,
    # One thread and one way of adding up: the same model on every machine.
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


@dataclass(frozen=True)
class BoostedDays:
    """What was learned: LightGBM's model as text, the names of its features in order, and the days
    ahead that it was taught. Without features there was nothing to learn, and the base stands."""

    model: str
    features: tuple[str, ...]
    days: int

    def expect(self, totals: Array, marks: Sequence[DayMarks], days: int) -> Array:
        """Expected contacts of the `days` days after `totals` (queues, known days), NaN where a
        day must not teach: shape (queues, days), 0 for a queue of which nothing is known.

        `marks` cover the known days, these days and one more; ValueError if they do not.
        """
        table = DayTable.of(totals, _covering(totals, marks, days))
        (outlook,) = outlooks(table, (totals.shape[1],), days, _half_life(self.days))
        log_contacts = outlook.log_base
        if self.features:
            rows = _matrix(outlook, self.features).reshape(-1, len(self.features))
            ratio = _booster(self.model).predict(rows, raw_score=True, num_threads=1)
            log_contacts = log_contacts + np.asarray(ratio).reshape(log_contacts.shape)
        return np.maximum(np.nan_to_num(np.exp(log_contacts)) - OFFSET, 0.0)


def learn_boosted_days(
    totals: Array, marks: Sequence[DayMarks], days: int, seed: int = 1
) -> BoostedDays:
    """Learns to forecast up to `days` days ahead from totals (queues, known days), NaN where a day
    must not teach; `marks` cover the known days and at least `days` + 1 more."""
    table = DayTable.of(totals, _covering(totals, marks, days))
    lessons = tuple(_lessons(table, totals, days, np.random.default_rng(seed)))
    taught = sum(len(lesson.ratio) for lesson in lessons)
    if not taught:
        return BoostedDays("", (), days)
    features = tuple(lessons[0].features)
    if totals.shape[1] < _DAYS_A_YEAR:
        features = tuple(name for name in features if name != _SEASONAL)
    kept = [lessons[0].features.index(name) for name in features]
    data = lightgbm.Dataset(
        np.concatenate([lesson.rows[:, kept] for lesson in lessons]),
        np.concatenate([lesson.ratio for lesson in lessons]),
        weight=np.concatenate([lesson.weight for lesson in lessons]),
        params={name: _PARAMETERS[name] for name in ("max_bin", "num_threads", "verbosity")},
    )
    # How much there is to learn bounds how much may be: half a year of one queue is soon learned
    # by heart, years of eighty queues are not.
    queue_days = int(np.isfinite(totals).sum())
    size = {
        "num_leaves": int(np.clip(queue_days / 2000, 8, 31)),
        "min_data_in_leaf": max(20, taught // 2000),
        "seed": seed,
    }
    rounds = int(np.clip(20 + queue_days / 500, 20, 160))
    booster = lightgbm.train(_PARAMETERS | size, data, rounds)
    return BoostedDays(booster.model_to_string(), features, days)


@dataclass(frozen=True)
class _Lesson:
    """Known days as they looked from one origin: `rows` (days, features), the `ratio` of contacts
    to the base, and the `weight` of each (days,)."""

    features: list[str]
    rows: NDArray[np.float32]
    ratio: Array
    weight: Array


def _lessons(
    table: DayTable, totals: Array, days: int, rng: np.random.Generator
) -> Iterator[_Lesson]:
    queues, known = totals.shape
    every = _origins_every(queues, known, days)
    origins = range(known - 1, _LEAST_ORIGIN - 1, -every)[::-1]
    share = min(1.0, _MOST_ROWS / (max(len(origins), 1) * queues * days))
    for outlook in outlooks(table, origins, days, _half_life(days)):
        ahead = slice(outlook.origin, min(outlook.origin + days, known))
        base = outlook.log_base[:, : ahead.stop - ahead.start]
        teaches = np.isfinite(table.log_totals[:, ahead]) & np.isfinite(base)
        teaches &= (outlook.known >= _LEAST_KNOWN)[:, None]
        teaches &= rng.random(teaches.shape) < share
        row, step = np.nonzero(teaches)
        expected = np.exp(base[teaches])
        size = np.exp(outlook.columns["size"][row, step])
        yield _Lesson(
            list(outlook.columns),
            _matrix(outlook, tuple(outlook.columns))[row, step],
            _ratio(totals[:, ahead][teaches] + OFFSET, expected),
            np.sqrt(size) / (_DAY_VARIANCE + 1.0 / size),
        )


def _origins_every(queues: int, known: int, days: int) -> int:
    """Days between the origins to learn from: few enough where there are few rows, whole weeks
    where there are many."""
    rows = queues * known * days
    if rows <= WEEK * _ENOUGH_ROWS:
        return max(1, round(rows / _ENOUGH_ROWS))
    return WEEK * max(1, round(rows / (WEEK * _MOST_CANDIDATES)))


def _ratio(contacts: Array, expected: Array) -> Array:
    """Contacts over expected, what is wild beyond chance drawn in: shape (rows,)."""
    chance = _WILD_CHANCE / np.sqrt(expected)
    low = np.maximum(1.0 / _WILD_RATIO - chance, 0.0)
    return np.clip(contacts / expected, low, _WILD_RATIO + chance)


def _matrix(outlook: Outlook, features: Sequence[str]) -> NDArray[np.float32]:
    """Shape (queues, days, features)."""
    columns = [outlook.columns[name] for name in features]
    return np.stack(columns, axis=-1, dtype=np.float32, casting="same_kind")


def _half_life(days: int) -> float:
    """Of a day in the level: the further ahead, the less a few days say."""
    return max(_LEAST_HALF_LIFE, float(days))


def _covering(totals: Array, marks: Sequence[DayMarks], days: int) -> Sequence[DayMarks]:
    needed = totals.shape[1] + days + 1
    covered = min(queue.days for queue in marks)
    if len(marks) != len(totals) or covered < needed:
        raise ValueError(
            f"marks of {len(marks)} queues cover {covered} days, "
            f"expected {len(totals)} queues and {needed} days"
        )
    return marks


@lru_cache(maxsize=4)
def _booster(model: str) -> lightgbm.Booster:
    return lightgbm.Booster(model_str=model)
