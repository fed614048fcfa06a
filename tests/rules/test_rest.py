"""Rest between two shifts, also across the grid's first day, midnight and a clock change."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product

import pytest
from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules.rest import RULE

from tests.factories import a_contract, a_grid, a_past, a_problem, a_roster, a_shift
from tests.rules.verdicts import assert_illegal, assert_legal, found, possible

EARLY = a_shift("E", earliest_start=420, latest_start=420)  # 07:00–15:00
LATE = a_shift("L", earliest_start=840, latest_start=840)  # 14:00–22:00
NIGHT = a_shift("N", earliest_start=1320, latest_start=1320)  # 22:00–06:00
SHIFTS = (EARLY, LATE, NIGHT)
REST = {
    "E": {"E": 16, "L": 23, "N": 31},
    "L": {"E": 9, "L": 16, "N": 24},
    "N": {"E": 1, "L": 8, "N": 16},
}


def problem(hours: float, **changes: object) -> RosterProblem:
    return a_problem(shifts=SHIFTS, rules=Rules(min_rest_min=int(hours * 60)), **changes)


@pytest.mark.parametrize(("first", "second"), [(f, s) for f in REST for s in REST[f]])
def test_rest_is_kept_to_the_minute(first: str, second: str) -> None:
    """Hours from the end of the first shift to the second's start on the next day."""
    roster = a_roster(problem(0), f".{first}{second}")
    assert_legal(RULE, problem(REST[first][second]), roster)
    violation = assert_illegal(RULE, problem(REST[first][second] + 1 / 60), roster)
    assert (violation.agent, violation.day) == ("A1", 2)


def test_a_day_off_in_between_counts_as_rest() -> None:
    """A night that ends 06:00 on Tuesday, then 07:00 on Wednesday: 25 hours."""
    assert_legal(RULE, problem(25), a_roster(problem(0), "N.E"))
    assert_illegal(RULE, problem(26), a_roster(problem(0), "N.E"))


def test_the_shift_before_the_grid_is_rested_from() -> None:
    """Sunday's late shift ends at 22:00; Monday 07:00 is 9 hours later."""
    past = a_past(problem(0), "L")
    for hours, judge in ((9, assert_legal), (10, assert_illegal)):
        asked = problem(hours, history=past)
        judge(RULE, asked, a_roster(asked, "E"))


def test_the_contract_goes_before_the_centre() -> None:
    asked = problem(11, contracts=(a_contract(min_rest_min=9 * 60),))
    assert_legal(RULE, asked, a_roster(asked, "LE"))


@pytest.mark.parametrize(("first_day", "hours"), [(date(2026, 3, 28), 8), (date(2026, 10, 24), 10)])
def test_a_clock_change_shortens_or_lengthens_the_night(first_day: date, hours: int) -> None:
    """22:00 to 07:00 is 9 hours by the clock, 8 or 10 in the nights that clocks change."""
    grid = a_grid(first_day, days=3, tz="Europe/Berlin")
    roster = a_roster(a_problem(grid, shifts=SHIFTS), "LE.")
    shared = {"grid": grid, "shifts": SHIFTS}
    assert_legal(RULE, a_problem(**shared, rules=Rules(min_rest_min=hours * 60)), roster)
    assert_illegal(RULE, a_problem(**shared, rules=Rules(min_rest_min=hours * 60 + 1)), roster)


@pytest.mark.parametrize("pattern", ["".join(days) for days in product(".ELN", repeat=3)])
def test_every_three_days_agree_with_the_hours_between(pattern: str) -> None:
    asked = problem(16)
    roster = a_roster(asked, pattern)
    enough = all("." in (a, b) or REST[a][b] >= 16 for a, b in pairwise(pattern))
    assert (found(RULE, asked, roster) == []) is enough
    assert possible(asked, roster, (RULE,)) is enough
