import numpy as np
import pytest
from shiftcast.forecasting.level.shifts import level_shifts

from tests.unit.forecasting.made_levels import totals_of

WEEKDAY = np.arange(400) % 7


def shifts(totals: np.ndarray, plain: np.ndarray | None = None) -> list[int]:
    days = len(totals)
    usual = np.ones(days, dtype=bool) if plain is None else plain
    return level_shifts(np.log(totals), usual, WEEKDAY[:days])


@pytest.mark.parametrize("factor", [0.4, 1.6, 3.0])
def test_a_jump_that_stays_is_found_on_its_day(factor: float):
    totals = totals_of(200)
    totals[130:] *= factor
    (found,) = shifts(totals)
    assert abs(found - 130) <= 1


def test_the_newest_week_is_enough():
    totals = totals_of(200)
    totals[191:] *= 2.0
    (found,) = shifts(totals)
    assert abs(found - 191) <= 2
    totals = totals_of(200)
    totals[197:] *= 2.0  # three days are not
    assert shifts(totals) == []


def test_two_jumps_are_told_in_order():
    totals = totals_of(300)
    totals[100:] *= 2.0
    totals[220:] *= 0.5
    found = shifts(totals)
    assert len(found) == 2
    assert np.abs(np.array(found) - [100, 220]).max() <= 2


@pytest.mark.parametrize("days", [1, 5])
def test_a_few_wild_days_are_no_shift(days: int):
    totals = totals_of(200)
    totals[120 : 120 + days] *= 5.0
    assert shifts(totals) == []


@pytest.mark.parametrize("factor", [0.2, 3.0])
@pytest.mark.parametrize("begin", [120, 180])
def test_a_wild_week_is_no_shift(begin: int, factor: float):
    totals = totals_of(200)
    totals[begin : begin + 7] *= factor
    assert shifts(totals) == []


def test_a_season_that_comes_slowly_is_no_shift():
    """Half as much again over five weeks before Christmas, and down again over four."""
    days = np.arange(400)
    season = np.interp(days, [310, 345, 373], [0.0, np.log(1.5), 0.0])
    assert shifts(totals_of(400) * np.exp(season)) == []


def test_noise_and_weekdays_are_no_shifts():
    assert shifts(totals_of(300, noise=0.25)) == []
    rough = np.random.default_rng(1).poisson(3.0, 300) + 0.5
    assert shifts(rough) == []


def test_days_with_events_do_not_count():
    """Four weeks of a sale look like a shift, unless they are known for what they are."""
    totals, plain = totals_of(200), np.ones(200, dtype=bool)
    totals[120:148] *= 2.0
    assert shifts(totals) != []
    plain[120:148] = False
    assert shifts(totals, plain) == []


def test_little_history_tells_of_no_shift():
    totals = totals_of(50)
    totals[30:] *= 3.0
    assert shifts(totals) == []
