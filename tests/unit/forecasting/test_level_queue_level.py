from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.calendar import Calendar, DayKind, Promotion, SpecialDay
from shiftcast.forecasting.level.level_forecast import LevelForecast
from shiftcast.forecasting.level.queue_level import learn_level
from shiftcast.forecasting.level.settings import USUAL, LevelSettings

from tests.unit.forecasting.made_histories import marks_of
from tests.unit.forecasting.made_levels import OPEN_WEEK, day, rhythm, sale, totals_of

KNOWN = 140
SOLD = (20, 48, 75, 103)


def expected(
    totals: np.ndarray,
    calendar: Calendar | None = None,
    days: int = 7,
    settings: LevelSettings = USUAL,
) -> LevelForecast:
    marks = marks_of(calendar or Calendar(), len(totals) + days + 1)
    return learn_level(totals, marks, settings).expect(totals, marks, days)


def sold(factor: float = 1.5, sizes: tuple[float, ...] = (1.0,) * 4) -> np.ndarray:
    """Totals with four sales of one day, each `size` times an uplift of `factor` − 1."""
    totals = totals_of(KNOWN)
    for at, size in zip(SOLD, sizes, strict=True):
        totals[at] *= 1.0 + size * (factor - 1.0)
    return totals


def sales(*to_come: Promotion, **given: object) -> Calendar:
    return Calendar(promotions=(*(sale(at, **given) for at in SOLD), *to_come))


def deviation(level: LevelForecast) -> np.ndarray:
    return np.sqrt(np.diag(level.covariance))


def test_the_week_is_found_again():
    level = expected(totals_of(KNOWN))
    assert level.mean == pytest.approx(1000 * OPEN_WEEK, rel=0.04)
    # Noise of 3 % a day is what remains, in the range as in the past days fitted.
    assert 0.015 < deviation(level).mean() < 0.05
    assert level.fitted[-28:] == pytest.approx(rhythm(28), rel=0.08)


def test_the_parts_multiply_to_the_mean():
    level = expected(sold(), sales(sale(142)))
    logs = level.level + level.season + level.weekday + level.effects["sale 142"]
    assert np.exp(logs) - level.offset == pytest.approx(level.mean)


def test_another_origin_needs_no_new_lesson():
    """What was learned of 112 days follows what the 21 after them tell, as far as it is used to
    levels that move."""
    totals, marks = totals_of(KNOWN), marks_of(Calendar(), KNOWN + 8)
    totals[112:] *= 1.2
    learned = learn_level(totals[:112], marks)
    assert learned.expect(totals[:112], marks, 7).mean.sum() == pytest.approx(7000, rel=0.04)
    later = learned.expect(totals[:133], marks, 7).mean.sum()
    assert 1.05 * 7000 < later < 1.2 * 7000
    again = learn_level(totals[:133], marks, earlier=learned).expect(totals[:133], marks, 7)
    assert later < again.mean.sum() < 1.25 * 7000


def test_a_make_up_saturday_is_a_weekday():
    worked = SpecialDay(day(145), day(145), DayKind.WORKDAY, "make-up")
    level = expected(totals_of(KNOWN), Calendar(special_days=(worked,)))
    # The mean (on the log scale) of Monday to Friday, not Saturday's 700.
    assert level.mean[5] == pytest.approx(1000 * np.exp(np.log(OPEN_WEEK[:5]).mean()), rel=0.04)


def test_the_level_is_the_mean_and_not_the_median():
    totals = 1000 * np.exp(np.random.default_rng(3).normal(0.0, 0.5, 280))
    # The log scale's own answer would be 1000; the mean is 1000 e^(0.125) = 1133.
    assert expected(totals, days=28).mean.mean() == pytest.approx(totals[-182:].mean(), rel=0.1)


def test_a_recent_rise_is_followed():
    totals = totals_of(168)
    totals[140:] *= 1.2  # too little for a shift
    assert expected(totals).mean.sum() == pytest.approx(1.2 * 7000, rel=0.05)
    # Where the residuals are not to be followed, the mean of half a year hardly moves.
    plain = expected(totals, settings=replace(USUAL, corrected=False))
    assert plain.mean.sum() < 1.12 * 7000


@pytest.mark.parametrize("factor", [3.0, 0.3])
def test_a_level_shift_is_noticed_and_followed(factor: float):
    totals, marks = totals_of(200), marks_of(Calendar(), 215)
    totals[170:] *= factor
    learned = learn_level(totals, marks)
    (found,) = learned.shifts
    assert abs(found - 170) <= 1
    assert learned.expect(totals, marks, 14).mean.sum() == pytest.approx(
        factor * rhythm(14, start=200).sum(), rel=0.05
    )


