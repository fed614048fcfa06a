from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting import storage
from shiftcast.forecasting.day_marks import DayMarks
from shiftcast.forecasting.level.boosted_calendar import AFTER, EVE, HOLIDAY, NEAR, CalendarTable
from shiftcast.forecasting.level.boosted_days import BoostedDays, learn_boosted_days
from shiftcast.forecasting.level.boosted_features import DayTable, outlooks

from tests.unit.forecasting.made_histories import MONDAY, marks_of

KNOWN, AHEAD = 392, 14
# Share of the week's mean on Monday … Sunday.
WEEK = np.array([1.3, 1.1, 1.0, 1.0, 1.1, 0.8, 0.7])
LEVELS = np.array([20.0, 200.0, 20_000.0])


def rhythm(days: int, levels: NDArray[np.float64] = LEVELS) -> NDArray[np.float64]:
    """Expected contacts (queues, days)."""
    return np.outer(levels, WEEK[np.arange(days) % 7])


def counted(mean: NDArray[np.float64], seed: int = 1) -> NDArray[np.float64]:
    return np.random.default_rng(seed).poisson(mean).astype(np.float64)


def plain_marks(queues: int = 3, calendar: Calendar | None = None) -> list[DayMarks]:
    return [marks_of(calendar or Calendar(), KNOWN + AHEAD + 1)] * queues


def promoted(*first_days: int) -> Calendar:
    """Promotions of five days from the given days on."""
    days = [MONDAY + timedelta(days=first) for first in first_days]
    return Calendar(
        promotions=tuple(Promotion(day, day + timedelta(days=4), "sale", "sale") for day in days)
    )


def forecast(totals: NDArray[np.float64], marks: list[DayMarks]) -> NDArray[np.float64]:
    return learn_boosted_days(totals, marks, AHEAD).expect(totals, marks, AHEAD)


