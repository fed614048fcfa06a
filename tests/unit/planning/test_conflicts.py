"""Why there is no roster, in words."""

from __future__ import annotations

from shiftcast.scheduling.planning.conflicts import conflict_problems
from shiftcast.scheduling.rostering.roster import Conflict, RosterResult, SolveStatus


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


def test_a_conflict_that_nobody_explains_is_said_at_least() -> None:
    (told,) = conflict_problems(result())
    assert told.message() == "No roster keeps every rule."
