"""Contradictions that concern one agent alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shiftcast.data.people import TimeOff
from shiftcast.data.shifts import ShiftTemplate
from shiftcast.scheduling.rostering.roster import Assignment

from .centre import (
    DAYS,
    EARLY,
    FREE,
    LATE,
    NIGHT,
    WEEKEND,
    Case,
    a_case,
    a_week,
    an_agent,
    fixed,
    full,
)


def of_a_contract() -> Iterator[Case]:
    """What a contract asks for and does not let happen."""
    yield a_case(
        "too few days are available",
        "availability contract_days",
        a_week(an_agent(availability=((), (), (), *(None,) * 4)), contract=full(min_days=5)),
    )
    yield a_case(
        "no hours hold a shift",
        "availability contract_hours",
        a_week(an_agent(availability=((600, 900),) * 7), contract=full(min_minutes=60)),
    )
    yield a_case(
        "five days, and four days off together",
        "contract_days days_off_together",
        a_week(contract=full(min_days=5, min_days_off_together=4)),
    )
    yield a_case(
        "hours that the days do not hold",
        "contract_days contract_hours",
        a_week(contract=full(max_days=3, min_minutes=1800)),
    )
    yield a_case(
        "no skill that a queue asks for",
        "skills contract_days",
        a_week(an_agent(skills=frozenset()), contract=full(min_days=1)),
    )
    yield a_case(
        "no shift of the agent's site",
        "sites contract_days",
        a_week(
            an_agent(site="north"),
            contract=full(min_days=1),
            shifts=(replace(EARLY, site="south"),),
        ),
    )
    yield a_case(
        "forty hours, of which the law allows thirty",
        "contract_hours week_hours",
        a_week(contract=full(min_minutes=2400, max_week_min=1800)),
    )
    yield a_case(
        "every shift longer than a day may be",
        "contract_days longest_day",
        a_week(contract=full(min_days=3, max_day_min=420)),
    )
    yield a_case(
        "five days, two in a row, and two days off together",
        "contract_days consecutive_days days_off_together",
        a_week(contract=full(min_days=5, min_days_off_together=2, max_consecutive_days=2)),
    )


def of_fixed_shifts() -> Iterator[Case]:
    """Fixed shifts against everything else."""
    yield a_case(
        "a fixed shift on leave",
        "fixed time_off",
        a_week(fixed=fixed((2, "E")), time_off=(TimeOff("A1", DAYS[2], DAYS[3]),)),
    )
    yield a_case(
        "a fixed shift outside the hours",
        "fixed availability",
        a_week(an_agent(availability=((720, 1440),) * 7), fixed=fixed((1, "E"))),
    )
    yield a_case(
        "a fixed shift that the contract does not have",
        "fixed shift_type",
        a_week(fixed=fixed((1, "E")), contract=full(shift_codes=("L",))),
    )
    yield a_case(
        "a fixed weekend shift on a Monday",
        "fixed",
        a_week(
            fixed=fixed((0, "W")), shifts=(ShiftTemplate("W", 480, 480, 480, weekdays=WEEKEND),)
        ),
    )
    yield a_case(
        "two fixed shifts without rest",
        "fixed rest",
        a_week(fixed=fixed((1, "L"), (2, "E")), rules=replace(FREE, min_rest_min=660)),
    )
    yield a_case(
        "a fixed shift after the published one",
        "fixed rest",
        a_week(
            fixed=fixed((0, "E")),
            rules=replace(FREE, min_rest_min=660),
            history=(Assignment("A1", -1, "L", -600, -120),),
        ),
    )
    yield a_case(
        "fixed starts too far apart",
        "fixed start_spread",
        a_week(fixed=fixed((0, "E"), (3, "L")), contract=full(max_start_spread_min=120)),
    )
    yield a_case(
        "on leave, and without rest to the shift after it",
        "fixed time_off | fixed rest",
        a_week(
            fixed=fixed((1, "L"), (2, "E"), (5, "E")),
            rules=replace(FREE, min_rest_min=660),
            time_off=(TimeOff("A1", DAYS[5], DAYS[5]),),
        ),
    )
    yield a_case(
        "a fixed follower that is forbidden",
        "fixed forbidden_followers",
        a_week(
            fixed=fixed((1, "L"), (2, "E")),
            shifts=(EARLY, replace(LATE, not_before=frozenset({"E"}))),
        ),
    )
    yield a_case(
        "more fixed late shifts than the contract has",
        "fixed shift_limits",
        a_week(fixed=fixed((1, "L"), (4, "L")), contract=full(shift_limits=(("L", 1),))),
    )


def of_nights() -> Iterator[Case]:
    shifts = (EARLY, LATE, NIGHT)
    yield a_case(
        "a fixed night too many",
        "fixed nights",
        a_week(fixed=fixed((1, "N"), (4, "N")), shifts=shifts, contract=full(max_nights=(1, 1))),
    )
    yield a_case(
        "fixed nights in a row",
        "fixed consecutive_nights",
        a_week(
            fixed=fixed((1, "N"), (2, "N")),
            shifts=shifts,
            contract=full(max_consecutive_nights=1),
        ),
    )


def of_days() -> Iterator[Case]:
    """Runs of days, and weekends."""
    yield a_case(
        "too many days fixed in a row",
        "fixed consecutive_days",
        a_week(
            fixed=fixed((0, "E"), (1, "E"), (2, "E")), rules=replace(FREE, max_consecutive_days=2)
        ),
    )
    yield a_case(
        "a fixed day alone between days off",
        "fixed shortest_run",
        a_week(fixed=fixed((2, None), (3, "E"), (4, None)), contract=full(min_run_days=2)),
    )
    yield a_case(
        "half a weekend",
        "fixed whole_weekends",
        a_week(fixed=fixed((5, "E"), (6, None)), contract=full(whole_weekends=True)),
    )
