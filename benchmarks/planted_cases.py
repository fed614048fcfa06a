"""Small centres with one contradiction each: which rules cannot hold together, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from shiftcast.data.grid import TimeGrid
from shiftcast.data.people import Agent, Contract, FixedAssignment, TimeOff
from shiftcast.data.presence import Company, Hours, LeastStaffing, Pairing, SeatLimit
from shiftcast.data.rules import Rules, Weights
from shiftcast.data.shifts import BreakRule, ShiftTemplate
from shiftcast.scheduling.rostering.problem import Demand, RosterProblem
from shiftcast.scheduling.rostering.roster import Assignment

MONDAY = date(2026, 11, 30)
DAYS = [MONDAY + timedelta(days=day) for day in range(7)]
EARLY = ShiftTemplate("E", 480, 360, 360)  # 06:00–14:00
LATE = ShiftTemplate("L", 480, 840, 840)  # 14:00–22:00
NIGHT = ShiftTemplate("N", 480, 1320, 1320)  # 22:00–06:00
FREE = Rules(min_rest_min=0, max_consecutive_days=14)

Sets = frozenset[tuple[frozenset[str], frozenset[str]]]  # (people, rules)


@dataclass(frozen=True)
class Case:
    """A problem, and the smallest conflicts planted in it."""

    name: str
    problem: RosterProblem
    planted: Sets


def cases() -> list[Case]:
    """All of them: most concern one agent, the last ones some of several, or of a hundred."""
    return [
        *_of_a_contract(),
        *_of_fixed_shifts(),
        *_of_nights(),
        *_of_days(),
        *_of_several(),
        *_of_breaks(),
        *_of_a_hundred(),
    ]


def _of_a_contract() -> Iterator[Case]:
    """What a contract asks for and does not let happen."""
    yield _case(
        "too few days are available",
        "availability contract_days",
        a_week(an_agent(availability=((), (), (), *(None,) * 4)), contract=full(min_days=5)),
    )
    yield _case(
        "no hours hold a shift",
        "availability contract_hours",
        a_week(an_agent(availability=((600, 900),) * 7), contract=full(min_minutes=60)),
    )
    yield _case(
        "five days, and four days off together",
        "contract_days days_off_together",
        a_week(contract=full(min_days=5, min_days_off_together=4)),
    )
    yield _case(
        "hours that the days do not hold",
        "contract_days contract_hours",
        a_week(contract=full(max_days=3, min_minutes=1800)),
    )
    yield _case(
        "no skill that a queue asks for",
        "skills contract_days",
        a_week(an_agent(skills=frozenset()), contract=full(min_days=1)),
    )
    yield _case(
        "no shift of the agent's site",
        "sites contract_days",
        a_week(
            an_agent(site="north"),
            contract=full(min_days=1),
            shifts=(replace(EARLY, site="south"),),
        ),
    )
    yield _case(
        "forty hours, of which the law allows thirty",
        "contract_hours week_hours",
        a_week(contract=full(min_minutes=2400, max_week_min=1800)),
    )
    yield _case(
        "every shift longer than a day may be",
        "contract_days longest_day",
        a_week(contract=full(min_days=3, max_day_min=420)),
    )
    yield _case(
        "five days, two in a row, and two days off together",
        "contract_days consecutive_days days_off_together",
        a_week(contract=full(min_days=5, min_days_off_together=2, max_consecutive_days=2)),
    )


def _of_fixed_shifts() -> Iterator[Case]:
    """Fixed shifts against everything else."""
    yield _case(
        "a fixed shift on leave",
        "fixed time_off",
        a_week(fixed=fixed((2, "E")), time_off=(TimeOff("A1", DAYS[2], DAYS[3]),)),
    )
    yield _case(
        "a fixed shift outside the hours",
        "fixed availability",
        a_week(an_agent(availability=((720, 1440),) * 7), fixed=fixed((1, "E"))),
    )
    yield _case(
        "a fixed shift that the contract does not have",
        "fixed shift_type",
        a_week(fixed=fixed((1, "E")), contract=full(shift_codes=("L",))),
    )
    yield _case(
        "a fixed weekend shift on a Monday",
        "fixed",
        a_week(
            fixed=fixed((0, "W")), shifts=(ShiftTemplate("W", 480, 480, 480, weekdays=WEEKEND),)
        ),
    )
    yield _case(
        "two fixed shifts without rest",
        "fixed rest",
        a_week(fixed=fixed((1, "L"), (2, "E")), rules=replace(FREE, min_rest_min=660)),
    )
    yield _case(
        "a fixed shift after the published one",
        "fixed rest",
        a_week(
            fixed=fixed((0, "E")),
            rules=replace(FREE, min_rest_min=660),
            history=(Assignment("A1", -1, "L", -600, -120),),
        ),
    )
    yield _case(
        "fixed starts too far apart",
        "fixed start_spread",
        a_week(fixed=fixed((0, "E"), (3, "L")), contract=full(max_start_spread_min=120)),
    )
    yield _case(
        "on leave, and without rest to the shift after it",
        "fixed time_off | fixed rest",
        a_week(
            fixed=fixed((1, "L"), (2, "E"), (5, "E")),
            rules=replace(FREE, min_rest_min=660),
            time_off=(TimeOff("A1", DAYS[5], DAYS[5]),),
        ),
    )
    yield _case(
        "a fixed follower that is forbidden",
        "fixed forbidden_followers",
        a_week(
            fixed=fixed((1, "L"), (2, "E")),
            shifts=(EARLY, replace(LATE, not_before=frozenset({"E"}))),
        ),
    )
    yield _case(
        "more fixed late shifts than the contract has",
        "fixed shift_limits",
        a_week(fixed=fixed((1, "L"), (4, "L")), contract=full(shift_limits=(("L", 1),))),
    )


def _of_nights() -> Iterator[Case]:
    shifts = (EARLY, LATE, NIGHT)
    yield _case(
        "a fixed night too many",
        "fixed nights",
        a_week(fixed=fixed((1, "N"), (4, "N")), shifts=shifts, contract=full(max_nights=(1, 1))),
    )
    yield _case(
        "fixed nights in a row",
        "fixed consecutive_nights",
        a_week(
            fixed=fixed((1, "N"), (2, "N")),
            shifts=shifts,
            contract=full(max_consecutive_nights=1),
        ),
    )


def _of_days() -> Iterator[Case]:
    """Runs of days, and weekends."""
    yield _case(
        "too many days fixed in a row",
        "fixed consecutive_days",
        a_week(
            fixed=fixed((0, "E"), (1, "E"), (2, "E")), rules=replace(FREE, max_consecutive_days=2)
        ),
    )
    yield _case(
        "a fixed day alone between days off",
        "fixed shortest_run",
        a_week(fixed=fixed((2, None), (3, "E"), (4, None)), contract=full(min_run_days=2)),
    )
    yield _case(
        "half a weekend",
        "fixed whole_weekends",
        a_week(fixed=fixed((5, "E"), (6, None)), contract=full(whole_weekends=True)),
    )


def _of_several() -> Iterator[Case]:
    """People who could each work, but not together."""
    both = (*fixed((1, "E"), agent="A1"), *fixed((1, "E"), agent="A3"))
    yield _case(
        "two on one seat",
        "seats fixed",
        a_week(*crew(4), fixed=both, rules=replace(FREE, seats=1)),
        "A1 A3",
    )
    yield _case(
        "three on two seats",
        "seats fixed",
        a_week(*crew(6), fixed=(*both, *fixed((1, "E"), agent="A5")), rules=replace(FREE, seats=2)),
        "A1 A3 A5",
    )
    monday = ((360, 840), *((),) * 6)
    yield _case(
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
    yield _case(
        "seats of a site",
        "seat_limits fixed",
        a_week(
            *(replace(agent, site="north") for agent in crew(3)),
            fixed=both,
            seat_limits=(SeatLimit(1, "north"),),
        ),
        "A1 A3",
    )
    yield _case(
        "two kept apart on the same shift",
        "company fixed",
        a_week(*crew(3), fixed=both, pairings=(Pairing(("A1", "A3"), Company.APART),)),
        "A1 A3",
    )
    yield _case(
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


def _of_breaks() -> Iterator[Case]:
    """Breaks that do not fit beside each other, however they are placed."""
    yield _case(
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
    yield _case(
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
    yield _case(
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
    yield _case(
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
    yield _case(
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


def _of_a_hundred() -> Iterator[Case]:
    """Few of a hundred who do not fit together."""
    hundred = crew(100)
    seniors = [
        replace(agent, skills=agent.skills | {"senior"}) if agent.id in ("A7", "A50", "A93")
        else agent
        for agent in hundred
    ]  # fmt: skip
    yield _case(
        "two of the three seniors of a hundred are on leave",
        "least_staffing time_off",
        a_week(
            *seniors,
            time_off=(TimeOff("A7", DAYS[0], DAYS[3]), TimeOff("A93", DAYS[2], DAYS[6])),
            least_staffing=(LeastStaffing(2, "senior", hours=Hours(frozenset({2}), 480, 600)),),
        ),
        "A7 A93",
    )
    yield _case(
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
    yield _case(
        "thirteen of a hundred on twelve seats",
        "seats fixed",
        a_week(
            *hundred,
            fixed=on_tuesday(*(f"A{number}" for number in range(1, 92, 7))),
            rules=replace(FREE, seats=12),
        ),
        " ".join(f"A{number}" for number in range(1, 92, 7)),
    )


WEEKEND = frozenset({5, 6})


def _case(name: str, rules: str, problem: RosterProblem, people: str = "A1") -> Case:
    """A case whose conflicts are written as names of rules, `|` between sets."""
    sets = frozenset(
        (frozenset(people.split()), frozenset(names.split())) for names in rules.split("|")
    )
    return Case(name, problem, sets)


def full(**terms: Any) -> Contract:
    """A contract that limits nothing but what is given."""
    return replace(Contract("full", max_days=7), **terms)


def an_agent(id: str = "A1", **traits: Any) -> Agent:
    return replace(Agent(id, id, "full", frozenset({"phone"})), **traits)


def crew(agents: int) -> list[Agent]:
    return [an_agent(f"A{number}") for number in range(1, agents + 1)]


def fixed(*shifts: tuple[int, str | None], agent: str = "A1") -> tuple[FixedAssignment, ...]:
    return tuple(FixedAssignment(agent, DAYS[day], code) for day, code in shifts)


def on_tuesday(*agents: str) -> tuple[FixedAssignment, ...]:
    """Early shifts of agents."""
    return tuple(entry for agent in agents for entry in fixed((1, "E"), agent=agent))


def with_a_break(earliest: int, latest: int) -> ShiftTemplate:
    """The early shift with half an hour that begins so many minutes after it."""
    return replace(EARLY, breaks=(BreakRule(30, True, earliest, latest),))


def a_week(*agents: Agent, contract: Contract | None = None, **parts: Any) -> RosterProblem:
    """A week of one queue, for the agents given or for one without limits."""
    grid = TimeGrid(MONDAY, 7, 60)
    problem = RosterProblem(
        grid,
        (Demand("phone", "phone", np.ones(grid.size)),),
        agents or (an_agent(),),
        (contract or full(),),
        (EARLY, LATE),
        FREE,
        Weights(queue_change=0.0),
    )
    return replace(problem, **parts)
