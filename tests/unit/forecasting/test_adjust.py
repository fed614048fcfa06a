from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.adjustments import Adjustment
from shiftcast.data.grid import TimeGrid
from shiftcast.forecasting.adjust import apply_adjustments
from shiftcast.forecasting.forecast import Forecast

MONDAY = date(2026, 11, 30)


def made(interval_min: int = 60) -> Forecast:
    """Two queues with 10 contacts an interval for three days, none before 06:00."""
    grid = TimeGrid(MONDAY, 3, interval_min, "Asia/Shanghai")
    mean = np.full((2, grid.size), 10.0)
    if interval_min < 1440:
        mean[:, grid.minute_of_day < 360] = 0.0
    paths = np.stack([0.5 * mean, mean, 1.5 * mean])
    p10, p50, p90 = np.quantile(paths, (0.1, 0.5, 0.9), axis=0)
    unknown = np.full(mean.shape, np.nan)
    return Forecast(grid, ("phone", "chat"), mean, p10, p50, p90, unknown, paths, {})


def change(first: int = 0, last: int = 0, **values: object) -> Adjustment:
    days = MONDAY + timedelta(days=first), MONDAY + timedelta(days=last)
    return Adjustment(*days, reason="mailing", **values)


def test_percent_moves_mean_quantiles_and_paths_alike():
    found, table = apply_adjustments(made(), [change(percent=20.0, queue="phone")])
    assert found.mean[0, 6:24] == pytest.approx(np.full(18, 12.0))
    assert found.paths[2, 0, 6] == pytest.approx(18.0)
    assert found.p90[0, 6] == pytest.approx(1.2 * made().p90[0, 6])
    assert np.array_equal(found.mean[1], made().mean[1])
    assert np.array_equal(found.mean[0, 24:], made().mean[0, 24:])
    # 18 open hours × 10 contacts × 20 %.
    assert table.to_dict("records") == [
        {"reason": "mailing", "queue": "phone", "from": MONDAY, "to": MONDAY, "contacts": 36.0}
    ]


def test_contacts_are_added_to_each_interval_within_the_clock_times():
    adjustment = change(0, 1, contacts=5.0, from_minute=600, to_minute=720)
    found, table = apply_adjustments(made(), [adjustment])
    assert found.mean[0, 9:13].tolist() == [10.0, 15.0, 15.0, 10.0]
    assert found.mean[1, 24 + 10] == 15.0
    assert table["contacts"].tolist() == [20.0, 20.0]  # 2 hours × 2 days × 5, each queue
    assert table["to"].tolist() == [MONDAY + timedelta(days=1)] * 2


def test_a_part_of_an_interval_counts_as_its_share():
    adjustment = change(contacts=8.0, from_minute=600, to_minute=615)
    found, _ = apply_adjustments(made(), [adjustment])
    assert found.mean[0, 10] == pytest.approx(12.0)
    whole_days, _ = apply_adjustments(made(1440), [change(percent=50.0, to_minute=720)])
    assert whole_days.mean[0].tolist() == [12.5, 10.0, 10.0]


def test_nothing_is_added_while_closed():
    found, _ = apply_adjustments(made(), [change(contacts=5.0)])
    assert found.mean[0, :6].sum() == 0
    is_open = np.ones(made().mean.shape, dtype=bool)
    opened, _ = apply_adjustments(made(), [change(contacts=5.0)], is_open)
    assert opened.mean[0, :6].tolist() == [5.0] * 6


def test_taking_away_more_than_there_is_leaves_nothing():
    found, table = apply_adjustments(made(), [change(contacts=-25.0, queue="chat")])
    assert found.mean[1, :24].sum() == 0
    assert (found.paths >= 0).all()
    assert table["contacts"].tolist() == [-180.0]


def test_adjustments_follow_each_other_and_are_shown_apart():
    both = [
        change(percent=100.0, queue="phone"),
        change(contacts=-5.0, queue="phone"),
        change(5, 6, percent=10.0),  # outside the horizon
    ]
    found, table = apply_adjustments(made(), both)
    assert found.mean[0, 6] == 15.0
    assert table["contacts"].tolist() == [180.0, -90.0]


def test_without_adjustments_the_forecast_is_the_same_object():
    forecast = made()
    found, table = apply_adjustments(forecast, [])
    assert found is forecast
    assert table.empty
    assert list(table.columns) == ["reason", "queue", "from", "to", "contacts"]
