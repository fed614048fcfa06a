"""What agents bring along from earlier weeks."""

from __future__ import annotations

from datetime import date, timedelta

from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Request, RequestKind
from shiftcast.data.rules import Rules
from shiftcast.scheduling.planning.carried import carried_shares
from shiftcast.scheduling.rostering.problem import Carried
from shiftcast.scheduling.rostering.roster import Assignment
from shiftcast.scheduling.rostering.site_clocks import SiteClocks

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
    found = carried_shares(previous, SiteClocks(GRID), Rules())
    assert found == (Carried("A", 1, 2), Carried("B", 1, 0))


def test_early_and_late_shifts_and_refused_requests_are_counted() -> None:
    """Of A's requests two were refused; nobody worked on day −7, so nothing is known of it."""
    rules = Rules(early_before=7 * 60, late_after=20 * 60)
    previous = [shift("A", -1, 6 * 60), shift("A", -2, 14 * 60), shift("B", -3, 8 * 60)]
    days = {day: date(2026, 12, 7) + timedelta(days=day) for day in (-1, -2, -3, -7)}
    requests = (
        Request("A", days[-1], RequestKind.DAY_OFF),
        Request("A", days[-2], RequestKind.END_BY, minute=18 * 60),
        Request("A", days[-3], RequestKind.DAY_OFF),  # met
        Request("A", days[-7], RequestKind.SHIFT, shift_code="X"),
        Request("C", days[-1], RequestKind.SHIFT, shift_code="X"),  # did not work at all
    )
    assert carried_shares(previous, SiteClocks(GRID), rules, requests) == (
        Carried("A", weekends=2, early=1, late=1, refused=2),
        Carried("B"),
    )


def test_who_worked_neither_carries_nothing() -> None:
    """They are named all the same: they worked, and none of it was a night or a weekend."""
    assert carried_shares([shift("A", -3, 8 * 60)], SiteClocks(GRID), Rules()) == (Carried("A"),)
