from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.prophet_profile import ProphetProfile

from tests.unit.forecasting.made_histories import DAY, WEEK, after, daily, hourly_rhythm, queues

DAYS = 112
EXPECTED = hourly_rhythm(DAYS + 7, 500.0)


def made(days: int = DAYS, seed: int = 1) -> ContactHistory:
    counts = np.random.default_rng(seed).poisson(EXPECTED[: days * 24]).astype(float)
    return queues([counts])


def forecast(
    history: ContactHistory,
    calendar: Calendar | None = None,
    grid: TimeGrid | None = None,
    open_mask: np.ndarray | None = None,
    **settings: int,
) -> Forecast:
    return ProphetProfile(**settings).forecast(
        history,
        calendar or Calendar(),
        grid or after(history),
        open_mask,
        np.random.default_rng(1),
    )


@pytest.fixture(scope="module")
def plain() -> Forecast:
    return forecast(made())


def test_the_rhythm_of_week_and_day_is_forecast(plain: Forecast):
    truth = EXPECTED[DAYS * 24 :]
    assert np.abs(plain.mean[0] - truth).sum() / truth.sum() < 0.05
    assert plain.mean[0, truth == 0].sum() == 0


def test_quantiles_are_those_of_the_paths_and_hold_what_comes(plain: Forecast):
    assert np.quantile(plain.paths, 0.9, axis=0) == pytest.approx(plain.p90)
    assert (plain.p10 <= plain.p50).all()
    assert (plain.p50 <= plain.p90).all()
    busy = plain.mean[0] >= 10
    inside = []
    for seed in range(40):  # forty weeks that might have come
        came = np.random.default_rng(100 + seed).poisson(EXPECTED[DAYS * 24 :])
        inside.append(((came >= plain.p10[0]) & (came <= plain.p90[0]))[busy].mean())
    # Steady rates leave little but chance: the ranges hold 80 % and some more (whole numbers).
    assert 0.78 < np.mean(inside) < 0.95


def test_the_same_seed_gives_the_same_forecast(plain: Forecast):
    again = forecast(made())
    assert np.array_equal(again.paths, plain.paths)
    assert np.array_equal(again.mean, plain.mean)


def test_days_after_the_start_are_not_looked_at(plain: Forecast):
    longer = made(DAYS + 7)
    spoiled = longer.offered.copy()
    spoiled[:, DAYS * 24 :] = 999.0
    grid = after(made())
    later = forecast(replace(longer, offered=spoiled), grid=grid)
    assert np.array_equal(later.mean, plain.mean)
    assert np.array_equal(later.p90, plain.p90)


def test_nothing_comes_outside_the_opening_hours_given():
    history = made()
    grid = after(history)
    mask = (grid.minute_of_day >= 600)[None] & (grid.weekday != 2)
    found = forecast(history, grid=grid, open_mask=mask)
    assert (found.mean[~mask] == 0).all()
    assert (found.paths[:, ~mask] == 0).all()
    assert (found.mean[mask & (found.grid.weekday == 0)[None]] > 0).any()


def test_days_closed_by_the_calendar_are_zero(plain: Forecast):
    tuesday = after(made()).first_day + timedelta(days=1)
    closed = Calendar(special_days=(SpecialDay(tuesday, tuesday, DayKind.CLOSED, "move"),))
    found = forecast(made(), closed)
    assert found.daily_mean()[0, 1] == 0
    assert found.daily_mean()[0, 2] == pytest.approx(plain.daily_mean()[0, 2], rel=0.02)


def test_a_holiday_on_which_nothing_ever_came_is_zero():
    feasts = tuple(
        SpecialDay(day, day, DayKind.HOLIDAY, "feast")
        for day in (date(2024, 2, 7), date(2024, 4, 24))
    )
    history = made()
    offered = history.offered.copy()
    offered[0, 37 * 24 : 38 * 24] = 0.0  # 7 February
    found = forecast(replace(history, offered=offered), Calendar(special_days=feasts))
    assert found.daily_mean()[0, 2] == 0
    assert found.daily_mean()[0, 3] > 400


def test_a_make_up_sunday_takes_the_profile_and_level_of_weekdays():
    sunday = after(made()).last_day
    worked = Calendar(special_days=(SpecialDay(sunday, sunday, DayKind.WORKDAY, "make-up"),))
    found = forecast(made(), worked)
    # Weekdays 1.4, 1.2, 1.1, 1.1, 1.1 of 500 have a geometric mean of 587.
    assert found.daily_mean()[0, 6] == pytest.approx(587, rel=0.05)
    shape = found.mean[0, 6 * 24 :] / found.daily_mean()[0, 6]
    assert shape == pytest.approx(DAY / DAY.sum(), abs=0.02)


