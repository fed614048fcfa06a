"""What if somebody else, or the same person on other terms, worked here? Tried on a roster.

The roster lies in the engine's cover as the search left it. Candidates are compiled beside its
agents but are not in it; one of them takes an agent's place (or comes along) with the best legal
roster at present prices, exactly, and the hours short before and after are counted. Every trial
is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ....data.people import Agent, Contract, FixedAssignment, Request, TimeOff
from ....data.presence import LeastStaffing
from ..engine.compile import compile_problem
from ..engine.floor import Floor, sessions_in
from ..engine.naming import from_roster
from ..engine.one_agent import own_points
from ..engine.search import sweep
from ..engine.weeks import enter, leave
from ..problem import RosterProblem
from ..roster import Assignment, Roster
from .short import wanted_supply

Entry = TypeVar("Entry", TimeOff, Request, FixedAssignment, Assignment)


@dataclass(frozen=True)
class Candidate:
    """Somebody who might work: an agent of a new id on a contract (new, or the centre's). Leave,
    wishes and past are those of the agent `like`, if there is one."""

    agent: Agent
    contract: Contract
    like: str | None = None


class Effect(NamedTuple):
    """What a trial changes: hours short fewer by queue (queues,), and points saved."""

    closed: NDArray[np.float64]
    saved: float


class _Place(NamedTuple):
    """An agent's roster, to put back."""

    agent: int
    option: NDArray[np.int64]
    breaks: NDArray[np.int64]
    cost: float


class Trial:
    """A roster with candidates beside it. Agents come first, in the order of the problem."""

    def __init__(
        self, problem: RosterProblem, roster: Roster, candidates: Sequence[Candidate] = ()
    ) -> None:
        self._agents = len(problem.agents)
        self._compiled = compile_problem(with_candidates(problem, candidates))
        self._weeks, _ = from_roster(self._compiled, roster)
        self._cover = self._compiled.cover(problem.weights)
        self._scratch = self._compiled.scratch()
        self._wanted, self._slot_hours = wanted_supply(problem), problem.slot_min / 60
        c = self._compiled
        for a in range(self._agents):
            self._weeks.cost[a] = own_points(a, c.crew, c.tables, c.options, self._weeks.option[a])
            enter(a, self._weeks, c.crew, self._cover, c.options)
        self._floor = Floor(c, self._weeks, self._cover, sessions_in(c, roster))
        self._floor.step_away()

    def short_hours(self) -> NDArray[np.float64]:
        """Hours short by queue at present: (queues,)."""
        supply = self._cover.supply / self._compiled.problem.proficiency.unit
        missing = np.maximum(self._wanted - supply, 0.0)
        hours: NDArray[np.float64] = missing.sum(axis=1) * self._slot_hours
        return hours

    def again(self, agents: Iterable[int]) -> Effect:
        """What the agents (by position) gain by moving once more on their present terms."""
        return self._tried([(a, a) for a in agents])

    def instead(self, agents: Sequence[int], candidates: Sequence[int]) -> Effect:
        """What it changes if the candidates (by position) take the places of the agents, one after
        the other. An agent whose candidate has no legal roster stays."""
        places = [self._agents + candidate for candidate in candidates]
        return self._tried(list(zip(agents, places, strict=True)))

    def besides(self, candidates: Sequence[int]) -> Effect:
        """What it changes if the candidates come along."""
        return self._tried([(None, self._agents + candidate) for candidate in candidates])

    def window_on(self, candidate: int, weekday: int) -> tuple[int, int] | None:
        """Clock minutes from the earliest start to the latest end of the shifts that a candidate
        was last tried with on a weekday; None without any."""
        universe, problem = self._compiled.universe, self._compiled.problem
        chosen = self._weeks.option[self._agents + candidate]
        shifts = [o for d, o in enumerate(chosen) if o >= 0 and problem.weekday(d) == weekday]
        if not shifts:
            return None
        starts = universe.clock[shifts]
        ends = starts + (universe.end - universe.start)[shifts]
        return int(starts.min()), int(ends.max())

    def _tried(self, moves: list[tuple[int | None, int]]) -> Effect:
        c, before, saved = self._compiled, self.short_hours(), 0.0
        done: list[tuple[_Place | None, int]] = []
        for who, candidate in moves:
            place, change = None, 0.0
            if who is not None:
                place, change = self._taken_out(who)
            change += self._settled(candidate)
            if np.isfinite(change):
                done.append((place, candidate))
                saved -= change
            elif place is not None:
                self._put_back(place)
        effect = Effect(before - self.short_hours(), saved)
        for place, candidate in reversed(done):
            leave(candidate, self._weeks, c.crew, self._cover, c.options)
            if place is not None:
                self._put_back(place)
        return effect

    def _settled(self, a: int) -> float:
        c = self._compiled
        return float(
            sweep(
                np.array([a]),
                False,
                self._weeks,
                c.crew,
                c.tables,
                self._cover,
                c.options,
                self._scratch,
            )
        )

    def _taken_out(self, a: int) -> tuple[_Place, float]:
        """The agent's roster, and the change of cost without it."""
        weeks = self._weeks
        place = _Place(a, weeks.option[a].copy(), weeks.breaks[a].copy(), float(weeks.cost[a]))
        return place, self._floor.out(a) - place.cost

    def _put_back(self, place: _Place) -> None:
        weeks, a = self._weeks, place.agent
        weeks.option[a], weeks.breaks[a], weeks.cost[a] = place.option, place.breaks, place.cost
        self._floor.back(a)


def with_candidates(problem: RosterProblem, candidates: Sequence[Candidate]) -> RosterProblem:
    """The problem with the candidates as further agents. Their past covers nothing: that of the
    agents they are like does."""
    known = {contract.id for contract in problem.contracts}
    contracts = {c.contract.id: c.contract for c in candidates if c.contract.id not in known}
    twins: dict[str, list[str]] = {}
    for candidate in candidates:
        if candidate.like is not None:
            twins.setdefault(candidate.like, []).append(candidate.agent.id)
    past = _for_twins(problem.history, twins)
    carried = [
        replace(had, agent=twin) for had in problem.carried for twin in twins.get(had.agent, ())
    ]
    return replace(
        problem,
        agents=(*problem.agents, *(candidate.agent for candidate in candidates)),
        contracts=(*problem.contracts, *contracts.values()),
        time_off=(*problem.time_off, *_for_twins(problem.time_off, twins)),
        requests=(*problem.requests, *_for_twins(problem.requests, twins)),
        fixed=(*problem.fixed, *_for_twins(problem.fixed, twins)),
        history=(*problem.history, *(replace(shift, queues=()) for shift in past)),
        least_staffing=tuple(_counting(one, twins) for one in problem.least_staffing),
        carried=(*problem.carried, *carried),
    )


def _for_twins(entries: tuple[Entry, ...], twins: dict[str, list[str]]) -> list[Entry]:
    """The entries of agents, once more for each of their candidates."""
    return [replace(entry, agent=twin) for entry in entries for twin in twins.get(entry.agent, ())]


def _counting(staffing: LeastStaffing, twins: dict[str, list[str]]) -> LeastStaffing:
    """The same, with the candidates for people who are named."""
    more = (twin for who in staffing.people for twin in twins.get(who, ()))
    return replace(staffing, people=staffing.people.union(more))
