"""A roster of a long horizon, made block by block out of a mixture."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from shiftcast.data.people import FixedAssignment
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import WantedShift
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.columns.opening import Mean, opening
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.local_search import LocalSearch
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import MONDAY, NO_WEIGHTS, a_contract, a_grid, a_problem, a_shift, an_agent

DAYS = 56
AWAY = range(28, 56)
EIGHT = a_contract(max_days=7, min_period_min=4 * 480, max_period_min=8 * 480, period_weeks=8)


def one_wanted_daily(agents: str) -> RosterProblem:
    """Eight weeks of agents who work four to eight shifts each; one is wanted every day. B is away
    from the fifth week on."""
    return a_problem(
        a_grid(days=DAYS, interval_min=60),
        demands=(),
        agents=tuple(an_agent(name) for name in agents),
        contracts=(EIGHT,),
        shifts=(a_shift("S", earliest_start=0, latest_start=0, paid_min=480),),
        rules=Rules(min_rest_min=0, max_consecutive_days=DAYS),
        weights=NO_WEIGHTS,
        wanted=tuple(WantedShift(MONDAY + timedelta(d), "S", 1, 100.0, 1.0) for d in range(DAYS)),
        fixed=tuple(
            FixedAssignment("B", MONDAY + timedelta(d), None) for d in AWAY if "B" in agents
        ),
    )


def opened(agents: str, worked: range) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Days worked (agents, days) in the roster at the beginning, and in one out of a mixture in
    which everybody works on the days `worked`; both legal."""
    problem = one_wanted_daily(agents)
    search = LocalSearch(compile_problem(problem), np.random.default_rng(1))
    search.begin(None)
    search.count_true_points()
    before, compiled, count = search.best.option >= 0, search.compiled, len(agents)
    option = np.full((count, DAYS), -1)
    option[:, worked] = compiled.options.first[worked]
    mean = Mean(np.arange(count), option, np.ones(count))
    search.take(opening(compiled, search.best, mean, lambda: 1.0))
    assert audit(problem, to_roster(compiled, search.weeks, search.cover)) == ()
    return before, search.weeks.option >= 0


def test_what_the_mixture_works_later_is_left_for_later() -> None:
    _, (worked,) = opened("A", range(48, 56))
    assert worked[:28].sum() == 0
    assert worked[28:].sum() == 8


def test_what_it_works_first_may_be_worked_first() -> None:
    _, (worked,) = opened("A", range(2, 10))
    assert worked.sum() == 8
    assert worked[:28].sum() >= 1


def test_what_the_mixture_does_not_use_is_shared_out_over_the_weeks() -> None:
    # None of the eight shifts is used; five of eight weeks' share may be worked up to day 35.
    _, (worked,) = opened("A", range(0))
    assert worked.sum() == 8
    assert worked[:28].sum() <= 5


@pytest.mark.parametrize("agents", ["B", "AB"])
def test_who_is_left_without_a_legal_roster_keeps_the_one_before(agents: str) -> None:
    # The mixture leaves everything for weeks in which B is away.
    before, after = opened(agents, range(48, 56))
    assert after[-1].tolist() == before[-1].tolist()
    assert after[-1].sum() >= 4
    if "A" in agents:
        assert after[0, 28:].sum() == 8
