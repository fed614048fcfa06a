"""Planted contradictions: a handful of the benchmark's, of every kind."""

from __future__ import annotations

import pytest

from benchmarks.planted import cases
from benchmarks.planted_conflicts import judge

HANDFUL = (
    "five days, two in a row, and two days off together",
    "on leave, and without rest to the shift after it",
    "a fixed night too many",
    "two who can work on Monday morning only",
    "the only senior is on leave",
)


def test_there_are_thirty_cases_and_more_of_one_to_three_rules_and_people() -> None:
    planted = [conflict for case in cases() for conflict in case.planted]
    assert len({case.name for case in cases()}) == len(cases()) >= 30
    assert {len(rules) for _, rules in planted} >= {1, 2, 3}
    assert {len(people) for people, _ in planted} >= {1, 2, 3}


@pytest.mark.parametrize("name", HANDFUL)
def test_exactly_what_was_planted_comes_back_and_remedies_work(name: str) -> None:
    (case,) = (case for case in cases() if case.name == name)
    verdict = judge(case)
    assert verdict.right, verdict
