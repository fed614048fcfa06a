from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.data.grid import TimeGrid
from shiftcast.data.history import ContactHistory
from shiftcast.forecasting.composed import ComposedForecaster
from shiftcast.forecasting.day_marks import DayMarks
from shiftcast.forecasting.forecast import Forecast
from shiftcast.forecasting.level.settings import LevelSettings

from tests.unit.forecasting.made_histories import DAY, WEEK, after, daily, hourly_rhythm, queues
from tests.unit.forecasting.made_levels import OPEN_WEEK, day, rhythm, sale, totals_of

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
    paths: int = 50,
    **given: Any,
) -> Forecast:
    return ComposedForecaster(paths=paths, companions=(), **given).forecast(
        history,
        calendar or Calendar(),
        grid or after(history),
        open_mask,
        np.random.default_rng(1),
    )


@pytest.fixture(scope="module")
def plain() -> Forecast:
    return forecast(made(), paths=200)


def test_the_rhythm_of_week_and_day_is_forecast(plain: Forecast):
    truth = EXPECTED[DAYS * 24 :]
    assert np.abs(plain.mean[0] - truth).sum() / truth.sum() < 0.06
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


def test_the_days_parts_multiply_to_the_mean(plain: Forecast):
    why = plain.explanation
    assert why is not None
    made_of = why.level * why.weekday * why.season * why.holiday * why.promotion * why.members_say
    assert made_of[0, :6] == pytest.approx(plain.daily_mean()[0, :6])
    assert why.members == ("prophet",)
    assert why.weights.tolist() == [[1.0]]
    # What its last weeks were off by: the chance of 500 contacts a day is 4 %.
    assert 0.02 < why.past_wape[0, 0] < 0.06


def test_the_same_seed_gives_the_same_forecast():
    one, two = forecast(made(35)), forecast(made(35))
    assert np.array_equal(one.paths, two.paths)
    assert np.array_equal(one.mean, two.mean)


def test_days_after_the_start_are_not_looked_at():
    longer = made(49)
    spoiled = longer.offered.copy()
    spoiled[:, 42 * 24 :] = 999.0
    grid = after(made(42))
    later = forecast(replace(longer, offered=spoiled), grid=grid)
    assert np.array_equal(later.paths, forecast(made(42)).paths)


def test_days_between_history_and_start_are_bridged():
    """Known until three weeks before the start, on a Wednesday."""
    grid = TimeGrid(after(made()).first_day + timedelta(days=23), 7, 60)
    found = forecast(made(), grid=grid)
    weekday = (grid.first_day.weekday() + np.arange(7)) % 7
    assert found.daily_mean()[0] == pytest.approx(500 * WEEK[weekday], rel=0.07)


def test_nothing_comes_outside_the_opening_hours_given():
    history = made(42)
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
    assert found.paths[:, 0, 24:48].sum() == 0
    assert found.daily_mean()[0, 2] == pytest.approx(plain.daily_mean()[0, 2], rel=0.02)


def test_a_holiday_on_which_nothing_ever_came_is_zero():
    feasts = tuple(
        SpecialDay(feast, feast, DayKind.HOLIDAY, "feast")
        for feast in (date(2024, 2, 7), date(2024, 4, 24))
    )
    history = made()
    offered = history.offered.copy()
    offered[0, 37 * 24 : 38 * 24] = 0.0  # 7 February
    found = forecast(replace(history, offered=offered), Calendar(special_days=feasts))
    assert found.daily_mean()[0, 2] == 0
    assert found.daily_mean()[0, 3] > 400


def test_a_make_up_sunday_takes_the_shape_and_level_of_weekdays():
    sunday = after(made()).last_day
    worked = Calendar(special_days=(SpecialDay(sunday, sunday, DayKind.WORKDAY, "make-up"),))
    found = forecast(made(), worked)
    # Weekdays 1.4, 1.2, 1.1, 1.1, 1.1 of 500 have a geometric mean of 587.
    assert found.daily_mean()[0, 6] == pytest.approx(587, rel=0.06)
    shape = found.mean[0, 6 * 24 :] / found.daily_mean()[0, 6]
    assert shape == pytest.approx(DAY / DAY.sum(), abs=0.02)


