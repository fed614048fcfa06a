from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.backtest import SCORE_COLUMNS, backtest, rolling_origins
from shiftcast.forecasting.baseline import WeekdayMean, seasonal_naive
from shiftcast.forecasting.forecast import Forecast

from tests.unit.forecasting.made_histories import daily, queues

# Ten weeks, each 10 more than the one before: last week again is always 10 short.
GROWING = np.repeat(100.0 + 10.0 * np.arange(10), 7)


@dataclass(frozen=True)
class Witness:
    """Remembers how much history it was shown."""

    seen: list[tuple[int, TimeGrid]]
    name: str = "witness"

    def forecast(
        self,
        history: ContactHistory,
        calendar: Calendar,
        grid: TimeGrid,
        open_mask: NDArray[np.bool_] | None,
        rng: np.random.Generator,
    ) -> Forecast:
        self.seen.append((history.grid.days, grid))
        return WeekdayMean(1).forecast(history, calendar, grid, open_mask, rng)


def test_origins_are_counted_back_from_the_end():
    assert rolling_origins(70, 7, 7, 3, 28) == [49, 56, 63]
    assert rolling_origins(70, 28, 7, 9, 28) == [28, 35, 42]
    assert rolling_origins(30, 7, 7, 3, 28) == []


def test_every_origin_sees_only_the_days_before_it():
    witness = Witness([])
    report = backtest(daily(GROWING), Calendar(), [witness], count=2)
    assert [days for days, _ in witness.seen] == [56, 63] == list(report.origins)
    assert [grid.first_day for _, grid in witness.seen] == [
        daily(GROWING).grid.dates[56],
        daily(GROWING).grid.dates[63],
    ]


def test_scores_are_worked_out_over_all_origins():
    report = backtest(daily(GROWING), Calendar(), [seasonal_naive(), WeekdayMean(2)], count=2)
    assert tuple(report.scores.columns) == SCORE_COLUMNS
    scores = report.scores.set_index(["method", "grain"])
    naive = scores.loc[("weekday_mean_1", "day")]
    # Two weeks of 180 and 190 a day, 10 short each.
    assert naive["contacts"] == 7 * (180 + 190)
    assert naive["wape"] == pytest.approx(10 / 185)
    assert naive["bias"] == pytest.approx(-10 / 185)
    assert scores.loc[("weekday_mean_2", "interval"), "bias"] == pytest.approx(-15 / 185)
    # A range of one value holds nothing of a growing series.
    assert naive["coverage"] == 0.0
    assert naive["counted"] == 14
    # Each of the three quantiles is 10 short: (0.1 + 0.5 + 0.9) / 3 × 10.
    assert naive["pinball"] == pytest.approx(5.0)


def test_all_queues_are_scored_apart_and_together():
    history = queues([GROWING, 2 * GROWING], interval_min=1440)
    scores = backtest(history, Calendar(), [seasonal_naive()], count=1).scores
    day = scores[scores["grain"] == "day"].set_index("queue")
    assert day["contacts"].to_dict() == {"q0": 1330.0, "q1": 2660.0, "all": 3990.0}
    assert day["wape"].to_numpy() == pytest.approx(np.full(3, 10 / 190))


def test_days_add_up_their_intervals_and_gaps_are_not_scored():
    hours = np.repeat(GROWING, 24)
    hours[-30] = np.nan  # the last but one day
    history = queues([hours])
    scores = backtest(history, Calendar(), [seasonal_naive()], count=1).scores
    scores = scores.set_index("grain")
    assert scores.loc["day", "contacts"] == 6 * 24 * 190
    assert scores.loc["interval", "contacts"] == (7 * 24 - 1) * 190


def test_what_must_not_teach_is_not_scored():
    history = daily(GROWING)
    learn = history.learn.copy()
    learn[0, -1] = False
    scores = backtest(replace(history, learn=learn), Calendar(), [seasonal_naive()], count=1).scores
    assert scores["contacts"].tolist() == [6 * 190.0, 6 * 190.0]


def test_opening_hours_and_progress_are_passed_on():
    told: list[tuple[str, float]] = []
    report = backtest(
        daily(GROWING),
        Calendar(),
        [seasonal_naive()],
        count=2,
        open_mask=lambda grid: (grid.weekday < 5)[None],
        progress=lambda name, share: told.append((name, share)),
    )
    assert told == [("weekday_mean_1", 0.5), ("weekday_mean_1", 1.0)]
    # Saturday and Sunday are forecast as zero: 2 of 7 days are missed whole.
    assert report.scores["bias"].iloc[0] == pytest.approx(-(5 * 10 + 2 * 185) / (7 * 185))


def test_a_history_too_short_for_one_origin_is_a_mistake():
    with pytest.raises(ValueError, match="70 days are too few to forecast 60 after 28"):
        backtest(daily(GROWING), Calendar(), [seasonal_naive()], days=60)
