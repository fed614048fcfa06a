"""The agents on the books with the hours on queues that their contracts hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from ...data.centre import Centre
from ...data.people import Agent, Contract
from ...data.shifts import ShiftKind
from ..rostering.rules.contract_hours import average_day

WEEK = 7
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Kind:
    """Agents of the same skills, each with the work that they do in it, in agents."""

    levels: frozenset[tuple[str, float]]

    def __contains__(self, skill: str) -> bool:
        return any(skill == known for known, _ in self.levels)

    def level(self, skill: str) -> float:
        """The work of one of them; 0 without the skill."""
        return dict(self.levels).get(skill, 0.0)


class BookedCrew:
    """The agents by their skills and proficiency, with their hours on queues in a full week."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._agents = centre.agents
        self._contracts = {contract.id: contract for contract in centre.contracts}
        asked = {queue.skill for queue in centre.queues}
        self._kind_of = [_kind(agent, asked) for agent in centre.agents]
        self.kinds = list(dict.fromkeys(self._kind_of))
        self.full = np.array([self._week(agent) for agent in centre.agents])

    def booked_in(self, first: date) -> Array:
        """Hours on queues of every agent in the seven days from `first` on, less days outside of
        employment, each of which stands for the contract's average one."""
        days = [first + timedelta(days=day) for day in range(WEEK)]
        return self._less([sum(not a.employed_on(day) for day in days) for a in self._agents])

    def hours_in(self, first: date) -> Array:
        """The same, less whole days off, each of which stands for as much."""
        days = {first + timedelta(days=day) for day in range(WEEK)}
        away = {agent.id: {d for d in days if not agent.employed_on(d)} for agent in self._agents}
        for entry in self._centre.time_off:
            if entry.agent in away and entry.whole_days:
                away[entry.agent] |= {day for day in days if entry.first <= day <= entry.last}
        return self._less([len(away[agent.id]) for agent in self._agents])

    def _less(self, days_away: Sequence[int]) -> Array:
        """Hours of every agent in a week of which they are away on so many days."""
        return np.array(
            [
                full * (0.0 if days >= WEEK else max(1.0 - days * self._day_share(agent), 0.0))
                for agent, full, days in zip(self._agents, self.full, days_away, strict=True)
            ]
        )

    def by_kind(self, hours: Array) -> Array:
        """Hours of each kind together."""
        return np.array(
            [
                sum(own for own, skills in zip(hours, self._kind_of, strict=True) if skills == kind)
                for kind in self.kinds
            ]
        )

    def agents_there(self, skill: str, hours: Array) -> float:
        """How many agents have a skill in a week in which everybody works these `hours`; who is
        away for a part of it counts in part."""
        parts = np.divide(hours, self.full, out=np.zeros(len(self.full)), where=self.full > 0)
        able = [skill in skills for skills in self._kind_of]
        return float(parts[np.array(able, dtype=bool)].sum())

    def usual_hours(self, skill: str) -> float:
        """What one agent who has the skill gets done on queues in a full week, in hours of an agent
        of proficiency 1; what one of all agents works if nobody has it."""
        able = [
            hours * kind.level(skill)
            for hours, kind in zip(self.full, self._kind_of, strict=True)
            if skill in kind
        ]
        return float(np.mean(able or self.full)) if len(self.full) else 0.0

    def spare_agents(self, skill: str, spare: Array, fit: float) -> int:
        """How many agents without a skill have all of their hours to spare."""
        hours = sum(s for s, kind in zip(spare, self.kinds, strict=True) if skill not in kind)
        others = [
            full for full, kind in zip(self.full, self._kind_of, strict=True) if skill not in kind
        ]
        return int(hours / (fit * np.mean(others))) if others and np.mean(others) > 0 else 0

    def _week(self, agent: Agent) -> float:
        contract = self._contracts[agent.contract]
        shifts = [
            shift
            for shift in self._centre.shifts
            if shift.kind is ShiftKind.WORK
            and (not contract.shift_codes or shift.code in contract.shift_codes)
            and agent.site in ("", shift.site)
        ]
        if not shifts:
            return 0.0
        days = min(contract.max_days, sum(hours != () for hours in agent.availability))
        most = days * max(shift.paid_min for shift in shifts)
        if contract.max_minutes is not None:
            most = min(most, contract.max_minutes)
        at_work = [
            (shift.length_min - sum(rule.minutes for rule in shift.breaks)) / shift.paid_min
            for shift in shifts
        ]
        return most / 60 * float(np.mean(at_work))

    def _day_share(self, agent: Agent) -> float:
        contract: Contract = self._contracts[agent.contract]
        week = contract.max_minutes or contract.min_minutes
        if week:
            return average_day(contract) / week
        return 1.0 / contract.max_days if contract.max_days else 1.0


def _kind(agent: Agent, asked: Collection[str]) -> Kind:
    levels = dict(agent.proficiency)
    return Kind(frozenset((skill, levels.get(skill, 1.0)) for skill in agent.skills & set(asked)))
