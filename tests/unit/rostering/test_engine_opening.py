"""A roster of a long horizon, made block by block at the prices of an ascent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.columns import opening as opening_module
from shiftcast.scheduling.rostering.engine.columns.ascent import Ascent
from shiftcast.scheduling.rostering.engine.columns.column import FREE
from shiftcast.scheduling.rostering.engine.columns.generation import Left
from shiftcast.scheduling.rostering.engine.columns.opening import opening
from shiftcast.scheduling.rostering.engine.compile import compile_problem
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.engine.weeks import Weeks, copy_weeks
from shiftcast.scheduling.rostering.objective import cost_breakdown
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Roster

from tests.unit.rostering.long_crew import (
    MISSING,
    SHIFT,
    Want,
    a_long_crew,
    endless,
    searched,
    shifts_in,
)

DAYS = 56
SECOND_HALF = range(28, 56)
EIGHT = shifts_in(8, least=4, most=8)
EARLY = (3, 8, 11, 16, 18, 20, 23, 26)
LATE = tuple(day + 28 for day in EARLY)
BETWEEN = (21, 22, 23, 24, 28)


def one_wanted_daily(agents: str) -> RosterProblem:
    """Eight weeks of agents who work four to eight shifts each. B is away in the second half."""
    away = {"B": SECOND_HALF} if "B" in agents else {}
    return a_long_crew(agents, 8, EIGHT, map(Want, range(DAYS)), away)


def opened(
    problem: RosterProblem, before: Weeks | None = None, left: Left = endless
) -> tuple[Roster, float]:
    """The roster that is made, by default in the place of nothing at all, and a bound of it."""
    compiled = compile_problem(problem)
    ascent = Ascent(compiled)
    bound = ascent.run(600, 0.3, 0.0005, endless)
    rng = np.random.default_rng(1)
    made = opening(ascent, compiled.nobody() if before is None else before, np.inf, rng, left)
    return to_roster(compiled, made, compiled.cover(problem.weights)), bound


def days_of(roster: Roster, agent: str) -> list[int]:
    return sorted(shift.day for shift in roster.assignments if shift.agent == agent)


@pytest.mark.parametrize("agents", ["A", "AC", "ABC"])
def test_the_roster_is_legal_and_as_good_as_its_bound(agents: str) -> None:
    # Everybody's eight shifts go to days of their own: one is missing on each of the others.
    problem = one_wanted_daily(agents)
    roster, bound = opened(problem)
    assert audit(problem, roster) == ()
    optimum = MISSING * (DAYS - 8 * len(agents))
    assert cost_breakdown(problem, roster).total == optimum
    assert 0.99 * optimum <= bound <= optimum + 1e-6


def test_hours_are_left_for_weeks_in_which_nobody_else_can_work() -> None:
    # One wanted on eight days of each half: whatever A works in the first, B cannot make up for.
    wanted = map(Want, (*EARLY, *LATE))
    problem = a_long_crew("AB", 8, EIGHT, wanted, {"B": SECOND_HALF})
    roster, bound = opened(problem)
    assert audit(problem, roster) == ()
    assert days_of(roster, "A") == list(LATE)
    assert days_of(roster, "B") == list(EARLY)
    assert bound == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("dear", [EARLY, LATE], ids=["early", "late"])
def test_hours_are_kept_for_the_dearest_days(dear: tuple[int, ...]) -> None:
    wanted = [Want(day, missing=MISSING if day in dear else MISSING / 2) for day in range(DAYS)]
    problem = a_long_crew("A", 8, EIGHT, wanted)
    roster, _ = opened(problem)
    assert audit(problem, roster) == ()
    assert days_of(roster, "A") == list(dear)


def test_prices_alone_keep_hours_for_the_dearest_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_module, "CLEAR", 1.1)  # nothing is fixed beforehand
    wanted = [Want(day, missing=MISSING if 28 <= day < 52 else MISSING / 2) for day in range(DAYS)]
    problem = a_long_crew("ACD", 8, EIGHT, wanted)
    roster, bound = opened(problem)
    assert audit(problem, roster) == ()
    optimum = MISSING / 2 * (DAYS - 24)
    # Nobody may stay far behind an even share of the least, so each may work one cheap day early.
    assert optimum <= cost_breakdown(problem, roster).total <= optimum + 3 * MISSING / 2
    assert bound == pytest.approx(optimum, rel=0.01)


def with_a_dead_end(agents: str) -> RosterProblem:
    """Forty hours in eight weeks, by shifts of eight hours from Monday to Thursday and of ten on
    other days. A can work on the first four days and on six late ones of the other kind: only four
    late shifts are legal, though the first four days are worth more than those. B is wanted on five
    days in between."""
    short = replace(SHIFT, weekdays=frozenset({0, 1, 2, 3}))
    long = replace(SHIFT, code="L", paid_min=600, weekdays=frozenset({4, 5, 6}))
    late = (46, 47, 48, 53, 54, 55)
    wanted = [Want(day) for day in (*range(4), *BETWEEN)]
    wanted += [Want(day, "L", missing=2.0) for day in late]
    away = {"A": set(range(4, DAYS)).difference(late), "B": range(14)}
    away = {name: away[name] for name in agents}
    return a_long_crew(agents, 8, shifts_in(8, 5, 5), wanted, away, (short, long))


@pytest.mark.parametrize("agents", ["A", "AB"])
def test_who_comes_to_a_dead_end_gets_days_anew(agents: str) -> None:
    problem = with_a_dead_end(agents)
    roster, _ = opened(problem, searched(problem).best)
    assert audit(problem, roster) == ()
    assert len(days_of(roster, "A")) == 4
    if "B" in agents:
        assert days_of(roster, "B") == list(BETWEEN)


def test_prices_count_with_the_days_that_are_given_anew() -> None:
    search = searched(with_a_dead_end("AB"))
    ascent = Ascent(search.compiled)
    ascent.run(600, 0.3, 0.0005, endless)
    made = opening(ascent, search.best, np.inf, search.rng, endless)
    assert ascent.fixed.tolist() == made.option.tolist()


def test_blocks_end_where_the_roster_there_is_costs_less() -> None:
    search = searched(one_wanted_daily("AB"))
    ascent = Ascent(search.compiled)
    ascent.run(600, 0.3, 0.0005, endless)
    made = opening(ascent, search.best, 0.5 * search.best_cost, search.rng, endless)
    assert made.option.tolist() == search.best.option.tolist()
    assert (ascent.fixed[:, 28:] == FREE).any()  # nothing was made of the later blocks


def test_what_there_was_is_not_changed() -> None:
    search = searched(one_wanted_daily("AB"))
    before = copy_weeks(search.best)
    opened(one_wanted_daily("AB"), search.best)
    for now, then in zip(search.best, before, strict=True):
        assert np.array_equal(now, then)


def test_without_time_a_roster_is_legal_all_the_same() -> None:
    problem = one_wanted_daily("AB")
    readings = iter([1.0] * 20)
    roster, _ = opened(problem, left=lambda: next(readings, -1.0))
    assert audit(problem, roster) == ()
