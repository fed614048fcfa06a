"""Overtime for one period that is short of agents."""

from __future__ import annotations

import numpy as np
import pytest
from shiftcast.data.people import TimeOff
from shiftcast.scheduling.planning.closing_gaps import gap_overtime
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import MONDAY, a_demand, a_grid, a_problem, a_roster, an_agent

GRID = a_grid(days=2)
HOUR = GRID.minute_of_day // 60


def wanting(agents: float, **changes: object) -> RosterProblem:
    """Three agents on shifts of eight hours from 08:00; so many are wanted at these hours of both
    days, and one more on Monday from 10:00 to 12:00."""
    busy = (GRID.day_of == 0) & (HOUR >= 10) & (HOUR < 12)
    required = np.where((HOUR >= 8) & (HOUR < 16), agents, 0.0) + busy
    told: dict[str, object] = {
        "demands": (a_demand(GRID, required),),
        "agents": tuple(an_agent(f"A{i}") for i in range(3)),
    }
    return a_problem(GRID, **{**told, **changes})


def test_as_few_offers_as_close_the_period() -> None:
    problem = wanting(1.0)
    found = gap_overtime(problem, a_roster(problem, "DD", "..", ".."), "phone", 10, 11)
    assert found.short == found.closed == pytest.approx(2.0)
    assert len(found.offers) == 1
    assert found.is_enough


def test_only_the_period_counts() -> None:
    # Another is missing at all hours of both days; two hours of Monday are asked for.
    problem = wanting(2.0)
    found = gap_overtime(problem, a_roster(problem, "DD", "..", ".."), "phone", 8, 9)
    assert found.short == found.closed == pytest.approx(2.0)
    assert [offer.shift.day for offer in found.offers] == [0]


def test_who_is_away_closes_nothing() -> None:
    away = tuple(TimeOff(f"A{i}", MONDAY, MONDAY) for i in (1, 2))
    problem = wanting(1.0, time_off=away)
    found = gap_overtime(problem, a_roster(problem, "DD", "..", ".."), "phone", 10, 11)
    assert (found.short, found.closed, found.offers) == (2.0, 0.0, ())
    assert not found.is_enough


def test_what_helps_in_part_is_offered_too() -> None:
    away = (TimeOff("A2", MONDAY, MONDAY),)
    problem = wanting(2.0, time_off=away)
    found = gap_overtime(problem, a_roster(problem, "DD", "..", ".."), "phone", 10, 11)
    assert (found.short, found.closed) == (4.0, 2.0)
    assert not found.is_enough
