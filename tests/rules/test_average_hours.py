"""Most paid hours a week on average of several weeks."""

from __future__ import annotations

from dataclasses import replace

from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.average_hours import RULE

from tests.factories import FREE, a_contract, a_grid, a_past, a_problem, a_roster
from tests.rules.verdicts import assert_illegal, assert_legal


def problem(hours: float, weeks: int, days: int = 7, **changes: object) -> RosterProblem:
    """At most so many hours a week, on average of so many weeks."""
    rules = replace(FREE, max_average_week_min=round(60 * hours), average_weeks=weeks)
    return a_problem(a_grid(days=days), **{"rules": rules, **changes})


def test_a_long_week_beside_a_short_one() -> None:
    asked = problem(32, weeks=2, days=14)
    assert_legal(RULE, asked, a_roster(asked, "DDDDDD.DD....."))  # 48 and 16 hours


def test_more_than_the_average_allows() -> None:
    asked = problem(32, weeks=2, days=14)
    violation = assert_illegal(RULE, asked, a_roster(asked, "DDDDDD.DDD...."))
    assert violation.params == {"hours": 36.0, "most": 32.0, "weeks": 2}
    assert violation.amount == 8.0  # 72 hours where 64 are allowed


def test_published_weeks_count() -> None:
    """Six published days of eight hours leave 16 of twice 32."""
    past = a_past(problem(32, 2), "DDDDDD.")
    asked = problem(32, weeks=2, history=past)
    assert_legal(RULE, asked, a_roster(asked, "DD....."))
    assert_illegal(RULE, asked, a_roster(asked, "DDD...."))


def test_weeks_of_which_nothing_is_known_do_not_count() -> None:
    asked = problem(24, weeks=17)
    assert_legal(RULE, asked, a_roster(asked, "DDD...."))
    assert_illegal(RULE, asked, a_roster(asked, "DDDD..."))


def test_a_published_past_above_the_average_is_not_to_blame() -> None:
    past = a_past(problem(16, 2), "DDDDDD.")
    asked = problem(16, weeks=2, history=past)
    assert_legal(RULE, asked, a_roster(asked, "......."))
    assert assert_illegal(RULE, asked, a_roster(asked, "D......")).amount == 8.0


def test_a_longer_plan_is_judged_part_by_part() -> None:
    """Three weeks at 16 hours on average of two: the first week alone, then the other two."""
    asked = problem(16, weeks=2, days=21)
    assert_legal(RULE, asked, a_roster(asked, "DD.....DDDD.........."))
    assert [v.day for v in RULE.check(asked, a_roster(asked, "DDD...."))] == [6]
    assert [v.day for v in RULE.check(asked, a_roster(asked, "DD.....DDDD...D"))] == [20]


def test_a_contracts_own_average_goes_first() -> None:
    contract = a_contract(max_average_week_min=2400, average_weeks=1)
    asked = problem(16, weeks=4, contracts=(contract,))
    assert_legal(RULE, asked, a_roster(asked, "DDDDD"))
