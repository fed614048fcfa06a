"""No early shift on the day after a night shift's."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.morning_after_night import RULE

from tests.factories import FREE, a_contract, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("D"),  # 08:00
    a_shift("E", earliest_start=420, latest_start=420),  # 07:00
    a_shift("M", earliest_start=0, latest_start=0, paid_min=240),  # 00:00–04:00
)


def problem(**changes: object) -> RosterProblem:
    """Early is before 08:00; night shifts touch 00:00–05:00."""
    rules = replace(FREE, morning_after_night=False, early_before=480)
    return a_problem(**{"rules": rules, "shifts": SHIFTS, **changes})


def test_a_later_start_or_a_day_off_between() -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, "MD.M.E"))


def test_a_morning_after_a_night() -> None:
    asked = problem()
    violation = assert_illegal(RULE, asked, a_roster(asked, "ME"))
    assert (violation.day, violation.params) == (1, {"start": "07:00"})


def test_a_published_night() -> None:
    asked = problem(history=a_past(problem(), "M"))
    assert_illegal(RULE, asked, a_roster(asked, "E"))


def test_a_contract_that_allows_it() -> None:
    asked = problem(contracts=(a_contract(morning_after_night=True),))
    assert_legal(RULE, asked, a_roster(asked, "ME"))
