"""Who is at a limit of their contract, told from who is not by one step of it."""

from __future__ import annotations

from collections.abc import Sequence

from shiftcast.data.rules import Rules
from shiftcast.scheduling.rostering.problem import RosterProblem
from shiftcast.scheduling.rostering.why.reached import Reached, reached_limits

from tests.factories import a_contract, a_problem, a_roster, a_shift, an_agent


def crew(contract: object, *others: object, **changes: object) -> RosterProblem:
    """Three agents on the first contract and one on each of the others."""
    agents = [an_agent(f"A{i}") for i in range(3)]
    agents += [an_agent(f"B{i}", contract=other.id) for i, other in enumerate(others)]
    told = {"agents": tuple(agents), "contracts": (contract, *others), **changes}
    return a_problem(**told)


def of_rule(found: Sequence[Reached], rule: str) -> list[tuple[str, float, bool, tuple[str, ...]]]:
    return [(r.contract, r.value, r.upper, r.agents) for r in found if r.rule == rule]


def test_days_a_week_have_a_most_and_a_least() -> None:
    problem = crew(a_contract(min_days=2, max_days=4))
    roster = a_roster(problem, "DDDD...", "DDD....", "DD.....")
    found = reached_limits(problem, roster)
    assert of_rule(found, "contract_days") == [
        ("full", 2.0, False, ("A2",)),
        ("full", 4.0, True, ("A0",)),
    ]
    assert {one.crew for one in found} == {3}


def test_a_fixed_number_of_days_is_both() -> None:
    problem = crew(a_contract(min_days=3, max_days=3))
    found = reached_limits(problem, a_roster(problem, "DDD....", "DDD....", "DDD...."))
    assert [one[2] for one in of_rule(found, "contract_days")] == [False, True]


def test_each_contract_has_its_own_limits() -> None:
    part = a_contract("part", max_days=2)
    problem = crew(a_contract(max_days=5), part)
    roster = a_roster(problem, "DD.....", "DDDD...", ".......", "DD.....")
    assert of_rule(reached_limits(problem, roster), "contract_days") == [
        ("part", 2.0, True, ("B0",))
    ]


def test_hours_are_said_as_hours() -> None:
    problem = crew(a_contract(max_minutes=24 * 60))
    roster = a_roster(problem, "DDD....", "DD.....", ".......")
    assert of_rule(reached_limits(problem, roster), "contract_hours") == [
        ("full", 24.0, True, ("A0",))
    ]


def test_rest_is_that_of_the_centre_where_the_contract_has_none() -> None:
    # Late from 15:00 to 23:00, then from 08:00: nine hours apart.
    shifts = (a_shift(), a_shift("L", earliest_start=900, latest_start=900))
    problem = crew(a_contract(), shifts=shifts, rules=Rules(min_rest_min=540))
    roster = a_roster(problem, "LD.....", "L.D....", "DD.....")
    assert of_rule(reached_limits(problem, roster), "rest") == [("full", 9.0, False, ("A0",))]


def test_what_cannot_be_looser_limits_nobody() -> None:
    problem = crew(a_contract(max_days=7))
    found = reached_limits(problem, a_roster(problem, "DDDDDDD", ".......", "D......"))
    assert of_rule(found, "contract_days") == []
    assert of_rule(found, "contract_hours") == []


def test_a_full_week_cannot_be_longer() -> None:
    problem = crew(a_contract(min_days=7, max_days=7))
    found = reached_limits(problem, a_roster(problem, *["DDDDDDD"] * 3))
    assert of_rule(found, "contract_days") == []


def test_whoever_breaks_a_limit_is_not_at_it() -> None:
    problem = crew(a_contract(max_days=3))
    roster = a_roster(problem, "DDDD...", "DDD....", ".......")
    assert of_rule(reached_limits(problem, roster), "contract_days") == [
        ("full", 3.0, True, ("A1",))
    ]
