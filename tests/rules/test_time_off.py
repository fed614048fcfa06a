"""Nobody works on leave, nor into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.rostering.hours_off import without_hours_off
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.rules.time_off import RULE

from tests.factories import MONDAY, a_grid, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

EARLY = a_shift("E", earliest_start=420, latest_start=420)
UNTIL_MIDNIGHT = a_shift("M", earliest_start=960, latest_start=960)  # 16:00–24:00
NIGHT = a_shift("N", earliest_start=1320, latest_start=1320)


def problem(
    first: int, last: int, paid: bool = True, tz: str = "UTC", grid_from: date = MONDAY
) -> RosterProblem:
    days = [grid_from + timedelta(days=day) for day in (first, last)]
    return a_problem(
        a_grid(grid_from, tz=tz),
        shifts=(EARLY, UNTIL_MIDNIGHT, NIGHT),
        time_off=(TimeOff("A1", days[0], days[1], paid),),
    )


@pytest.mark.parametrize("paid", [True, False])
@pytest.mark.parametrize("day", [2, 3, 4])
def test_no_shift_starts_on_a_day_of_leave(paid: bool, day: int) -> None:
    asked = problem(2, 4, paid)
    violation = assert_illegal(RULE, asked, a_roster(asked, "." * day + "E"))
    assert violation.day == day
    assert_legal(RULE, asked, a_roster(asked, "EE...EE"))


def test_a_shift_may_end_at_the_midnight_that_leave_begins_at() -> None:
    asked = problem(2, 4)
    assert_legal(RULE, asked, a_roster(asked, ".M....."))
    assert assert_illegal(RULE, asked, a_roster(asked, ".N.....")).day == 2


def test_a_night_may_begin_the_day_after_leave() -> None:
    asked = problem(2, 4)
    assert_legal(RULE, asked, a_roster(asked, ".....N."))


def test_leave_on_the_day_after_the_grid_keeps_the_last_night_free() -> None:
    asked = problem(7, 9)
    assert_legal(RULE, asked, a_roster(asked, "......M"))
    assert_illegal(RULE, asked, a_roster(asked, "......N"))


def test_leave_of_others_does_not_count() -> None:
    asked = problem(0, 6)
    others = a_problem(asked.grid, shifts=asked.shifts, time_off=(TimeOff("A2", MONDAY, MONDAY),))
    assert_legal(RULE, others, a_roster(others, "EEEEEEE"))


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_leave_begins_at_local_midnight_in_the_week_of_a_clock_change(sunday: date) -> None:
    """Leave on the Monday after clocks change: a shift until Sunday midnight is legal."""
    asked = problem(7 - 1, 7 - 1, tz="Europe/Berlin", grid_from=sunday - timedelta(days=5))
    assert asked.grid.dates[5] == sunday
    assert_legal(RULE, asked, a_roster(asked, ".....M."))
    assert_illegal(RULE, asked, a_roster(asked, ".....N."))


@pytest.mark.parametrize(
    ("hours", "legal"),
    [((0, 420), True), ((0, 425), False), ((900, None), True), ((895, None), False)],
)
def test_a_shift_keeps_clear_of_hours_off(hours: tuple[int, int | None], legal: bool) -> None:
    """The early shift is from 07:00 to 15:00."""
    asked = a_problem(shifts=(EARLY,), time_off=(TimeOff("A1", MONDAY, MONDAY, True, "", *hours),))
    roster = a_roster(asked, "EE")
    if legal:
        assert_legal(RULE, asked, roster)
    else:
        assert assert_illegal(RULE, asked, roster).fault == "hours"


def test_hours_off_are_those_of_the_day_they_are_on() -> None:
    """A night from 22:00 to 06:00 runs into the hours off of the morning after it."""
    tuesday = MONDAY + timedelta(days=1)
    asked = a_problem(
        shifts=(NIGHT,), time_off=(TimeOff("A1", tuesday, tuesday, True, "", 0, 300),)
    )
    assert_illegal(RULE, asked, a_roster(asked, "N"))
    assert_legal(RULE, asked, a_roster(asked, ".N"))


def test_a_shift_that_hours_off_are_cut_out_of_is_legal() -> None:
    off = TimeOff("A1", MONDAY, MONDAY, from_minute=840)
    asked = a_problem(shifts=(EARLY,), time_off=(off,))
    (shift,) = a_roster(asked, "E").assignments
    cut = without_hours_off(asked, shift)
    assert list(RULE.check(asked, Roster(asked.grid, (cut,)))) == []
    longer = replace(asked, time_off=(replace(off, from_minute=780),))
    assert len(list(RULE.check(longer, Roster(asked.grid, (cut,))))) == 1
