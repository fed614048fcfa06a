"""Shifts lie within the hours of the weekday they start on."""

from __future__ import annotations

from datetime import date

import pytest
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.availability import RULE

from tests.factories import MONDAY, a_grid, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

EARLY = a_shift("E", earliest_start=420, latest_start=420)  # 07:00–15:00
NIGHT = a_shift("N", earliest_start=1320, latest_start=1320)  # 22:00–30:00


def problem(
    *week: tuple[int, int] | tuple[()] | None, days: int = 7, first: date = MONDAY, tz: str = "UTC"
) -> RosterProblem:
    """The weekdays from Monday; those not given are free."""
    agent = an_agent(availability=(*week, *(None,) * (7 - len(week))))
    return a_problem(a_grid(first, days, tz=tz), agents=(agent,), shifts=(EARLY, NIGHT))


def test_a_shift_may_fill_the_hours_to_the_minute() -> None:
    asked = problem((420, 900))
    assert_legal(RULE, asked, a_roster(asked, "E"))
    assert_illegal(RULE, asked, a_roster(asked, "N"))


@pytest.mark.parametrize("hours", [(421, 900), (420, 899), ()])
def test_a_shift_that_starts_early_ends_late_or_finds_no_hours(hours: tuple[int, ...]) -> None:
    asked = problem(hours)
    assert_illegal(RULE, asked, a_roster(asked, "E"))
    assert_legal(RULE, asked, a_roster(asked, "."))


def test_hours_may_run_past_midnight() -> None:
    """Friday until 06:00 of Saturday; Saturday's own hours are another matter."""
    friday = (None,) * 4 + ((1320, 1800), ())
    assert_legal(RULE, problem(*friday), a_roster(problem(), "....N.."))
    short = (None,) * 4 + ((1320, 1799), ())
    assert_illegal(RULE, problem(*short), a_roster(problem(), "....N.."))


def test_the_weekday_holds_in_every_week_from_any_first_day() -> None:
    """A grid from Thursday; the agent does not work on Mondays, its days 4 and 11."""
    asked = problem((), days=14, first=date(2026, 12, 3))
    assert_legal(RULE, asked, a_roster(asked, "EEEE.EEEEEE.EE"))
    assert assert_illegal(RULE, asked, a_roster(asked, "EEEE.EEEEEEEEE")).day == 11


@pytest.mark.parametrize("first_day", [date(2026, 3, 28), date(2026, 10, 24)])
def test_in_the_night_of_a_clock_change_a_shift_keeps_its_length(first_day: date) -> None:
    """Hours are those of the clock at the start plus the length: Saturday 22:00 to 30:00."""
    saturday = (None,) * 5 + ((1320, 1800),)
    asked = problem(*saturday, days=3, first=first_day, tz="Europe/Berlin")
    assert_legal(RULE, asked, a_roster(asked, "N.."))
    tight = problem(*saturday[:5], (1320, 1740), days=3, first=first_day, tz="Europe/Berlin")
    assert_illegal(RULE, tight, a_roster(tight, "N.."))
