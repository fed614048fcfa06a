"""The product of counters: merging states changes nothing of what is legal, costs or counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from shiftcast.data.people import Contract
from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.engine.automaton import Automaton, Priced, build, replay
from shiftcast.scheduling.rostering.engine.totals import Shifts
from shiftcast.scheduling.rostering.fairness import Burden
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.rules import RULES
from shiftcast.scheduling.rostering.rules.base import DayKind, DayWork, day_of

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


def counters_of(asked: RosterProblem) -> list[Priced]:
    """The counters of every rule, all hard, and one that only counts night shifts."""
    made = [r.counter(asked, asked.agents[0]) for r in RULES if r.counter is not None]
    hard = [Priced(c, np.inf) for c in made if c is not None]
    return [*hard, Priced(Shifts(Burden.NIGHTS), None)]


def by_counters(
    asked: RosterProblem, counters: Sequence[Priced], word: Sequence[int]
) -> tuple[float, int] | None:
    """Points of soft breaches and night shifts of a legal word, None for an illegal one."""
    states = list(replay(counters, asked, {})[0])
    points, nights = 0.0, 0
    for number, k in enumerate(word):
        for i, (counter, price) in enumerate((c.counter, c.price) for c in counters):
            states[i], breach, units = counter.step(states[i], day_of(asked, number), WORKS[k])
            if price is None:
                nights += units
            elif breach:
                points += price * breach
    return None if np.isinf(points) else (points, nights)


def by_automaton(automaton: Automaton, first: int, word: Sequence[int]) -> tuple[float, int] | None:
    state, points, nights = first, 0.0, 0
    for day, k in enumerate(word):
        points += automaton.price[day, state, k]
        nights += automaton.units[:, day, state, k].sum()
        state = automaton.step[day, state, k]
        if state < 0:
            return None
    return points, nights


def built(asked: RosterProblem, soft: float = np.inf) -> tuple[list[Priced], Automaton, int]:
    counters = [
        Priced(c.counter, None if c.price is None else min(c.price, soft))
        for c in counters_of(asked)
    ]
    first, _ = replay(counters, asked, {})
    automaton = build(counters, asked, WORKS, WORKS, [first])
    return counters, automaton, automaton.initial[first]


def words(days: int) -> list[list[int]]:
    """Mostly off and full days: random words would hardly ever be legal."""
    rng = np.random.default_rng(days)
    chances = (0.4, 0.05, 0.05, 0.15, 0.25, 0.1)
    return [rng.choice(len(WORKS), size=days, p=chances).tolist() for _ in range(400)]


@pytest.mark.parametrize("days", [7, 10, 16])
@pytest.mark.parametrize("name", CONTRACTS)
def test_the_merged_automaton_accepts_what_the_counters_accept(name: str, days: int) -> None:
    asked = problem(CONTRACTS[name], days)
    counters, automaton, first = built(asked)
    legal = 0
    for word in words(days):
        expected = by_counters(asked, counters, word)
        assert by_automaton(automaton, first, word) == expected
        legal += expected is not None
    assert 0 < legal < 400


@pytest.mark.parametrize("name", CONTRACTS)
def test_soft_counters_forbid_nothing_and_price_what_they_break(name: str) -> None:
    asked = problem(CONTRACTS[name], 10)
    counters, automaton, first = built(asked, soft=3.0)
    priced = 0
    for word in words(10):
        expected = by_counters(asked, counters, word)
        assert expected is not None
        assert by_automaton(automaton, first, word) == pytest.approx(expected)
        priced += expected[0] > 0
    assert priced > 0


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_state_leads_on_and_differs_from_the_others(name: str) -> None:
    asked = problem(CONTRACTS[name], 7)
    _, automaton, first = built(asked)
    alive = {first}
    for day in range(7):
        rows = [
            (tuple(step), tuple(units))
            for step, units in zip(automaton.step[day], automaton.units[0, day], strict=True)
            if max(step) >= 0
        ]
        assert len(set(rows)) == len(rows) == len(alive)
        alive = {to for steps, _ in rows for to in steps if to >= 0}


def test_works_that_nobody_can_do_are_not_followed() -> None:
    asked = problem(CONTRACTS["days"], 3)
    counters = counters_of(asked)
    first, _ = replay(counters, asked, {})
    automaton = build(counters, asked, WORKS, WORKS[:5], [first])
    assert (automaton.step[:, :, 5] == -1).all()
    assert automaton.units.sum() == 0


def test_no_legal_days_leave_no_first_state() -> None:
    """Six days from Wednesday on must be worked, and none can."""
    asked = problem(a_contract(min_days=6), 7)
    counters = counters_of(asked)
    first, _ = replay(counters, asked, {})
    automaton = build(counters, asked, WORKS, WORKS[:1], [first])
    assert automaton.initial[first] == -1


def test_the_past_is_replayed_from_its_first_week() -> None:
    """Weeks from Wednesday; Thursday to Sunday before the grid were worked, Sunday at night."""
    asked = problem(CONTRACTS["all"], 7)
    past = {**dict.fromkeys(range(-4, -1), WORKS[4]), -1: WORKS[5]}
    (run, days, hours, block, *_), added = replay(counters_of(asked), asked, past)
    assert run == 3  # no more than the contract's limit: the day after must be off
    assert days == (4, 1, 4)  # Wednesday is unknown and excuses
    assert hours == (4 * 480, 480, 4 * 480)
    assert block == (0, 1)
    assert {day: units[-1] for day, units in added.items()} == {
        **dict.fromkeys(range(-12, -1), 0),
        -1: 1,
    }
