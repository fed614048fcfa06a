"""Agents of unequal proficiency: what a chain of moves costs, and how good the spread is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.rules import Weights
from shiftcast.scheduling.rostering.engine.chains import settled
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.cover import Cover
from shiftcast.scheduling.rostering.engine.spread import add, price, take
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import a_demand, a_grid, a_problem, an_agent

FIVE = [(("phone", 0.8), ("chat", 1.2)), (("chat", 0.6),), (("phone", 1.2),), (), (("chat", 1.4),)]


def a_centre(wanted: tuple[float, ...] = (2.3, 1.6), queues: int = 2) -> RosterProblem:
    """Five agents, the last of them only for the chat, who want nobody else beside them."""
    names = ("phone", "chat", "mail")[:queues]
    grid = a_grid(days=1)
    agents = tuple(
        an_agent(
            f"A{i}",
            skills=frozenset(names if i < 4 else ("chat",)),
            proficiency=tuple(pair for pair in levels if pair[0] in names),
        )
        for i, levels in enumerate(FIVE)
    )
    demands = tuple(a_demand(grid, w, queue=q) for q, w in zip(names, wanted, strict=False))
    weights = Weights(under=40, over=4, evenness=1)
    return a_problem(grid, agents=agents, demands=demands, weights=weights)


def a_cover(problem: RosterProblem) -> tuple[Cover, list[int]]:
    """The cover of the first slot of a day, and the group of each agent."""
    compiled = compile_problem(problem)
    cover = compiled.cover(problem.weights)
    one = cover._replace(
        marginal=cover.marginal[:, :1].copy(),
        supply=cover.supply[:, :1].copy(),
        spread=cover.spread[:1].copy(),
        reach=cover.reach[:1].copy(),
    )
    return one, [g for g in compiled.crew.group.tolist() if cover.skills[g]]


def points_of(cover: Cover) -> float:
    """The cost of the spread, relative to nobody's being there."""
    return float(
        sum(cover.marginal[q, 0, : cover.supply[q, 0]].sum() for q in range(len(cover.supply)))
    )


def least_points(cover: Cover, there: list[int]) -> float:
    """Every agent on every queue that the agent can serve."""
    queues = len(cover.supply)
    serves = [[q for q in range(queues) if (cover.skills[g] >> q) & 1] for g in there]
    table = np.cumsum(np.pad(cover.marginal[:, 0], ((0, 0), (1, 0))), axis=1)
    least = np.inf
    for queue_of in product(*serves):
        units = np.zeros(queues, dtype=np.int64)
        for g, q in zip(there, queue_of, strict=True):
            units[q] += cover.work[g, q]
        least = min(least, float(table[np.arange(queues), units].sum()))
    return least


def assert_sound(cover: Cover, there: list[int]) -> None:
    assert cover.spread[0].sum(axis=1).tolist() == [there.count(g) for g in range(len(cover.work))]
    assert (cover.supply[:, 0] == (cover.spread[0] * cover.work).sum(axis=0)).all()
    able = (cover.skills[:, None] >> np.arange(len(cover.supply))) & 1
    assert not cover.spread[0][able == 0].any()


def come_and_go(
    cover: Cover, groups: list[int], rng: np.random.Generator, steps: int
) -> NDArray[np.float64]:
    """Points found above the least, after each step of a random course."""
    there: list[int] = []
    left = list(groups)
    above = []
    cost = 0.0
    for _ in range(steps):
        if there and (not left or rng.random() < 0.4):
            left.append(there.pop(int(rng.integers(len(there)))))
            cost += take(cover, left[-1], 0)
        else:
            there.append(left.pop(int(rng.integers(len(left)))))
            out = np.zeros(1)
            price(cover, there[-1], out)
            cost += float(out[0])
            assert add(cover, there[-1], 0) == pytest.approx(out[0]), "a price that was not kept"
        assert cost == pytest.approx(points_of(cover))
        assert_sound(cover, there)
        change = settled(cover)
        assert change <= 0.0
        cost += change
        assert cost == pytest.approx(points_of(cover))
        assert_sound(cover, there)
        above.append(cost - least_points(cover, there))
    return np.array(above)


@pytest.mark.parametrize("queues", [1, 2, 3])
def test_the_cost_is_that_of_the_spread_and_near_the_least_there_is(queues: int) -> None:
    above = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        wanted = tuple(rng.integers(2, 12, 3) / 4)
        cover, groups = a_cover(a_centre(wanted, queues))
        above.append(come_and_go(cover, groups, rng, 30))
    found = np.concatenate(above)
    assert found.min() >= -1e-6
    assert (found > 1e-6).mean() < 0.05
