"""Draws the sample's contact history around its truth, with what a real export has wrong with it.

Counts are negative binomial: Poisson around the true rate times noise that a whole day shares (all
queues partly together, and partly remembered the next day). One day had an outage, half a day of
rows was lost, and a few single rows are missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..grid import TimeGrid
from .truth import QUEUES, QueueTruth, expected_aht, expected_rate, open_intervals

COMMON_NOISE, COMMON_MEMORY = 0.035, 0.6
OWN_NOISE = 0.03
SLOW_NOISE, SLOW_MEMORY = 0.02, 0.98
INTERVAL_DISPERSION = 0.008
"""Variance of an interval's count is μ + 0.008 μ², given the day."""

_OUTAGE_DAYS_BEFORE_END, _LOST_DAYS_BEFORE_END = 109, 53
_SINGLE_ROWS_LOST = 14


@dataclass(frozen=True)
class Damage:
    """What is wrong with the history. Clock minutes; every queue is meant.

    During the outage nearly no call or chat came through while e-mails rose; the lost rows are
    simply not there.
    """

    outage_day: date
    lost_day: date
    outage_from: int = 10 * 60 + 15
    outage_to: int = 15 * 60 + 45
    lost_from: int = 13 * 60

    @staticmethod
    def of(grid: TimeGrid) -> Damage:
        """The damage done to a history on `grid`: always on a Wednesday if it ends on a Sunday."""
        return Damage(
            outage_day=grid.last_day - timedelta(days=_OUTAGE_DAYS_BEFORE_END),
            lost_day=grid.last_day - timedelta(days=_LOST_DAYS_BEFORE_END),
        )

    def outage(self, grid: TimeGrid) -> NDArray[np.bool_]:
        """Intervals of the outage: shape (grid.size,)."""
        clock = grid.minute_of_day
        inside: NDArray[np.bool_] = grid.day_of == grid.day_number(self.outage_day)
        inside &= (clock >= self.outage_from) & (clock < self.outage_to)
        return inside

    def lost(self, grid: TimeGrid) -> NDArray[np.bool_]:
        """Intervals whose rows were lost: shape (grid.size,)."""
        inside: NDArray[np.bool_] = grid.day_of == grid.day_number(self.lost_day)
        inside &= grid.minute_of_day >= self.lost_from
        return inside


def draw_history(grid: TimeGrid, rng: np.random.Generator) -> pd.DataFrame:
    """Columns `timestamp` (local clock, YYYY-MM-DD HH:MM), `queue`, `offered`, `handled`,
    `abandoned` (whole numbers, zeros written) and `aht_s` (whole seconds, missing if nothing was
    handled), in order of time; closed intervals have no row."""
    damage = Damage.of(grid)
    common = _remembering_noise(grid.days, COMMON_NOISE, COMMON_MEMORY, rng)
    clock = grid.starts.strftime("%Y-%m-%d %H:%M").to_numpy()
    parts = [_draw_queue(truth, grid, clock, common, damage, rng) for truth in QUEUES]
    frame = pd.concat(parts, ignore_index=True)
    frame = frame.sort_values(["timestamp", "queue"], kind="stable", ignore_index=True)
    gone = rng.choice(len(frame), size=_SINGLE_ROWS_LOST, replace=False)
    kept: pd.DataFrame = frame.drop(index=gone.tolist()).reset_index(drop=True)
    return kept


def _draw_queue(
    truth: QueueTruth,
    grid: TimeGrid,
    clock: NDArray[np.object_],
    common: NDArray[np.float64],
    damage: Damage,
    rng: np.random.Generator,
) -> pd.DataFrame:
    noise = common + rng.normal(0.0, OWN_NOISE, grid.days)
    noise += _remembering_noise(grid.days, SLOW_NOISE, SLOW_MEMORY, rng)
    variance = COMMON_NOISE**2 + OWN_NOISE**2 + SLOW_NOISE**2
    level = np.exp(noise - variance / 2)[grid.day_of]
    outage = damage.outage(grid)
    reached = np.where(outage, 1.5 if truth.name == "email" else 0.01, 1.0)
    rate = expected_rate(truth.name, grid) * level * reached
    spread = rng.gamma(1 / INTERVAL_DISPERSION, INTERVAL_DISPERSION, grid.size)
    offered = rng.poisson(rate * spread)
    abandoned = rng.binomial(offered, _abandon_share(truth, grid, level))
    handled = offered - abandoned
    aht = expected_aht(truth.name, grid) * _mean_of_sample(handled, truth.aht_cv, rng)
    frame = pd.DataFrame(
        {
            "timestamp": clock,
            "queue": truth.name,
            "offered": offered,
            "handled": handled,
            "abandoned": abandoned,
            "aht_s": pd.array(np.rint(aht), dtype="Float64").astype("Int64"),
        }
    )
    return frame[open_intervals(truth.name, grid) & ~damage.lost(grid)].copy()


def _abandon_share(
    truth: QueueTruth, grid: TimeGrid, level: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share that gives up, by interval: more on days busier than their surroundings."""
    busy = expected_rate(truth.name, grid) * level
    daily = np.add.reduceat(busy, grid.day_first[:-1])
    usual = pd.Series(daily).rolling(29, center=True, min_periods=1).median().to_numpy()
    share = truth.abandon_share * (daily / usual) ** 2.5
    result: NDArray[np.float64] = np.minimum(share, 0.35)[grid.day_of]
    return result


def _mean_of_sample(
    count: NDArray[np.int64], cv: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Mean of `count` positive times of mean 1 and coefficient of variation `cv`; NaN for none."""
    shape = np.maximum(count, 1) / cv**2
    return np.where(count > 0, rng.gamma(shape, 1 / shape), np.nan)


def _remembering_noise(
    days: int, sd: float, memory: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Stationary normal noise by day whose autocorrelation falls by `memory` a day."""
    steps = rng.normal(0.0, sd * np.sqrt(1 - memory**2), days)
    value = rng.normal(0.0, sd)
    result = np.empty(days)
    for day, step in enumerate(steps):
        value = memory * value + step
        result[day] = value
    return result
