"""Why there is no roster, in words."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment, TimeOff
from shiftcast.data.rules import Rules
from shiftcast.scheduling.planning.conflicts import conflict_problems
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.roster import Conflict, RosterResult, SolveStatus, Violation

from tests.factories import MONDAY, a_contract, a_problem, a_shift, an_agent

TUESDAY = MONDAY + timedelta(days=1)
# A1 has a fixed shift on a day of leave; A2 and A3 are asked for six days but may not work three
# in a row.
PROBLEM = a_problem(
    agents=(
        an_agent("A1"),
        an_agent("A2", contract="runs"),
        an_agent("A3", contract="runs"),
    ),
    contracts=(a_contract(), a_contract("runs", min_days=6, max_consecutive_days=2)),
    fixed=(FixedAssignment("A1", TUESDAY, "D"),),
    time_off=(TimeOff("A1", TUESDAY, TUESDAY),),
)
RUNS = ("consecutive_days", "contract_days")


def result(*conflicts: Conflict) -> RosterResult:
    return RosterResult(SolveStatus.INFEASIBLE, None, None, None, 0.0, conflicts=conflicts)


def test_agents_in_the_same_conflict_are_told_together() -> None:
    told = conflict_problems(
        PROBLEM,
        result(
            Conflict("A2", RUNS),
            Conflict("A1", ("time_off", "fixed")),
            Conflict("A3", RUNS),
            Conflict(None, ("seats", "fixed"), ("A1", "A2")),
        ),
    )
    assert [problem.code for problem in told] == [
        "planning.no_roster_for_group",
        "planning.no_roster_for_agents",
        "planning.no_roster_for_agent",
    ]
    assert "2 agents (A2, A3)" in told[1].message()
    assert "Agent A1" in told[2].message()


def test_what_was_tried_and_helps_is_said() -> None:
    """Of seven days two in a row and one off make five; of six, three in a row make six."""
    (runs,) = conflict_problems(PROBLEM, result(Conflict("A2", RUNS)))
    assert "allow contract runs 3 days in a row instead of 2" in runs.hint()
    assert "lower the least days a week of contract runs from 6 to 5" in runs.hint()
    (leave,) = conflict_problems(PROBLEM, result(Conflict("A1", ("time_off", "fixed"))))
    assert "drop A1's fixed shift D of Tue 1 Dec" in leave.hint()
    assert "move A1's leave of Tue 1 Dec" in leave.hint()


def test_several_sets_of_rules_are_all_named() -> None:
    (told,) = conflict_problems(
        PROBLEM, result(Conflict("A1", ("rest", "fixed")), Conflict("A1", ("time_off", "fixed")))
    )
    assert "rest between shifts, fixed assignments; or these: time off, fixed" in told.message()


def test_changes_that_are_needed_together_are_said_together() -> None:
    """Late to early breaks the rest twice, and no rest is short enough for a shift on leave."""
    problem = a_problem(
        shifts=(a_shift("E"), a_shift("L", earliest_start=900, latest_start=900)),
        rules=Rules(min_rest_min=660),
        fixed=(
            FixedAssignment("A1", MONDAY, "L"),
            FixedAssignment("A1", TUESDAY, "E"),
            FixedAssignment("A1", TUESDAY + timedelta(days=3), "L"),
        ),
        time_off=(TimeOff("A1", TUESDAY + timedelta(days=3), TUESDAY + timedelta(days=3)),),
    )
    conflicts = (Conflict("A1", ("rest", "fixed")), Conflict("A1", ("time_off", "fixed")))
    (told,) = conflict_problems(problem, result(*conflicts))
    assert "drop A1's fixed shift L of Mon 30 Nov and move A1's leave of Fri 4 Dec" in told.hint()


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_rules_and_remedies_are_named_in_the_language_spoken(language: str) -> None:
    (told,) = conflict_problems(PROBLEM, result(Conflict("A1", ("time_off", "fixed"))))
    assert ("、" in told.message(language)) == (language == "zh-CN")
    assert ("取消" in told.hint(language)) == (language == "zh-CN")


def test_without_a_remedy_each_rule_says_how_it_gives_way() -> None:
    (told,) = conflict_problems(PROBLEM, result(Conflict(None, ("rest", "fixed"), ("A2", "A3"))))
    assert "shorten rest_hours (of the contract, or in [rules])" in told.hint()
    assert "change the fixed assignment (fixed.csv)" in told.hint()


def test_people_who_cannot_be_there_together_are_named() -> None:
    """Two are fixed on the same shift, and there is one seat. The third has nothing to do with
    it."""
    problem = a_problem(
        agents=(an_agent("A1"), an_agent("A2"), an_agent("A3")),
        fixed=(FixedAssignment("A1", TUESDAY, "D"), FixedAssignment("A3", TUESDAY, "D")),
        rules=Rules(min_rest_min=0, seats=1),
    )
    found = solve(problem, SolveLimit(60.0, rounds=1), np.random.default_rng(1))
    assert found.status is SolveStatus.INFEASIBLE
    (told,) = conflict_problems(problem, found)
    assert told.message() == (
        "No rosters of these 2 agents (A1, A3) keep all of these rules together: "
        "seats, fixed assignments."
    )
    assert "drop A1's fixed shift D of Tue 1 Dec" in told.hint()
    assert "have 2 seats instead of 1" in told.hint()


def test_an_open_search_names_what_the_closest_roster_breaks() -> None:
    violations = (Violation("seats", None, 0), Violation("seats", None, 1))
    (told,) = conflict_problems(
        PROBLEM, RosterResult(SolveStatus.UNKNOWN, None, None, None, 0.0, violations)
    )
    assert told.code == "planning.no_roster_found"
    assert "seats" in told.message()


def test_a_conflict_that_nobody_explains_is_said_at_least() -> None:
    (told,) = conflict_problems(PROBLEM, result())
    assert told.message() == "No roster keeps every rule."