def test_what_each_event_adds_sums_to_all_that_they_add(plain: Forecast):
    first = after(made()).first_day
    promotions = (
        Promotion(first, first, "sale", "spring sale", effect=1.5),
        Promotion(first, first + timedelta(days=1), "mail", "mailing", effect=1.2),
    )
    found = forecast(made(), Calendar(promotions=promotions))
    added = found.effects["q0", "spring sale"] + found.effects["q0", "mailing"]
    assert added == pytest.approx((found.mean - plain.mean)[0], abs=1e-6)
    assert found.daily_mean()[0, 0] == pytest.approx(1.8 * plain.daily_mean()[0, 0])
    assert found.effects["q0", "spring sale"][24:].sum() == 0
    told = {effect.label: effect for effect in found.events}
    assert told["spring sale"].source == "stated"
    assert told["spring sale"].factor == told["spring sale"].factor_high == 1.5
    assert told["mailing"].contacts == pytest.approx(found.effects["q0", "mailing"].sum())


def test_promotion_days_have_their_own_shape():
    evenings = np.zeros(24)
    evenings[15:18] = 1.0 / 3.0
    history = made()
    offered = history.offered.copy().reshape(DAYS, 24)
    sale_days = [14, 35, 56, 77, 98]  # Mondays
    for sold in sale_days:
        offered[sold] += np.round(700 * evenings)
    calendar = Calendar(promotions=tuple(sale(at, name="sale") for at in (*sale_days, DAYS)))
    found = forecast(replace(history, offered=offered.reshape(1, -1)), calendar)
    late = found.mean[0, 15:18].sum() / found.daily_mean()[0, 0]
    ordinary = DAY[15:18].sum() / DAY.sum()
    # Half of a sale's 1,400 contacts come in three hours that hold a fifth on other days.
    assert late > 1.8 * ordinary
    assert found.mean[0, 39:42].sum() / found.daily_mean()[0, 1] == pytest.approx(
        ordinary, rel=0.05
    )


def months_of_sales() -> tuple[list[np.ndarray], list[Promotion]]:
    """Two queues that double on ten days of sale."""
    rows = [totals_of(140, seed=seed) for seed in (1, 2)]
    past = [sale(at) for at in range(10, 136, 13)]
    for row in rows:
        row[10:136:13] *= 2.0
    return [np.round(row) for row in rows], past


def test_events_are_told_with_their_range_and_where_it_comes_from():
    rows, past = months_of_sales()
    soon = (sale(141, name="known"), sale(143, name="new", type="fair"))
    history = queues([*rows, np.round(totals_of(140, seed=3))], interval_min=1440)
    only_two = tuple(replace(one, queue=queue) for one in past for queue in ("q0", "q1"))
    found = forecast(history, Calendar(promotions=(*only_two, *soon)))
    told = {(effect.queue, effect.label): effect for effect in found.events}
    known, new, pooled = told["q0", "known"], told["q0", "new"], told["q2", "known"]
    assert known.factor == pytest.approx(2.0, rel=0.07)
    assert (known.source, known.seen) == ("learned", 10)
    assert known.factor_low < known.factor < known.factor_high
    assert (known.first, known.last) == (day(141), day(141))
    # Queue q2 never had a sale; both others say what it does, with more doubt.
    assert (pooled.source, pooled.seen) == ("pooled", 0)
    assert pooled.factor == pytest.approx(2.0, rel=0.1)
    assert pooled.factor_high / pooled.factor_low > known.factor_high / known.factor_low
    assert new.source == "pooled"
    assert 1.0 < new.factor < known.factor
    assert new.factor_high / new.factor_low > pooled.factor_high / pooled.factor_low
    # The doubt is in the ranges too: from p10 to p90 relative to the mean.
    width = (found.p90 - found.p10) / found.mean
    assert width[2, 1] > 1.3 * width[0, 1]
    assert width[0, 3] > 1.3 * width[0, 1]


