"""Who is asked for, who goes with whom, and who attends."""

from __future__ import annotations

from datetime import date

import pytest
from shiftcast.data.people import Agent
from shiftcast.data.presence import (
    Company,
    Hours,
    LeastStaffing,
    Meeting,
    Pairing,
    SeatLimit,
)

DAY = date(2026, 12, 7)
LI = Agent("A1", "Li", "full", frozenset({"phone", "senior"}), team="East", site="Lisbon")


@pytest.mark.parametrize(
    ("staffing", "counts"),
    [
        (LeastStaffing(1), True),
        (LeastStaffing(1, skill="senior"), True),
        (LeastStaffing(1, skill="chat"), False),
        (LeastStaffing(1, team="East", site="Lisbon"), True),
        (LeastStaffing(1, team="East", site="Porto"), False),
        (LeastStaffing(1, team="West", skill="senior"), False),
        (LeastStaffing(1, people=frozenset({"A1", "A2"})), True),
        (LeastStaffing(1, people=frozenset({"A2"})), False),
    ],
)
def test_what_is_left_empty_narrows_nothing(staffing: LeastStaffing, counts: bool) -> None:
    assert staffing.counts(LI) is counts


def test_a_meeting_is_for_named_agents_or_a_team() -> None:
    assert Meeting("talk", 30, DAY, DAY, agents=("A1",)).attends(LI)
    assert not Meeting("talk", 30, DAY, DAY, agents=("A2",)).attends(LI)
    assert Meeting("stand-up", 15, DAY, DAY, team="East").attends(LI)
    assert not Meeting("stand-up", 15, DAY, DAY, team="West").attends(LI)
    for agents, team in (((), ""), (("A1",), "East")):
        with pytest.raises(ValueError, match="for agents or for a team"):
            Meeting("talk", 30, DAY, DAY, agents, team)


def test_a_meeting_fits_into_its_hours_and_days() -> None:
    Meeting("talk", 60, DAY, DAY, ("A1",), from_minute=540, to_minute=600)
    with pytest.raises(ValueError, match="does not fit"):
        Meeting("talk", 65, DAY, DAY, ("A1",), from_minute=540, to_minute=600)
    with pytest.raises(ValueError, match="ends before it begins"):
        Meeting("talk", 60, DAY, date(2026, 12, 6), ("A1",))


def test_impossible_demands() -> None:
    with pytest.raises(ValueError, match="least staffing of 0"):
        LeastStaffing(0)
    with pytest.raises(ValueError, match="-1 seats"):
        SeatLimit(-1)
    with pytest.raises(ValueError, match="hours 600–600"):
        Hours(start=600, end=600)
    with pytest.raises(ValueError, match="hours 1440–1500"):
        Hours(start=1440, end=1500)  # begins on the next day: name that weekday
    with pytest.raises(ValueError, match="apart needs two or more people"):
        Pairing(("A1",), Company.APART)
    with pytest.raises(ValueError, match="together needs two or more people"):
        Pairing(("A1", "A1"), Company.TOGETHER)
