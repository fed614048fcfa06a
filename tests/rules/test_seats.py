"""Most people present at once: breaks count, the gap of a split shift does not."""

from __future__ import annotations

import pytest
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakKind, BreakRule
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.seats import RULE

from tests.factories import a_grid, a_past, a_problem, a_roster, a_shift, an_agent
from tests.rules.verdicts import assert_illegal, assert_legal

SHIFTS = (
    a_shift("E", earliest_start=360, latest_start=360, breaks=(BreakRule(60, True, 0, 420),)),
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00, as the early one ends
    a_shift("N", earliest_start=1320, latest_start=1320),  # 22:00–06:00
    # 09:00–13:00 and 15:00–19:00
    a_shift(
        "S",
        earliest_start=540,
        latest_start=540,
        breaks=(BreakRule(120, False, 240, 240, BreakKind.SPLIT),),
    ),
    a_shift("G", earliest_start=780, latest_start=780, paid_min=120),  # 13:00–15:00
    a_shift(
        "M",
        earliest_start=1200,
        latest_start=1200,
        paid_min=180,
        breaks=(BreakRule(180, False, 60, 60, BreakKind.SPLIT),),
    ),
)


def problem(seats: int, days: int = 3, **changes: object) -> RosterProblem:
    return a_problem(
        a_grid(days=days),
        agents=tuple(an_agent(f"A{i}") for i in (1, 2, 3)),
        **{"shifts": SHIFTS, "rules": Rules(0, 99, seats), **changes},
    )


def test_shifts_that_follow_one_another_share_a_seat() -> None:
    asked = problem(1)
    assert_legal(RULE, asked, a_roster(asked, "E..", "L..", "N.."))


def test_one_agent_too_many() -> None:
    asked = problem(2)
    assert_legal(RULE, asked, a_roster(asked, "EE.", "E..", ".E."))
    violation = assert_illegal(RULE, asked, a_roster(asked, "EE.", ".E.", ".E."))
    assert (violation.agent, violation.day) == (None, 1)
    assert violation.params == {"present": 3, "seats": 2}


def test_a_break_keeps_its_seat_a_gap_does_not() -> None:
    asked = problem(1)
    assert_legal(RULE, asked, a_roster(asked, "S..", "G.."))
    assert_illegal(RULE, asked, a_roster(asked, "E..", "E.."))


def test_no_limit_seats_everybody() -> None:
    asked = a_problem(agents=problem(1).agents)
    assert_legal(RULE, asked, a_roster(asked, "D", "D", "D"))


def test_last_nights_people_sit_until_morning() -> None:
    """The night before the grid ends at 06:00."""
    past = a_past(problem(1), "N")
    asked = problem(1, history=past)
    assert_legal(RULE, asked, a_roster(asked, "...", "E.."))
    early = problem(1, history=past, shifts=(a_shift("B", earliest_start=300, latest_start=300),))
    assert_illegal(RULE, early, a_roster(early, "...", "B.."))


def test_a_past_without_seats_is_not_the_rosters_fault() -> None:
    """Two nights before the grid on one seat cannot be changed; nobody else is planned."""
    nights = a_past(problem(1), "N") + a_past(problem(1), "N", agent="A2")
    asked = problem(1, history=nights)
    assert_legal(RULE, asked, a_roster(asked, "E.."))


def test_a_night_counts_beyond_the_last_day() -> None:
    asked = problem(1)
    assert_legal(RULE, asked, a_roster(asked, "..N"))
    violation = assert_illegal(RULE, asked, a_roster(asked, "..N", "..N"))
    assert violation.day == 2


def test_a_meeting_after_the_last_midnight_is_a_meeting() -> None:
    """20:00–21:00 and, after a gap, 24:00–02:00; the night is from 22:00."""
    asked = problem(1)
    assert_illegal(RULE, asked, a_roster(asked, "..N", "..M"))
    assert_legal(RULE, asked, a_roster(asked, "..L", "..N"))


@pytest.mark.parametrize("seats", [1, 2])
def test_a_history_off_the_roster_grid_takes_its_seat_to_the_end(seats: int) -> None:
    """Last night's shift was of another length and ended at 06:20; the roster steps by hours."""
    odd = a_shift("N", earliest_start=1320, latest_start=1320, paid_min=500)
    past = a_past(a_problem(shifts=(odd,)), "N")
    asked = problem(seats, history=past)
    judge = assert_legal if seats == 2 else assert_illegal
    judge(RULE, asked, a_roster(asked, "...", "E.."))
