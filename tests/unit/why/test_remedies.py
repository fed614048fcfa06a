"""What would give an agent, or people together, a legal roster: small, and it works."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shiftcast.data.people import FixedAssignment, TimeOff
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakKind, BreakRule
from shiftcast.scheduling.rostering.engine.conflicts.alone import (
    agent_conflicts,
    has_roster,
    only_agent,
)
from shiftcast.scheduling.rostering.engine.conflicts.together import group_conflicts, have_rosters
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Conflict
from shiftcast.scheduling.rostering.why.remedies import (
    MOST_OF_A_RULE,
    Reasons,
    agent_reasons,
    group_remedies,
)

from tests.factories import FREE, MONDAY, a_contract, a_past, a_problem, a_shift, an_agent

DAYS = [MONDAY + timedelta(days=day) for day in range(7)]
SHIFTS = (
    a_shift("E", earliest_start=360, latest_start=360),  # 06:00–14:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
)


def fixed(*shifts: tuple[int, str | None], agent: str = "A1") -> tuple[FixedAssignment, ...]:
    return tuple(FixedAssignment(agent, DAYS[day], code) for day, code in shifts)


def reasons(problem: RosterProblem) -> Reasons:
    (found,) = agent_reasons(problem, agent_conflicts(problem, [0]))
    return found


def told(problem: RosterProblem) -> dict[str, dict[str, object]]:
    """The remedies of one change: what it is, and its values."""
    singles = [r.changes[0] for r in reasons(problem).remedies if len(r.changes) == 1]
    return {change.what: dict(change.params) for change in singles}


def a_week(**changes: object) -> RosterProblem:
    return a_problem(**{"shifts": SHIFTS, "rules": FREE, **changes})


def test_a_rest_gives_way_as_far_as_it_must() -> None:
    """Late until 22:00, early from 06:00: eight hours, of eleven."""
    found = told(a_week(rules=Rules(min_rest_min=660), fixed=fixed((1, "L"), (2, "E"))))
    assert found["rest"] == {"contract": "full", "before": 11, "after": 8}
    assert set(found) == {"fixed_shift", "rest"}


def test_numbers_of_a_contract_give_way_as_far_as_they_must() -> None:
    """Thirty hours of eight-hour shifts take four days, of three; three days hold 24 hours."""
    found = told(a_week(contracts=(a_contract(max_days=3, min_minutes=1800),)))
    assert found == {
        "days_most": {"contract": "full", "before": 3, "after": 4},
        "hours_least": {"contract": "full", "before": 30, "after": 24},
    }


def test_hours_open_for_the_shortest_stretch_that_holds_a_shift() -> None:
    """From 13:00 to 21:00 neither shift fits. One hour more in the evening holds the late one."""
    evening = ((780, 1260), *((),) * 6)
    problem = a_week(agents=(an_agent(availability=evening),), contracts=(a_contract(min_days=1),))
    changes = [remedy.changes[0] for remedy in reasons(problem).remedies]
    first = next(change for change in changes if change.rule == "availability")
    assert first.params == {"agent": "A1", "weekday": 0, "start": 780, "end": 1320}
    assert first.size == 1


def test_only_the_day_of_leave_in_the_way_is_named() -> None:
    off = TimeOff("A1", DAYS[2], DAYS[4])
    found = told(a_week(fixed=fixed((3, "E")), time_off=(off,)))
    assert found["leave_day"] == {"agent": "A1", "first": DAYS[3], "last": DAYS[3]}


def test_all_of_an_absence_moves_where_no_single_day_is_enough() -> None:
    off = TimeOff("A1", DAYS[0], DAYS[6], paid=False)
    problem = a_week(fixed=fixed((1, "E"), (2, "E")), time_off=(off,))
    assert told(problem)["leave"] == {"agent": "A1", "first": DAYS[0], "last": DAYS[6]}


def test_changes_are_combined_where_none_alone_is_enough() -> None:
    """A fixed shift on leave, and six days of which no two in a row: two conflicts that have no
    rule in common. (The day of paid leave counts as worked, which is not enough.)"""
    problem = a_week(
        fixed=fixed((3, "E")),
        time_off=(TimeOff("A1", DAYS[3], DAYS[3]),),
        contracts=(a_contract(min_days=6, max_consecutive_days=1),),
    )
    found = reasons(problem)
    assert {frozenset(rules) for rules in found.conflicts} == {
        frozenset({"fixed", "time_off"}),
        frozenset({"contract_days", "consecutive_days"}),
    }
    assert {len(remedy.changes) for remedy in found.remedies} == {2}


def test_the_past_stays_as_it_is() -> None:
    """The shift before the week ended at 22:00; nothing in the past is changed."""
    problem = a_week(
        fixed=fixed((0, "E")),
        rules=Rules(min_rest_min=660),
        history=a_past(a_week(), "L"),
    )
    assert set(told(problem)) == {"fixed_shift", "rest"}


@pytest.mark.parametrize(
    "problem",
    [
        a_week(contracts=(a_contract(min_days=5, min_days_off_together=4),)),
        a_week(fixed=fixed((1, "E")), contracts=(a_contract(shift_codes=("L",)),)),
        a_week(fixed=fixed((0, "E"), (3, "L")), contracts=(a_contract(max_start_spread_min=60),)),
        a_week(agents=(an_agent(skills=frozenset()),), contracts=(a_contract(min_days=1),)),
        a_week(agents=(an_agent(availability=((),) * 7),), contracts=(a_contract(min_days=1),)),
    ],
)
def test_every_remedy_was_solved_again_and_none_is_larger_than_it_must(
    problem: RosterProblem,
) -> None:
    found = reasons(problem).remedies
    assert found
    assert [remedy.size for remedy in found] == sorted(remedy.size for remedy in found)
    for remedy in found:
        assert has_roster(only_agent(remedy.applied(problem), "A1"))
    rules = [remedy.changes[0].rule for remedy in found]
    assert all(rules.count(rule) <= MOST_OF_A_RULE for rule in rules)


def seated(seats: int, people: int, **changes: object) -> RosterProblem:
    crew = tuple(an_agent(f"A{i}") for i in range(1, people + 1))
    return a_week(agents=crew, rules=Rules(0, 99, seats=seats), **changes)


def test_people_fixed_on_the_same_seat_are_found_and_helped() -> None:
    shifts = (*fixed((1, "E")), *fixed((1, "E"), agent="A3"), *fixed((1, "L"), agent="A4"))
    problem = seated(1, people=5, fixed=shifts)
    (conflict,) = group_conflicts(problem)
    assert conflict == Conflict(None, ("seats", "fixed"), ("A1", "A3"))
    helped = group_remedies(problem, conflict)
    assert {remedy.changes[0].what for remedy in helped} == {"seats", "fixed_shift"}
    for remedy in helped:
        assert have_rosters(remedy.applied(problem), conflict.people)


def test_no_more_people_are_named_than_the_proof_needs() -> None:
    """Three days each of a single shift: three people need nine of the seven days of a seat, two
    need six."""
    problem = seated(1, people=4, shifts=SHIFTS[:1], contracts=(a_contract(min_days=3),))
    found = group_conflicts(problem)
    assert {frozenset(conflict.rules) for conflict in found} == {
        frozenset({"seats", "contract_days"})
    }
    assert {len(conflict.people) for conflict in found} == {3}


def test_nothing_is_proven_where_people_fit() -> None:
    """Four people of three days fit on two seats of seven days, though not all as they like."""
    problem = seated(2, people=4, shifts=SHIFTS[:1], contracts=(a_contract(min_days=3),))
    assert group_conflicts(problem) == ()
    assert have_rosters(problem, ("A1", "A2", "A3", "A4"))


def test_a_gap_in_a_split_shift_frees_the_seat_where_it_may() -> None:
    """Two split shifts at the same time take turns on a seat in nobody's proof: their gaps might
    lie apart."""
    gap = BreakRule(240, False, 0, 240, BreakKind.SPLIT)
    split = a_shift("S", paid_min=240, breaks=(gap,))
    shifts = (*fixed((1, "S")), *fixed((1, "S"), agent="A2"))
    assert group_conflicts(seated(1, people=2, shifts=(split,), fixed=shifts)) == ()
