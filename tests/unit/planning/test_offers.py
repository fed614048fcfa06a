"""Offers of overtime where people are missing, and of going home where there are too many."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shiftcast.data.people import TimeOff
from shiftcast.data.rules import Rules
from shiftcast.data.shifts import BreakRule, ShiftKind
from shiftcast.scheduling.planning.offers import overtime_offers
from shiftcast.scheduling.rostering.problem import RosterProblem

from tests.factories import (
    MONDAY,
    a_contract,
    a_demand,
    a_grid,
    a_problem,
    a_roster,
    a_shift,
    an_agent,
)

GRID = a_grid(days=2)


def wanting(agents: float, day: int = 0, **changes: object) -> RosterProblem:
    """Two agents on shifts of eight hours from 08:00; so many are wanted from 08:00 to 16:00."""
    hour = GRID.minute_of_day // 60
    required = np.where((GRID.day_of == day) & (hour >= 8) & (hour < 16), agents, 0.0)
    told: dict[str, object] = {
        "demands": (a_demand(GRID, required),),
        "agents": (an_agent("A1"), an_agent("A2")),
    }
    return a_problem(GRID, **{**told, **changes})


def test_who_is_off_is_asked_and_closes_what_is_missing() -> None:
    problem = wanting(2.0)
    (offer,) = overtime_offers(problem, a_roster(problem, "D.", ".."), 0)
    assert (offer.shift.agent, offer.shift.day, offer.beyond) == ("A2", 0, ())
    assert offer.hours == pytest.approx(8.0)
    assert [span.queue for span in offer.shift.queues] == ["phone"]


@pytest.mark.parametrize("hours", [{}, {"from_minute": 600, "to_minute": 660}])
def test_nobody_is_asked_in_a_week_with_time_off(hours: dict[str, int]) -> None:
    """Two are off on the Monday; the one who is away on the Tuesday would work least."""
    crew = tuple(an_agent(f"A{i}") for i in range(1, 4))
    away = TimeOff("A2", GRID.dates[1], GRID.dates[1], **hours)
    problem = replace(wanting(2.0, time_off=(away,)), agents=crew)
    (offer,) = overtime_offers(problem, a_roster(problem, "D.", "..", ".D"), 0)
    assert offer.shift.agent == "A3"


def test_a_break_closes_nothing() -> None:
    problem = wanting(2.0, shifts=(a_shift(breaks=(BreakRule(60, True, 120, 240),)),))
    (offer,) = overtime_offers(problem, a_roster(problem, "D.", ".."), 0)
    assert len(offer.shift.breaks) == 1
    assert offer.hours <= 8.0


def test_the_contract_may_be_exceeded_and_is_named() -> None:
    problem = wanting(2.0, contracts=(a_contract(max_days=1),))
    (offer,) = overtime_offers(problem, a_roster(problem, "D.", ".D"), 0)
    assert (offer.shift.agent, offer.beyond) == ("A2", ("contract_days",))


def test_what_the_law_asks_for_may_not() -> None:
    """A rest of 17 hours: nobody who works on the next day can be asked."""
    problem = wanting(2.0, rules=Rules(min_rest_min=17 * 60))
    assert overtime_offers(problem, a_roster(problem, "D.", ".D"), 0) == ()


def test_whoever_is_on_leave_is_not_asked() -> None:
    problem = wanting(2.0, time_off=(TimeOff("A2", MONDAY, MONDAY),))
    assert overtime_offers(problem, a_roster(problem, "D.", ".."), 0) == ()


def test_what_has_begun_is_not_offered() -> None:
    problem = wanting(2.0)
    assert overtime_offers(problem, a_roster(problem, "D.", ".."), 9 * 60) == ()


def test_nobody_is_asked_where_nobody_is_missing() -> None:
    problem = wanting(1.0)
    assert overtime_offers(problem, a_roster(problem, "D.", ".."), 0) == ()


def test_who_is_on_call_closes_nothing() -> None:
    problem = wanting(2.0)
    shifts = (a_shift(), a_shift("C", kind=ShiftKind.ON_CALL))
    offers = overtime_offers(replace(problem, shifts=shifts), a_roster(problem, "D.", ".."), 0)
    assert [offer.shift.shift_code for offer in offers] == ["D"]


def test_whoever_works_less_is_asked_first() -> None:
    problem = wanting(1.0, day=0)
    (offer,) = overtime_offers(problem, a_roster(problem, ".D", ".."), 0)
    assert offer.shift.agent == "A2"


def test_who_works_less_but_closes_too_little_does_not_end_the_search() -> None:
    """A2 is free all week, but only 0.8 agents are missing for an hour of what A2 can do."""
    hour = GRID.minute_of_day // 60
    first = GRID.day_of == 0
    phone = np.where(first & (hour == 8), 0.8, 0.0)
    chat = np.where(first & (hour == 8), 1.0, np.where(first & (hour == 9), 0.2, 0.0))
    problem = a_problem(
        GRID,
        demands=(a_demand(GRID, phone), a_demand(GRID, chat, "chat")),
        agents=(an_agent("A1", skills=frozenset({"chat"})), an_agent("A2")),
    )
    (offer,) = overtime_offers(problem, a_roster(problem, ".D", ".."), 0)
    assert (offer.shift.agent, offer.hours) == ("A1", pytest.approx(1.2))


def test_there_has_to_be_a_seat() -> None:
    problem = wanting(2.0, rules=Rules(min_rest_min=0, seats=1))
    assert overtime_offers(problem, a_roster(problem, "D.", ".."), 0) == ()
