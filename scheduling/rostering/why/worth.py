"""What one more would be worth to a roster: an agent, a skill, an hour of overtime, half an hour of
freedom in when a shift begins. Each is tried on the roster itself, where the others stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import gcd

import numpy as np
from numpy.typing import NDArray

from ....data.people import Contract
from ....data.shifts import ShiftKind, ShiftTemplate
from ..objective import demand_cost
from ..problem import RosterProblem
from ..roster import Roster
from .proposals import Proposal, new_agents, trained
from .short import wanted_supply
from .trial import Effect, Trial

MOST_OF_EACH = 3
MOST_TRIED = 300  # agents and skills
MOST_SHIFTS = 6  # whose starts are freed, those worked most
MOST_MOVED = 100  # agents whose shifts are placed anew for it
HALF_HOUR = 30
LEAST_HOURS, LEAST_POINTS = 0.1, 1.0  # that are worth saying
BROKEN = 1e6  # points that only a broken limit on how many are there costs


class Good(StrEnum):
    """What there might be one more of, as the catalogue tells it under ``worth.``."""

    AGENT = "agent"
    SKILL = "skill"
    OVERTIME = "overtime"
    START = "start"


@dataclass(frozen=True)
class Worth:
    """What one more is worth: `points` of the roster's cost, and `hours` short fewer in all and by
    queue. `params` say one more what; `paid_hours` are what a new agent works at the most."""

    good: Good
    params: Mapping[str, object] = field(hash=False)
    points: float
    hours: float
    queues: tuple[tuple[str, float], ...]
    paid_hours: float | None = None


def worth_of(problem: RosterProblem, roster: Roster) -> tuple[Worth, ...]:
    """The best of each kind of good, at most `MOST_OF_EACH`; nothing where nothing helps. Of a
    large crew a sample is tried to learn skills."""
    if not problem.demands:
        return ()
    found = (
        *_people(problem, roster),
        *_overtime(problem, roster),
        *_starts(problem, roster),
    )
    good = [one for one in found if one.hours >= LEAST_HOURS and one.points >= LEAST_POINTS]
    return tuple(
        one
        for kind in Good
        for one in sorted((one for one in good if one.good is kind), key=lambda one: -one.points)[
            :MOST_OF_EACH
        ]
    )


def _people(problem: RosterProblem, roster: Roster) -> Iterator[Worth]:
    """One more agent of each kind there is, and one more skill for each agent."""
    more = [replace(one, candidates=one.candidates[:1]) for one in new_agents(problem)]
    skills = _lessons(problem)
    trial = Trial(problem, roster, [one.candidates[0] for one in (*more, *skills)])
    for place, proposal in enumerate(more):
        contract = proposal.candidates[0].contract
        effect, hours = trial.besides([place]), _most_hours(problem, contract)
        yield _worth(problem, Good.AGENT, proposal.params, effect, hours)
    for place, proposal in enumerate(skills, start=len(more)):
        before, effect = trial.again(proposal.agents), trial.instead(proposal.agents, [place])
        if effect.saved > -BROKEN:
            yield _worth(problem, Good.SKILL, proposal.params, _less(effect, before))


def _lessons(problem: RosterProblem) -> list[Proposal]:
    """A skill more for every agent who is not tied to others, or for every so-manieth."""
    tied = {agent for pairing in problem.pairings for agent in pairing.agents}
    asked = dict.fromkeys(demand.skill for demand in problem.demands)
    found = [
        trained(problem, a, agent, skill)
        for a, agent in enumerate(problem.agents)
        for skill in asked
        if skill not in agent.skills and agent.id not in tied
    ]
    return found[:: max(-(-len(found) // MOST_TRIED), 1)]


def _overtime(problem: RosterProblem, roster: Roster) -> Iterator[Worth]:
    """The hours of the horizon at which one more agent on a queue saves most, apart from one
    another."""
    slots = 60 // problem.slot_min
    everyone = Roster(problem.grid, (*problem.history, *roster.assignments))
    supply = problem.supply(everyone, problem.slot_min)
    missing = wanted_supply(problem) - problem.supply(roster, problem.slot_min)
    closed = np.clip(missing, 0.0, 1.0) * problem.slot_min / 60
    saved = np.array(
        [
            sum(demand_cost(problem, demand, own, problem.weights))
            - sum(demand_cost(problem, demand, own + 1.0, problem.weights))
            for demand, own in zip(problem.demands, supply, strict=True)
        ]
    )
    by_hour = _windows(saved * problem.slot_min / 60, slots)
    hours = _windows(closed, slots)
    for _ in range(MOST_OF_EACH):
        q, first = np.unravel_index(int(by_hour.argmax()), by_hour.shape)
        points, gained = float(by_hour[q, first]), float(hours[q, first])
        queue = problem.queues[q]
        params = {"queue": queue, "minute": int(first) * problem.slot_min}
        yield Worth(Good.OVERTIME, params, points, gained, ((queue, gained),))
        by_hour[:, max(int(first) - slots + 1, 0) : int(first) + slots] = -np.inf


def _windows(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Sums of so many neighbouring columns, by the first of them."""
    sums = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    windows: NDArray[np.float64] = sums[:, length:] - sums[:, :-length]
    return windows