def test_a_wild_week_is_no_new_level():
    totals, marks = totals_of(200), marks_of(Calendar(), 208)
    totals[165:172] *= 3.0
    learned = learn_level(totals, marks)
    assert learned.shifts == ()
    week = learned.expect(totals, marks, 7).mean.sum()
    assert week == pytest.approx(rhythm(7).sum(), rel=0.08)


def test_one_wild_day_does_not_lift_the_level():
    totals = totals_of(KNOWN)
    totals[70] = 1e6
    assert expected(totals).mean.sum() == pytest.approx(rhythm(7).sum(), rel=0.05)
    totals = totals_of(KNOWN)
    totals[138] *= 20.0
    assert expected(totals).mean.sum() == pytest.approx(rhythm(7).sum(), rel=0.1)


def test_a_promotions_uplift_is_learned_and_scaled_by_size():
    """An uplift of one half; a sale twice the size adds twice as much, one of no size nothing."""
    for size, factor in ((1.0, 1.5), (2.0, 2.0), (0.0, 1.0)):
        level = expected(sold(), sales(sale(143, name="soon", size=size)))
        assert np.exp(level.effects["soon"][3]) == pytest.approx(factor, rel=0.08)
        assert level.mean[3] == pytest.approx(factor * 1100, rel=0.1)


def test_sizes_of_the_past_are_taken_out_again():
    sizes = (1.0, 2.0, 1.0, 3.0)
    past = tuple(sale(at, size=size) for at, size in zip(SOLD, sizes, strict=True))
    level = expected(sold(1.4, sizes), Calendar(promotions=(*past, sale(143))))
    assert np.exp(level.effects["sale 143"][3]) == pytest.approx(1.4, rel=0.08)


def test_overlapping_events_multiply():
    mailing = tuple(
        Promotion(day(at), day(at), "mail", "mailing") for at in (13, 34, 62, 90, 118, 143)
    )
    totals = sold()
    for at in (13, 34, 62, 90, 118):
        totals[at] *= 1.3
    calendar = Calendar(promotions=(*sales(sale(143)).promotions, *mailing))
    level = expected(totals, calendar)
    factors = {label: np.exp(log[3]) for label, log in level.effects.items()}
    assert factors["sale 143"] == pytest.approx(1.5, rel=0.1)
    assert factors["mailing"] == pytest.approx(1.3, rel=0.1)
    without = np.exp(level.level + level.season + level.weekday)[3]
    assert level.mean[3] == pytest.approx(without * factors["sale 143"] * factors["mailing"])


def test_a_stated_effect_replaces_what_was_learned():
    plain = expected(sold(), sales())
    level = expected(sold(), sales(sale(143, name="soon", effect=3.0)))
    assert level.mean[3] == pytest.approx(3.0 * plain.mean[3])
    # What the planner is sure of widens no range.
    assert deviation(level)[3] == pytest.approx(deviation(plain)[3], rel=1e-6)
    # A past sale whose effect is stated is taken out by it, and teaches the level as any day.
    stated = expected(sold(), sales(effect=1.5))
    assert stated.mean == pytest.approx(plain.mean, rel=0.02)


def test_an_effect_of_nothing_leaves_nothing():
    level = expected(totals_of(KNOWN), Calendar(promotions=(sale(143, effect=0.0),)))
    assert level.mean[3] < 0.01
    assert level.mean[[2, 4]] == pytest.approx([1100, 1100], rel=0.05)


def test_a_promotion_never_seen_takes_what_promotions_do_and_is_less_certain():
    known = expected(sold(), sales(sale(143, name="soon")))
    other = expected(sold(), sales(sale(143, name="soon", type="fair")))
    assert 1.05 < np.exp(other.effects["soon"][3]) < np.exp(known.effects["soon"][3]) < 1.6
    assert deviation(other)[3] > 1.5 * deviation(known)[3] > 1.5 * deviation(known)[2]
    # Nothing at all known of promotions: no effect, and more doubt still.
    first = expected(totals_of(KNOWN), Calendar(promotions=(sale(143, name="soon"),)))
    assert first.effects["soon"][3] == 0.0
    assert deviation(first)[3] > deviation(other)[3]


def test_phases_differ_and_teach_each_other():
    """Peaks double, preheats add a fifth; a peak of another type is a peak all the same."""
    totals, promotions = totals_of(KNOWN), []
    for at in SOLD:
        for phase, on, factor in (("preheat", at - 1, 1.2), ("peak", at, 2.0)):
            totals[on] *= factor
            promotions.append(sale(on, phase=phase, name=phase))
    soon = (
        sale(142, phase="preheat", name="next preheat"),
        sale(143, phase="peak", name="next peak"),
        sale(144, type="fair", phase="peak", name="fair peak"),
        sale(145, type="fair", phase="preheat", name="fair preheat"),
    )
    level = expected(totals, Calendar(promotions=(*promotions, *soon)))
    factor = {p.name: np.exp(level.effects[p.name][i + 2]) for i, p in enumerate(soon)}
    assert factor["next peak"] == pytest.approx(2.0, rel=0.1)
    assert factor["next preheat"] == pytest.approx(1.2, rel=0.1)
    assert factor["fair peak"] > 1.1 * factor["fair preheat"]


