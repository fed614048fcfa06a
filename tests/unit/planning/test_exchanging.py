"""Swaps and changes made as they are told, and what they break."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.data.people import Contract, TimeOff
from shiftcast.scheduling.planning.exchanging import (
    AgentDay,
    Exchange,
    NewDay,
    Swap,
    Wish,
    exchange_days,
    granted,
)
from shiftcast.scheduling.planning.plan import Plan, plan_week
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.unit.planning.small import GRID, Steady, a_centre, a_history

LIMIT = SolveLimit(seconds=20, rounds=3)
EARLY, LATE = "E8", "L8"


@pytest.fixture(scope="module")
def base() -> Plan:
    """Two to five days a week, so that there is room for wishes."""
    centre = a_centre(contracts=(Contract("full", min_days=2, max_days=5),))
    return plan_week(centre, a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady(10))


def shift_of(roster: Roster, whose: AgentDay) -> Assignment | None:
    return next((s for s in roster.of_agent(whose.agent) if s.day == whose.day), None)


def at_work(plan: Plan, code: str, day: int) -> AgentDay:
    agent = next(s.agent for s in plan.roster.assignments if (s.shift_code, s.day) == (code, day))
    return AgentDay(agent, day)


def exchange(base: Plan, *wishes: Wish, frozen_until: int = 0) -> Exchange:
    return exchange_days(base, base.centre, wishes, frozen_until)


def test_a_shift_of_who_is_absent_falls_out_unless_it_is_handed_on(base: Plan) -> None:
    """One is away; another who is off takes the shift over, or nobody does."""
    away = at_work(base, EARLY, 2)
    at_work_then = {shift.agent for shift in base.roster.assignments if shift.day == 2}
    free = next(a.id for a in base.centre.agents if a.id not in at_work_then)
    off = TimeOff(away.agent, GRID.dates[2], GRID.dates[2])
    six = Contract("full", min_days=2, max_days=6)
    centre = replace(base.centre, contracts=(six,)).with_absences((off,))
    for wish, taken in ((Swap(away, AgentDay(free, 2)), True), (NewDay(away, None), False)):
        found = exchange_days(base, centre, (wish,), 0)
        roster = found.repair.plan.roster
        assert found.broken == ()
        assert shift_of(roster, away) is None
        assert (shift_of(roster, AgentDay(free, 2)) is not None) is taken
        assert [shift.agent for shift in found.repair.fallen] == [away.agent]
    assert found.repair.changes == ()
    assert found.repair.short.mended == pytest.approx(found.repair.short.left)


def test_nobody_takes_a_shift_over_who_is_absent(base: Plan) -> None:
    early, late = at_work(base, EARLY, 2), at_work(base, LATE, 2)
    centre = base.centre.with_absences((TimeOff(early.agent, GRID.dates[2], GRID.dates[2]),))
    found = exchange_days(base, centre, (Swap(early, late),), 0)
    assert {(fault.rule, fault.agent) for fault in found.broken} == {("time_off", early.agent)}


def test_two_agents_swap_a_day(base: Plan) -> None:
    early, late = at_work(base, EARLY, 2), at_work(base, LATE, 2)
    found = exchange(base, Swap(early, late))
    assert found.broken == ()
    mine, theirs = (shift_of(found.repair.plan.roster, who) for who in (early, late))
    assert mine is not None
    assert theirs is not None
    assert (mine.shift_code, theirs.shift_code) == (LATE, EARLY)
    assert mine.queues
    assert {(m.agent, m.day) for m in found.repair.changes} == {
        (who.agent, GRID.dates[2]) for who in (early, late)
    }
    assert found.repair.short.mended == pytest.approx(found.repair.short.before)


def test_all_other_shifts_stay_to_the_last_break(base: Plan) -> None:
    early, late = at_work(base, EARLY, 2), at_work(base, LATE, 2)
    found = exchange(base, Swap(early, late))
    moved = {(early.agent, 2), (late.agent, 2)}
    was = {s for s in base.roster.assignments if (s.agent, s.day) not in moved}
    assert was <= set(found.repair.plan.roster.assignments)


def test_a_swap_of_two_days_gives_each_the_others_shift(base: Plan) -> None:
    """On a draft, whatever it breaks: each is free on the day that is taken over or works twice."""
    one, other = at_work(base, EARLY, 1), at_work(base, LATE, 3)
    bare = Roster(GRID, tuple(s for w in (one, other) if (s := shift_of(base.roster, w))))
    made = granted(base.problem, bare, [Swap(one, other)])
    assert {(s.agent, s.day, s.shift_code) for s in made.assignments} == {
        (other.agent, 1, EARLY),
        (one.agent, 3, LATE),
    }


def test_a_day_off_that_leaves_too_few_days_is_named(base: Plan) -> None:
    agent = at_work(base, EARLY, 0).agent
    days = [s.day for s in base.roster.of_agent(agent)]
    found = exchange(base, *(NewDay(AgentDay(agent, day), None) for day in days))
    assert [fault.rule for fault in found.broken] == ["contract_days"]
    assert found.broken[0].agent == agent


def test_a_shift_too_soon_after_another_is_named(base: Plan) -> None:
    """Rest of 11 hours: a late shift to 20:00, then one that begins at 06:00 is no shift of this
    centre besides."""
    whose = at_work(base, LATE, 2)
    found = exchange(base, NewDay(replace(whose, day=3), EARLY, 360))
    assert {"rest", "shift_shape"} <= {fault.rule for fault in found.broken}


def test_what_has_begun_is_not_swapped(base: Plan) -> None:
    early, late = at_work(base, EARLY, 0), at_work(base, LATE, 0)
    found = exchange(base, Swap(early, late), frozen_until=720)
    assert {fault.rule for fault in found.broken} == {"frozen"}


def test_another_shift_on_the_same_day(base: Plan) -> None:
    whose = at_work(base, EARLY, 4)
    found = exchange(base, NewDay(whose, LATE))
    made = shift_of(found.repair.plan.roster, whose)
    assert made is not None
    assert (made.shift_code, made.start) == (LATE, 4 * 1440 + 660)
    assert found.broken == ()
