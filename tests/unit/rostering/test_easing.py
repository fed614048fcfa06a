"""Hard rules on several people at once have a price for a while, and bind again in the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.audit import audit
from shiftcast.scheduling.rostering.engine.compile import HARD, Compiled, compile_problem
from shiftcast.scheduling.rostering.engine.easing import FIRST, UNTIL, ease_at, eased, outside
from shiftcast.scheduling.rostering.engine.local_search import LocalSearch
from shiftcast.scheduling.rostering.engine.naming import to_roster
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.unit.rostering.small_week import a_week, cost_of

MISSING = 40.0 * 15 / 60  # points of an agent who is missing for a slot of `a_week`


def crowded(**soft: float) -> RosterProblem:
    """One break at a time, which no roster with much work keeps easily."""
    return a_week(rules=Rules(breaks_at_once=1, soft=tuple(soft.items())))


def searched(compiled: Compiled, times: float) -> LocalSearch:
    search = LocalSearch(compiled, np.random.default_rng(1))
    search.begin(None)
    search.count_true_points()
    search.ease(times)
    for _ in range(6):
        search.sweep(1.0)
    return search


def test_the_price_grows_until_the_rules_are_hard() -> None:
    assert ease_at(0.0) == pytest.approx(FIRST)
    parts = [ease_at(part) for part in np.linspace(0.0, UNTIL, 20, endpoint=False)]
    assert parts == sorted(parts)
    assert ease_at(UNTIL) == ease_at(1.0) == np.inf


def test_a_person_outside_costs_so_many_missing_agents() -> None:
    """A share counts hundredths: with 20 of a hundred, a person on a break counts 80."""
    whole = compile_problem(crowded())
    part = compile_problem(a_week(rules=Rules(breaks_at_once_share=20)))
    assert eased(whole, 3.0) == pytest.approx([3 * MISSING])
    assert eased(part, 3.0) * 80 == pytest.approx([3 * MISSING])
    assert (eased(whole, np.inf) == HARD).all()


def test_a_soft_rule_keeps_its_own_price() -> None:
    compiled = compile_problem(crowded(breaks_at_once=7.0))
    own = [price for _, price in compiled.bands]
    assert max(own) < HARD
    assert eased(compiled, 3.0) == pytest.approx(own)


def test_while_eased_only_rosters_that_keep_the_rule_are_remembered() -> None:
    compiled = compile_problem(crowded())
    search = searched(compiled, 0.01)
    assert outside(search.cover).any(), "so low a price is paid"
    assert search.cost < HARD
    assert search.best_cost < HARD
    search.restore()
    assert not outside(search.cover).any()
    assert audit(compiled.problem, to_roster(compiled, search.weeks, search.cover)) == ()


def test_the_cost_while_eased_is_the_true_one_but_for_the_price() -> None:
    compiled = compile_problem(crowded())
    search = searched(compiled, 0.01)
    broken = outside(search.cover)
    priced = search.cost + float((HARD - eased(compiled, 0.01)) @ broken)
    assert cost_of(compiled, search.weeks) == pytest.approx(priced)
    search.ease(np.inf)
    assert search.cost == pytest.approx(priced)
    for _ in range(6):
        search.sweep()
    assert not outside(search.cover).any()


def test_outside_counts_what_lacks_and_what_is_too_much() -> None:
    compiled = compile_problem(crowded())
    cover = compiled.cover(compiled.problem.weights)
    cover.bands[0, 3:5] = 4
    assert outside(cover).tolist() == [6]
    cover = cover._replace(least=np.full_like(cover.least, 2), most=cover.most + 9)
    assert outside(cover).tolist() == [2 * (cover.bands.shape[1] - 2)]


def test_without_such_rules_nothing_changes() -> None:
    problem = a_week()
    compiled = compile_problem(replace(problem, rules=Rules()))
    search = searched(compiled, 0.01)
    assert cost_of(compiled, search.weeks) == pytest.approx(search.cost)
