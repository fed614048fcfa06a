"""Smallest conflicts of conditions whose meaning does not matter."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from shiftcast.scheduling.rostering.engine.conflicts.smallest import Chosen, smallest_sets

CONDITIONS = 6
sets = st.lists(st.frozensets(st.integers(0, CONDITIONS - 1), min_size=1), max_size=6)


def unless(planted: list[Chosen]) -> Callable[[Chosen], bool]:
    """Holds unless a whole planted conflict is among the chosen."""
    return lambda chosen: not any(conflict <= chosen for conflict in planted)


@given(sets)
def test_the_smallest_of_planted_conflicts_are_found(planted: list[Chosen]) -> None:
    found = smallest_sets(CONDITIONS, unless(planted), most=100)
    least = min(map(len, planted), default=0)
    assert set(found) == {conflict for conflict in planted if len(conflict) == least}
    assert len(found) == len(set(found))


def test_few_questions_are_asked_of_many_conditions() -> None:
    """Of the 2^30 sets of conditions, one pair is in conflict."""
    asked: list[Chosen] = []
    pair = frozenset({3, 17})

    def holds(chosen: Chosen) -> bool:
        asked.append(chosen)
        return not pair <= chosen

    assert smallest_sets(30, holds, most=4) == [pair]
    assert len(asked) < 60


def test_no_more_sets_than_wanted() -> None:
    """Any two of five conditions are in conflict: ten pairs."""
    pairs = [frozenset(pair) for pair in combinations(range(5), 2)]
    assert len(smallest_sets(5, unless(pairs), most=3)) == 3
    assert len(smallest_sets(5, unless(pairs), most=99)) == 10
