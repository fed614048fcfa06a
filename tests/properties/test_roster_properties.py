"""What holds for every roster problem that the engine is given."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.conflicts import has_roster
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import RosterResult, SolveStatus
from shiftcast.scheduling.rostering.rules import RULES

from tests.factories import alone
from tests.strategies import roster_problems

NIGHTLY = os.environ.get("SHIFTCAST_NIGHTLY") == "1"
LIMIT = SolveLimit(60.0, rounds=6)


@settings(
    max_examples=300 if NIGHTLY else 40,
    deadline=None,
    derandomize=not NIGHTLY,
    suppress_health_check=list(HealthCheck),
)
@given(problem=roster_problems(), seed=st.integers(0, 99))
def test_whatever_the_engine_says_is_true(problem: RosterProblem, seed: int) -> None:
    told: list[float] = []
    result = solve(
        problem, LIMIT, np.random.default_rng(seed), progress=lambda _stage, cost: told.append(cost)
    )
    if result.status is SolveStatus.INFEASIBLE:
        assert_conflicts_are_real(problem, result)
    elif result.status is SolveStatus.UNKNOWN:
        # Only what concerns all agents together may stay open.
        assert {violation.rule for violation in result.violations} == {"seats"}
    else:
        assert_numbers_are_true(problem, result, told)


def assert_numbers_are_true(
    problem: RosterProblem, result: RosterResult, told: list[float]
) -> None:
    assert result.roster is not None
    assert result.cost is not None
    assert result.lower_bound is not None
    assert audit(problem, result.roster) == ()
    found = cost_breakdown(problem, result.roster)
    assert result.cost == pytest.approx(found.total)
    assert 0 <= result.lower_bound <= result.cost
    assert told == sorted(told, reverse=True)
    if told:
        # Queues are given to people last: with a price on changes cover may cost a little more.
        assert told[-1] <= found.total + 1e-6
        if problem.weights.queue_change == 0:
            assert told[-1] == pytest.approx(found.total)
    again = solve(problem, SolveLimit(60.0, 1), np.random.default_rng(1), start=result.roster)
    assert again.cost is not None
    if problem.weights.queue_change == 0:
        assert again.cost <= result.cost + 1e-6


def assert_conflicts_are_real(problem: RosterProblem, result: RosterResult) -> None:
    assert result.roster is None
    assert result.conflicts
    for conflict in result.conflicts:
        mine = alone(problem, conflict.agent)
        rules = tuple(rule for rule in RULES if rule.name in conflict.rules)
        assert rules
        assert not has_roster(mine, rules)
        for dropped in rules:
            assert has_roster(mine, tuple(rule for rule in rules if rule is not dropped))
