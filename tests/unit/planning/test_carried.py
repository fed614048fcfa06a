"""What agents bring along from earlier weeks."""

from __future__ import annotations

from datetime import date, timedelta

from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Request, RequestKind
from shiftcast.data.rules import Rules
from shiftcast.scheduling.planning.carried import carried_shares, favoured_requests
from shiftcast.scheduling.rostering.roster import Assignment

from tests.factories import a_problem, an_agent

GRID = TimeGrid(date(2026, 12, 7), 7, 15, "Asia/Shanghai")  # a Monday


def shift(agent: str, day: int, clock: int, minutes: int = 480) -> Assignment:
    start = day * 1440 + clock
    return Assignment(agent, day, "X", start, start + minutes)


def test_nights_and_weekends_of_four_weeks_are_counted() -> None:
    """Day −1 is a Sunday, −2 a Saturday, −3 a Friday. A shift at work after midnight is a night;
    what lies more than 28 days back is forgotten, what lies ahead is not yet worked."""
    previous = [
        shift("A", -1, 22 * 60),  # Sunday night into Monday: a night and a weekend shift
        shift("A", -2, 8 * 60),  # Saturday by day: a weekend shift
        shift("B", -3, 20 * 60),  # Friday until 04:00: a night, and no weekend shift
        shift("B", -29, 22 * 60),  # too long ago
        shift("C", 0, 22 * 60),  # in the week to be planned
    ]
    assert carried_shares(previous, GRID, Rules()) == (("A", 1, 2), ("B", 1, 0))


def test_who_worked_neither_carries_nothing() -> None:
    """They are named all the same: they worked, and none of it was a night or a weekend."""
    assert carried_shares([shift("A", -3, 8 * 60)], GRID, Rules()) == (("A", 0, 0),)


def request(agent: str, day: int, weight: float = 10.0) -> Request:
    return Request(agent, GRID.first_day + timedelta(days=day), RequestKind.DAY_OFF, weight)


def weights(requests: tuple[Request, ...], *history: Assignment) -> dict[tuple[str, int], float]:
    """Weight by agent and day, as the problem of the week has them."""
    agents = (an_agent("A"), an_agent("B"))
    problem = a_problem(GRID, agents=agents, requests=requests, history=history)
    favoured = favoured_requests(problem)
    return {(one.agent, GRID.day_number(one.day)): one.weight for one in favoured}


def test_who_was_refused_has_dearer_requests() -> None:
    """A asked for two days off and got one, B for one and got it: 1 + 1/2 and 1."""
    asked = (request("A", -1), request("A", -2), request("B", -1), request("A", 3), request("B", 3))
    worked = (shift("A", -1, 480), shift("B", -2, 480))
    found = weights(asked, *worked)
    assert found["A", 3] == 15
    assert found["B", 3] == 10
    assert found["A", -1] == 10


def test_what_is_long_ago_or_was_not_published_counts_for_nothing() -> None:
    asked = (request("A", -29), request("A", -3), request("A", 0))
    assert weights(asked, shift("A", -29, 480), shift("A", -1, 480))["A", 0] == 10
    assert weights(asked)["A", 0] == 10