def test_a_holiday_seen_once_moves_most_of_the_way():
    days = (
        SpecialDay(day(60), day(60), DayKind.HOLIDAY, "feast"),
        SpecialDay(day(144), day(144), DayKind.HOLIDAY, "feast"),
    )
    totals = totals_of(KNOWN)
    totals[60] *= 0.3
    level = expected(totals, Calendar(special_days=days))
    assert 0.28 < np.exp(level.effects["feast"][4]) < 0.45
    # A second holiday, never seen, takes what holidays do in general, and is less certain.
    other = (days[0], SpecialDay(day(144), day(144), DayKind.HOLIDAY, "other"))
    unseen = expected(totals, Calendar(special_days=other))
    assert 0.28 < np.exp(unseen.effects["other"][4]) < 0.75
    assert deviation(unseen)[4] > deviation(level)[4] > deviation(level)[1]


def test_a_holiday_just_past_does_not_disturb_plain_weeks():
    holiday = SpecialDay(day(120), day(125), DayKind.HOLIDAY, "feast")
    totals = totals_of(KNOWN)
    totals[120:126] *= 0.1
    told = expected(totals, Calendar(special_days=(holiday,)))
    assert told.mean == pytest.approx(1000 * OPEN_WEEK, rel=0.04)


def test_closed_and_outage_days_do_not_teach():
    calendar = Calendar(
        special_days=(
            SpecialDay(day(130), day(131), DayKind.CLOSED, "closed"),
            SpecialDay(day(135), day(135), DayKind.OUTAGE, "cut off"),
        )
    )
    totals = totals_of(KNOWN)
    totals[[130, 131, 135]] = 1.0
    assert expected(totals, calendar).mean == pytest.approx(1000 * OPEN_WEEK, rel=0.04)


def test_where_promotions_are_most_days_they_are_explained():
    """Two days of three are sales of 1.5: too many to leave out of the baseline."""
    on = [number for number in range(KNOWN) if number % 3]
    totals = totals_of(KNOWN)
    totals[on] *= 1.5
    past = tuple(sale(number) for number in on)
    level = expected(totals, Calendar(promotions=(*past, sale(143))))
    assert np.exp(level.effects["sale 143"][3]) == pytest.approx(1.5, rel=0.1)
    plain = [0, 1, 2, 4, 5, 6]
    assert level.mean[plain] == pytest.approx((1000 * OPEN_WEEK)[plain], rel=0.06)
    assert level.mean[3] == pytest.approx(1650, rel=0.06)


def test_days_without_contacts_are_no_obstacle():
    drawn = np.random.default_rng(5).poisson(1.5, (3, KNOWN)).astype(float)
    levels = np.stack([expected(totals, days=28).mean for totals in drawn])
    assert levels.mean() == pytest.approx(1.5, rel=0.2)
    assert (levels >= 0).all()


@pytest.mark.parametrize("level", [1e-2, 1e9])
def test_the_unit_of_the_totals_does_not_matter(level: float):
    small = expected(totals_of(KNOWN, level)).mean
    assert small == pytest.approx(level * OPEN_WEEK, rel=0.05)


def test_the_last_five_weeks_are_enough():
    level = expected(totals_of(35))
    assert level.mean == pytest.approx(1000 * OPEN_WEEK, rel=0.08)


def test_what_is_given_is_not_changed(recwarn: pytest.WarningsRecorder):
    marks = marks_of(Calendar("US"), 154)
    totals, closed = totals_of(KNOWN), marks.closed.copy()
    copy = totals.copy()
    learn_level(totals, marks).expect(totals, marks, 7)
    assert np.array_equal(totals, copy)
    assert np.array_equal(marks.closed, closed)
    assert not recwarn.list


def test_promotions_to_come_do_not_change_what_is_learned():
    """Where sales come on most days, a new kind of sale next week explains none of them."""
    on = [number for number in range(KNOWN) if number % 3]
    totals = totals_of(KNOWN)
    totals[on] *= 1.5
    past = tuple(sale(number) for number in on)
    soon = sale(143, name="soon", phase="peak", size=2.0)
    plain = learn_level(totals, marks_of(Calendar(promotions=past), KNOWN + 8))
    other = learn_level(totals, marks_of(Calendar(promotions=(soon, *past)), KNOWN + 8))
    assert other.baseline.log == pytest.approx(plain.baseline.log, abs=1e-6)
    assert other.process.variances == pytest.approx(plain.process.variances, rel=1e-4)
