"""Agents with totals over a week or a few, where every roster can be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
from numpy.typing import NDArray
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import WantedShift
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.compile import Compiled
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment, Roster

from tests.factories import (
    MONDAY,
    NO_WEIGHTS,
    a_contract,
    a_grid,
    a_problem,
    a_roster,
    a_shift,
    an_agent,
)

# An early shift, after which a late one may follow but not the other way round.
EARLY = a_shift("E", earliest_start=0, latest_start=0, paid_min=480)
LATE = a_shift("L", earliest_start=0, latest_start=0, paid_min=600, not_before=frozenset({"E"}))

CONTRACTS = {
    "hours": a_contract(max_days=7, min_period_min=1440, max_period_min=1980, period_weeks=1),
    "a weekend": a_contract(max_days=7, max_weekends=(0, 1), min_run_days=2),
    "one late shift": a_contract(max_days=7, shift_limits=(("L", 1),), min_run_days_off=2),
    "all of it": a_contract(
        max_days=7,
        min_period_min=1440,
        max_period_min=1980,
        period_weeks=1,
        max_weekends=(0, 1),
        shift_limits=(("L", 1),),
        min_run_days=2,
    ),
}


def a_crew(contract: str, weeks: int = 1, agents: int = 1) -> RosterProblem:
    """Agents on one contract, and each shift wanted once on every day."""
    days = 7 * weeks
    wanted = [
        WantedShift(MONDAY + timedelta(days=d), code, 1, 100.0, 1.0)
        for d in range(days)
        for code in "EL"
    ]
    return a_problem(
        a_grid(days=days, interval_min=60),
        demands=(),
        agents=tuple(an_agent(f"A{i + 1}") for i in range(agents)),
        contracts=(CONTRACTS[contract],),
        shifts=(EARLY, LATE),
        rules=Rules(min_rest_min=0, max_consecutive_days=days),
        weights=NO_WEIGHTS,
        wanted=tuple(wanted),
    )


def legal_weeks(problem: RosterProblem) -> list[tuple[Assignment, ...]]:
    """Every week of the first agent that the audit accepts; nobody serves a queue."""
    found = []
    for pattern in product(".EL", repeat=problem.grid.days):
        shifts = a_roster(problem, "".join(pattern)).assignments
        week = tuple(replace(shift, queues=()) for shift in shifts)
        if not audit(problem, Roster(problem.grid, week)):
            found.append(week)
    return found


def options_of(compiled: Compiled) -> dict[tuple[int, str], int]:
    universe, shifts = compiled.universe, compiled.problem.shifts
    return {
        (int(universe.day[o]), shifts[universe.template[o]].code): o for o in range(universe.size)
    }


def options_a_week(compiled: Compiled) -> NDArray[np.int64]:
    """The first agent's legal weeks as options (weeks, days), −1 a day off."""
    option, found = options_of(compiled), legal_weeks(compiled.problem)
    weeks = np.full((len(found), compiled.problem.grid.days), -1)
    for row, week in zip(weeks, found, strict=True):
        for shift in week:
            row[shift.day] = option[shift.day, shift.shift_code]
    return weeks
