from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from shiftcast.data.adjustments import Adjustment
from shiftcast.forecasting.adjust import apply_adjustments
from shiftcast.forecasting.tracking.actuals import actuals_on
from shiftcast.forecasting.tracking.scores import adjustments_worth, track, whole_days

from tests.unit.forecasting.made_forecasts import (
    MONDAY,
    a_forecast,
    beside,
    flat,
    grid_of,
    steady,
    what_came,
)

TUESDAY = MONDAY + timedelta(days=1)


def row(frame: pd.DataFrame, **of: object) -> pd.Series:
    chosen = frame
    for column, value in of.items():
        chosen = chosen[chosen[column] == value]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_scores_by_queue_and_together() -> None:
    """q0: 10 expected and 12 came each hour, q1: 30 and 27; of 24 hours each."""
    grid = grid_of(1)
    forecast = a_forecast(flat([10, 30], grid), grid)
    queues = track(forecast, beside(forecast, flat([12, 27], grid))).queues
    first, second, both = (row(queues, queue=name) for name in ("q0", "q1", "all"))
    assert (first["contacts"], first["expected"]) == (288.0, 240.0)
    assert first["wape"] == pytest.approx(2 / 12)
    assert first["bias"] == pytest.approx(-2 / 12)
    assert second["bias"] == pytest.approx(3 / 27)
    assert both["wape"] == pytest.approx((2 + 3) / (12 + 27))
    # Together one expects too few and the other too many.
    assert both["bias"] == pytest.approx((3 - 2) / (12 + 27))
    assert (both["days"], both["day_wape"]) == (1, pytest.approx(5 / 39))


def test_day_totals_cancel_what_hours_do_not() -> None:
    grid = grid_of(1)
    forecast = a_forecast(flat([10], grid), grid)
    came = np.tile([8.0, 12.0], 12)[None]
    found = row(track(forecast, beside(forecast, came)).queues, queue="q0")
    assert found["wape"] == pytest.approx(0.2)
    assert found["day_wape"] == 0.0


def test_coverage_counts_intervals_of_ten_contacts_or_more() -> None:
    """Within p10–p90 in the first 20 hours, far above in the last 4; the hour of 5 is not
    counted."""
    grid = grid_of(1)
    mean = flat([100], grid)
    mean[0, 0] = 5.0
    forecast = a_forecast(mean, grid)
    came = mean.copy()
    came[0, 20:] = 400.0
    found = row(track(forecast, beside(forecast, came)).queues, queue="q0")
    assert found["counted"] == 23
    assert found["coverage"] == pytest.approx(19 / 23)


def test_only_what_is_past_is_compared() -> None:
    """30 hours have gone by: Monday whole, six hours of Tuesday."""
    grid = grid_of(3)
    forecast = a_forecast(flat([10], grid), grid)
    found = track(forecast, beside(forecast, flat([11], grid), past=30))
    assert row(found.queues, queue="q0")["contacts"] == 330.0
    assert row(found.queues, queue="q0")["days"] == 1
    days = found.days
    assert days["date"].tolist() == [MONDAY, TUESDAY]
    assert days["whole"].tolist() == [True, False]
    assert days["expected"].tolist() == [240.0, 60.0]


def test_the_range_of_a_part_of_a_day_is_that_of_the_part() -> None:
    grid = grid_of(1)
    forecast = a_forecast(flat([100], grid), grid)
    day = track(forecast, beside(forecast, flat([100], grid), past=6)).days.iloc[0]
    part = forecast.paths[:, 0, :6].sum(axis=1)
    assert (day["p10"], day["p90"]) == tuple(np.quantile(part, (0.1, 0.9)))


def test_a_forecast_without_paths_has_no_range_of_days() -> None:
    grid = grid_of(1)
    forecast = steady(a_forecast(flat([100], grid), grid))
    day = track(forecast, beside(forecast, flat([100], grid))).days.iloc[0]
    assert np.isnan([day["p10"], day["p90"]]).all()


def test_what_must_not_teach_is_left_out_and_told() -> None:
    grid = grid_of(2)
    forecast = a_forecast(flat([10], grid), grid)
    history = what_came(flat([10], grid), grid)
    learn = history.learn.copy()
    learn[0, 24:27] = False
    history.offered[0, 30] = np.nan
    actuals = actuals_on(forecast, replace(history, learn=learn), grid.size)
    found = track(forecast, actuals)
    assert row(found.queues, queue="q0")["contacts"] == 440.0
    assert found.days["left_out"].tolist() == [0, 4]
    assert found.days["whole"].tolist() == [True, False]