def test_what_each_event_adds_sums_to_all_that_they_add():
    first = after(made()).first_day
    promotions = (
        Promotion(first, first, "sale", "spring sale", effect=1.5),
        Promotion(first, first + timedelta(days=1), "mail", "mailing", effect=1.2),
    )
    plain, found = forecast(made()), forecast(made(), Calendar(promotions=promotions))
    added = found.effects["q0", "spring sale"] + found.effects["q0", "mailing"]
    assert added == pytest.approx((found.mean - plain.mean)[0], abs=1e-6)
    assert found.daily_mean()[0, 0] == pytest.approx(1.8 * plain.daily_mean()[0, 0])
    assert found.effects["q0", "spring sale"][24:].sum() == 0


def test_promotion_days_have_their_own_shape():
    evenings = np.zeros(24)
    evenings[15:18] = 1.0 / 3.0
    history = made()
    offered = history.offered.copy().reshape(DAYS, 24)
    sale_days = [14, 35, 56, 77, 98]  # Mondays
    for day in sale_days:
        offered[day] += np.round(700 * evenings)
    first = after(history).first_day
    days = [history.grid.first_day + timedelta(days=day) for day in sale_days] + [first]
    calendar = Calendar(promotions=tuple(Promotion(day, day, "sale", "sale") for day in days))
    found = forecast(replace(history, offered=offered.reshape(1, -1)), calendar)
    late = found.mean[0, 15:18].sum() / found.daily_mean()[0, 0]
    ordinary = DAY[15:18].sum() / DAY.sum()
    # Half of a sale's 1,400 contacts come in three hours that hold a fifth on other days.
    assert late > 2 * ordinary
    assert found.mean[0, 39:42].sum() / found.daily_mean()[0, 1] == pytest.approx(
        ordinary, rel=0.05
    )


def test_daily_histories_are_forecast_by_day():
    totals = np.random.default_rng(2).poisson(500 * WEEK[np.arange(140) % 7]).astype(float)
    found = forecast(daily(totals), grid=after(daily(totals), 28))
    assert found.mean.shape == (1, 28)
    assert found.mean[0, :7] == pytest.approx(500 * WEEK, rel=0.06)


def test_queues_do_not_touch_each_other_and_processes_do_not_matter():
    totals = [
        np.random.default_rng(seed).poisson(100 * WEEK[np.arange(70) % 7]).astype(float)
        for seed in range(3)
    ]
    history = queues(totals, interval_min=1440)
    one = forecast(history, paths=20)
    two = forecast(history, paths=20, parallel_from=2, workers=2)
    assert np.array_equal(one.paths, two.paths)
    alone = forecast(queues(totals[:1], interval_min=1440), paths=20)
    assert np.array_equal(alone.mean[0], one.mean[0])


def test_handle_time_is_forecast_where_history_tells_it():
    history = made()
    told = replace(history, aht_s=np.where(history.offered > 0, 180.0, np.nan))
    found = forecast(told)
    assert found.aht_s[0, 10] == pytest.approx(180.0)
    assert np.isnan(forecast(history).aht_s).all()


@pytest.mark.parametrize("days", [1, 3, 10])
def test_a_new_queue_is_forecast_from_the_days_there_are(days: int):
    history = made(days)
    found = forecast(history)
    assert 0.6 < found.mean.sum() / (7 * history.offered.sum() / days) < 1.2


def test_a_silent_queue_is_zero():
    silent = forecast(queues([np.zeros(60 * 24)]))
    assert silent.mean.sum() == silent.paths.sum() == 0
    assert forecast(queues([np.full(60 * 24, np.nan)])).mean.sum() == 0


def test_enormous_numbers_stay_finite():
    totals = 1e12 * (1.0 + 0.1 * np.random.default_rng(1).random(90))
    found = forecast(daily(totals))
    assert found.mean.mean() == pytest.approx(1.05e12, rel=0.05)


def test_a_day_with_a_clock_change_is_whole():
    rate = np.tile(DAY, 100)
    first = date(2024, 7, 15)
    history = queues([rate], first, 60, "Europe/Berlin")
    summer = replace(history, grid=TimeGrid(first, 100, 60, "Europe/Berlin"))
    found = forecast(summer, grid=TimeGrid(date(2024, 10, 23), 7, 60, "Europe/Berlin"))
    assert found.mean.shape == (1, 7 * 24 + 1)
    assert found.daily_mean()[0] == pytest.approx(np.full(7, DAY.sum()), rel=0.05)


def test_other_intervals_and_a_start_before_history_are_mistakes():
    history = made(40)
    with pytest.raises(ValueError, match="intervals of 60 minutes, the horizon of 15"):
        forecast(history, grid=TimeGrid(after(history).first_day, 7, 15))
    with pytest.raises(ValueError, match="on or after the horizon"):
        forecast(history, grid=TimeGrid(history.grid.first_day, 7, 60))
