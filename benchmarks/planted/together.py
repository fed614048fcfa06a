"""Contradictions between several agents, or a few of a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shiftcast.data.people import TimeOff
from shiftcast.data.presence import Company, Hours, LeastStaffing, Pairing, SeatLimit

from .centre import (
    DAYS,
    EARLY,
    FREE,
    LATE,
    Case,
    a_case,
    a_week,
    an_agent,
    crew,
    fixed,
    full,
    on_tuesday,
    with_a_break,
)


def of_several() -> Iterator[Case]:
    """People who could each work, but not together."""
    both = (*fixed((1, "E"), agent="A1"), *fixed((1, "E"), agent="A3"))
    yield a_case(
        "two on one seat",
        "seats fixed",
        a_week(*crew(4), fixed=both, rules=replace(FREE, seats=1)),
        "A1 A3",
    )
    yield a_case(
        "three on two seats",
        "seats fixed",
        a_week(*crew(6), fixed=(*both, *fixed((1, "E"), agent="A5")), rules=replace(FREE, seats=2)),
        "A1 A3 A5",
    )
    monday = ((360, 840), *((),) * 6)
    yield a_case(
        "two who can work on Monday morning only",
        "seats availability contract_days",
        a_week(
            an_agent("A1", availability=monday, contract="one"),
            an_agent("A2", availability=monday, contract="one"),
            an_agent("A3"),
            contracts=(full(), replace(full(min_days=1), id="one")),
            rules=replace(FREE, seats=1),
        ),
        "A1 A2",
    )
    yield a_case(
        "seats of a site",
        "seat_limits fixed",
        a_week(
            *(replace(agent, site="north") for agent in crew(3)),
            fixed=both,
            seat_limits=(SeatLimit(1, "north"),),
        ),
        "A1 A3",
    )
    yield a_case(
        "two kept apart on the same shift",
        "company fixed",
        a_week(*crew(3), fixed=both, pairings=(Pairing(("A1", "A3"), Company.APART),)),
        "A1 A3",
    )
    yield a_case(
        "the only senior is on leave",
        "least_staffing time_off",
        a_week(
            an_agent("A1", skills=frozenset({"phone", "senior"})),
            an_agent("A2"),
            time_off=(TimeOff("A1", DAYS[0], DAYS[0]),),
            least_staffing=(LeastStaffing(1, "senior", hours=Hours(frozenset({0}), 480, 600)),),
        ),
        "A1",
    )


def of_breaks() -> Iterator[Case]:
    """Breaks that do not fit beside each other, however they are placed."""
    yield a_case(
        "two breaks at the same minute",
        "breaks_at_once fixed",
        a_week(
            *crew(4),
            fixed=on_tuesday("A1", "A3"),
            shifts=(with_a_break(180, 180),),
            rules=replace(FREE, breaks_at_once=1),
        ),
        "A1 A3",
    )
    yield a_case(
        "three breaks of half an hour in a window of one hour",
        "breaks_at_once fixed",
        a_week(
            *crew(5),
            fixed=on_tuesday("A1", "A3", "A4"),
            shifts=(with_a_break(180, 210),),
            rules=replace(FREE, breaks_at_once=1),
        ),
        "A1 A3 A4",
    )
    yield a_case(
        "five breaks where four fit, two at once",
        "breaks_at_once fixed",
        a_week(
            *crew(7),
            fixed=on_tuesday("A1", "A2", "A3", "A5", "A7"),
            shifts=(with_a_break(180, 210), LATE),
            rules=replace(FREE, breaks_at_once=2),
        ),
        "A1 A2 A3 A5 A7",
    )
    yield a_case(
        "half of the two who are there",
        "breaks_at_once fixed",
        a_week(
            *crew(2),
            fixed=on_tuesday("A1", "A2"),
            shifts=(with_a_break(180, 180),),
            rules=replace(FREE, breaks_at_once_share=49),
        ),
        "A1 A2",
    )
    yield a_case(
        "the senior's break, and one has to be at work",
        "least_staffing fixed",
        a_week(
            an_agent("A1", skills=frozenset({"phone", "senior"})),
            an_agent("A2"),
            fixed=on_tuesday("A1"),
            shifts=(with_a_break(180, 240), replace(EARLY, code="D")),
            least_staffing=(LeastStaffing(1, "senior", hours=Hours(frozenset({1}), 480, 720)),),
        ),
    )


def of_a_hundred() -> Iterator[Case]:
    """Few of a hundred who do not fit together."""
    hundred = crew(100)
    seniors = [
        replace(agent, skills=agent.skills | {"senior"}) if agent.id in ("A7", "A50", "A93")
        else agent
        for agent in hundred
    ]  # fmt: skip
    yield a_case(
        "two of the three seniors of a hundred are on leave",
        "least_staffing time_off",
        a_week(
            *seniors,
            time_off=(TimeOff("A7", DAYS[0], DAYS[3]), TimeOff("A93", DAYS[2], DAYS[6])),
            least_staffing=(LeastStaffing(2, "senior", hours=Hours(frozenset({2}), 480, 600)),),
        ),
        "A7 A93",
    )
    yield a_case(
        "four breaks of a hundred where three fit",
        "breaks_at_once fixed",
        a_week(
            *hundred,
            fixed=on_tuesday("A2", "A30", "A61", "A99"),
            shifts=(with_a_break(180, 240), LATE),
            rules=replace(FREE, breaks_at_once=1),
        ),
        "A2 A30 A61 A99",
    )
    yield a_case(
        "thirteen of a hundred on twelve seats",
        "seats fixed",
        a_week(
            *hundred,
            fixed=on_tuesday(*(f"A{number}" for number in range(1, 92, 7))),
            rules=replace(FREE, seats=12),
        ),
        " ".join(f"A{number}" for number in range(1, 92, 7)),
    )
