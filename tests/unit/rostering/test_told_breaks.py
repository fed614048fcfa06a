"""Breaks that people know: they move where that is worth more than its price, held against every
placing there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from shiftcast.data.presence import Meeting
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine import SolveLimit, place_breaks_anew
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.told_breaks import place_near
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import MeetingSpan, Roster
from shiftcast.scheduling.rostering.told import Moved, Told, moved_breaks

from tests.factories import (
    MONDAY,
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_shift,
    an_agent,
    an_assignment,
)
from tests.unit.rostering.small_week import WEIGHTS

BREAKS = (BreakRule(60, True, 60, 240), BreakRule(60, False, 180, 360))
PLACES = [(b, c) for b, c in product(range(60, 241, 60), range(180, 361, 60)) if b + 60 <= c]
AGENTS = 3


def a_day(wanted: np.ndarray) -> RosterProblem:
    grid = a_grid(days=1)
    return a_problem(
        grid,
        demands=(a_demand(grid, wanted),),
        agents=tuple(an_agent(f"A{i}") for i in range(AGENTS)),
        shifts=(a_shift(breaks=BREAKS),),
        contracts=(a_contract(min_days=7),),
        weights=WEIGHTS,
    )


def placed(problem: RosterProblem, places: list[tuple[int, ...]]) -> Roster:
    return Roster(
        problem.grid,
        tuple(
            an_assignment(problem, 0, agent=agent.id, breaks=pair)
            for agent, pair in zip(problem.agents, places, strict=True)
        ),
    )


def anew(problem: RosterProblem, told: Told) -> Roster:
    rng = np.random.default_rng(1)
    result = place_breaks_anew(problem, told.roster, SolveLimit(20.0, 4), rng, told=told)
    assert result.roster is not None
    assert result.violations == ()
    assert result.cost == pytest.approx(cost_breakdown(problem, result.roster).total)
    return result.roster


def all_in(problem: RosterProblem, told: Told, roster: Roster) -> float:
    return cost_breakdown(problem, roster).total + told.cost(roster)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("price", [0.0, 7.0, 30.0, 1e4])
def test_cost_and_price_of_moves_are_the_least_of_all_placings(seed: int, price: float) -> None:
    """Three agents, two breaks each: 10³ ways to place them, some of which move nothing."""
    rng = np.random.default_rng(seed)
    problem = a_day(rng.integers(0, 4, 24).astype(float))
    known = [PLACES[i] for i in rng.integers(0, len(PLACES), AGENTS)]
    told = Told(placed(problem, known), (price,))
    found = anew(problem, told)
    least = min(
        all_in(problem, told, placed(problem, list(trio)))
        for trio in product(PLACES, repeat=AGENTS)
    )
    assert all_in(problem, told, found) == pytest.approx(least)
    if price > 1e3:
        assert moved_breaks(told.roster, found) == Moved(0, 0)


def test_nothing_moves_that_gains_nothing() -> None:
    """Nobody is wanted: every placing costs the same, and so the one that people know stays."""
    problem = a_day(np.zeros(24))
    told = Told(placed(problem, [(120, 240), (60, 360), (180, 300)]), (0.5,))
    assert moved_breaks(told.roster, anew(problem, told)) == Moved(0, 0)


@pytest.mark.parametrize(("price", "moved"), [(39.0, Moved(1, 1)), (41.0, Moved(0, 0))])
def test_a_shortage_closes_if_it_is_worth_the_price(price: float, moved: Moved) -> None:
    """All three are wanted in the hour of a break, and two in the hour after: an hour short costs
    40 points, what is over next to nothing."""
    wanted = np.zeros(24)
    wanted[10] = AGENTS
    problem = replace(a_day(wanted), weights=replace(WEIGHTS, over=0.0, evenness=0.0))
    told = Told(placed(problem, [(120, 300), (60, 300), (180, 300)]), (price,))
    found = anew(problem, told)
    assert moved_breaks(told.roster, found) == moved


@pytest.mark.parametrize(("price", "kept"), [(0.0, False), (100.0, True)])
def test_a_meeting_stays_when_it_was_told(price: float, kept: bool) -> None:
    """One is wanted when the meeting is held, and there is only one: it moves if that is free."""
    wanted = np.zeros(24)
    wanted[9] = AGENTS
    lesson = Meeting("lesson", 60, MONDAY, MONDAY, ("A0",), weight=1e4)
    problem = replace(a_day(wanted), meetings=(lesson,))
    roster = placed(problem, [(120, 240)] * AGENTS)
    span = MeetingSpan(540, 600, "lesson")
    first = replace(roster.assignments[0], meetings=(span,))
    told = Told(Roster(problem.grid, (first, *roster.assignments[1:])), (price,))
    found = anew(problem, told)
    (own,) = found.of_agent("A0")
    assert (own.meetings == (span,)) is kept
    assert audit(problem, found) == ()


@pytest.mark.parametrize("seed", range(6))
def test_places_near_are_the_best_of_one_shift(seed: int) -> None:
    """Breaks of one shift at random prices, beside all its placings."""
    rng = np.random.default_rng(seed)
    compiled = compile_problem(a_day(np.ones(24)))
    options = compiled.options
    slots = compiled.slots + compiled.overhang + 1
    prefix = np.concatenate([[0.0], np.cumsum(rng.normal(size=slots - 1))])
    pause = np.concatenate([[0.0], np.cumsum(rng.normal(size=slots - 1) / 4)])
    slot = compiled.problem.slot_min
    start = int(options.start[0])
    choices = [tuple(start + at // slot for at in pair) for pair in PLACES]
    told = np.array(choices[int(rng.integers(len(choices)))])
    length, price = 60 // slot, 0.7

    def worth(pair: tuple[int, ...]) -> float:
        gains = sum(prefix[t + length] - prefix[t] - pause[t + length] + pause[t] for t in pair)
        return gains - price * sum(a != b for a, b in zip(pair, told.tolist(), strict=True))

    starts = np.zeros(2, dtype=np.int64)
    place_near(told, price, prefix, pause, options, 0, starts)
    found = tuple(starts.tolist())
    assert worth(found) == pytest.approx(max(map(worth, _every(start, slot))))


def _every(start: int, slot: int) -> list[tuple[int, int]]:
    first, second = (range(r.earliest_offset, r.latest_offset + 1, slot) for r in BREAKS)
    return [
        (start + b // slot, start + c // slot) for b, c in product(first, second) if b + 60 <= c
    ]
