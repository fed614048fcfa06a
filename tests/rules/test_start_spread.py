"""Start clock times of a week lie close together."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from shiftcast.data.rules import Weights
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.start_spread import RULE

from tests.factories import NO_WEIGHTS, a_contract, a_grid, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal, found, possible

ANY = a_shift("D", earliest_start=0, latest_start=23 * 60, grid_min=30, paid_min=60)


def problem(most: int, days: int = 7, **changes: object) -> RosterProblem:
    contract = a_contract(max_start_spread_min=most)
    return a_problem(a_grid(days=days), contracts=(contract,), shifts=(ANY,), **changes)


def test_starts_within_the_spread() -> None:
    asked = problem(120)
    assert_legal(RULE, asked, a_roster(asked, "D.D.D..", starts=(480, 600, 540)))


def test_starts_further_apart_are_told_on_the_last_worked_day() -> None:
    asked = problem(120)
    violation = assert_illegal(RULE, asked, a_roster(asked, "D.D.D..", starts=(480, 630, 540)))
    assert (violation.day, violation.params) == (4, {"hours": 2.5, "most": 2.0})


def test_midnight_is_far_from_the_evening() -> None:
    """A spread is of clock times of the day, not the way round midnight."""
    asked = problem(120)
    assert_illegal(RULE, asked, a_roster(asked, "DD.....", starts=(23 * 60, 0)))


@pytest.mark.parametrize("days", [10, 14])
def test_each_week_has_its_own_window(days: int) -> None:
    asked = problem(60, days=days)
    assert_legal(RULE, asked, a_roster(asked, "D.....DDD", starts=(480, 540, 900, 960)))
    assert_illegal(RULE, asked, a_roster(asked, "D.....DDD", starts=(480, 540, 900, 990)))


def test_a_week_may_begin_within_the_grid() -> None:
    asked = problem(0, first_weekday=3)
    assert_legal(RULE, asked, a_roster(asked, "DDDDDDD", starts=(60,) * 3 + (600,) * 4))
    assert_illegal(RULE, asked, a_roster(asked, "DDDDDDD", starts=(60,) * 4 + (600,) * 3))


@pytest.mark.parametrize("first_day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_clock_counts_not_the_hours_between(first_day: date) -> None:
    """08:00 every day is steady, although a clock change puts 23 or 25 hours between two."""
    grid = a_grid(first_day, days=3, tz="Europe/Berlin")
    contract = a_contract(max_start_spread_min=0)
    asked = a_problem(grid, contracts=(contract,), shifts=(ANY,), first_weekday=6)
    assert_legal(RULE, asked, a_roster(asked, "DDD", starts=(480, 480, 480)))
    assert_illegal(RULE, asked, a_roster(asked, "DDD", starts=(480, 480, 540)))


@pytest.mark.parametrize("weights", [NO_WEIGHTS, Weights(steady_start=2.0)])
def test_a_price_of_steadiness_leaves_the_limit_as_it_is(weights: Weights) -> None:
    """Priced windows grow by whole hours; the limit of 90 minutes lies between two of them."""
    asked = problem(90, days=3, weights=weights)
    for starts in product((480, 510, 570, 600), repeat=3):
        roster = a_roster(asked, "DDD", starts=starts)
        legal = max(starts) - min(starts) <= 90
        assert (found(RULE, asked, roster) == []) is legal
        assert possible(asked, roster, (RULE,)) is legal
