"""What is agreed and wished for the sample's week: time off, requests, fixed assignments, and one
adjustment of the forecast by the planner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

from ..adjustments import Adjustment
from ..messages import text
from ..people import Agent, FixedAssignment, Request, RequestKind, TimeOff
from .shifts import CONTRACTS, FLEX, FULL

_ANNUAL, _SICK, _TRAINING, _FAMILY = "annual", "sick", "training", "family"

# (agent, first day, last day, paid, kind): days count from the first day of the week to plan.
_TIME_OFF = (
    ("A024", -5, -3, True, _SICK),
    ("A006", 0, 4, True, _ANNUAL),
    ("A041", 0, 4, True, _ANNUAL),
    ("A035", 1, 1, True, _TRAINING),
    ("A047", 1, 1, True, _TRAINING),
    ("A018", 3, 4, True, _ANNUAL),
    ("A058", 2, 2, False, _FAMILY),
    ("A010", 4, 8, True, _ANNUAL),
    ("A029", 9, 13, True, _ANNUAL),
    ("A051", 24, 30, True, _ANNUAL),
)

# The team leader of the phones is there on the busiest day; one agent has an exam.
_FIXED = (("A001", 5, "L8", 13 * 60 + 30), ("A013", 3, None, None))

_REQUESTS = 36


def time_off(week: date, language: str) -> tuple[TimeOff, ...]:
    """Agreed absences around the week that starts on `week`, in order of time."""
    return tuple(
        TimeOff(
            agent,
            week + timedelta(days=first),
            week + timedelta(days=last),
            paid,
            text(f"sample.time_off.{kind}", language),
        )
        for agent, first, last, paid, kind in _TIME_OFF
    )


def fixed_assignments(week: date) -> tuple[FixedAssignment, ...]:
    return tuple(
        FixedAssignment(agent, week + timedelta(days=day), shift, start)
        for agent, day, shift, start in _FIXED
    )


def adjustments(week: date, language: str) -> tuple[Adjustment, ...]:
    """Thursday, 10:00–14:00: the phones ring a fifth more."""
    thursday = week + timedelta(days=3)
    reason = text("sample.adjustment", language)
    return (Adjustment(thursday, thursday, reason, "phone", 10 * 60, 14 * 60, percent=20.0),)


def draw_requests(
    agents: Iterable[Agent], week: date, rng: np.random.Generator
) -> tuple[Request, ...]:
    """Thirty-six wishes of agents for days on which they could work, at most two an agent."""
    taken = {
        (agent, week + timedelta(days=day))
        for agent, first, last, *_ in _TIME_OFF
        for day in range(first, last + 1)
    }
    taken |= {(entry.agent, entry.day) for entry in fixed_assignments(week)}
    possible = [
        (agent, week + timedelta(days=number))
        for agent in agents
        for number in rng.permutation(7)[:2].tolist()
        if agent.availability[number] != ()
        and (agent.id, week + timedelta(days=number)) not in taken
    ]
    chosen = sorted(rng.permutation(len(possible))[:_REQUESTS].tolist())
    return tuple(_wish(agent, day, rng) for agent, day in map(possible.__getitem__, chosen))


def _wish(agent: Agent, day: date, rng: np.random.Generator) -> Request:
    """Half of the wishes are for a day off; only full-timers on days wish for clock times."""
    codes = next(entry for entry in CONTRACTS if entry.id == agent.contract).shift_codes
    weight = float(rng.choice([5.0, 10.0, 20.0], p=[0.3, 0.5, 0.2]))
    draw = rng.random()
    if draw >= 0.8 and len(codes) > 1:
        return Request(agent.id, day, RequestKind.SHIFT, weight, shift_code=str(rng.choice(codes)))
    if draw >= 0.5 and agent.contract in (FULL, FLEX):
        if draw < 0.67:
            return Request(agent.id, day, RequestKind.END_BY, weight, minute=19 * 60)
        return Request(agent.id, day, RequestKind.START_FROM, weight, minute=10 * 60)
    return Request(agent.id, day, RequestKind.DAY_OFF, weight)