def _starts(problem: RosterProblem, roster: Roster) -> Iterator[Worth]:
    """The starts of each of the shifts worked most, half an hour freer on both sides. What their
    agents could gain by moving once more as things are is not counted."""
    worked = Counter(shift.shift_code for shift in roster.assignments)
    before = Trial(problem, roster)
    for code, _ in worked.most_common(MOST_SHIFTS):
        shift = problem.shift_of.get(code)
        if shift is None or shift.kind is not ShiftKind.WORK:
            continue
        freer = _freer(shift, max(HALF_HOUR, problem.slot_min))
        shifts = tuple(freer if one.code == code else one for one in problem.shifts)
        have_it = {one.agent for one in roster.assignments if one.shift_code == code}
        movers = [a for a, agent in enumerate(problem.agents) if agent.id in have_it][:MOST_MOVED]
        after = Trial(replace(problem, shifts=shifts), roster)
        effect = _less(after.again(movers), before.again(movers))
        yield _worth(problem, Good.START, {"shift": code}, effect)


def _freer(shift: ShiftTemplate, by_min: int) -> ShiftTemplate:
    """The shift with starts earlier and later, those that it had among them."""
    step = gcd(shift.grid_min, by_min)
    earlier = by_min if shift.earliest_start >= by_min else 0
    later = by_min if shift.latest_start + by_min < 1440 else 0
    return replace(
        shift,
        earliest_start=shift.earliest_start - earlier,
        latest_start=shift.latest_start + later,
        grid_min=step,
    )


def _most_hours(problem: RosterProblem, contract: Contract) -> float:
    """Paid hours of a contract's fullest week."""
    allowed = [
        shift.paid_min
        for shift in problem.shifts
        if not contract.shift_codes or shift.code in contract.shift_codes
    ]
    most = contract.max_days * max(allowed, default=0)
    return (most if contract.max_minutes is None else min(most, contract.max_minutes)) / 60


def _less(effect: Effect, before: Effect) -> Effect:
    return Effect(effect.closed - before.closed, effect.saved - before.saved)


def _worth(
    problem: RosterProblem,
    good: Good,
    params: Mapping[str, object],
    effect: Effect,
    paid_hours: float | None = None,
) -> Worth:
    queues: Sequence[tuple[str, float]] = [
        (queue, float(hours))
        for queue, hours in zip(problem.queues, effect.closed, strict=True)
        if abs(hours) >= LEAST_HOURS
    ]
    hours = float(effect.closed.sum())
    return Worth(good, params, effect.saved, hours, tuple(queues), paid_hours)
