"""Long horizons for tests: shifts wanted by number, and agents whose totals run over weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
from shiftcast.data.people import Contract, FixedAssignment
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import ShiftTemplate, WantedShift
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.local_search import LocalSearch
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import MONDAY, NO_WEIGHTS, a_contract, a_grid, a_problem, a_shift, an_agent

MISSING, EXTRA = 100.0, 1.0  # points of one person too few or too many
SHIFT = a_shift("S", earliest_start=0, latest_start=0, paid_min=480)


class Want(NamedTuple):
    """People wanted on a shift of a day, and the points of one missing."""

    day: int
    code: str = "S"
    number: int = 1
    missing: float = MISSING


def shifts_in(weeks: int, least: int, most: int, **changes: Any) -> Contract:
    """So many of the shifts S, by their hours, in so many weeks."""
    hours = a_contract(
        max_days=7, min_period_min=480 * least, max_period_min=480 * most, period_weeks=weeks
    )
    return replace(hours, **changes)


def a_long_crew(
    agents: str,
    weeks: int,
    contract: Contract,
    wanted: Iterable[Want],
    away: Mapping[str, Iterable[int]] | None = None,
    shifts: tuple[ShiftTemplate, ...] = (SHIFT,),
) -> RosterProblem:
    """Agents named by letters on one contract, `away` are days on which an agent may not work. No
    rule but the contract's."""
    return a_problem(
        a_grid(days=7 * weeks, interval_min=60),
        demands=(),
        agents=tuple(an_agent(name) for name in agents),
        contracts=(contract,),
        shifts=shifts,
        rules=Rules(min_rest_min=0, max_consecutive_days=7 * weeks),
        weights=NO_WEIGHTS,
        wanted=tuple(
            WantedShift(MONDAY + timedelta(want.day), want.code, want.number, want.missing, EXTRA)
            for want in wanted
        ),
        fixed=tuple(
            FixedAssignment(name, MONDAY + timedelta(day), None)
            for name, days in (away or {}).items()
            for day in days
        ),
    )


def searched(problem: RosterProblem) -> LocalSearch:
    """A first legal roster of everybody."""
    search = LocalSearch(compile_problem(problem), np.random.default_rng(1))
    search.begin(None)
    search.count_true_points()
    return search


def endless() -> float:
    """A clock that is never over."""
    return 1.0
