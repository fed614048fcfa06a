"""Which wishes a roster meets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from shiftcast.data.people import Request, RequestKind, TimeOff
from shiftcast.scheduling.rostering.requests import request_outcomes

from tests.factories import MONDAY, a_problem, a_roster, a_shift

SHIFTS = (a_shift("E"), a_shift("N", earliest_start=1320, latest_start=1320))


def met(pattern: str, kind: RequestKind, **value: object) -> bool:
    wish = Request("A1", MONDAY, kind, **value)
    problem = a_problem(shifts=SHIFTS, requests=(wish,))
    (outcome,) = request_outcomes(problem, a_roster(problem, pattern))
    assert outcome.request is wish
    return outcome.met


@pytest.mark.parametrize(("pattern", "kept"), [(".", True), ("E", False)])
def test_a_day_off(pattern: str, kept: bool) -> None:
    assert met(pattern, RequestKind.DAY_OFF) is kept


@pytest.mark.parametrize(
    ("pattern", "minute", "kept"), [("E", 480, True), ("E", 481, False), (".", 1439, True)]
)
def test_a_start_from(pattern: str, minute: int, kept: bool) -> None:
    assert met(pattern, RequestKind.START_FROM, minute=minute) is kept


@pytest.mark.parametrize(
    ("pattern", "minute", "kept"),
    [("E", 960, True), ("E", 959, False), ("N", 1800, True), ("N", 1440, False), (".", 0, True)],
)
def test_an_end_by_may_lie_past_midnight(pattern: str, minute: int, kept: bool) -> None:
    assert met(pattern, RequestKind.END_BY, minute=minute) is kept


@pytest.mark.parametrize(("pattern", "kept"), [("E", True), ("N", False), (".", False)])
def test_a_shift(pattern: str, kept: bool) -> None:
    assert met(pattern, RequestKind.SHIFT, shift_code="E") is kept


def test_leave_meets_a_day_off_and_not_a_shift() -> None:
    wishes = (
        Request("A1", MONDAY, RequestKind.DAY_OFF),
        Request("A1", MONDAY, RequestKind.SHIFT, shift_code="E"),
    )
    off = (TimeOff("A1", MONDAY, MONDAY),)
    problem = a_problem(shifts=SHIFTS, requests=wishes, time_off=off)
    outcomes = request_outcomes(problem, a_roster(problem, "."))
    assert [outcome.met for outcome in outcomes] == [True, False]


def test_other_days_and_other_people_have_no_outcome() -> None:
    wishes = (
        Request("A1", MONDAY - timedelta(days=1), RequestKind.DAY_OFF),
        Request("A1", MONDAY + timedelta(days=7), RequestKind.DAY_OFF),
        Request("gone", MONDAY, RequestKind.DAY_OFF),
    )
    problem = a_problem(shifts=SHIFTS, requests=wishes)
    assert request_outcomes(problem, a_roster(problem, ".")) == ()
