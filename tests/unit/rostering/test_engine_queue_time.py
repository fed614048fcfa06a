"""Which queue an agent serves when: as the cover says, with few changes."""

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.rules import Weights
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.objective import cost_breakdown, queue_changes

from tests.factories import a_demand, a_grid, a_problem, a_shift, an_agent

GRID = a_grid(days=1)


def flickering_problem(queue_change: float):
    """Two queues that want one and a half agents in turn, and two agents who can do both."""
    odd = np.arange(GRID.size) % 2
    agents = tuple(an_agent(f"A{i}", skills=frozenset({"phone", "chat"})) for i in (1, 2))
    return a_problem(
        GRID,
        demands=(a_demand(GRID, 1 + odd * 0.5), a_demand(GRID, 1.5 - odd * 0.5, "chat")),
        agents=(*agents, an_agent("A3", skills=frozenset({"phone", "chat"}))),
        shifts=(a_shift(),),
        weights=Weights(40, 4, fairness=0, steady_start=0, queue_change=queue_change),
    )


def changes_of(queue_change: float) -> tuple[int, float]:
    problem = flickering_problem(queue_change)
    result = solve(problem, SolveLimit(30, rounds=20), np.random.default_rng(1))
    assert result.roster is not None
    assert not result.violations
    free = replace(problem, weights=replace(problem.weights, queue_change=0.0))
    cover = cost_breakdown(free, result.roster).total
    return sum(queue_changes(shift) for shift in result.roster.assignments), cover


def test_a_third_agent_follows_the_need_where_changing_is_free() -> None:
    changes, cover = changes_of(0.0)
    # Eight hours of need that alternates: the third agent goes to and fro, and nobody is short.
    assert changes >= 7
    assert cover <= changes_of(100.0)[1]


def test_each_goes_where_they_do_more_for_both() -> None:
    """One wanted on each of two queues: of two agents, one is better on the chat and the other no
    worse than most on the phone."""
    both = frozenset({"phone", "chat"})
    agents = (
        an_agent("A1", skills=both, proficiency=(("phone", 0.8), ("chat", 1.2))),
        an_agent("A2", skills=both, proficiency=(("chat", 0.8),)),
    )
    demands = (a_demand(GRID, 1.0), a_demand(GRID, 1.0, "chat"))
    weights = Weights(40, 4, fairness=0, steady_start=0)
    problem = a_problem(GRID, demands=demands, agents=agents, weights=weights)
    result = solve(problem, SolveLimit(30, rounds=5), np.random.default_rng(1))
    assert result.roster is not None
    served = {s.agent: {span.queue for span in s.queues} for s in result.roster.assignments}
    assert served == {"A1": {"chat"}, "A2": {"phone"}}
    assert result.cost == pytest.approx(cost_breakdown(problem, result.roster).total)


def test_nobody_changes_where_it_costs_more_than_it_gains() -> None:
    # Half an agent short for an hour costs about 22 points, far less than a change.
    changes, _ = changes_of(100.0)
    assert changes == 0
