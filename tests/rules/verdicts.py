"""Two verdicts on a finished roster that must agree: the audit's and the engine's."""

from __future__ import annotations

import numpy as np
from shiftcast.data.messages import LANGUAGES, text
from shiftcast.scheduling.rostering.engine.compile import HARD, Compiled, compile_problem
from shiftcast.scheduling.rostering.engine.naming import from_roster
from shiftcast.scheduling.rostering.engine.one_agent import best_exactly, sum_prices, value_options
from shiftcast.scheduling.rostering.engine.weeks import Weeks, enter
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster, Violation
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.base import Rule
from shiftcast.scheduling.rostering.rules.time_off import RULE as TIME_OFF

WITH_LIMITS = frozenset({
    "forbidden_followers", "most_weekends", "period_hours", "shift_limits", "shortest_run",
    "shortest_days_off", "longest_day", "week_hours", "average_hours", "nights",
    "consecutive_nights", "whole_weekends", "free_weekends", "seat_limits", "least_staffing",
    "breaks_at_once", "company", "weekly_rest", "rotation", "morning_after_night",
})  # fmt: skip
"""Rules that limit nothing unless the planner says so: `test_limits_agree` draws their limits."""


def possible(problem: RosterProblem, roster: Roster, rules: tuple[Rule, ...] = RULES) -> bool:
    """Whether the engine, under the given rules, could make exactly this roster: every agent's
    shifts are a walk through the automaton, and all of them together find seats."""
    compiled = compile_problem(problem, rules)
    weeks, known = from_roster(compiled, roster)
    if not known.all() or np.count_nonzero(weeks.option >= 0) != len(roster.assignments):
        return False
    return all(_walks(compiled, weeks, a) for a in range(compiled.agents)) and _seated(
        compiled, weeks
    )


def _walks(compiled: Compiled, weeks: Weeks, a: int) -> bool:
    return bool(np.isfinite(_walk_cost(compiled, weeks, a)))


def _walk_cost(compiled: Compiled, weeks: Weeks, a: int) -> float:
    """Points of the agent's best roster where only the given options, and on their days nothing
    else, are left to choose; inf if there is none."""
    mine = weeks.option[a]
    allowed = np.zeros_like(compiled.crew.allowed)
    allowed[a, mine[mine >= 0]] = True
    off_cost = compiled.crew.off_cost.copy()
    off_cost[a, mine >= 0] = np.inf
    crew = compiled.crew._replace(allowed=allowed, off_cost=off_cost)
    scratch = compiled.scratch()
    sum_prices(scratch)
    value_options(a, crew, compiled.options, scratch)
    return best_exactly(a, crew, compiled.tables, compiled.options, scratch)[0]


def _seated(compiled: Compiled, weeks: Weeks) -> bool:
    cover = compiled.cover(compiled.problem.weights)
    added = sum(
        enter(a, weeks, compiled.crew, cover, compiled.options) for a in range(compiled.agents)
    )
    return compiled.empty_cost() + added < HARD / 2


def points(problem: RosterProblem, roster: Roster, rules: tuple[Rule, ...]) -> float:
    """What the engine takes exactly this roster to cost; inf if it could not make it."""
    compiled = compile_problem(problem, rules)
    weeks, _ = from_roster(compiled, roster)
    cover = compiled.cover(problem.weights)
    crew = range(compiled.agents)
    entered = sum(enter(a, weeks, compiled.crew, cover, compiled.options) for a in crew)
    own = sum(_walk_cost(compiled, weeks, a) for a in crew)
    return own + entered + compiled.empty_cost()


def found(rule: Rule, problem: RosterProblem, roster: Roster) -> list[Violation]:
    """What the audit says under one rule; it has words for it in every language."""
    violations = list(rule.check(problem, roster))
    for violation in violations:
        assert all(text(violation.key, language, **violation.params) for language in LANGUAGES)
    return violations


def assert_legal(rule: Rule, problem: RosterProblem, roster: Roster) -> None:
    """Both the audit and the engine's form of the rule accept the roster."""
    assert found(rule, problem, roster) == []
    assert possible(problem, roster, (rule, TIME_OFF))


def assert_illegal(rule: Rule, problem: RosterProblem, roster: Roster) -> Violation:
    """The audit names one breach, and the engine's form of the rule forbids the roster."""
    assert not possible(problem, roster, (rule, TIME_OFF))
    (violation,) = found(rule, problem, roster)
    assert violation.rule == rule.name
    return violation