def test_closed_hours_make_no_day_a_part() -> None:
    """At night nothing is expected, and nothing known."""
    grid = grid_of(1)
    mean = flat([10], grid)
    mean[0, :8] = 0.0
    forecast = a_forecast(mean, grid)
    came = mean.copy()
    came[0, :8] = np.nan
    assert whole_days(forecast, beside(forecast, came)).tolist() == [[True]]
    found = track(forecast, beside(forecast, came))
    assert found.days["left_out"].tolist() == [0]
    assert found.clock["minute"].tolist() == [60 * hour for hour in range(8, 24)]


def test_times_of_day_are_pooled_over_days() -> None:
    """At nine 14 came on Monday and 8 on Tuesday, where 10 were expected."""
    grid = grid_of(2)
    forecast = a_forecast(flat([10], grid), grid)
    came = flat([10], grid)
    came[0, 9], came[0, 33] = 14.0, 8.0
    at_nine = row(track(forecast, beside(forecast, came)).clock, queue="q0", minute=540)
    assert at_nine["wape"] == pytest.approx((4 + 2) / 22)
    assert at_nine["bias"] == pytest.approx((20 - 22) / 22)


def test_an_event_brought_what_came_beyond_the_forecast_without_it() -> None:
    """Of 12 expected at ten to fifteen, 4 are due to the sale; 11 came, so it brought 3 each."""
    grid = grid_of(1)
    mean = flat([8], grid)
    mean[0, 10:15] = 12.0
    sale = np.zeros(24)
    sale[10:15] = 4.0
    forecast = a_forecast(mean, grid, effects={("q0", "sale"): sale, ("q0", "later"): sale * 0})
    came = flat([8], grid)
    came[0, 10:15] = 11.0
    (event,) = track(forecast, beside(forecast, came)).events.to_dict("records")
    assert (event["queue"], event["event"]) == ("q0", "sale")
    assert (event["contacts"], event["expected"]) == (55.0, 60.0)
    assert (event["effect"], event["effect_seen"]) == (20.0, 15.0)


def test_handle_times_are_weighted_with_contacts() -> None:
    """200 s of 10 contacts in one hour and 320 s of 30 in another: 290 s on average."""
    grid = grid_of(1)
    forecast = a_forecast(flat([10], grid), grid, aht_s=300.0)
    offered, took = flat([0], grid), np.full((1, 24), np.nan)
    offered[0, [9, 10]], took[0, [9, 10]] = (10, 30), (200, 320)
    actuals = actuals_on(forecast, what_came(offered, grid, took), 24)
    found = row(track(forecast, actuals).queues, queue="q0")
    assert found["handle_s"] == pytest.approx(290.0)
    assert found["expected_handle_s"] == pytest.approx(300.0)


def test_nothing_past_gives_empty_frames() -> None:
    grid = grid_of(1)
    forecast = a_forecast(flat([10], grid), grid)
    found = track(forecast, beside(forecast, flat([10], grid), past=0))
    for frame in (found.queues, found.days, found.clock, found.events):
        assert frame.empty


def test_an_adjustment_is_worth_what_it_came_nearer() -> None:
    """+20 % on Monday from ten to noon, 10 → 12 an hour: 13 came, so 2 × 1 instead of 2 × 3 off.
    On Tuesday −5 an hour all day where 10 came: 120 further off."""
    grid = grid_of(2)
    model = a_forecast(flat([10], grid), grid)
    adjustments = (
        Adjustment(MONDAY, MONDAY, "news", from_minute=600, to_minute=720, percent=20.0),
        Adjustment(TUESDAY, TUESDAY, "quiet", contacts=-5.0),
    )
    adjusted, _ = apply_adjustments(model, adjustments)
    came = flat([10], grid)
    came[0, 10:12] = 13.0
    worth = adjustments_worth(model, adjusted, adjustments, beside(model, came))
    news, quiet = worth.to_dict("records")
    assert (news["contacts"], news["model"], news["adjusted"]) == (26.0, 20.0, 24.0)
    assert news["saved"] == pytest.approx(4.0)
    assert quiet["saved"] == pytest.approx(-120.0)


def test_an_adjustment_of_days_to_come_has_no_row() -> None:
    grid = grid_of(2)
    model = a_forecast(flat([10], grid), grid)
    later = (Adjustment(TUESDAY, TUESDAY, "later", percent=10.0),)
    adjusted, _ = apply_adjustments(model, later)
    actuals = beside(model, flat([10], grid), past=24)
    assert adjustments_worth(model, adjusted, later, actuals).empty
