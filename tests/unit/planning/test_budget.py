"""A limit handed out in parts adds up to the limit."""

from __future__ import annotations

import pytest
from shiftcast.scheduling.planning.budget import MOST_BESIDE, Budget
from shiftcast.scheduling.rostering.engine import SolveLimit


def test_parts_add_up_to_the_whole() -> None:
    budget = Budget(SolveLimit(30.0, rounds=10))
    parts = [budget.part(share) for share in (0.2, 0.3, 0.5)]
    assert [part.seconds for part in parts] == pytest.approx([6.0, 9.0, 15.0])
    assert [part.rounds for part in parts] == [2, 3, 5]
    assert budget.left == 0


def test_work_beside_the_search_shortens_what_is_left() -> None:
    budget = Budget(SolveLimit(100.0))
    budget.part(0.5)
    budget.spend(2.0)
    assert budget.part(0.25).seconds == pytest.approx(24.0)
    assert budget.part(0.25).seconds == pytest.approx(24.0)


def test_slow_work_beside_the_search_leaves_it_most_of_its_time() -> None:
    budget = Budget(SolveLimit(100.0))
    budget.spend(1000.0)
    assert budget.part(1.0).seconds == pytest.approx(100 * (1 - MOST_BESIDE))


def test_a_part_of_nothing_is_over_at_once() -> None:
    part = Budget(SolveLimit(100.0, rounds=50)).part(0.0)
    assert (part.seconds, part.rounds) == (0.05, 1)


def test_no_part_is_larger_than_what_is_left() -> None:
    budget = Budget(SolveLimit(10.0))
    budget.part(0.7)
    assert budget.part(0.7).seconds == pytest.approx(3.0)
