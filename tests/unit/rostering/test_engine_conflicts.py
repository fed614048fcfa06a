"""Planted contradictions are named, and nothing but them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from shiftcast.data.people import FixedAssignment, TimeOff
from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.engine import SolveLimit, solve
from shiftcast.scheduling.rostering.engine.conflicts.alone import (
    MOST_EXPLAINED,
    agent_conflicts,
    has_roster,
)
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.roster import Conflict, SolveStatus
from shiftcast.scheduling.rostering.rules import RULES

from tests.factories import FREE, MONDAY, a_contract, a_grid, a_past, a_problem, a_shift, an_agent

DAYS = [MONDAY + timedelta(days=day) for day in range(14)]
SHIFTS = (
    a_shift("E", earliest_start=360, latest_start=360),  # 06:00–14:00
    a_shift("L", earliest_start=840, latest_start=840),  # 14:00–22:00
    a_shift("W", weekdays=frozenset({5, 6})),
)
THREE_DAYS_OFF = ((), (), (), None, None, None, None)
LATE_ONLY = ((720, 1440),) * 7


def fixed(*shifts: tuple[int, str | None]) -> tuple[FixedAssignment, ...]:
    return tuple(FixedAssignment("A1", DAYS[day], code) for day, code in shifts)


CASES: dict[str, tuple[set[str], dict[str, object]]] = {
    "too few days are available": (
        {"availability", "contract_days"},
        {
            "contracts": (a_contract(min_days=5),),
            "agents": (an_agent(availability=THREE_DAYS_OFF),),
        },
    ),
    "a fixed shift on leave": (
        {"fixed", "time_off"},
        {"fixed": fixed((2, "E")), "time_off": (TimeOff("A1", DAYS[2], DAYS[3]),)},
    ),
    "two fixed shifts without rest": (
        {"fixed", "rest"},
        {"fixed": fixed((1, "L"), (2, "E")), "rules": Rules(min_rest_min=660)},
    ),
    "a fixed shift outside the hours": (
        {"fixed", "availability"},
        {"fixed": fixed((1, "E")), "agents": (an_agent(availability=LATE_ONLY),)},
    ),
    "a fixed shift that the contract does not have": (
        {"fixed", "shift_type"},
        {"fixed": fixed((1, "E")), "contracts": (a_contract(shift_codes=("L",)),)},
    ),
    "a fixed weekend shift on a Monday": ({"fixed"}, {"fixed": fixed((0, "W"))}),
    "too many days fixed in a row": (
        {"fixed", "consecutive_days"},
        {"fixed": fixed((0, "E"), (1, "E"), (2, "E")), "rules": Rules(0, 2)},
    ),
    "five days a week and four in a row off": (
        {"contract_days", "days_off_together"},
        {"contracts": (a_contract(min_days=5, min_days_off_together=4),)},
    ),
    "hours that the days cannot hold": (
        {"contract_days", "contract_hours"},
        {"contracts": (a_contract(max_days=3, min_minutes=1800),)},
    ),
    "fixed starts too far apart": (
        {"fixed", "start_spread"},
        {
            "fixed": fixed((0, "E"), (3, "L")),
            "contracts": (a_contract(max_start_spread_min=120),),
        },
    ),
    "nothing that the agent could serve": (
        {"skills", "contract_days"},
        {"contracts": (a_contract(min_days=1),), "agents": (an_agent(skills=frozenset()),)},
    ),
    "no shift on any day of the grid": (
        {"contract_days"},
        {
            "contracts": (a_contract(min_days=6),),
            "shifts": (a_shift("W", weekdays=frozenset({5, 6})),),
            "grid": a_grid(days=5),
        },
    ),
    "the shift before the grid": (
        {"fixed", "rest"},
        {"fixed": fixed((0, "E")), "rules": Rules(min_rest_min=660), "history": "L"},
    ),
    "three rules at once": (
        {"contract_days", "consecutive_days", "days_off_together"},
        {
            "contracts": (a_contract(min_days=5, min_days_off_together=2),),
            "rules": Rules(min_rest_min=0, max_consecutive_days=2),
        },
    ),
}  # fmt: skip


def case(name: str) -> RosterProblem:
    told = {"shifts": SHIFTS, "rules": FREE, **CASES[name][1]}
    if "history" in told:
        told["history"] = a_past(a_problem(shifts=SHIFTS), str(told["history"]))
    return a_problem(**told)


@pytest.mark.parametrize("name", CASES)
def test_the_rules_in_conflict_are_named_and_no_others(name: str) -> None:
    problem = case(name)
    result = solve(problem, SolveLimit(60.0, 2), np.random.default_rng(1))
    assert result.status is SolveStatus.INFEASIBLE
    (conflict,) = result.conflicts
    assert (conflict.agent, set(conflict.rules)) == ("A1", CASES[name][0])
    for dropped in conflict.rules:
        others = tuple(r for r in RULES if r.name in conflict.rules and r.name != dropped)
        assert has_roster(problem, others)


def test_each_impossible_agent_has_a_conflict_of_its_own() -> None:
    """Of six days, A1 cannot rest one after two, A2 is away for two, A3 is asked for none."""
    problem = a_problem(
        agents=(
            an_agent("A1"),
            an_agent("A2", contract="runs", availability=((), (), *(None,) * 5)),
            an_agent("A3", contract="free"),
        ),
        contracts=(
            a_contract(min_days=6, max_consecutive_days=2),
            a_contract("runs", min_days=6),
            a_contract("free"),
        ),
    )
    result = solve(problem, SolveLimit(60.0, 2), np.random.default_rng(1))
    assert result.conflicts == (
        Conflict("A1", ("consecutive_days", "contract_days")),
        Conflict("A2", ("availability", "contract_days")),
    )


def test_a_crowd_in_conflict_is_explained_by_its_first() -> None:
    crew = tuple(an_agent(f"A{i}") for i in range(MOST_EXPLAINED + 5))
    problem = a_problem(
        a_grid(days=3),
        agents=crew,
        shifts=(a_shift(weekdays=frozenset({6})),),
        contracts=(a_contract(min_days=6),),
    )
    result = solve(problem, SolveLimit(60.0, 2), np.random.default_rng(1))
    assert len(result.conflicts) == MOST_EXPLAINED


def test_leave_that_may_be_worked_on_at_a_price_is_leave_all_the_same() -> None:
    """24 hours from Friday to Sunday, two days of leave that stand for 5.2 each: more than 26, and
    nothing that the roster could do about it."""
    contract = a_contract(max_days=5, max_minutes=26 * 60)
    leave = TimeOff("A1", DAYS[2], DAYS[3])
    problem = a_problem(
        a_grid(),
        contracts=(contract,),
        time_off=(leave,),
        first_weekday=4,
        rules=Rules(0, 7, soft=(("time_off", 1.0),)),
    )
    problem = replace(problem, history=a_past(problem, "DDD"))
    result = solve(problem, SolveLimit(20.0, rounds=1), np.random.default_rng(0))
    assert result.status is SolveStatus.INFEASIBLE
    assert result.conflicts == (Conflict("A1", ("contract_hours",)),)


def test_without_time_one_agent_is_explained_at_least() -> None:
    """Three with fixed shifts on leave, each on another day."""
    crew = tuple(an_agent(f"A{number}") for number in range(1, 4))
    problem = a_problem(
        agents=crew,
        fixed=tuple(FixedAssignment(a.id, DAYS[d], "D") for d, a in enumerate(crew)),
        time_off=tuple(TimeOff(a.id, DAYS[d], DAYS[d]) for d, a in enumerate(crew)),
    )
    assert [found.agent for found in agent_conflicts(problem, [0, 1, 2], 0.0)] == ["A1"]
    assert len(agent_conflicts(problem, [0, 1, 2])) == 3
