"""A sick-call repair changes no more days than an exact model needs for the same cover."""

from __future__ import annotations

import math

import numpy as np
import pytest
from ortools.sat.python import cp_model
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.planning.plan import plan_week
from shiftcast.scheduling.planning.repairing import Repair, repair_plan
from shiftcast.scheduling.rostering.engine import SolveLimit
from shiftcast.scheduling.rostering.roster import Roster

from tests.unit.planning.small import GRID, Steady, a_centre, a_history

LIMIT = SolveLimit(seconds=20, rounds=5)
SCALE = 1000  # of fractional agents, since the model counts in whole numbers
CHOICES = {
    (code, start, breaks): {start + i for i in range(9)} - {start + breaks}
    for code, start, offsets in (("E8", 8, (4, 5)), ("L8", 11, (3, 4, 5)))
    for breaks in offsets
}
"""Hours of the day that a shift with its break an hour long covers."""


def fewest_changes(found: Repair) -> int:
    """The fewest days of others that have to change for no more hours short than the repair
    leaves: four or five days a week (an absence counts as worked), the rest is free. Who is away
    for hours keeps what is left of the shift, and all other days."""
    model = cp_model.CpModel()
    required = found.plan.problem.demands[0].required
    was = {(s.agent, s.day): s.shift_code for s in found.base.roster.assignments}
    off_days = found.plan.centre.time_off
    away = {(off.agent, GRID.day_number(off.first)) for off in off_days if off.whole_days}
    kept = {off.agent for off in off_days if not off.whole_days}
    agents = [agent.id for agent in found.plan.centre.agents if agent.id not in kept]
    there = Roster(GRID, tuple(s for s in found.plan.roster.assignments if s.agent in kept))
    given = np.round(found.plan.problem.supply(there)[0]).astype(int).tolist()
    works = {
        (agent, day, choice): model.new_bool_var(f"{agent} {day} {choice}")
        for agent in agents
        for day in range(GRID.days)
        for choice in CHOICES
        if (agent, day) not in away
    }
    changed = []
    for agent in agents:
        absences = sum(a == agent for a, _ in away)
        worked = [var for (a, _, _), var in works.items() if a == agent]
        model.add(sum(worked) + absences <= 5)
        model.add(sum(worked) + absences >= 4)
        for day in range(GRID.days):
            if (agent, day) in away:
                continue
            here = {choice: works[agent, day, choice] for choice in CHOICES}
            model.add_at_most_one(here.values())
            had = was.get((agent, day))
            if had is None:
                changed.extend(here.values())
            else:
                changed.append(1 - sum(var for (code, *_), var in here.items() if code == had))
    short = []
    for i, wanted in enumerate(required.tolist()):
        day, hour = int(GRID.day_of[i]), int(GRID.minute_of_day[i]) // 60
        present = sum(v for (_, d, c), v in works.items() if d == day and hour in CHOICES[c])
        lack = model.new_int_var(0, 100 * SCALE, f"short {i}")
        model.add(lack >= math.floor(wanted * SCALE) - SCALE * (present + given[i]))
        short.append(lack)
    model.add(sum(short) <= math.ceil(found.short.mended * SCALE))
    model.minimize(sum(changed))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # else Ctrl-C is left as the system has it
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


SICK = (
    (("A4", 3), ("A4", 4)),
    (("A4", 1), ("A6", 1)),
    (("A1", 2), ("A2", 2), ("A3", 2)),
)
GONE_AT_TEN = ((1, 3), (3, 3))
"""(day, how many of its early shift) leave at ten."""


@pytest.mark.parametrize("sick", SICK)
def test_no_more_changes_than_the_exact_model_needs(sick: tuple[tuple[str, int], ...]) -> None:
    base = plan_week(a_centre(10), a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady(14))
    absences = tuple(TimeOff(who, GRID.dates[day], GRID.dates[day]) for who, day in sick)
    found = repair_plan(base, base.centre.with_absences(absences), 0, limit=LIMIT)
    assert_exact(found)


@pytest.mark.parametrize(("day", "many"), GONE_AT_TEN)
def test_no_more_changes_where_some_leave_early(day: int, many: int) -> None:
    base = plan_week(a_centre(10), a_history(), GRID, limit=LIMIT, seed=1, forecaster=Steady(14))
    early = [s.agent for s in base.roster.assignments if (s.day, s.shift_code) == (day, "E8")]
    assert len(early) >= many
    date = GRID.dates[day]
    gone = tuple(TimeOff(agent, date, date, from_minute=600) for agent in early[:many])
    assert_exact(repair_plan(base, base.centre.with_absences(gone), 0, limit=LIMIT))


def assert_exact(found: Repair) -> None:
    assert found.plan.result.violations == ()
    assert found.short.mended < found.short.left
    assert len(found.changes) == fewest_changes(found) > 0
