"""Breaks of a day moved together: never for the worse, and to the best there is."""

from __future__ import annotations

import signal
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakKind, BreakRule
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.compile import HARD, compile_problem
from shiftcast.scheduling.rostering.engine.floor import Floor
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.engine.polish import polish_breaks
from shiftcast.scheduling.rostering.engine.weeks import enter
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.roster import Roster

from tests.factories import (
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_shift,
    an_agent,
    an_assignment,
)
from tests.unit.rostering.small_week import WEIGHTS, a_week, cost_of, settled


@pytest.mark.parametrize("seed", range(3))
def test_polish_never_makes_it_worse_and_tells_the_change(seed: int) -> None:
    problem = a_week()
    compiled, weeks, cover, cost = settled(problem, seed)
    shifts = weeks.option.copy()
    for day in range(3):
        change = polish_breaks(
            Floor(compiled, weeks, cover), day, list(range(compiled.agents)), 5.0, seed
        )
        assert change <= 1e-6
        cost += change
        assert cost == pytest.approx(cost_of(compiled, weeks))
    assert (weeks.option == shifts).all()
    roster = to_roster(compiled, weeks, cover)
    assert audit(problem, roster) == ()
    assert cost == pytest.approx(cost_breakdown(problem, roster).total)


def test_ctrl_c_is_an_interruption_after_a_polish_too() -> None:
    """The solver of the day's model would leave it to the operating system, which ends everything
    without a word: then this test ends the whole run."""
    compiled, weeks, cover, _ = settled(a_week(), 0)
    polish_breaks(Floor(compiled, weeks, cover), 0, list(range(compiled.agents)), 5.0, 0)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("seed", range(4))
def test_polish_finds_the_best_breaks_of_a_day(seed: int) -> None:
    """Three agents, two breaks each with five and four places: all 20³ rosters by hand."""
    grid = a_grid(days=1)
    wanted = np.random.default_rng(seed).integers(0, 4, grid.size).astype(float)
    breaks = (BreakRule(60, True, 60, 240), BreakRule(60, False, 180, 360))
    problem = a_problem(
        grid,
        demands=(a_demand(grid, wanted),),
        agents=tuple(an_agent(f"A{i}") for i in range(3)),
        shifts=(a_shift(breaks=breaks),),
        contracts=(a_contract(min_days=7),),
        weights=WEIGHTS,
    )
    compiled, weeks, cover, cost = settled(problem, seed)
    cost += polish_breaks(Floor(compiled, weeks, cover), 0, [0, 1, 2], 20.0, 1)
    places = [
        (first, second)
        for first, second in product(range(60, 241, 60), range(180, 361, 60))
        if first + 60 <= second
    ]
    # Agents are alike: who takes which pair does not matter.
    crew = [
        [an_assignment(problem, 0, agent=agent.id, breaks=pair) for pair in places]
        for agent in problem.agents
    ]
    least = min(
        cost_breakdown(problem, Roster(grid, (crew[0][i], crew[1][j], crew[2][k]))).total
        for i, j, k in product(range(len(places)), repeat=3)
        if i <= j <= k
    )
    assert cost == pytest.approx(least)


def test_a_gap_is_not_moved_onto_a_taken_seat() -> None:
    """Two split shifts of one seat: their gaps lie opposite each other. Wanted is somebody from
    12:00 to 14:00 only, when both would have to be there."""
    grid = a_grid(days=1)
    noon = ((grid.minute_of_day >= 720) & (grid.minute_of_day < 840)) * 2.0
    gap = BreakRule(240, False, 0, 240, BreakKind.SPLIT)
    problem = a_problem(
        grid,
        demands=(a_demand(grid, noon),),
        agents=(an_agent("A1"), an_agent("A2")),
        shifts=(a_shift(paid_min=240, breaks=(gap,)),),
        contracts=(a_contract(min_days=7),),
        rules=Rules(0, 99, seats=1),
        weights=WEIGHTS,
    )
    compiled, weeks, cover, _ = settled(problem)
    assert audit(problem, to_roster(compiled, weeks, cover)) == ()
    assert polish_breaks(Floor(compiled, weeks, cover), 0, [0, 1], 5.0, 1) == 0.0
    assert audit(problem, to_roster(compiled, weeks, cover)) == ()


def test_breaks_move_apart_where_one_at_once_may_be_out() -> None:
    """Two agents whose only break lies at noon: it moves off the wanted hour of one of them."""
    grid = a_grid(days=1)
    problem = a_problem(
        grid,
        agents=(an_agent("A1"), an_agent("A2")),
        shifts=(a_shift(breaks=(BreakRule(60, True, 120, 300),)),),
        contracts=(a_contract(min_days=7),),
        weights=WEIGHTS,
    )
    _, weeks, _, _ = settled(problem)
    weeks.breaks[:, 0, 0] = 12
    strict = compile_problem(replace(problem, rules=replace(problem.rules, breaks_at_once=1)))
    cover = strict.cover(problem.weights)
    for a in range(2):
        enter(a, weeks, strict.crew, cover, strict.options)
    change = polish_breaks(Floor(strict, weeks, cover), 0, [0, 1], 5.0, 1)
    assert change == pytest.approx(-HARD)
    assert audit(strict.problem, to_roster(strict, weeks, cover)) == ()


def test_agents_who_are_off_are_left_alone() -> None:
    problem = a_week(3, contracts=(a_contract(max_days=0),))
    compiled, weeks, cover, _ = settled(problem)
    assert polish_breaks(Floor(compiled, weeks, cover), 0, [0, 1, 2], 5.0, 1) == 0.0