def test_a_level_shift_is_told_and_followed():
    totals = totals_of(150)
    totals[120:] *= 3.0
    found = forecast(daily(np.round(totals)))
    assert list(found.shifts) == ["q0"]
    assert abs((found.shifts["q0"][0] - day(120)).days) <= 2
    assert found.mean.sum() == pytest.approx(3 * rhythm(7, start=150).sum(), rel=0.05)
    assert forecast(daily(np.round(totals_of(60)))).shifts == {}


def test_settings_are_those_of_the_queue():
    """Where the level is not followed, a rise of the last weeks is met less closely."""
    rows = [totals_of(140), totals_of(140)]
    for row in rows:
        row[112:] *= 1.25
    history = queues([np.round(row) for row in rows], interval_min=1440)
    found = forecast(history, settings={"q1": LevelSettings(corrected=False)})
    truth = 1.25 * 7000
    missed = np.abs(found.mean.sum(axis=1) - truth)
    assert missed[0] < 0.07 * truth
    assert missed[1] > 1.3 * missed[0]


@dataclass(frozen=True)
class Prophecy:
    """A member that says a part of a thousand contacts a weekday, whatever the history."""

    share: float

    def expect(self, totals: np.ndarray, marks: Sequence[DayMarks], days: int) -> np.ndarray:
        start = totals.shape[1]
        return np.tile(self.share * rhythm(days, start=start), (len(totals), 1))


@dataclass(frozen=True)
class Prophet:
    name: str
    share: float
    least_days: int = 56

    def learn(self, totals: np.ndarray, marks: Sequence[DayMarks], days: int) -> Prophecy:
        return Prophecy(self.share)


def blended(*members: Prophet, calendar: Calendar | None = None, known: int = 140) -> Forecast:
    history = daily(np.round(totals_of(known, noise=0.15)))
    return ComposedForecaster(paths=20, companions=members).forecast(
        history, calendar or Calendar(), after(history), None, np.random.default_rng(1)
    )


def test_members_count_by_how_good_they_were():
    right, wrong = Prophet("right", 1.0), Prophet("wrong", 1.8)
    found = blended(right, wrong).explanation
    assert found is not None
    assert found.members == ("prophet", "right", "wrong")
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.weights[0, 1] > 0.4
    assert found.weights[0, 2] < 0.05
    assert found.past_wape[0, 2] > 0.6 > found.past_wape[0, 1]


def test_a_blend_is_the_weighted_mean_of_what_members_say():
    found = blended(Prophet("high", 1.02))
    alone = blended()
    assert found.explanation is not None
    share = found.explanation.weights[0, 1]
    assert share > 0
    expected = (1 - share) * alone.mean[0] + share * 1020 * OPEN_WEEK
    assert found.mean[0] == pytest.approx(expected)
    assert found.explanation.members_say[0] == pytest.approx(expected / alone.mean[0])


def test_stated_effects_hold_for_every_member():
    calendar = Calendar(promotions=(sale(142, effect=2.0),))
    plain, found = blended(Prophet("right", 1.0)), blended(Prophet("right", 1.0), calendar=calendar)
    factor = found.mean[0] / plain.mean[0]
    assert factor == pytest.approx([1, 1, 2, 1, 1, 1, 1])


def test_a_member_with_too_little_history_is_left_out():
    found = blended(Prophet("right", 1.0, least_days=200))
    assert found.explanation is not None
    assert found.explanation.members == ("prophet",)
    # Too short for any past forecast: nobody can be told from anybody.
    assert blended(Prophet("right", 1.0), known=56).explanation.members == ("prophet",)


def test_daily_histories_are_forecast_by_day():
    totals = np.random.default_rng(2).poisson(500 * WEEK[np.arange(140) % 7]).astype(float)
    found = forecast(daily(totals), grid=after(daily(totals), 28))
    assert found.mean.shape == (1, 28)
    assert found.mean[0, :7] == pytest.approx(500 * WEEK, rel=0.06)


