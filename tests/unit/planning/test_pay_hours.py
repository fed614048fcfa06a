"""Hours by pay code, checked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shiftcast.data.calendar import Calendar, DayKind, SpecialDay
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.planning.pay_hours import PayCode, PayDays, pay_days, pay_lines
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Away, Break, Roster

from tests.factories import a_contract, a_grid, a_problem, an_agent

NO_DAYS = PayDays()


def _problem(most_hours: int | None = 40, **changes: object) -> RosterProblem:
    most = None if most_hours is None else most_hours * 60
    contract = a_contract(max_minutes=most, max_days=5)
    return a_problem(
        a_grid(days=7), agents=(an_agent(),), contracts=(contract,), demands=(), **changes
    )


def _day(day: int, start: int = 8, hours: int = 8) -> Assignment:
    begin = 1440 * day + 60 * start
    return Assignment("A1", day, "D", begin, begin + 60 * hours)


def _hours(
    problem: RosterProblem, *shifts: Assignment, days: PayDays = NO_DAYS
) -> dict[tuple[int, PayCode], float]:
    """Hours by (number of the day on the grid, code)."""
    lines = pay_lines(problem, Roster(problem.grid, shifts), days)
    number = problem.grid.day_number
    return {(number(line.day), line.code): line.minutes / 60 for line in lines}


def test_the_last_hours_above_the_week_are_overtime() -> None:
    problem = _problem()
    found = _hours(problem, *(_day(day, hours=9) for day in range(5)))
    assert [found[day, PayCode.NORMAL] for day in range(5)] == [9, 9, 9, 9, 4]
    assert found[4, PayCode.OVERTIME_150] == 5


def test_overtime_at_the_weekend_has_its_own_rate_unless_it_is_made_a_workday() -> None:
    problem = _problem()
    saturday = next(d for d in problem.grid.dates if d.weekday() == 5)
    day = problem.grid.day_number(saturday)
    monday = day - 5
    assert monday >= 0
    shifts = [*(_day(monday + d) for d in range(5)), _day(day)]
    assert _hours(problem, *shifts)[day, PayCode.OVERTIME_200] == 8
    moved = PayDays(workdays=frozenset({saturday}))
    assert _hours(problem, *shifts, days=moved)[day, PayCode.OVERTIME_150] == 8


def test_a_weekend_within_the_contracts_week_is_normal() -> None:
    problem = _problem()
    found = _hours(problem, *(_day(day) for day in (0, 1, 4, 5, 6)))
    assert {code for _, code in found} == {PayCode.NORMAL}


def test_holidays_are_paid_by_the_date_of_each_minute_and_count_towards_no_week() -> None:
    problem = _problem()
    holiday = PayDays(holidays=frozenset({problem.grid.dates[1]}))
    night = _day(0, start=20)  # 20:00–04:00: four hours on each date
    found = _hours(problem, night, *(_day(day) for day in (2, 3, 4, 5)), days=holiday)
    assert found[0, PayCode.NORMAL] == 4
    assert found[1, PayCode.OVERTIME_300] == 4
    # 4 + 32 hours within the week's 40.
    assert PayCode.OVERTIME_150 not in {code for _, code in found}


def test_night_hours_are_counted_a_second_time_and_unpaid_breaks_not_at_all() -> None:
    problem = _problem()  # night hours 00:00–05:00
    shift = _day(0, start=22)  # 22:00–06:00
    pause = Break(shift.start + 180, shift.start + 240, paid=False)  # 01:00–02:00
    found = _hours(problem, replace(shift, breaks=(pause,)))
    assert found == {
        (0, PayCode.NORMAL): 2,
        (1, PayCode.NORMAL): 5,
        (1, PayCode.NIGHT): 4,
    }


def test_paid_leave_is_the_contracts_average_day_and_fills_its_week() -> None:
    problem = _problem()
    first, second = problem.grid.dates[:2]
    problem = replace(
        problem, time_off=(TimeOff("A1", first, first), TimeOff("A1", second, second, paid=False))
    )
    found = _hours(problem, *(_day(day) for day in (2, 3, 4, 5, 6)))
    assert found[0, PayCode.LEAVE] == 8
    assert (1, PayCode.LEAVE) not in found
    # 8 h of leave and 40 h of work: the last 8 are above the week's 40.
    assert found[6, PayCode.OVERTIME_200] == 8


def test_hours_off_out_of_a_shift_are_leave_and_fill_the_week() -> None:
    """08:00–16:00 with a break at 12:00, gone at 11:00, paid; another gone unpaid after an hour."""
    shift = replace(_day(0), breaks=(Break(720, 780, paid=False),), away=(Away(660, 960, True),))
    unpaid = replace(_day(1), away=(Away(1440 + 540, 1440 + 960, paid=False),))
    found = _hours(_problem(), shift, unpaid, *(_day(day) for day in (2, 3, 4, 5)))
    assert (found[0, PayCode.NORMAL], found[0, PayCode.LEAVE]) == (3, 4)
    assert found[1, PayCode.NORMAL] == 1
    assert (1, PayCode.LEAVE) not in found
    # 4 h of leave, 3 + 1 + 24 h of work: all of the last day's 8 are within the week's 40.
    assert found[5, PayCode.NORMAL] == 8
    longer = _hours(_problem(), shift, *(_day(day) for day in (1, 2, 3, 4, 5)))
    assert longer[5, PayCode.OVERTIME_200] == 7


def test_without_a_most_there_is_no_overtime() -> None:
    found = _hours(_problem(None), *(_day(day, hours=10) for day in range(7)))
    assert {code for _, code in found} == {PayCode.NORMAL}


@pytest.mark.parametrize(
    ("code", "rate"),
    [
        (PayCode.NORMAL, 1.0),
        (PayCode.OVERTIME_150, 1.5),
        (PayCode.OVERTIME_200, 2.0),
        (PayCode.OVERTIME_300, 3.0),
        (PayCode.NIGHT, 0.0),
        (PayCode.LEAVE, 1.0),
    ],
)
def test_rates(code: PayCode, rate: float) -> None:
    assert code.rate == rate


def test_the_statutory_holidays_of_china_in_2026_are_thirteen() -> None:
    """As the State Council's notice for 2026 and the Labour Law's list have them; 4 October and
    the other days off around them are moved weekends."""
    days = pay_days(Calendar("CN"), [2026])
    assert len(days.holidays) == 13
    assert {date(2026, 10, day) for day in (1, 2, 3)} <= days.holidays
    assert date(2026, 10, 5) not in days.holidays
    assert date(2026, 10, 10) in days.workdays


def test_without_a_country_the_planners_holidays_hold() -> None:
    day = date(2026, 12, 24)
    calendar = Calendar(special_days=(SpecialDay(day, day, DayKind.HOLIDAY, "Eve"),))
    assert pay_days(calendar, [2026]).holidays == {day}
