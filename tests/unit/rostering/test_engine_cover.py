"""Agents on queues: adding and taking one keeps the spread the cheapest there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment
from shiftcast.data.rules import Weights
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.cover import Cover
from shiftcast.scheduling.rostering.engine.spread import add, price, take

from tests.factories import FREE, a_demand, a_grid, a_past, a_problem, an_agent

FORBIDDEN = 1e6


def a_cover(skills: list[int], queues: int, rng: np.random.Generator, most: int = 12) -> Cover:
    """One slot with random convex costs; `skills` are the queues of each group, as bits."""
    marginal = np.sort(rng.normal(0.0, 10.0, (queues, 1, most)), axis=2)
    return Cover(
        marginal,
        np.zeros((queues, 1), dtype=np.int32),
        np.zeros((1, len(skills), queues), dtype=np.int32),
        np.zeros((1, queues), dtype=np.int64),
        np.array(skills, dtype=np.int64),
        np.ones((len(skills), queues), dtype=np.int64),
        False,
        np.zeros(0, dtype=np.int32),
        np.zeros((0, 3)),
        np.zeros((0, 2), dtype=np.int32),
        np.zeros((0, 2), dtype=np.int32),
        np.zeros((0, 2), dtype=np.int32),
        np.zeros(0, dtype=np.int64),
        np.zeros(0),
        np.zeros((0, len(skills)), dtype=np.int32),
    )


def least_cost(cover: Cover, groups: list[int]) -> float:
    """Each agent to the k-th place of a queue, by the Hungarian method."""
    queues, _, most = cover.marginal.shape
    able = np.array([[(cover.skills[g] >> q) & 1 for q in range(queues)] for g in groups])
    dear = np.where(able[:, :, None], cover.marginal[None, :, 0, :], FORBIDDEN)
    table = dear.reshape(len(groups), queues * most)
    rows, columns = linear_sum_assignment(table)
    return float(table[rows, columns].sum())


@pytest.mark.parametrize("seed", range(12))
def test_the_spread_stays_the_cheapest_while_agents_come_and_go(seed: int) -> None:
    rng = np.random.default_rng(seed)
    queues = int(rng.integers(1, 5))
    skills = list({int(s) for s in rng.integers(1, 2**queues, 4)})
    cover = a_cover(skills, queues, rng)
    there: list[int] = []
    cost = 0.0
    for _ in range(40):
        # Never more than the marginal costs are known for.
        if there and (len(there) == 12 or rng.random() < 0.4):
            cost += take(cover, there.pop(int(rng.integers(len(there)))), 0)
        else:
            there.append(int(rng.integers(len(skills))))
            cost += add(cover, there[-1], 0)
        assert cost == pytest.approx(least_cost(cover, there) if there else 0.0)
        assert cover.spread[0].sum(axis=1).tolist() == [there.count(g) for g in range(len(skills))]
        assert (cover.spread[0].sum(axis=0) == cover.supply[:, 0]).all()
        assert all((skills[g] >> q) & 1 for g, q in np.argwhere(cover.spread[0] > 0)), (
            "somebody serves a queue without the skill"
        )


@pytest.mark.parametrize("seed", range(6))
def test_the_price_is_what_one_more_agent_costs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    skills = [0b001, 0b011, 0b110]
    cover = a_cover(skills, 3, rng)
    there = [int(g) for g in rng.integers(0, 3, 7)]
    before = sum(add(cover, g, 0) for g in there)
    for group in range(3):
        out = np.zeros(1)
        price(cover, group, out)
        assert before + out[0] == pytest.approx(least_cost(cover, [*there, group]))


def test_beyond_the_table_the_last_slope_goes_on() -> None:
    cover = a_cover([1], 1, np.random.default_rng(1), most=3)
    for _ in range(3):
        add(cover, 0, 0)
    assert add(cover, 0, 0) == cover.marginal[0, 0, -1]
    assert take(cover, 0, 0) == -cover.marginal[0, 0, -1]


def test_an_empty_roster_already_has_what_the_past_reaches_into_it() -> None:
    """Sunday's night shift is on the queue until 06:00: the second head there is worth what the
    first is worth later."""
    grid = a_grid()
    problem = a_problem(grid, demands=(a_demand(grid, 2.0),), weights=Weights())
    night = a_past(problem, "D", clock=1320)
    compiled = compile_problem(
        a_problem(grid, demands=problem.demands, weights=Weights(), history=night)
    )
    cover = compiled.cover(Weights())
    assert cover.marginal[0, 5, 0] == cover.marginal[0, 6, 1]


def test_a_band_counts_what_the_past_reaches_into_the_grid() -> None:
    """Sunday's night shift has one of the two seats until 06:00."""
    problem = a_problem(rules=replace(FREE, seats=2))
    night = a_past(problem, "D", clock=1320)
    cover = compile_problem(replace(problem, history=night)).cover(Weights())
    assert (cover.bands[0, 5], cover.bands[0, 6]) == (1, 0)


def test_agents_of_equal_skills_are_one_group() -> None:
    agents = (
        an_agent("A1"),
        an_agent("A2", skills=frozenset({"phone", "french"})),
        an_agent("A3", skills=frozenset({"chat"})),
    )
    grid = a_grid()
    demands = (a_demand(grid), a_demand(grid, queue="chat"))
    compiled = compile_problem(a_problem(grid, demands=demands, agents=agents))
    assert compiled.skills.tolist() == [0b01, 0b10]
    assert compiled.crew.group.tolist() == [0, 0, 1]
