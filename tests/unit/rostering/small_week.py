"""A small centre's week for tests of the engine's parts: two queues, two skill groups, breaks."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import numpy as np
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.engine.compile import Compiled, compile_problem
from shiftcast.scheduling.rostering.engine.cover import Cover
from shiftcast.scheduling.rostering.engine.search import sweep
from shiftcast.scheduling.rostering.engine.weeks import Weeks, enter
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import a_contract, a_demand, a_grid, a_problem, a_shift, an_agent

BREAKS = (BreakRule(15, True, 90, 150), BreakRule(30, False, 180, 300))
WEIGHTS = Weights(queue_change=0.0)  # the search itself does not see changes of queue


def a_week(agents: int = 12, days: int = 7, **changes: object) -> RosterProblem:
    """Ten-hour days on steps of a quarter with a peak at noon, half of it again on the chat."""
    grid = a_grid(days=days, interval_min=30)
    hour = grid.minute_of_day / 60
    humps = np.where((hour >= 8) & (hour < 18), 2.0 + 2.5 * np.exp(-((hour - 12) ** 2) / 4), 0.0)
    both = frozenset({"phone", "chat"})
    crew = [an_agent(f"A{i}", skills=both if i % 3 else frozenset({"chat"})) for i in range(agents)]
    told: dict[str, object] = {
        "demands": (a_demand(grid, humps), a_demand(grid, humps / 2, queue="chat")),
        "agents": tuple(crew),
        "contracts": (a_contract(min_days=3, max_days=5, min_days_off_together=2),),
        "shifts": (
            a_shift(latest_start=660, grid_min=30, breaks=BREAKS),
            a_shift("S", paid_min=240),
            a_shift("N", earliest_start=1200, latest_start=1260, breaks=BREAKS[:1]),
        ),
        "rules": Rules(),
        "weights": WEIGHTS,
    }
    return a_problem(grid, **{**told, **changes})


def unequal(problem: RosterProblem) -> RosterProblem:
    """The same with every second agent slower or faster than others."""
    levels = (("phone", 0.8), ("chat", 1.25)), (), (("chat", 0.8),), ()
    agents = tuple(
        replace(agent, proficiency=tuple(pair for pair in own if pair[0] in agent.skills))
        for agent, own in zip(problem.agents, cycle(levels), strict=False)
    )
    return replace(problem, agents=agents)


def settled(problem: RosterProblem, seed: int = 1) -> tuple[Compiled, Weeks, Cover, float]:
    """Everybody placed once, in order, at prices with noise: a legal roster that is not good.
    The last is its cost: of the empty roster, and of everybody's coming."""
    compiled = compile_problem(problem)
    weeks, cover, scratch = compiled.nobody(), compiled.cover(problem.weights), compiled.scratch()
    scratch.noise[:] = 40 * np.random.default_rng(seed).random(compiled.slots)
    cost = compiled.empty_cost()
    everybody, options = np.arange(compiled.agents), compiled.options
    cost += sweep(everybody, False, weeks, compiled.crew, compiled.tables, cover, options, scratch)
    return compiled, weeks, cover, cost


def cost_of(compiled: Compiled, weeks: Weeks) -> float:
    """What the weeks cost when everybody is put into an empty cover."""
    cover = compiled.cover(compiled.problem.weights)
    crew, options = compiled.crew, compiled.options
    added = sum(enter(a, weeks, crew, cover, options) for a in range(compiled.agents))
    return compiled.empty_cost() + added + float(weeks.cost.sum())
