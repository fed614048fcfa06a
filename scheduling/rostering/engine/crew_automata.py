"""One automaton for all agents whose rules count alike, and what each brings from before."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent
from ..options import ShiftOptions, day_works
from ..problem import RosterProblem
from ..rules.base import DayKind, DayWork, Rule
from .automaton import Priced, build, replay
from .totals import Total, totals_of
from .week import IntArray

T = TypeVar("T", bound=Hashable)


def numbered(values: list[T]) -> tuple[list[T], IntArray]:
    """The different values in order of appearance, and the number of each."""
    different = list(dict.fromkeys(values))
    place = {value: i for i, value in enumerate(different)}
    return different, np.array([place[value] for value in values], dtype=np.int64)


class CrewAutomata:
    """One automaton for all agents whose rules count alike."""

    def __init__(
        self,
        problem: RosterProblem,
        universe: ShiftOptions,
        works: list[DayWork],
        rules: tuple[Rule, ...],
        allowed: NDArray[np.bool_],
        off_work: IntArray,
    ) -> None:
        self._totals = [totals_of(problem, agent, rules) for agent in problem.agents]
        counted = [_counters(problem, agent, rules) for agent in problem.agents]
        keys, self.number = numbered(counted)
        kinds = universe.works(problem)
        self._counters: list[tuple[Priced, ...]] = []
        self._added: list[dict[int, tuple[int, ...]]] = [{} for _ in problem.agents]
        automata, initial = [], np.zeros(len(problem.agents), dtype=np.int64)
        for i, core in enumerate(keys):
            mine = np.flatnonzero(self.number == i)
            tallied = {total.counter: None for a in mine for total in self._totals[a]}
            counters = (*core, *(Priced(counter, None) for counter in tallied))
            starts = []
            for a in mine:
                past = _past(problem, problem.agents[a])
                start, self._added[a] = replay(counters, problem, past)
                starts.append(start)
            worked = allowed[mine].any(axis=0)
            done = {kinds[o] for o in np.flatnonzero(worked)} | {works[0]}
            done |= {works[k] for k in np.unique(off_work[mine])}
            possible = [work for work in works if work in done]
            automata.append(build(counters, problem, works, possible, starts))
            self._counters.append(counters)
            initial[mine] = [automata[-1].initial[start] for start in starts]
        self.automata, self.initial = tuple(automata), initial

    def totals(self, a: int) -> list[Total]:
        """The agent's totals, with the place of their counter and what earlier days added."""
        counters = [p.counter for p in self._counters[self.number[a]] if p.price is None]
        placed = []
        for total in self._totals[a]:
            place = counters.index(total.counter)
            carried = sum(
                units[place] for day, units in self._added[a].items() if day >= total.since
            )
            placed.append(total.placed(place, carried))
        return placed


def _counters(problem: RosterProblem, agent: Agent, rules: tuple[Rule, ...]) -> tuple[Priced, ...]:
    made = [
        (r.counter(problem, agent), problem.points_of(r.name))
        for r in rules
        if r.counter is not None
    ]
    return tuple(Priced(counter, price) for counter, price in made if counter is not None)


def _past(problem: RosterProblem, agent: Agent) -> dict[int, DayWork]:
    """What the agent did before the grid, from published shifts and leave."""
    past = {
        day: DayWork(DayKind.PAID_LEAVE if off.paid else DayKind.UNPAID_LEAVE)
        for (who, day), off in problem.leave.items()
        if who == agent.id and -14 <= day < 0
    }
    for shift in problem.history:
        if shift.agent == agent.id:
            clock = problem.clocks.of(shift.shift_code).clock(shift.start)
            length = shift.end - shift.start
            (past[shift.day],) = day_works(
                problem,
                [shift.shift_code],
                np.array([clock]),
                np.array([clock + length]),
                np.array([shift.paid_minutes]),
            )
    return past
