"""Paid hours of several weeks together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shiftcast.data.people import Contract, TimeOff
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.period_hours import RULE

from tests.factories import MONDAY, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal

HOUR = 60


def contract(least: int, most: int | None, weeks: int = 2) -> Contract:
    return a_contract(
        min_period_min=least * HOUR,
        max_period_min=None if most is None else most * HOUR,
        period_weeks=weeks,
        max_days=5,
    )


def problem(terms: Contract, days: int = 14, **changes: object) -> RosterProblem:
    return a_problem(a_grid(days=days), contracts=(terms,), **changes)


def test_weeks_make_up_for_one_another() -> None:
    asked = problem(contract(64, 80))
    assert_legal(RULE, asked, a_roster(asked, "DDDDD.." + "DDD...."))


@pytest.mark.parametrize(
    ("second", "fault", "amount"), [("DD.....", "few", 8), ("DDDDDD.", "many", 8)]
)
def test_too_few_and_too_many_hours(second: str, fault: str, amount: int) -> None:
    asked = problem(contract(64, 80))
    violation = assert_illegal(RULE, asked, a_roster(asked, "DDDDD.." + second))
    assert (violation.fault, violation.amount, violation.day) == (fault, amount, 13)


def test_published_weeks_count() -> None:
    past = a_past(problem(contract(64, 72)), "DDDDD..")
    asked = problem(contract(64, 72), days=7, history=past)
    assert_legal(RULE, asked, a_roster(asked, "DDD...."))
    assert_illegal(RULE, asked, a_roster(asked, "DD....."))
    assert_illegal(RULE, asked, a_roster(asked, "DDDDD.."))


def test_an_unknown_past_lowers_the_least_hours() -> None:
    """A week of five average days of eight hours is unknown; two days without one, too."""
    asked = problem(contract(80, None), days=7)
    assert_legal(RULE, asked, a_roster(asked, "DDD...."))


def test_paid_leave_counts_and_unpaid_leave_excuses() -> None:
    off = TimeOff("A1", MONDAY, MONDAY + timedelta(days=1))
    asked = problem(contract(80, 80), time_off=(off,))
    assert_legal(RULE, asked, a_roster(asked, "..DDD.." + "DDDDD.."))
    unpaid = problem(contract(80, 80), time_off=(TimeOff("A1", off.first, off.last, paid=False),))
    assert_legal(RULE, unpaid, a_roster(unpaid, "..DDD.." + "DDDDD.."))
    assert_illegal(RULE, unpaid, a_roster(unpaid, "..DDD.." + "DDDD..."))
