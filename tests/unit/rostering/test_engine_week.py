"""The kernel against every week there is: the best legal roster of one agent under given prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment, Request, RequestKind, TimeOff
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakRule
from shiftcast.scheduling.rostering.engine.compile import Compiled, compile_problem
from shiftcast.scheduling.rostering.engine.one_agent import best_exactly, sum_prices, value_options
from shiftcast.scheduling.rostering.engine.week import place_breaks
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import Carried, RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.factories import (
    FREE,
    MONDAY,
    NO_WEIGHTS,
    a_contract,
    a_grid,
    a_past,
    a_problem,
    a_shift,
    an_agent,
    an_assignment,
)
from tests.unit.rostering.exact import legal_weeks

# Six hours from 08:00 or 09:00 with an hour's break somewhere, and a night of four hours.
DAY = a_shift(latest_start=540, paid_min=300, breaks=(BreakRule(60, False, 120, 180),))
NIGHT = a_shift("N", earliest_start=1320, latest_start=1320, paid_min=240)
TUESDAY = MONDAY + timedelta(days=1)

CASES = {
    "free": {},
    "two days at most": {"contracts": (a_contract(max_days=2),)},
    "two to three days": {"contracts": (a_contract(min_days=2, max_days=3),)},
    "hours": {"contracts": (a_contract(min_minutes=480, max_minutes=720),)},
    "a block off": {"contracts": (a_contract(min_days_off_together=2),), "first_weekday": 4},
    "steady start": {"contracts": (a_contract(max_start_spread_min=0),)},
    "the week turns": {
        "contracts": (a_contract(max_days=1, max_start_spread_min=0),),
        "first_weekday": 2,
        "weights": replace(NO_WEIGHTS, steady_start=3.0),
    },
    "rest": {"rules": Rules(min_rest_min=660, max_consecutive_days=2)},
    "after a past": {"rules": Rules(min_rest_min=720, max_consecutive_days=3), "history": "DN"},
    "leave": {
        "time_off": (TimeOff("A1", TUESDAY, TUESDAY),),
        "contracts": (a_contract(max_days=2),),
    },
    "fixed": {
        "fixed": (FixedAssignment("A1", TUESDAY, "N"),),
        "rules": Rules(min_rest_min=660),
    },
    "wishes": {
        "weights": Weights(
            request=1.0, fairness=2.0, steady_start=1.0, fairness_early=3.0, fairness_late=1.5
        ),
        "rules": replace(FREE, early_before=540, late_after=1560),
        "requests": (
            Request("A1", MONDAY, RequestKind.DAY_OFF, 5.0),
            Request("A1", TUESDAY, RequestKind.START_FROM, 5.0, minute=540),
            Request("A1", TUESDAY, RequestKind.SHIFT, 7.0, shift_code="N"),
        ),
        "carried": (Carried("A1", 2, 1, 1, 0, 2), Carried("A2")),
        "agents": (an_agent("A1"), an_agent("A2")),
    },
    "clocks go forward": {"first_day": date(2026, 3, 28), "rules": Rules(min_rest_min=600)},
    "clocks go back": {"first_day": date(2026, 10, 24), "rules": Rules(min_rest_min=600)},
}


def case(name: str) -> RosterProblem:
    told = dict(CASES[name])
    first_day = told.pop("first_day", MONDAY)
    grid = a_grid(first_day, days=4, tz="Europe/Berlin")
    problem = a_problem(grid, shifts=(DAY, NIGHT))
    if "history" in told:
        told["history"] = a_past(problem, told["history"])
    return replace(problem, **told)


def best_week(compiled: Compiled, prices: np.ndarray) -> tuple[float, Roster]:
    """The kernel's answer for the first agent: its points, and its roster."""
    scratch = compiled.scratch()
    scratch.price[:] = prices
    sum_prices(scratch)
    value_options(0, compiled.crew, compiled.options, scratch)
    points, _ = best_exactly(0, compiled.crew, compiled.tables, compiled.options, scratch)
    found = []
    for o in scratch.chosen[scratch.chosen >= 0]:
        universe, problem = compiled.universe, compiled.problem
        starts = np.zeros(compiled.options.break_len.shape[1], dtype=np.int64)
        place_breaks(scratch.prefix, scratch.pause, compiled.options, o, starts)
        shift = problem.shifts[universe.template[o]]
        offsets = (starts * problem.slot_min - universe.start[o])[: len(shift.breaks)]
        found.append(
            an_assignment(
                problem, int(universe.day[o]), shift.code, int(universe.clock[o]), "A1",
                [int(offset) for offset in offsets],
            )
        )  # fmt: skip
    return points, Roster(compiled.problem.grid, tuple(found))


def paid(problem: RosterProblem, week: tuple[Assignment, ...], prices: np.ndarray) -> float:
    """Prices of the working time."""
    step = problem.slot_min
    spans = [span for shift in week for span in shift.working()]
    return sum(float(prices[start // step : end // step].sum()) for start, end in spans)


def own_points(problem: RosterProblem, week: tuple[Assignment, ...]) -> float:
    """Points that have nothing to do with cover, from the side that judges rosters."""
    found = cost_breakdown(problem, Roster(problem.grid, week))
    return found.requests + found.fairness + found.steady_start


@pytest.mark.parametrize("name", CASES)
def test_the_best_week_is_the_best_of_all_legal_weeks(name: str) -> None:
    problem = case(name)
    compiled = compile_problem(problem)
    own = {week: own_points(problem, week) for week in legal_weeks(problem, 0)}
    rng = np.random.default_rng(sum(map(ord, name)))
    for level in (-3.0, -0.5, 2.0):
        prices = level + rng.normal(0.0, 3.0, compiled.slots)
        least = min(points + paid(problem, week, prices) for week, points in own.items())
        points, roster = best_week(compiled, prices)
        assert points == pytest.approx(least)
        chosen = roster.assignments
        assert own[chosen] + paid(problem, chosen, prices) == pytest.approx(points)


def test_no_legal_week_is_told_as_infinite_points() -> None:
    problem = case("fixed")
    off = FixedAssignment("A1", TUESDAY, None)
    compiled = compile_problem(replace(problem, fixed=(off,), contracts=(a_contract(min_days=7),)))
    assert np.isinf(best_week(compiled, np.zeros(compiled.slots))[0])


@pytest.mark.parametrize("seed", range(5))
def test_breaks_take_the_dearest_time_out_of_a_shift(seed: int) -> None:
    """Three breaks whose windows overlap, on quarters of an hour, against all placements."""
    rules = (
        BreakRule(15, True, 30, 120),
        BreakRule(30, False, 60, 150),
        BreakRule(15, True, 75, 210),
    )
    problem = a_problem(a_grid(interval_min=30), shifts=(a_shift(breaks=rules),))
    compiled = compile_problem(problem)
    prices = np.random.default_rng(seed).normal(0.0, 1.0, compiled.slots)
    scratch = compiled.scratch()
    scratch.price[:] = prices
    sum_prices(scratch)
    value_options(0, compiled.crew, compiled.options, scratch)
    first = 480 // 15
    whole = prices[first : first + 34].sum()
    taken = [
        prices[first + a] + prices[first + b : first + b + 2].sum() + prices[first + c]
        for a, b, c in product(range(2, 9), range(4, 11), range(5, 15))
        if a + 1 <= b and b + 2 <= c
    ]
    assert scratch.value[0] == pytest.approx(whole - max(taken))
