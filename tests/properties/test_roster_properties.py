"""What holds for every roster problem that the engine is given."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shiftcast.data.people import Agent
from shiftcast.data.presence import Company, Hours, LeastStaffing, Pairing, SeatLimit
from shiftcast.data.rules import ALWAYS_HARD, RULE_NAMES, Weights
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.conflicts.alone import has_roster
from shiftcast.scheduling.rostering.engine.conflicts.together import group_conflicts, have_rosters
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.proficiency import ALIKE
from shiftcast.scheduling.rostering.roster import RosterResult, SolveStatus
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.why.remedies import agent_reasons

from tests.factories import a_demand, a_problem, alone, an_agent
from tests.rules.test_limits_agree import limits
from tests.strategies import now_and_then, roster_problems, with_rarer_rules
from tests.strategies_changes import with_base, with_meetings, with_own_prices
from tests.unit.rostering.exact import optimum, optimum_over_queues

NIGHTLY = os.environ.get("SHIFTCAST_NIGHTLY") == "1"
LIMIT = SolveLimit(60.0, rounds=3)
COUPLING = {rule.name for rule in RULES if rule.bands is not None}


def examples(usually: int, at_night: int) -> settings:
    return settings(
        max_examples=at_night if NIGHTLY else usually,
        deadline=None,
        derandomize=not NIGHTLY,
        suppress_health_check=list(HealthCheck),
    )


@st.composite
def ruled(
    draw: st.DrawFn, problem: RosterProblem, meetings: int = 2, hours: int = 24
) -> RosterProblem:
    """The problem under random rules, some of them soft, and with people who are tied; at times
    changed from a base roster, or with up to so many meetings within so many hours."""
    problem = draw(_ruled(problem))
    changes = draw(st.integers(0, 7))
    if changes in (1, 2, 3):
        problem = draw(with_base(problem))
    if changes in (3, 4, 5):
        problem = draw(with_meetings(problem, meetings, hours))
    return problem


@st.composite
def _ruled(draw: st.DrawFn, problem: RosterProblem) -> RosterProblem:
    if draw(st.booleans()):
        problem = draw(with_rarer_rules(problem))
    names = sorted(set(RULE_NAMES) - ALWAYS_HARD)
    soft = draw(st.lists(st.sampled_from(names), max_size=4, unique=True))
    crew = [agent.id for agent in problem.agents]
    hours = Hours(start=60 * draw(st.integers(0, 16)), end=60 * draw(st.integers(17, 30)))
    pairs = st.builds(Pairing, st.just(tuple(crew[:2])), st.sampled_from(Company))
    ruled = replace(
        problem,
        rules=replace(
            draw(limits(problem.rules)),
            soft=tuple((name, draw(st.sampled_from([0.5, 20.0]))) for name in soft),
        ),
        least_staffing=draw(now_and_then((), st.just((LeastStaffing(1, hours=hours),)))),
        seat_limits=draw(now_and_then((), st.just((SeatLimit(1, hours=hours),)))),
        pairings=(draw(pairs),) if len(crew) > 1 and draw(st.booleans()) else (),
    )
    return draw(with_own_prices(ruled))


@st.composite
def tiny_problems(draw: st.DrawFn) -> RosterProblem:
    """One agent of up to five days or two of two, one queue, one shift type: few enough rosters
    to look at all of them."""
    agents, most_days = draw(st.sampled_from([(1, 5), (2, 2)]))
    problem = draw(roster_problems(st.integers(2, most_days), agents))
    (first, *_), step = problem.shifts, problem.grid.interval_min
    shift = replace(
        first,
        earliest_start=first.earliest_start // step * step,
        latest_start=min(first.earliest_start // step * step + step, 1380),
        grid_min=step,
        breaks=first.breaks[:1] if len(problem.agents) == 1 and most_days < 3 else (),
    )
    small = replace(
        problem,
        demands=problem.demands[:1],
        agents=tuple(_on_the_phone(agent) for agent in problem.agents),
        contracts=tuple(replace(c, shift_codes=()) for c in problem.contracts),
        shifts=(shift,),
        history=(),
        fixed=tuple(replace(f, shift_code=f.shift_code and shift.code) for f in problem.fixed),
    )
    return draw(ruled(small, meetings=1, hours=2))


def _on_the_phone(agent: Agent) -> Agent:
    levels = tuple((skill, level) for skill, level in agent.proficiency if skill == "phone")
    return replace(agent, skills=frozenset({"phone"}), proficiency=levels)


@st.composite
def tiny_problems_of_queues(draw: st.DrawFn) -> RosterProblem:
    """Two agents of unequal work on two days, two queues, few shifts, no rules."""
    problem = draw(roster_problems(st.just(2), 2))
    (first, *_), grid, skills = problem.shifts, problem.grid, ("phone", "chat")
    shift = replace(first, latest_start=first.earliest_start, breaks=first.breaks[:1])
    later = replace(shift, code="L", earliest_start=720, latest_start=720)
    levels = st.lists(st.sampled_from([0.5, 0.8, 1.0, 1.25]), min_size=2, max_size=2)
    half = st.lists(st.integers(0, 4), min_size=grid.size, max_size=grid.size)
    return a_problem(
        grid,
        agents=tuple(
            an_agent(
                f"A{i}",
                skills=frozenset(skills),
                proficiency=tuple(zip(skills, draw(levels), strict=True)),
            )
            for i in range(2)
        ),
        demands=tuple(a_demand(grid, np.array(draw(half)) / 2, queue=q) for q in skills),
        shifts=(shift, later),
        weights=Weights(under=40, over=4, evenness=1, queue_change=0, steady_start=0),
    )


@examples(140, 7000)
@given(problem=roster_problems(most_agents=4), seed=st.integers(0, 99), data=st.data())
def test_whatever_the_engine_says_is_true(
    problem: RosterProblem, seed: int, data: st.DataObject
) -> None:
    if data.draw(st.booleans()):
        problem = data.draw(ruled(problem))
    told: list[float] = []
    result = solve(
        problem, LIMIT, np.random.default_rng(seed), progress=lambda _stage, cost: told.append(cost)
    )
    if result.status is SolveStatus.INFEASIBLE:
        assert_conflicts_are_real(problem, result)
    elif result.status is SolveStatus.UNKNOWN:
        # Only what concerns all agents together may stay open.
        assert {violation.rule for violation in result.violations} <= COUPLING
    else:
        assert_numbers_are_true(problem, result, told)


@examples(100, 3000)
@given(problem=tiny_problems(), seed=st.integers(0, 99))
def test_tiny_problems_agree_with_all_rosters_there_are(problem: RosterProblem, seed: int) -> None:
    least = optimum(problem)
    result = solve(problem, LIMIT, np.random.default_rng(seed))
    if least is None:
        assert result.roster is None
        return
    assert result.status is not SolveStatus.INFEASIBLE
    assert group_conflicts(problem) == ()
    if result.roster is None:
        return
    assert result.cost is not None
    assert result.lower_bound is not None
    assert result.lower_bound - 1e-6 <= least[0] <= result.cost + 1e-6
    if result.status is SolveStatus.OPTIMAL or len(problem.agents) == 1:
        assert result.cost == pytest.approx(least[0])


@examples(60, 2000)
@given(problem=tiny_problems_of_queues(), seed=st.integers(0, 99))
def test_unequal_agents_on_two_queues_agree_with_all_rosters_there_are(
    problem: RosterProblem, seed: int
) -> None:
    least = optimum_over_queues(problem)
    result = solve(problem, LIMIT, np.random.default_rng(seed))
    assert result.cost is not None
    assert result.lower_bound is not None
    assert result.lower_bound - 1e-6 <= least <= result.cost + 1e-6
    if result.status is SolveStatus.OPTIMAL:
        assert result.cost == pytest.approx(least)


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
    if not problem.meetings:  # who misses one is counted once meetings are placed
        assert told == sorted(told, reverse=True)
    exact = problem.proficiency == ALIKE or len(problem.queues) < 2  # who serves what
    if told:
        # Queues are given to people last: with a price on changes cover may cost a little more.
        assert told[-1] <= found.total + 1e-6
        if problem.weights.queue_change == 0:
            assert told[-1] == pytest.approx(found.total)
    again = solve(
        problem, SolveLimit(60.0, rounds=1), np.random.default_rng(1), start=result.roster
    )
    assert again.cost is not None
    if problem.weights.queue_change == 0 and exact:
        assert again.cost <= result.cost + 1e-6


def assert_conflicts_are_real(problem: RosterProblem, result: RosterResult) -> None:
    """No roster keeps the rules, any one of them may go, and what is proposed works."""
    assert result.roster is None
    assert result.conflicts
    for conflict in result.conflicts:
        if conflict.agent is None:
            assert not have_rosters(problem, conflict.people)
            continue
        mine = alone(problem, conflict.agent)
        rules = tuple(rule for rule in RULES if rule.name in conflict.rules)
        assert rules
        assert not has_roster(mine, rules)
        for dropped in rules:
            assert has_roster(mine, tuple(rule for rule in rules if rule is not dropped))
    first = [conflict for conflict in result.conflicts if conflict.agent is not None][:1]
    for reasons in agent_reasons(problem, tuple(c for c in result.conflicts if c in first)):
        for remedy in reasons.remedies:
            assert has_roster(alone(remedy.applied(problem), reasons.agent))
