"""Why there is no roster, in words."""

from __future__ import annotations

from shiftcast.scheduling.planning.conflicts import conflict_problems
from shiftcast.scheduling.rostering.roster import Conflict, RosterResult, SolveStatus, Violation


def result(*conflicts: Conflict) -> RosterResult:
    return RosterResult(SolveStatus.INFEASIBLE, None, None, None, 0.0, conflicts=conflicts)


def test_agents_in_the_same_conflict_are_told_together() -> None:
    told = conflict_problems(
        result(
            Conflict("A1", ("rest", "time_off")),
            Conflict("A2", ("rest", "time_off")),
            Conflict("A3", ("fixed",)),
            Conflict(None, ("seats", "fixed")),
        )
    )
    assert [problem.code for problem in told] == [
        "planning.no_roster_for_agents",
        "planning.no_roster_for_agent",
        "planning.no_roster",
    ]
    assert "2 agents (A1, A2)" in told[0].message()
    assert "Agent A3" in told[1].message()


def test_rules_are_named_in_the_language_spoken() -> None:
    (told,) = conflict_problems(result(Conflict("A1", ("rest", "fixed"))))
    assert told.message("en") != told.message("zh-CN")
    assert "、" in told.message("zh-CN")


def test_what_to_relax_is_said_for_each_rule() -> None:
    """Dropping any one of them would help."""
    (told,) = conflict_problems(result(Conflict("A1", ("rest", "fixed"))))
    assert "shorten rest_hours (of the contract, or in [rules])" in told.hint()
    assert "change the fixed assignment (fixed.csv)" in told.hint()


def test_an_open_search_names_what_the_closest_roster_breaks() -> None:
    violations = (Violation("seats", None, 0), Violation("seats", None, 1))
    (told,) = conflict_problems(
        RosterResult(SolveStatus.UNKNOWN, None, None, None, 0.0, violations)
    )
    assert told.code == "planning.no_roster_found"
    assert "seats" in told.message()


def test_a_conflict_that_nobody_explains_is_said_at_least() -> None:
    (told,) = conflict_problems(result())
    assert told.message() == "No roster keeps every rule."
