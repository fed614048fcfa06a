"""Nobody works before the first day or after the last, and the contract asks for less then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from shiftcast.data.people import Agent, TimeOff
from shiftcast.scheduling.rostering.problem import PAST_DAYS, RosterProblem
from shiftcast.scheduling.rostering.rules.contract_days import RULE as CONTRACT_DAYS
from shiftcast.scheduling.rostering.rules.contract_hours import RULE as CONTRACT_HOURS
from shiftcast.scheduling.rostering.rules.employment import RULE
from shiftcast.scheduling.rostering.rules.period_hours import RULE as PERIOD_HOURS

from tests.factories import MONDAY, a_contract, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (a_shift("D"), a_shift("N", earliest_start=1320, latest_start=1320))  # N: 22:00–06:00


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def problem(first: int | None, last: int | None, **contract: int) -> RosterProblem:
    """One agent, employed from one day of the week to another."""
    days = {"first_day": first, "last_day": last}
    agent = an_agent(**{name: None if n is None else day(n) for name, n in days.items()})
    return a_problem(shifts=SHIFTS, agents=(agent,), contracts=(a_contract(**contract),))


def test_from_the_first_day_to_the_last() -> None:
    asked = problem(2, 5)
    assert_legal(RULE, asked, a_roster(asked, "..DDDD"))


def test_before_the_first_day() -> None:
    asked = problem(2, None)
    violation = assert_illegal(RULE, asked, a_roster(asked, ".DDDDDD"))
    assert (violation.day, violation.fault, violation.params) == (1, "before", {"date": day(2)})


def test_after_the_last_day() -> None:
    asked = problem(None, 2)
    violation = assert_illegal(RULE, asked, a_roster(asked, "DDDD..."))
    assert (violation.day, violation.fault, violation.params) == (3, "after", {"date": day(2)})


def test_no_night_runs_beyond_the_last_day() -> None:
    asked = problem(None, 2)
    assert assert_illegal(RULE, asked, a_roster(asked, ".NN....")).day == 3
    assert_legal(RULE, asked, a_roster(asked, ".N....."))


@pytest.mark.parametrize("rule", [CONTRACT_DAYS, CONTRACT_HOURS, PERIOD_HOURS])
def test_the_contract_asks_for_less(rule: object) -> None:
    """Five days of eight hours a week, of which Monday and Tuesday do not count: three are enough,
    and two are not."""
    terms = {"min_days": 5, "max_days": 5, "min_minutes": 2400, "max_minutes": 2400}
    terms |= {"min_period_min": 2400, "max_period_min": 2400, "period_weeks": 1}
    asked = problem(2, None, **terms)
    assert_legal(rule, asked, a_roster(asked, "..DDD.."))
    assert_illegal(rule, asked, a_roster(asked, "..DD..."))


def test_days_outside_are_no_time_off() -> None:
    """Leave that was entered for days outside of employment is none, and nobody pays it."""
    off = TimeOff("A1", day(0), day(2))
    asked = replace(problem(2, None), time_off=(off,))
    assert set(asked.time_off_days) == {("A1", 2)}
    assert not asked.leave["A1", 1].paid
    assert asked.leave["A1", 2].paid


def test_who_is_employed_all_the_time_is_no_special_case() -> None:
    asked = problem(None, None)
    assert asked.unemployed == frozenset()
    long_ago = problem(-PAST_DAYS, 400)
    assert long_ago.unemployed == frozenset()


def test_nobody_leaves_before_they_come() -> None:
    with pytest.raises(ValueError, match="employment ends 2026-12-01 before it begins 2026-12-02"):
        Agent("A1", "", "full", frozenset(), first_day=day(2), last_day=day(1))
