"""Agents who do more or less than one agent's work."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.people import Agent
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.proficiency import ALIKE, proficiency_of
from shiftcast.scheduling.rostering.roster import QueueSpan, Roster

from tests.factories import NO_WEIGHTS, a_demand, a_grid, a_problem, a_roster, an_agent


def agents(*levels: float) -> list[Agent]:
    return [
        Agent(f"A{i}", "", "full", frozenset({"calls"}), proficiency=(("calls", level),))
        for i, level in enumerate(levels)
    ]


@pytest.mark.parametrize(
    ("levels", "unit", "units"),
    [
        ((), 1, []),
        ((2.0, 3.0), 1, [2, 3]),
        ((0.5,), 2, [1]),
        ((1.25, 0.5), 4, [5, 2]),
        ((0.8, 1.2), 5, [4, 6]),
        ((0.8, 0.5), 10, [8, 5]),
        ((0.85,), 20, [17]),
        ((0.83, 0.8), 20, [17, 16]),  # to the nearest twentieth
        ((0.01,), 20, [1]),  # nobody does nothing
    ],
)
def test_the_unit_is_the_largest_that_all_are_made_of(
    levels: tuple[float, ...], unit: int, units: list[int]
) -> None:
    found = proficiency_of(agents(*levels), {"phone": "calls", "chat": "chat"})
    assert (found.unit, list(found.units.values())) == (unit, units)
    assert found.of("A0", "chat") == found.of("somebody", "phone") == unit


def test_what_comes_to_one_agent_is_not_told_apart() -> None:
    assert proficiency_of(agents(1.01), {"phone": "calls"}) == ALIKE


def test_supply_adds_up_work() -> None:
    # From 8 to 15 both are there, until 16 only one, half of the hour.
    slow = an_agent("A1", proficiency=(("phone", 0.8),))
    problem = a_problem(a_grid(days=1), agents=(slow, an_agent("A2")))
    first, second = a_roster(problem, "D", "D").assignments
    second = replace(second, queues=(QueueSpan(480, 930, "phone"),))
    first = replace(first, queues=(QueueSpan(480, 900, "phone"),))
    roster = Roster(problem.grid, (first, second))
    assert problem.supply(roster)[0, [7, 8, 14, 15]].tolist() == [0.0, 1.8, 1.8, 0.5]
    assert roster.supply(("phone",))[0, [7, 8, 14, 15]].tolist() == [0.0, 2.0, 2.0, 0.5]


@pytest.mark.parametrize(("level", "under", "over"), [(0.8, 64.0, 0.0), (1.5, 0.0, 16.0)])
def test_a_slower_agent_covers_less_and_a_faster_one_more(
    level: float, under: float, over: float
) -> None:
    """Eight hours of 2 wanted, 40 points for each missing, 4 for each to spare: 0.8 and 1 are 0.2
    short, 1.5 and 1 are 0.5 over."""
    grid = a_grid(days=1)
    wanted = np.where((grid.minute_of_day >= 480) & (grid.minute_of_day < 960), 2.0, 0.0)
    problem = a_problem(
        grid,
        agents=(an_agent("A1", proficiency=(("phone", level),)), an_agent("A2")),
        demands=(a_demand(grid, wanted),),
        weights=replace(NO_WEIGHTS, under=40, over=4),
    )
    cost = cost_breakdown(problem, a_roster(problem, "D", "D"))
    assert (cost.under, cost.over) == pytest.approx((under, over))
