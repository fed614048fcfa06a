"""One shift a day, none overlapping; the engine chooses one option a day and keeps the rest."""

from __future__ import annotations

from shiftcast.scheduling.rostering.roster import Roster
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.one_shift_a_day import RULE

from tests.factories import a_past, a_problem, a_roster, a_shift, an_agent, an_assignment
from tests.rules.verdicts import assert_illegal, found, possible

SHIFTS = (
    a_shift("E", earliest_start=360, latest_start=360),  # 06:00–14:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
    a_shift("N", earliest_start=1380, latest_start=1380),  # 23:00–07:00
)
ASKED = a_problem(shifts=SHIFTS, agents=(an_agent("A1"), an_agent("A2")))


def test_two_shifts_a_day_are_one_too_many() -> None:
    twice = Roster(ASKED.grid, (an_assignment(ASKED, 2, "E"), an_assignment(ASKED, 2, "L")))
    violation = assert_illegal(RULE, ASKED, twice)
    assert (violation.agent, violation.day, violation.params) == ("A1", 2, {"shifts": 2})


def test_two_agents_may_each_have_one() -> None:
    roster = a_roster(ASKED, "E......", "E......")
    assert found(RULE, ASKED, roster) == []
    assert possible(ASKED, roster)


def test_shifts_of_two_days_that_overlap() -> None:
    """The night ends at 07:00, the early shift starts at 06:00."""
    roster = a_roster(ASKED, "NE.....")
    violation = assert_illegal(RULE, ASKED, roster)
    assert (violation.day, violation.fault) == (1, "overlap")
    assert not possible(ASKED, roster, RULES)


def test_a_shift_may_begin_when_the_one_before_ends() -> None:
    touching = a_problem(shifts=(*SHIFTS, a_shift("B", earliest_start=420, latest_start=420)))
    roster = a_roster(touching, "NB")
    assert found(RULE, touching, roster) == []
    assert possible(touching, roster)


def test_a_shift_of_the_past_may_reach_into_the_grid() -> None:
    asked = a_problem(shifts=SHIFTS, history=a_past(ASKED, "N"))
    violation = assert_illegal(RULE, asked, a_roster(asked, "E"))
    assert (violation.day, violation.fault) == (0, "overlap")
    assert found(RULE, asked, a_roster(asked, "L")) == []
