"""Two plans side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import isnan, nan

import pytest
from shiftcast.cli.compare_view import CompareWords, move_line
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.planning.comparing import (
    LEAVE,
    Figure,
    MetricPair,
    PlanComparison,
    RulePair,
    WorkedShift,
    compare_plans,
)
from shiftcast.scheduling.planning.plan import Plan
from shiftcast.scheduling.rostering.roster import Assignment, Roster
from shiftcast.scheduling.rostering.told import UNMOVED

from tests.factories_plan import make_plan

PLAN = make_plan(agents=10)


def _with(plan: Plan, shifts: tuple[Assignment, ...]) -> Plan:
    return replace(plan, result=replace(plan.result, roster=Roster(plan.grid, shifts)))


def _metric(found: PlanComparison, metric: str, queue: str = "all") -> MetricPair:
    return next(m for m in found.metrics if (m.metric, m.queue) == (metric, queue))


def test_a_plan_beside_itself_differs_in_nothing() -> None:
    found = compare_plans(PLAN, PLAN)
    assert {pair.change for pair in found.metrics} == {0.0}
    assert found.moves == ()
    assert found.rules == (RulePair("rest", 1, 1),)
    assert found.common_days == PLAN.grid.dates


def test_moves_are_told_agent_by_agent() -> None:
    monday, tuesday, *rest = PLAN.roster.of_agent("a000")
    others = tuple(shift for shift in PLAN.roster.assignments if shift.agent != "a000")
    later = replace(monday, start=monday.start + 60, end=monday.end + 60)
    found = compare_plans(PLAN, _with(PLAN, (*others, later, *rest)))
    first, second = found.moves
    assert (first.agent, first.day) == ("a000", date(2026, 11, 30))
    assert isinstance(first.first, WorkedShift)
    assert isinstance(first.second, WorkedShift)
    assert (first.first.start.hour, first.second.start.hour) == (7, 8)
    assert second.day == date(2026, 12, 1)
    assert second.second is None
    assert tuesday.day == 1
    assert found.moved_agents == ("a000",)
    assert _metric(found, "shifts").change == -1


def test_a_day_of_illness_is_told_as_leave_and_a_day_off_then_is_no_move() -> None:
    monday, *rest = PLAN.roster.of_agent("a000")
    others = tuple(shift for shift in PLAN.roster.assignments if shift.agent != "a000")
    free = PLAN.roster.of_agent("a000")[-1].day + 1
    assert free < PLAN.grid.days
    ill = tuple(
        TimeOff("a000", day, day, paid=True) for day in (PLAN.grid.dates[0], PLAN.grid.dates[free])
    )
    mended = _with(PLAN, (*others, *rest))
    mended = replace(mended, problem=replace(mended.problem, time_off=ill))
    (move,) = compare_plans(PLAN, mended).moves
    assert move.day == PLAN.grid.dates[monday.day]
    assert (isinstance(move.first, WorkedShift), move.second) == (True, LEAVE)
    row = CompareWords("en").move_row(move_line(move))
    assert row[3] == "leave"


def test_breaks_alone_are_no_move() -> None:
    first, *others = PLAN.roster.assignments
    found = compare_plans(PLAN, _with(PLAN, (replace(first, breaks=()), *others)))
    assert found.moves == ()
    assert (found.moved.shifts > 0, found.moved.breaks >= found.moved.shifts) == (True, True)
    assert compare_plans(PLAN, PLAN).moved == UNMOVED


def test_weeks_without_a_common_day_have_no_moves() -> None:
    later = make_plan(agents=10, first_day=PLAN.grid.first_day + timedelta(days=7))
    found = compare_plans(PLAN, later)
    assert (found.common_days, found.moves) == ((), ())
    assert _metric(found, "contacts").first.value > 0


def test_half_a_common_week_is_compared() -> None:
    later = make_plan(agents=10, first_day=PLAN.grid.first_day + timedelta(days=4))
    found = compare_plans(PLAN, later)
    assert found.common_days == PLAN.grid.dates[4:]
    assert {move.day for move in found.moves} <= set(found.common_days)


def test_a_rule_that_only_one_plan_knows() -> None:
    rules = PLAN.rules[PLAN.rules["rule"] != "rest"]
    found = compare_plans(replace(PLAN, rules=rules), PLAN)
    assert found.rules == (RulePair("rest", None, 1),)


@pytest.mark.parametrize(
    ("one", "other", "by_chance"),
    [
        (Figure(0.84, 0.83, 0.85), Figure(0.86, 0.845, 0.87), True),
        (Figure(0.84, 0.83, 0.85), Figure(0.88, 0.87, 0.89), False),
        (Figure(0.84), Figure(0.84), False),
    ],
)
def test_ranges_that_overlap_may_differ_by_chance(
    one: Figure, other: Figure, by_chance: bool
) -> None:
    assert MetricPair("service_level", "phone", one, other).by_chance is by_chance


def test_a_figure_that_one_plan_lacks_has_no_change() -> None:
    assert isnan(MetricPair("service_level", "phone", Figure(nan), Figure(0.8)).change)
