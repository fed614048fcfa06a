"""Overtime: hours above the contract's week, at their price, as far as they are allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.rules import Rules, Weights
from shiftcast.scheduling.planning.rosters import with_overtime
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.contract_hours import RULE as CONTRACT_HOURS
from shiftcast.scheduling.rostering.rules.overtime import RULE

from tests.factories import FREE, MONDAY, a_contract, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal, points


def problem(hours: float = 8, **changes: object) -> RosterProblem:
    """A week of 24 hours, and so many of overtime."""
    rules = replace(FREE, overtime_min=round(60 * hours))
    contract = a_contract(max_minutes=1440, max_days=6)
    return a_problem(**{"rules": rules, "contracts": (contract,), **changes})


def test_the_contracts_week_has_no_overtime() -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, "DDD"))


def test_hours_above_it_are_counted() -> None:
    asked = problem()
    violation = assert_illegal(RULE, asked, a_roster(asked, "DDDD"))
    assert (violation.params, violation.amount) == ({"hours": 32.0, "most": 24.0}, 8.0)


def test_only_so_much_is_allowed() -> None:
    asked = problem()
    assert_legal(CONTRACT_HOURS, asked, a_roster(asked, "DDDD"))
    assert assert_illegal(CONTRACT_HOURS, asked, a_roster(asked, "DDDDD")).amount == 8.0
    asked = problem(0)
    assert_illegal(CONTRACT_HOURS, asked, a_roster(asked, "DDDD"))


def test_the_engine_charges_what_the_audit_counts() -> None:
    asked = problem(16)
    asked = replace(asked, rules=with_overtime(asked.rules, Weights(overtime=3.0)))
    for pattern, price in (("DDD", 0.0), ("DDDD", 24.0), ("DDDDD", 48.0)):
        roster = a_roster(asked, pattern)
        assert points(asked, roster, (RULE, CONTRACT_HOURS)) == pytest.approx(price)


def test_a_price_among_the_soft_rules_goes_first() -> None:
    rules = Rules(soft=(("overtime", 5.0),))
    assert with_overtime(rules, Weights(overtime=3.0)) == rules


def test_leave_brings_overtime_nearer() -> None:
    """Two days of leave are four hours each: 8 + 24 are 8 above 24."""
    off = TimeOff("A1", MONDAY, MONDAY + timedelta(days=1))
    asked = problem(time_off=(off,))
    assert assert_illegal(RULE, asked, a_roster(asked, "..DDD")).amount == 8.0


def test_published_overtime_is_not_charged_again() -> None:
    asked = problem(16, first_weekday=3)
    asked = replace(asked, history=a_past(asked, "DDDD"))  # Thursday to Sunday
    assert_legal(RULE, asked, a_roster(asked, "..."))
    assert assert_illegal(RULE, asked, a_roster(asked, "D..")).amount == 8.0


def test_without_overtime_there_is_nothing_to_count() -> None:
    asked = problem(0)
    assert_legal(RULE, asked, a_roster(asked, "DDDD"))
