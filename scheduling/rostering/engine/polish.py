"""CP-SAT on the breaks and meetings of one day: all of them at once, the shifts as they are.

The search places one agent's breaks at a time, each the best for the others'; here every agent at
work on a day may move breaks together, meetings move with everybody who is there, and who serves
which queue is open again. The model is exact for that neighbourhood, whatever the number of queues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from ..rules.base import FAR, Doing
from .chains import settled
from .compile import Compiled
from .cover import Cover
from .floor import Floor, Session

Expression = cp_model.LinearExprT
Picks = dict[int, cp_model.IntVar]
"""A choice of start: a variable for each slot."""


class Away(Enum):
    """What keeps an agent from work."""

    BREAK = 0
    GAP = 1  # of a split shift: out of the building
    MEETING = 2


@dataclass(frozen=True, slots=True)
class Move:
    """One slot that an agent may be away: `at_work` is by how much the agent is more at work
    there."""

    agent: int
    slot: int
    at_work: Expression
    away: Away

    def counted(self, counted: NDArray[np.int64]) -> int:
        """What being at work instead changes for a band that counts so (see `Band.counted`)."""
        instead = {Away.BREAK: Doing.BREAK, Away.MEETING: Doing.MEETING}.get(self.away)
        return int(counted[Doing.WORK]) - (0 if instead is None else int(counted[instead]))


SCALE = 1000  # CP-SAT counts in thousandths of a point
WORK = 4.0  # CP-SAT's deterministic seconds for one day


def polish_breaks(floor: Floor, day: int, agents: list[int], seconds: float, seed: int) -> float:
    """Moves the breaks of the agents' shifts on a day, and the meetings of which they are all that
    come, to where they go best together; the change of cost. The floor changes only for the
    better."""
    at_work = [a for a in agents if floor.weeks.option[a, day] >= 0]
    moved = _Day(floor, day, at_work).solved(seconds, seed)
    if moved is None:
        return 0.0
    kept = _Places(
        [floor.weeks.breaks[a, day].tolist() for a in at_work],
        {number: floor.sessions[number].at for number in moved.meetings},
    )
    change = _move(floor, day, at_work, moved)
    if change > -1e-9:
        change += _move(floor, day, at_work, kept)
    return change


@dataclass(frozen=True)
class _Places:
    """Starts of breaks by agent, and of sessions by number."""

    breaks: list[list[int]]
    meetings: dict[int, int]


def _move(floor: Floor, day: int, agents: Sequence[int], places: _Places) -> float:
    total = sum(floor.out(a) for a in agents)
    for number, at in places.meetings.items():
        total += floor.moved(number, at)
    for a, starts in zip(agents, places.breaks, strict=True):
        floor.weeks.breaks[a, day, : len(starts)] = starts
        total += floor.back(a)
    return total + settled(floor.cover)


class _Day:
    """The model of a day's breaks and meetings."""

    def __init__(self, floor: Floor, day: int, agents: Sequence[int]) -> None:
        self._floor, self._day, self._agents = floor, day, agents
        self._model = cp_model.CpModel()
        self._moves: list[Move] = []
        # Who is away for what can move, by agent and slot: at most one thing at a time.
        self._taken: dict[tuple[int, int], list[Expression]] = {}
        # What keeps its place has no price.
        self._prices: list[Expression] = []
        self._breaks = [self._breaks_of(a) for a in agents]
        self._meetings = {
            number: self._meeting(session)
            for number, session in enumerate(floor.sessions)
            if session.present and set(session.present) <= set(agents)
        }
        busy = {a for session in floor.sessions for a in session.present}
        self._keep_apart(busy)

    def solved(self, seconds: float, seed: int) -> _Places | None:
        """The starts that go best together; None if none were found in time."""
        compiled, cover, model = self._floor.compiled, self._floor.cover, self._model
        costs = _queue_costs(model, compiled, cover, self._moves)
        model.minimize(sum(costs + _band_costs(model, cover, self._moves) + self._prices))
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = seed
        # One worker and CP-SAT's own count of work: the same roster on every machine that is not
        # slow.
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = WORK
        # Else it leaves Ctrl-C as the operating system has it, which ends the program on the spot.
        solver.parameters.catch_sigint_signal = False
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None

        def chosen(picks: Picks) -> int:
            return next(t for t, pick in picks.items() if solver.value(pick))

        return _Places(
            [[chosen(picks) for picks in breaks] for breaks in self._breaks],
            {number: chosen(picks) for number, picks in self._meetings.items()},
        )

    def _breaks_of(self, a: int) -> list[Picks]:
        """A choice of start for each break of an agent's shift, in order."""
        options, weeks = self._floor.compiled.options, self._floor.weeks
        option, now = int(weeks.option[a, self._day]), weeks.breaks[a, self._day]
        k, base = options.template[option], int(options.start[option])
        chosen: list[Picks] = []
        known = self._floor.told
        told = None if known is None else known.starts(weeks, a, self._day)
        ends: Expression = base
        for b in range(int(options.breaks[k])):
            length = int(options.break_len[k, b])
            window = range(base + options.break_from[k, b], base + options.break_to[k, b] + 1)
            away = Away.GAP if options.break_away[k, b] else Away.BREAK
            picks = self._choice(window, int(now[b]), length, [a], away)
            begins = sum(t * pick for t, pick in picks.items())
            self._model.add(begins >= ends + int(options.break_gap[k, b]))
            ends = begins + length
            chosen.append(picks)
            if known is not None and told is not None:
                self._price(picks, int(told[b]), float(known.points[self._day]))
        return chosen

    def _price(self, picks: Picks, told: int, points: float) -> None:
        """Points of another start than the one told."""
        price = round(SCALE * points)
        self._prices += [price * pick for t, pick in picks.items() if t != told]

    def _meeting(self, session: Session) -> Picks:
        """A choice of start for a session, while everybody who comes is on shift."""
        options, weeks = self._floor.compiled.options, self._floor.weeks
        shifts = weeks.option[list(session.present), self._day]
        first = int(options.start[shifts].max())
        last = int(options.end[shifts].min()) - session.length
        window = [int(t) for t in session.starts if first <= t <= last]
        here = session.present
        picks = self._choice(window, session.at, session.length, here, Away.MEETING)
        for a, told, points in session.told:
            if a in here:
                self._price(picks, told, points)
        return picks

    def _choice(
        self, window: Sequence[int], now: int, length: int, whom: Sequence[int], away: Away
    ) -> Picks:
        """A start within a window for something that people are away for, which lies at `now`."""
        picks = {int(t): self._model.new_bool_var("") for t in window}
        self._model.add_exactly_one(picks.values())
        for a in whom:
            self._moves += [Move(a, s, 1, away) for s in range(now, now + length)]
            for t, pick in picks.items():
                self._moves += [Move(a, s, -pick, away) for s in range(t, t + length)]
                for s in range(t, t + length):
                    self._taken.setdefault((a, s), []).append(pick)
        for t, pick in picks.items():
            self._model.add_hint(pick, t == now)
        return picks

    def _keep_apart(self, busy: set[int]) -> None:
        """Nobody who has a meeting is at two things at once; meetings that stay are one of them."""
        for number, session in enumerate(self._floor.sessions):
            if number not in self._meetings:
                for a in session.present:
                    for s in range(session.at, session.at + session.length):
                        self._taken.setdefault((a, s), []).append(1)
        for (a, _), things in self._taken.items():
            if a in busy and len(things) > 1:
                self._model.add(sum(things) <= 1)