def wape(actual: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """By queue: (queues,)."""
    return np.asarray(np.abs(mean - actual).sum(axis=1) / actual.sum(axis=1))


@pytest.fixture(scope="module")
def learned() -> BoostedDays:
    return learn_boosted_days(counted(rhythm(KNOWN)), plain_marks(), AHEAD)


def test_the_week_is_learned_by_queues_of_any_size(learned):
    mean = learned.expect(counted(rhythm(KNOWN)), plain_marks(), AHEAD)
    # A level of 20 contacts a day is known to 4 % from 28 days; the weekday's share to some more.
    assert (wape(rhythm(AHEAD), mean) < [0.12, 0.05, 0.04]).all()


def test_the_mean_of_small_counts_is_forecast_rather_than_their_median():
    # Half of such days have none or one contact: logs alone would forecast far too few.
    levels = np.full(20, 1.5)
    totals = counted(rhythm(KNOWN, levels))
    mean = forecast(totals, plain_marks(20))
    assert mean.sum() == pytest.approx(rhythm(AHEAD, levels).sum(), rel=0.06)


def test_two_runs_learn_the_same_and_another_seed_does_not(learned):
    totals = counted(rhythm(KNOWN))
    assert learn_boosted_days(totals, plain_marks(), AHEAD) == learned
    assert learn_boosted_days(totals, plain_marks(), AHEAD, seed=2) != learned


def test_what_was_learned_can_be_stored(learned, tmp_path):
    storage.save(tmp_path / "learned.npz", learned)
    assert storage.load(tmp_path / "learned.npz", BoostedDays) == learned


def test_it_forecasts_from_later_days_without_learning_again(learned):
    later = KNOWN + 21
    totals = counted(rhythm(later))
    totals[:, KNOWN:] *= 1.3
    marks = [marks_of(Calendar(), later + AHEAD + 1)] * 3
    mean = learned.expect(totals, marks, AHEAD)
    # Three weeks of 30 % more are followed at least half the way.
    assert (mean.sum(axis=1) > 1.15 * rhythm(AHEAD).sum(axis=1)).all()


def test_a_level_that_doubled_a_month_ago_is_followed():
    mean = rhythm(KNOWN)
    mean[:, -28:] *= 2.0
    found = forecast(counted(mean), plain_marks())
    np.testing.assert_allclose(found.sum(axis=1), 2.0 * rhythm(AHEAD).sum(axis=1), rtol=0.12)


def test_no_total_from_the_origin_on_is_looked_at():
    totals, origin = counted(rhythm(KNOWN)), 300
    changed = totals.copy()
    changed[:, origin:] = 7.0
    marks = plain_marks(calendar=promoted(280, 301))
    (one,) = outlooks(DayTable.of(totals, marks), (origin,), AHEAD, 14.0)
    (other,) = outlooks(DayTable.of(changed, marks), (origin,), AHEAD, 14.0)
    np.testing.assert_array_equal(one.log_base, other.log_base)
    for name, values in one.columns.items():
        np.testing.assert_array_equal(values, other.columns[name], err_msg=name)


def test_a_longer_calendar_changes_nothing():
    # Of what lies more than a day after the horizon, earlier origins must not know either.
    totals = counted(rhythm(KNOWN))
    beyond = KNOWN + AHEAD + 3
    day = MONDAY + timedelta(days=beyond)
    calendar = Calendar(
        special_days=(
            SpecialDay(day, day, DayKind.HOLIDAY, "feast"),
            SpecialDay(day, day, DayKind.SCHOOL_HOLIDAY, "summer"),
        ),
        promotions=promoted(70, 140, 210, beyond).promotions,
    )
    longer = [marks_of(calendar, beyond + 20)] * 3
    shorter = [queue.before(KNOWN + AHEAD + 1) for queue in longer]
    learned = learn_boosted_days(totals, longer, AHEAD)
    assert learned == learn_boosted_days(totals, shorter, AHEAD)
    np.testing.assert_array_equal(
        learned.expect(totals, longer, AHEAD), learned.expect(totals, shorter, AHEAD)
    )


PAST_SALES = (60, 95, 130, 165, 200, 235, 270, 305, 340, 375)


def sale_totals() -> NDArray[np.float64]:
    """Sales raise contacts by half."""
    mean = rhythm(KNOWN)
    for first in PAST_SALES:
        mean[:, first : first + 5] *= 1.5
    return counted(mean)


def test_a_promotion_thought_up_for_the_days_to_come_has_the_effect_of_earlier_ones():
    totals = sale_totals()
    without = plain_marks(calendar=promoted(*PAST_SALES))
    learned = learn_boosted_days(totals, without, AHEAD)
    usual = learned.expect(totals, without, AHEAD)
    what_if = plain_marks(calendar=promoted(*PAST_SALES, KNOWN + 7))
    found = learned.expect(totals, what_if, AHEAD)
    uplift = found[:, 7:12].sum(axis=1) / usual[:, 7:12].sum(axis=1)
    np.testing.assert_allclose(uplift, 1.5, rtol=0.1)


def test_a_queue_that_starts_late_learns_promotions_from_the_others():
    totals = sale_totals()
    # Of the ten sales the last queue has seen none but the last, of which two days are known.
    totals[2, :377] = np.nan
    totals[2, 379:380] = np.nan
    marks = plain_marks(calendar=promoted(*PAST_SALES, KNOWN + 7))
    found = forecast(totals, marks)
    assert found[2, 7:12].mean() / found[2, :5].mean() == pytest.approx(1.5, rel=0.15)


def test_a_promotion_with_a_stated_effect_has_this_effect():
    (coming,) = promoted(KNOWN + 7).promotions
    stated = plain_marks(calendar=Calendar(promotions=(replace(coming, effect=0.25),)))
    totals = counted(rhythm(KNOWN))
    learned = learn_boosted_days(totals, plain_marks(), AHEAD)
    ratio = learned.expect(totals, stated, AHEAD) / learned.expect(totals, plain_marks(), AHEAD)
    np.testing.assert_allclose(ratio[1:, 7:12], 0.25, rtol=0.02)
    np.testing.assert_allclose(ratio[:, :7], 1.0)


def feast(*days: int) -> Calendar:
    dates = [MONDAY + timedelta(days=day) for day in days]
    kind = DayKind.HOLIDAY
    return Calendar(special_days=tuple(SpecialDay(day, day, kind, "feast") for day in dates))


def test_a_holiday_is_learned_from_all_queues_and_drawn_to_the_queue_s_own():
    days = (100, 240, KNOWN + 3)
    mean = rhythm(KNOWN)
    mean[:, [100, 240]] *= 0.4
    found = forecast(counted(mean), plain_marks(calendar=feast(*days)))
    ratio = found[:, 3].sum() / rhythm(AHEAD)[:, 3].sum()
    # Two occasions, and one of what holidays are in general, which no more than those two told.
    assert 0.35 < ratio < 0.6


def test_a_make_up_workday_follows_the_working_weekdays():
    saturday = KNOWN + 5
    date_ = MONDAY + timedelta(days=saturday)
    calendar = Calendar(special_days=(SpecialDay(date_, date_, DayKind.WORKDAY, "make-up"),))
    found = forecast(counted(rhythm(KNOWN)), plain_marks(calendar=calendar))
    assert found[2, 5] == pytest.approx(WEEK[:5].mean() * LEVELS[2], rel=0.05)


def test_queues_of_which_little_or_nothing_is_known():
    totals = counted(rhythm(KNOWN, np.array([100.0, 100.0, 100.0, 100.0])))
    totals[0] = np.nan
    totals[1] = 0.0
    totals[2, :-3] = np.nan
    found = forecast(totals, plain_marks(4))
    assert found[0].tolist() == [0.0] * AHEAD
    assert found[1].max() < 0.5
    # Three days tell a level to within 20 %, the other queues the week.
    assert wape(rhythm(AHEAD, np.full(4, 100.0)), found)[2:] == pytest.approx(0.0, abs=0.25)


def test_nothing_known_at_all_gives_zeros():
    totals = np.full((2, KNOWN), np.nan)
    assert forecast(totals, plain_marks(2)).tolist() == np.zeros((2, AHEAD)).tolist()


def test_the_shortest_history_of_one_queue():
    # 84 days, closed on Sundays.
    totals = counted(rhythm(84, LEVELS[2:]))
    totals[:, 6::7] = np.nan
    marks = [marks_of(Calendar(), 84 + AHEAD + 1)]
    open_days = np.arange(AHEAD) % 7 < 6
    found = forecast(totals, marks)
    truth = rhythm(AHEAD, LEVELS[2:])
    assert wape(truth[:, open_days], found[:, open_days]) < 0.04


def test_closed_and_outage_days_do_not_teach():
    totals = counted(rhythm(KNOWN))
    first, last = MONDAY + timedelta(days=380), MONDAY + timedelta(days=383)
    calendar = Calendar(special_days=(SpecialDay(first, last, DayKind.OUTAGE, "down"),))
    marks = plain_marks(calendar=calendar)
    down = totals.copy()
    down[:, 380:384] = 1.0
    np.testing.assert_array_equal(forecast(totals, marks), forecast(down, marks))


def test_marks_must_cover_the_days_to_come_and_one_more(learned):
    totals = counted(rhythm(KNOWN))
    short = [queue.before(KNOWN + AHEAD) for queue in plain_marks()]
    with pytest.raises(ValueError, match="cover 406 days, expected 3 queues and 407 days"):
        learned.expect(totals, short, AHEAD)


def test_days_near_a_holiday_are_told_apart():
    table = CalendarTable.of([marks_of(feast(10), 20)])
    assert table.kind[0, 2:15].tolist() == [0, *[NEAR] * 6, EVE, HOLIDAY, AFTER, *[NEAR] * 2, 0]
    assert len(set(table.event[0, 3:14].tolist())) == 11


def test_a_holiday_more_than_a_day_after_the_horizon_is_not_seen():
    table = CalendarTable.of([marks_of(feast(10), 20)])
    assert (table.coming_events(4, 6)[0] > 0).all()
    assert not table.coming_events(4, 5).any()


def test_promotions_of_one_type_and_phase_share_a_column():
    def sale(first: int, type_: str, phase: str = "") -> Promotion:
        day = MONDAY + timedelta(days=first)
        return Promotion(day, day, type_, f"{type_} {phase}", phase=phase)

    one = Calendar(promotions=(sale(3, "618"), sale(9, "618")))
    several = Calendar(
        promotions=(sale(3, "618", "preheat"), sale(4, "618", "peak"), sale(9, "double11"))
    )
    plain, short, full = (
        CalendarTable.of([marks_of(calendar, 20)]).design.shape[2]
        for calendar in (Calendar(), one, several)
    )
    # Alike throughout: one column. Else: all, two types, and two phases of the first type.
    assert (short - plain, full - plain) == (1, 5)


def test_dates_of_a_leap_year():
    table = CalendarTable.of([marks_of(Calendar(), 61, date(2024, 1, 1))])
    assert table.given["left_in_month"][0, 58:61].tolist() == [1.0, 0.0, 30.0]
