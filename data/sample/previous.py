"""Last week's published roster of the sample: plain, legal, and made without an engine.

Every agent works one shift from one start all week (so rest between days is kept by itself), on
days that leave the days off together, with each break in the middle of its window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ..people import Agent
from ..shifts import BreakKind, BreakRule, ShiftTemplate
from .shifts import CONTRACTS, FLEX, PART, WORKED

_STEP = 15
_WORKED_DAYS = {PART: 4}
_FULL_TIME_DAYS = 5

# How often each shift is worked where the contract leaves a choice.
_SHARE = {"E8": 0.45, "D8": 0.2, "L8": 0.3, "S8": 0.05, "P4": 0.25, "P5": 0.35, "P6": 0.4}


@dataclass(frozen=True)
class Pause:
    """A break as taken, in clock minutes of the shift's day."""

    start: int
    end: int
    rule: BreakRule


@dataclass(frozen=True)
class Worked:
    """One shift of the published roster. `start` and `end` are clock minutes of `day`; `spans` are
    (from, to, queue) with the breaks left out."""

    agent: Agent
    day: date
    shift: ShiftTemplate
    start: int
    pauses: tuple[Pause, ...]
    spans: tuple[tuple[int, int, str], ...]

    @property
    def end(self) -> int:
        return self.start + self.shift.length_min


def previous_week(
    agents: Iterable[Agent],
    shifts: Iterable[ShiftTemplate],
    away: frozenset[tuple[str, date]],
    first_day: date,
    rng: np.random.Generator,
) -> tuple[Worked, ...]:
    """The roster of the seven days from `first_day` (a Monday), agent by agent in order of time;
    `away` holds (agent, day) of time off. ValueError if an agent fits no shift."""
    contracts = {contract.id: contract for contract in CONTRACTS}
    by_code = {shift.code: shift for shift in shifts}
    worked: list[Worked] = []
    for turn, agent in enumerate(agents):
        allowed = [by_code[code] for code in contracts[agent.contract].shift_codes]
        shift, start = _shift_and_start(agent, allowed, rng)
        pauses = _pauses(shift, start)
        spans = _spans(agent, shift, start, pauses)
        for number in _days(agent, shift, start, turn):
            day = first_day + timedelta(days=number)
            if (agent.id, day) not in away:
                worked.append(Worked(agent, day, shift, start, pauses, spans))
    return tuple(worked)


def _shift_and_start(
    agent: Agent, allowed: Iterable[ShiftTemplate], rng: np.random.Generator
) -> tuple[ShiftTemplate, int]:
    """A shift and start in the hours of the agent's queues that fits on enough days."""
    opens = min(WORKED[skill][0] for skill in agent.skills)
    closes = max(WORKED[skill][1] for skill in agent.skills)
    fitting: list[tuple[ShiftTemplate, list[int]]] = []
    for shift in allowed:
        starts = [
            start
            for start in shift.starts
            if opens <= start
            and start + shift.length_min <= closes
            and len(_possible_days(agent, shift, start)) >= _days_wanted(agent)
        ]
        if starts:
            fitting.append((shift, starts))
    if not fitting:
        raise ValueError(f"agent {agent.id} fits no shift of contract {agent.contract}")
    share = np.array([_SHARE[shift.code] for shift, _ in fitting])
    shift, starts = fitting[rng.choice(len(fitting), p=share / share.sum())]
    return shift, int(rng.choice(starts))


def _days_wanted(agent: Agent) -> int:
    return _WORKED_DAYS.get(agent.contract, _FULL_TIME_DAYS)


def _possible_days(agent: Agent, shift: ShiftTemplate, start: int) -> list[int]:
    """Weekdays (Monday = 0) on which the agent may work the shift from `start`."""
    return [
        number
        for number, span in enumerate(agent.availability)
        if span is None
        or (len(span) == 2 and span[0] <= start and start + shift.length_min <= span[1])
    ]


def _days(agent: Agent, shift: ShiftTemplate, start: int, turn: int) -> Sequence[int]:
    """Days worked: those possible less days off that lie together and move on by agent."""
    possible = _possible_days(agent, shift, start)
    wanted = _days_wanted(agent)
    blocked = [number for number in range(7) if number not in possible]
    runs = [range(first, first + 7 - wanted) for first in range(wanted + 1)]
    off = [run for run in runs if set(blocked) <= set(run)]
    if off:
        return [number for number in range(7) if number not in off[turn % len(off)]]
    if agent.contract not in (FLEX, PART):
        raise ValueError(f"agent {agent.id} cannot have the days off together")
    first = turn % (len(possible) - wanted + 1)
    return possible[first : first + wanted]


def _pauses(shift: ShiftTemplate, start: int) -> tuple[Pause, ...]:
    """Each break in the middle of its window, on the quarter hour."""
    pauses: list[Pause] = []
    for rule in shift.breaks:
        middle = (rule.earliest_offset + rule.latest_offset) // 2 // _STEP * _STEP
        at = start + max(middle, rule.earliest_offset)
        pauses.append(Pause(at, at + rule.minutes, rule))
    return tuple(pauses)


def _spans(
    agent: Agent, shift: ShiftTemplate, start: int, pauses: tuple[Pause, ...]
) -> tuple[tuple[int, int, str], ...]:
    """Time on each queue. Agents with two skills change over at the meal (or at their only break):
    first the queue that closes earlier, then the other."""
    skills = sorted(agent.skills, key=lambda skill: (WORKED[skill][1], skill))
    change = max(pauses, key=lambda pause: pause.rule.minutes).start
    edges = [start, *(edge for pause in pauses for edge in (pause.start, pause.end))]
    edges.append(start + shift.length_min)
    spans = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        queue = skills[0] if begin < change else skills[-1]
        closes = WORKED[queue][1]
        if begin < min(end, closes):
            spans.append((begin, min(end, closes), queue))
        if closes < end and skills[-1] != queue:
            spans.append((max(begin, closes), end, skills[-1]))
    return tuple(spans)


def pause_kind(pause: Pause) -> str:
    """How `roster.csv` names a break: paid, unpaid or split."""
    if pause.rule.kind is BreakKind.SPLIT:
        return "split"
    return "paid" if pause.rule.paid else "unpaid"
