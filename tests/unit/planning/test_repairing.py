"""A plan mended after sickness: what fell out does not count, and nothing begun is moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.rules import Weights
from shiftcast.scheduling.planning.plan import Plan, plan_week
from shiftcast.scheduling.planning.repairing import (
    Repair,
    break_price,
    change_price,
    fallen_shifts,
    nearness,
    repair_plan,
)
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.rostering.roster import Assignment, Roster
from shiftcast.scheduling.rostering.told import UNMOVED, moved_breaks

from tests.unit.planning.small import GRID, Steady, a_centre, a_history

LIMIT = SolveLimit(seconds=20, rounds=3)
NOON_OF_TUESDAY = 1440 + 720


@pytest.fixture(scope="module")
def base() -> Plan:
    return plan_week(a_centre(), a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady())


def first_at_work(plan: Plan, day: int) -> Assignment:
    return next(s for s in plan.roster.assignments if s.day == day)


def absent(agent: str, day: int) -> TimeOff:
    return TimeOff(agent, GRID.dates[day], GRID.dates[day], kind="sick")


def mend(base: Plan, *away: TimeOff, frozen_until: int = 0, **told: bool) -> Repair:
    centre = base.centre.with_absences(away)
    return repair_plan(base, centre, frozen_until, limit=LIMIT, **told)


def begun(roster: Roster, until: int) -> set[Assignment]:
    return {shift for shift in roster.assignments if shift.start < until}


def days_of(shifts: Iterable[Assignment]) -> set[tuple[str, int]]:
    return {(shift.agent, shift.day) for shift in shifts}


def test_the_day_of_who_is_absent_is_no_change(base: Plan) -> None:
    shift = first_at_work(base, 2)
    found = mend(base, absent(shift.agent, 2))
    assert found.fallen == (shift,)
    assert (shift.agent, 2) not in days_of(found.plan.roster.assignments)
    assert (shift.agent, GRID.dates[2]) not in {(m.agent, m.day) for m in found.changes}
    assert len(found.comparison.moves) == len(found.changes) + 1
    assert found.plan.result.violations == ()
    assert found.plan.requirement is base.requirement


def test_a_gap_is_closed_as_far_as_it_is_worth_a_change(base: Plan) -> None:
    shift = first_at_work(base, 2)
    found = mend(base, absent(shift.agent, 2))
    assert found.short.before <= found.short.mended <= found.short.left
    assert found.short.left > found.short.before


def test_what_has_begun_stays_to_the_last_break(base: Plan) -> None:
    late = next(s for s in base.roster.assignments if s.day == 2)
    found = mend(base, absent(late.agent, 2), frozen_until=NOON_OF_TUESDAY)
    was, now = (begun(plan.roster, NOON_OF_TUESDAY) for plan in (base, found.plan))
    assert was
    assert now == was


def test_who_falls_ill_at_work_goes_all_the_same(base: Plan) -> None:
    early = min((s for s in base.roster.assignments if s.day == 1), key=lambda s: s.start)
    found = mend(base, absent(early.agent, 1), frozen_until=NOON_OF_TUESDAY)
    assert found.fallen == (early,)
    assert begun(found.plan.roster, NOON_OF_TUESDAY) == (
        begun(base.roster, NOON_OF_TUESDAY) - {early}
    )


def test_breaks_stay_on_days_on_which_nothing_changes(base: Plan) -> None:
    shift = first_at_work(base, 2)
    found = mend(base, absent(shift.agent, 2))
    touched = {2} | {GRID.day_number(move.day) for move in found.changes}
    quiet = {s for s in base.roster.assignments if s.day not in touched}
    assert quiet
    assert quiet <= set(found.plan.roster.assignments)


def test_without_anything_new_nothing_changes(base: Plan) -> None:
    found = mend(base, frozen_until=0)
    assert (found.fallen, found.changes, found.moved) == ((), (), UNMOVED)


@pytest.mark.parametrize("breaks_only", [False, True])
def test_dear_breaks_stay_where_they_are(base: Plan, breaks_only: bool) -> None:
    """On every day and for everybody, also on that of who is absent."""
    shift = first_at_work(base, 2)
    centre = base.centre.with_absences((absent(shift.agent, 2),))
    weights = replace(centre.weights, break_change=1e5)
    dear = replace(centre, weights=weights)
    found = repair_plan(base, dear, 0, limit=LIMIT, breaks_only=breaks_only)
    assert found.moved == UNMOVED
    free = replace(centre, weights=replace(weights, break_change=1e-6))
    moved = repair_plan(base, free, 0, limit=LIMIT, breaks_only=breaks_only)
    assert moved.moved == moved_breaks(base.roster, moved.plan.roster)
    assert moved.short.mended <= found.short.mended + 1e-6


def test_breaks_only_moves_no_shift(base: Plan) -> None:
    shift = first_at_work(base, 2)
    found = mend(base, absent(shift.agent, 2), breaks_only=True)
    assert found.changes == ()
    kept = days_of(base.roster.assignments) - {(shift.agent, 2)}
    assert days_of(found.plan.roster.assignments) == kept


def test_another_forecast_asks_for_other_agents(base: Plan) -> None:
    twice = replace(base.forecast, mean=2 * base.forecast.mean)
    found = repair_plan(base, base.centre, 0, limit=LIMIT, forecast=twice)
    assert found.plan.forecast.mean.sum() == pytest.approx(2 * base.forecast.mean.sum())
    needs = [plan.problem.demands[0].required.sum() for plan in (base, found.plan)]
    assert needs[1] > needs[0]


def test_shifts_of_who_has_left_fall_out(base: Plan) -> None:
    agents = tuple(agent for agent in base.centre.agents if agent.id != "A3")
    problem = replace(base.problem, agents=agents)
    fallen = fallen_shifts(problem, base.roster)
    assert fallen == base.roster.of_agent("A3")


def test_a_night_that_runs_into_the_absence_falls_out(base: Plan) -> None:
    shift = replace(first_at_work(base, 2), start=2 * 1440 + 1320, end=3 * 1440 + 360)
    problem = replace(base.problem, time_off=(absent(shift.agent, 3),))
    assert fallen_shifts(problem, Roster(GRID, (shift,))) == (shift,)
    until_midnight = replace(shift, end=3 * 1440)
    assert fallen_shifts(problem, Roster(GRID, (until_midnight,))) == ()


def leaves(agent: str, day: int, minute: int) -> TimeOff:
    return replace(absent(agent, day), from_minute=minute)


def test_who_leaves_early_keeps_the_rest_and_others_fill_the_gap(base: Plan) -> None:
    """Three of the early shift go at ten: what they keep is there, the gap is closed in part, and
    none of their other days is touched."""
    gone = [s for s in base.roster.assignments if (s.day, s.shift_code) == (2, "E8")][:3]
    found = mend(base, *(leaves(shift.agent, 2, 600) for shift in gone))
    assert found.fallen == ()
    assert {(s.agent, s.there) for s in found.cut} == {
        (s.agent, (s.start, s.start + 120)) for s in gone
    }
    assert set(found.cut) <= set(found.plan.roster.assignments)
    assert found.plan.result.violations == ()
    assert found.short.before < found.short.left
    assert found.short.mended < found.short.left
    names = {shift.agent for shift in gone}
    assert names.isdisjoint(move.agent for move in found.changes)
    for name in names:
        others = {s for s in base.roster.of_agent(name) if s.day != 2}
        assert others <= set(found.plan.roster.assignments)


def test_hours_off_in_what_has_begun_are_cut_out_of_it(base: Plan) -> None:
    early = min((s for s in base.roster.assignments if s.day == 1), key=lambda s: s.start)
    found = mend(base, leaves(early.agent, 1, 840), frozen_until=NOON_OF_TUESDAY)
    (cut,) = found.cut
    assert (cut.agent, cut.day, cut.there) == (early.agent, 1, (early.start, 1440 + 840))
    assert cut.breaks == early.breaks
    assert begun(found.plan.roster, NOON_OF_TUESDAY) == (
        begun(base.roster, NOON_OF_TUESDAY) - {early} | {cut}
    )


def test_hours_off_that_leave_nothing_of_a_shift_let_it_fall_out(base: Plan) -> None:
    shift = first_at_work(base, 2)
    found = mend(base, leaves(shift.agent, 2, 60), breaks_only=True)
    assert (found.fallen, found.cut) == ((shift,), ())


def test_breaks_only_moves_no_shift_beside_hours_off(base: Plan) -> None:
    shift = next(s for s in base.roster.assignments if (s.day, s.shift_code) == (2, "E8"))
    found = mend(base, leaves(shift.agent, 2, 600), breaks_only=True)
    assert found.changes == ()
    assert days_of(found.plan.roster.assignments) == days_of(base.roster.assignments)
    assert found.plan.result.violations == ()


def test_the_sooner_the_dearer() -> None:
    """On the Tuesday: what is past does not count, the day itself 3 times, then 2, 1.67, 1.5 …"""
    assert nearness(GRID, NOON_OF_TUESDAY)[:5] == pytest.approx((3, 3, 2, 1 + 2 / 3, 1.5))
    assert nearness(GRID, 0)[:2] == pytest.approx((3, 2))


def test_the_price_of_a_change_is_the_planners_or_an_hour_short() -> None:
    assert change_price(Weights(change=7.0)) == 7.0
    assert change_price(Weights(under=40.0)) == 40.0


def test_the_price_of_a_moved_break_is_the_planners_or_a_fortieth_of_a_change() -> None:
    assert break_price(Weights(under=40.0)) == 1.0
    assert break_price(Weights(change=7.0)) == pytest.approx(0.175)
    assert break_price(Weights(change=7.0, break_change=3.0)) == 3.0
