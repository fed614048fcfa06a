"""Forward rotation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.data.rules import Rotation
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.rotation import RULE
from shiftcast.scheduling.rostering.rules.start_spread import RULE as STEADY

from tests.factories import FREE, a_contract, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("E", earliest_start=360, latest_start=480),
    a_shift("L", earliest_start=840, latest_start=840),
)


def problem(rotation: Rotation = Rotation.FORWARD, **changes: object) -> RosterProblem:
    rules = replace(FREE, rotation=rotation)
    return a_problem(**{"rules": rules, "shifts": SHIFTS, **changes})


@pytest.mark.parametrize("pattern", ["EEELLLL", "EL.EL.E", "L.E.L.E"])
def test_later_or_alike_or_after_a_day_off(pattern: str) -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, pattern))


def test_earlier_than_the_day_before() -> None:
    asked = problem()
    violation = assert_illegal(RULE, asked, a_roster(asked, "ELE"))
    assert (violation.day, violation.params) == (2, {"start": "06:00", "before": "14:00"})


def test_starts_of_one_shift_type_count_too() -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, "EE", starts=(360, 480)))
    assert_illegal(RULE, asked, a_roster(asked, "EE", starts=(480, 420)))


def test_the_published_day_before_the_plan() -> None:
    asked = problem(history=a_past(problem(), "L"))
    assert_illegal(RULE, asked, a_roster(asked, "E"))
    assert_legal(RULE, asked, a_roster(asked, ".E"))


def test_a_contract_without_rotation() -> None:
    asked = problem(contracts=(a_contract(rotation=Rotation.NONE),))
    assert_legal(RULE, asked, a_roster(asked, "LE"))


def test_a_fixed_rotation_starts_alike_all_week() -> None:
    asked = problem(Rotation.FIXED)
    assert_legal(RULE, asked, a_roster(asked, "LE"))
    assert_legal(STEADY, asked, a_roster(asked, "L.L..LL"))
    assert_illegal(STEADY, asked, a_roster(asked, "EE", starts=(360, 420)))
