"""So many of certain people are at work at any time of certain hours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.presence import Hours, LeastStaffing
from shiftcast.data.shifts import BreakRule, ShiftKind
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.least_staffing import RULE

from tests.factories import FREE, a_grid, a_past, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal, points, possible

SENIOR = frozenset({"phone", "senior"})
AGENTS = (an_agent("A1", skills=SENIOR), an_agent("A2", skills=SENIOR), an_agent("A3"))
SHIFTS = (
    a_shift("E", earliest_start=480, latest_start=480),  # 08:00–16:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
    a_shift("N", earliest_start=1320, latest_start=1320),  # 22:00–06:00
    a_shift("B", breaks=(BreakRule(60, True, 240, 240),)),  # a break at 12:00
    a_shift("S", kind=ShiftKind.ON_CALL),
)
DAYTIME = Hours(frozenset({0}), 480, 1320)  # Monday, 08:00–22:00


def problem(
    hours: Hours = DAYTIME, agents: int = 1, days: int = 2, **changes: object
) -> RosterProblem:
    wanted = LeastStaffing(agents, skill="senior", hours=hours)
    asked = {"agents": AGENTS, "shifts": SHIFTS, "least_staffing": (wanted,), **changes}
    return a_problem(a_grid(days=days), **asked)


def test_a_senior_is_always_there() -> None:
    asked = problem()
    assert_legal(RULE, asked, a_roster(asked, "E.", "L.", ".."))


def test_an_hour_without_one() -> None:
    asked = problem(replace(DAYTIME, end=1380))
    violation = assert_illegal(RULE, asked, a_roster(asked, "E.", "L.", ".."))
    assert (violation.agent, violation.day, violation.amount) == (None, 0, 1.0)
    assert violation.params == {"who": "senior", "there": 0, "least": 1, "time": "22:00"}


def test_others_do_not_count() -> None:
    asked = problem()
    violation = assert_illegal(RULE, asked, a_roster(asked, "E.", "..", "L."))
    assert violation.amount == 6.0  # from 16:00 on


def test_who_is_on_a_break_is_not_at_work() -> None:
    asked = problem(Hours(frozenset({0}), 480, 960))
    violation = assert_illegal(RULE, asked, a_roster(asked, "B.", "..", ".."))
    assert (violation.params["time"], violation.amount) == ("12:00", 1.0)
    assert_legal(RULE, asked, a_roster(asked, "B.", "E.", ".."))


def test_who_is_on_call_is_not_at_work() -> None:
    asked = problem(Hours(frozenset({0}), 480, 960))
    assert_illegal(RULE, asked, a_roster(asked, "S.", "..", ".."))


def test_two_at_a_time() -> None:
    asked = problem(Hours(frozenset({0}), 840, 960), agents=2)
    assert_legal(RULE, asked, a_roster(asked, "E.", "L.", ".."))
    assert_illegal(RULE, asked, a_roster(asked, "E.", "N.", "L."))


def test_hours_past_midnight_belong_to_the_day_they_begin_on() -> None:
    asked = problem(Hours(frozenset({0}), 1320, 1800))  # Monday 22:00 to Tuesday 06:00
    assert_legal(RULE, asked, a_roster(asked, "N.", "..", ".."))
    breaches = RULE.check(asked, a_roster(asked, ".N", "..", ".."))
    assert [(v.day, v.amount) for v in breaches] == [(0, 2.0), (1, 6.0)]


def test_a_published_night_reaches_into_the_plan() -> None:
    sunday_night = Hours(frozenset({6}), 1320, 1800)
    asked = problem(sunday_night)
    assert_illegal(RULE, asked, a_roster(asked, "..", "..", ".."))
    past = a_past(asked, "N")
    asked = problem(sunday_night, history=past)
    assert_legal(RULE, asked, a_roster(asked, "..", "..", ".."))


@pytest.mark.parametrize("weekday", [2, 6])
def test_other_days_ask_for_nobody(weekday: int) -> None:
    asked = problem(Hours(frozenset({weekday}), 480, 960))
    assert_legal(RULE, asked, a_roster(asked, "..", "..", ".."))


def test_an_entry_at_its_own_price_is_no_breach() -> None:
    """One at any time at 60 points an hour, and both from 14:00 to 16:00 whatever it costs."""
    soft = LeastStaffing(1, "senior", hours=DAYTIME, points=60.0)
    hard = LeastStaffing(2, "senior", hours=replace(DAYTIME, start=840, end=960), points=np.inf)
    asked = problem(least_staffing=(soft, hard))
    kept = a_roster(asked, "E.", "L.", "..")
    assert (audit(asked, kept), cost_breakdown(asked, kept).broken_rules) == ((), 0)
    short = a_roster(asked, "E.", "E.", "..")
    assert (audit(asked, short), cost_breakdown(asked, short).broken_rules) == ((), 6 * 60)
    assert points(asked, short, (RULE,)) == 6 * 60
    (violation,) = audit(asked, a_roster(asked, "E.", "..", ".."))
    assert violation.params["least"] == 2
    assert not possible(asked, a_roster(asked, "E.", "..", ".."), (RULE,))


def test_a_hard_entry_of_a_soft_rule() -> None:
    asked = problem(rules=replace(FREE, soft=(("least_staffing", 1.0),)))
    nobody = a_roster(asked, "..", "..", "..")
    assert audit(asked, nobody) == ()
    strict = replace(asked.least_staffing[0], points=np.inf)
    asked = replace(asked, least_staffing=(strict,))
    assert [violation.rule for violation in audit(asked, nobody)] == ["least_staffing"]
    assert cost_breakdown(asked, nobody).broken_rules == 0
    assert not possible(asked, nobody, (RULE,))
