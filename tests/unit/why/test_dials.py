"""What can give way: something in every rule, and words for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shiftcast.data.messages import LANGUAGES, catalogue
from shiftcast.data.people import Contract
from shiftcast.data.rules import Rotation
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.why.centre_dials import MAKERS
from shiftcast.scheduling.rostering.why.changes import Change, Dial
from shiftcast.scheduling.rostering.why.contract_dials import LIMITS, Limit, with_term
from shiftcast.scheduling.rostering.why.dials import ENTRIES, dials_of

from tests.factories import a_problem

RIGID = {"shift_shape", "one_shift_a_day", "meetings"}  # no roster of the engine's can break them
FACTS = {"employment"}  # whoever makes the roster cannot change them

# A value of each limit that leaves room to give way.
TIGHT = {
    "rotation": Rotation.FORWARD,
    "max_nights": (1, 1),
    "max_weekends": (1, 2),
    "morning_after_night": False,
    "whole_weekends": True,
    "min_run_days": 3,
    "min_run_days_off": 3,
    "max_days": 3,
    "min_days": 3,
}


def test_every_rule_gives_way_somewhere() -> None:
    giving = {limit.rule for limit in LIMITS} | set(ENTRIES) | set(MAKERS)
    assert giving == {rule.name for rule in RULES} - RIGID - FACTS


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: str(limit.field))
def test_every_limit_of_a_contract_can_be_loosened(limit: Limit) -> None:
    tight = with_term(Contract("full"), limit.field, TIGHT.get(limit.field, 2))
    problem = a_problem(contracts=(tight,))
    dials = [
        dial
        for dial in dials_of(problem, problem.agents[0], [limit.rule])
        if dial.changes[0].what == limit.what
    ]
    (dial,) = dials
    sizes = [change.size for change in dial.changes]
    assert sizes == sorted(sizes)
    assert sizes[0] > 0
    for change in (dial.changes[0], dial.changes[-1]):
        (loose,) = change.applied(problem).contracts
        assert replace(loose, **{limit.field: getattr(tight, limit.field)}) == tight
        assert loose != tight
    assert problem.contracts == (tight,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_has_its_words(language: str) -> None:
    words = catalogue(language)
    assert [limit.what for limit in LIMITS if f"why.change.{limit.what}" not in words] == []


def a_dial(sizes: range, *, nested: bool = True) -> Dial:
    return Dial(
        tuple(Change("rest", "rest", {}, None, float(s), lambda problem: problem) for s in sizes),
        nested,
    )


@pytest.mark.parametrize("least", range(1, 9))
def test_the_smallest_step_that_works_is_found_by_halving(least: int) -> None:
    asked: list[float] = []

    def works(change: Change) -> bool:
        asked.append(change.size)
        return change.size >= least

    found = a_dial(range(1, 9)).smallest(works)
    assert found is not None
    assert found.size == least
    assert len(asked) <= 4


def test_a_dial_that_does_not_help_is_left_alone() -> None:
    assert a_dial(range(1, 9)).smallest(lambda _: False) is None
    assert Dial(()).smallest(lambda _: True) is None


def test_steps_that_are_not_nested_are_tried_in_order() -> None:
    found = a_dial(range(1, 9), nested=False).smallest(lambda change: change.size in (3, 8))
    assert found is not None
    assert found.size == 3