def test_quarters_of_an_hour_are_forecast_by_quarter():
    quarters = np.repeat(EXPECTED[: 42 * 24] / 4.0, 4)
    counts = np.random.default_rng(2).poisson(quarters).astype(float)
    found = forecast(queues([counts], interval_min=15))
    assert found.mean.shape == (1, 7 * 96)
    assert found.daily_mean()[0] == pytest.approx(500 * WEEK, rel=0.1)
    assert found.mean[0, :96].reshape(24, 4).sum(axis=1) == pytest.approx(
        700 * DAY / DAY.sum(), rel=0.25, abs=2.0
    )


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


def test_queues_that_err_together_have_paths_that_do():
    """Both queues follow the same wandering demand; a third one does not."""
    rng = np.random.default_rng(3)
    common, own = rng.normal(0.0, 0.3, (2, 140))
    rows = [np.round(rhythm(140) * np.exp(error)) for error in (common, common, own)]

    def together(picked: list[np.ndarray]) -> float:
        paths = forecast(queues(picked, interval_min=1440), paths=200).paths
        days = np.log(paths / paths.mean(axis=0))
        return float(np.mean([np.corrcoef(days[:, 0, d], days[:, 1, d])[0, 1] for d in range(7)]))

    assert together(rows[:2]) > 0.7
    assert together(rows[1:]) < 0.4


def test_handle_time_is_forecast_where_history_tells_it():
    history = made(42)
    told = replace(history, aht_s=np.where(history.offered > 0, 180.0, np.nan))
    found = forecast(told)
    assert found.aht_s[0, 10] == pytest.approx(180.0)
    assert np.isnan(forecast(history).aht_s).all()


@pytest.mark.parametrize("days", [1, 3, 10, 27, 28, 35])
def test_a_new_queue_is_forecast_from_the_days_there_are(days: int):
    history = made(days)
    found = forecast(history)
    assert 0.6 < found.mean.sum() / (7 * history.offered.sum() / days) < 1.3
    assert found.explanation is not None
    assert np.isnan(found.explanation.past_wape).all()


def test_a_new_queue_borrows_from_the_one_most_like_it():
    """Ten days are known of q1, which has a fifth of q0's contacts and opens on Sundays too."""
    rows = [totals_of(112, seed=1), totals_of(112, 200.0, seed=2)]
    rows[1][:102] = np.nan
    found = forecast(queues(rows, interval_min=1440))
    assert found.borrowed == {"q1": "q0"}
    assert found.mean[1] == pytest.approx(200 * OPEN_WEEK, rel=0.15)


def test_a_silent_queue_is_zero_and_leaves_the_others_alone():
    silent = forecast(queues([np.zeros(60 * 24)]))
    assert silent.mean.sum() == silent.paths.sum() == 0
    assert forecast(queues([np.full(60 * 24, np.nan)])).mean.sum() == 0
    both = forecast(queues([np.zeros(60), totals_of(60)], interval_min=1440))
    assert both.mean[0].sum() == both.paths[:, 0].sum() == 0
    assert both.mean[1].sum() == pytest.approx(7000, rel=0.05)


def test_enormous_numbers_stay_finite():
    totals = 1e12 * (1.0 + 0.1 * np.random.default_rng(1).random(90))
    found = forecast(daily(totals))
    assert found.mean.mean() == pytest.approx(1.05e12, rel=0.05)


def test_a_day_with_a_clock_change_is_whole():
    first = date(2024, 7, 15)
    history = queues([np.tile(DAY, 100)], first, 60, "Europe/Berlin")
    found = forecast(history, grid=TimeGrid(date(2024, 10, 23), 7, 60, "Europe/Berlin"))
    assert found.mean.shape == (1, 7 * 24 + 1)
    assert found.daily_mean()[0] == pytest.approx(np.full(7, DAY.sum()), rel=0.05)


def test_other_intervals_and_a_start_before_history_are_mistakes():
    history = made(40)
    with pytest.raises(ValueError, match="intervals of 60 minutes, the horizon of 15"):
        forecast(history, grid=TimeGrid(after(history).first_day, 7, 15))
    with pytest.raises(ValueError, match="on or after the horizon"):
        forecast(history, grid=TimeGrid(history.grid.first_day, 7, 60))