def _queue_costs(
    model: cp_model.CpModel, compiled: Compiled, cover: Cover, moves: list[Move]
) -> list[Expression]:
    """The cost of the queues in every slot in which somebody's break can lie."""
    if not len(cover.supply):
        return []
    # Agents of a group at work in a slot: those there now, those on break now, less new breaks.
    present: dict[int, dict[int, list[Expression]]] = {}
    for move in moves:
        if move.slot < compiled.slots:
            group = int(compiled.crew.group[move.agent])
            present.setdefault(move.slot, {}).setdefault(group, []).append(move.at_work)
    costs: list[Expression] = []
    for t in sorted(present):
        costs += _slot(model, cover, t, present[t])
    return costs


def _band_costs(model: cp_model.CpModel, cover: Cover, moves: list[Move]) -> list[Expression]:
    """What the numbers of people at once cost beyond their least and most."""
    counts: dict[tuple[int, int], list[Expression]] = {}
    for b, counted in enumerate(cover.counted):
        for move in moves:
            size = int(cover.coefficients[b, move.agent]) * move.counted(counted)
            if size:
                counts.setdefault((b, move.slot), []).append(size * move.at_work)
    costs: list[Expression] = []
    for (b, t), changes in counts.items():
        price, now = round(SCALE * float(cover.breach[b])), int(cover.bands[b, t])
        most = int(np.abs(cover.coefficients[b]).sum()) * int(np.abs(cover.counted[b]).sum())
        outside = model.new_int_var(0, most + abs(now), "")
        if cover.least[b, t] > -FAR // 2:
            model.add(outside >= int(cover.least[b, t]) - now - sum(changes))
        if cover.most[b, t] < FAR // 2:
            model.add(outside >= now + sum(changes) - int(cover.most[b, t]))
        costs.append(price * outside)
    return costs


def _slot(
    model: cp_model.CpModel, cover: Cover, t: int, moving: dict[int, list[Expression]]
) -> list[Expression]:
    """Spreads one slot's agents over the queues; the terms of its cost."""
    queues = cover.supply.shape[0]
    supply: list[list[Expression]] = [[] for _ in range(queues)]
    for g, skills in enumerate(cover.skills):
        count = int(cover.spread[t, g].sum())
        most = count + len(moving.get(g, []))
        here = count + sum(moving.get(g, []))
        served = [q for q in range(queues) if (int(skills) >> q) & 1]
        work = cover.work[g].tolist()
        if len(served) == 1:
            supply[served[0]].append(work[served[0]] * here)
        elif most and served:
            spread = [model.new_int_var(0, most, "") for _ in served]
            model.add(sum(spread) == here)
            for q, number in zip(served, spread, strict=True):
                supply[q].append(work[q] * number)
    return [_cost(model, cover, t, q, sum(parts)) for q, parts in enumerate(supply) if parts]


def _cost(
    model: cp_model.CpModel, cover: Cover, t: int, q: int, supply: Expression
) -> cp_model.IntVar:
    """A variable that is at least the cost of the work on a queue: one line for each slope."""
    slopes = np.round(SCALE * cover.marginal[q, t]).astype(np.int64)
    costs = np.concatenate([[0], np.cumsum(slopes)])
    most = int(np.abs(slopes).sum()) + abs(int(slopes[-1])) * len(slopes)
    total = model.new_int_var(int(costs.min()), most, "")
    for h in [0, *(np.flatnonzero(np.diff(slopes)) + 1).tolist()]:
        model.add(total >= int(costs[h]) + int(slopes[h]) * (supply - h))
    return total
