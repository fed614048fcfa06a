"""The product of counters: merging states must not change what is legal, nor what is tallied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from shiftcast.data.people import Contract
from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.engine.automaton import Automaton, Tally, build, replay
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.base import Counter, DayKind, DayWork, day_of

from tests.factories import a_contract, a_grid, a_problem, a_shift

WORKS = (
    DayWork(DayKind.OFF),
    DayWork(DayKind.PAID_LEAVE),
    DayWork(DayKind.UNPAID_LEAVE),
    DayWork(DayKind.SHIFT, 240),
    DayWork(DayKind.SHIFT, 480),
    DayWork(DayKind.SHIFT, 480, night=True),
)
CONTRACTS = {
    "days": a_contract(min_days=2, max_days=4),
    "hours": a_contract(min_minutes=960, max_minutes=2100),
    "block": a_contract(max_days=5, min_days_off_together=2),
    "all": a_contract(min_days=3, max_days=5, min_minutes=1200, max_minutes=2400,
                      min_days_off_together=2, max_consecutive_days=3),
}  # fmt: skip


def problem(contract: Contract, days: int) -> RosterProblem:
    return a_problem(
        a_grid(days=days),
        contracts=(contract,),
        shifts=(a_shift(), a_shift("S", paid_min=240)),
        rules=Rules(max_consecutive_days=4),
        first_weekday=2,
    )


def counters_of(asked: RosterProblem) -> list[Counter]:
    made = [r.counter(asked, asked.agents[0]) for r in RULES if r.counter is not None]
    return [c for c in made if c is not None] + [Tally(False), Tally(True)]


def by_counters(
    asked: RosterProblem, counters: Sequence[Counter], word: Sequence[int]
) -> tuple[int, int] | None:
    """Weekend and night shifts of a legal word, None for an illegal one."""
    states = list(replay(counters, asked, {}))
    for number, k in enumerate(word):
        for i, counter in enumerate(counters):
            after = counter.step(states[i], day_of(asked, number), WORKS[k], True)
            if after is None:
                return None
            states[i] = after
    return states[-2], states[-1]


def by_automaton(automaton: Automaton, first: int, word: Sequence[int]) -> tuple[int, ...] | None:
    state = first
    for day, k in enumerate(word):
        state = automaton.step[day, state, k]
        if state < 0:
            return None
    return automaton.tallies[state]


def built(asked: RosterProblem) -> tuple[list[Counter], Automaton, int]:
    counters = counters_of(asked)
    first = replay(counters, asked, {})
    automaton = build(counters, asked, WORKS, WORKS, [first])
    return counters, automaton, automaton.initial[first]


@pytest.mark.parametrize("days", [7, 10])
@pytest.mark.parametrize("name", CONTRACTS)
def test_the_merged_automaton_accepts_what_the_counters_accept(name: str, days: int) -> None:
    asked = problem(CONTRACTS[name], days)
    counters, automaton, first = built(asked)
    rng = np.random.default_rng(days)
    legal = 0
    for _ in range(400):
        # Mostly off and full days: random words would hardly ever be legal.
        word = rng.choice(len(WORKS), size=days, p=(0.4, 0.05, 0.05, 0.15, 0.25, 0.1)).tolist()
        expected = by_counters(asked, counters, word)
        assert by_automaton(automaton, first, word) == expected
        legal += expected is not None
    assert 0 < legal < 400


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_state_leads_on_and_differs_from_the_others(name: str) -> None:
    asked = problem(CONTRACTS[name], 7)
    _, automaton, first = built(asked)
    alive = {first}
    for day in range(7):
        rows = [tuple(row) for row in automaton.step[day]]
        real = [row for row in rows if max(row) >= 0]
        assert len(set(real)) == len(real)
        assert all(max(rows[state]) >= 0 for state in alive)
        assert len(real) == len(alive)
        alive = {to for state in alive for to in rows[state] if to >= 0}
    assert alive == set(range(len(automaton.tallies)))


def test_works_that_nobody_can_do_are_not_followed() -> None:
    asked = problem(CONTRACTS["days"], 3)
    counters = counters_of(asked)
    first = replay(counters, asked, {})
    automaton = build(counters, asked, WORKS, WORKS[:5], [first])
    assert (automaton.step[:, :, 5] == -1).all()
    assert {nights for _, nights in automaton.tallies} == {0}


def test_no_legal_days_leave_no_first_state() -> None:
    """Six days from Wednesday on must be worked, and none can."""
    asked = problem(a_contract(min_days=6), 7)
    counters = counters_of(asked)
    first = replay(counters, asked, {})
    automaton = build(counters, asked, WORKS, WORKS[:1], [first])
    assert automaton.initial[first] == -1


def test_the_past_is_replayed_from_its_first_week() -> None:
    """Weeks from Wednesday; Thursday to Sunday before the grid were worked."""
    asked = problem(CONTRACTS["all"], 7)
    counters = counters_of(asked)
    past = dict.fromkeys(range(-4, 0), WORKS[4])
    run, days, hours, block, *_ = replay(counters, asked, past)
    assert run == 3  # no more than the contract's limit: the day after must be off
    assert days == (4, 1, False)  # Wednesday is unknown and excuses
    assert hours == (4 * 480, 480, False)
    assert block == 0
