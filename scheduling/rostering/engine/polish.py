"""CP-SAT on the breaks of one day: all of them at once, the shifts as they are.

The search places one agent's breaks at a time, each the best for the others'; here every agent at
work on a day may move breaks together, and who serves which queue is open again. The model is exact
for that neighbourhood, whatever the number of queues.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from ..rules.base import FAR, Where
from .compile import Compiled
from .cover import Cover
from .search import Weeks, enter, leave

Expression = cp_model.LinearExprT


class Move(NamedTuple):
    """One slot of a break that moves: `at_work` is by how much the agent is more at work there;
    `away` tells a split gap, which is time out of the building, from a break."""

    agent: int
    slot: int
    at_work: Expression
    away: bool

    def counted(self, where: Where) -> int:
        """What being at work instead changes for a band that counts there."""
        if where is Where.AT_WORK:
            return 1
        if where is Where.ON_BREAK:
            return 0 if self.away else -1
        return 1 if self.away else 0


SCALE = 1000  # CP-SAT counts in thousandths of a point
WORK = 4.0  # CP-SAT's deterministic seconds for one day


def polish_breaks(
    compiled: Compiled,
    weeks: Weeks,
    cover: Cover,
    day: int,
    agents: list[int],
    seconds: float,
    seed: int,
) -> float:
    """Moves the breaks of the agents' shifts on a day to where they go best together; the change
    of cost. `weeks` and `cover` change together, and only for the better."""
    at_work = [a for a in agents if weeks.option[a, day] >= 0]
    kept = weeks.breaks[at_work, day].copy()
    moved = _choose(compiled, weeks, cover, day, at_work, seconds, seed)
    if moved is None:
        return 0.0
    change = _move(compiled, weeks, cover, day, at_work, moved)
    if change > -1e-9:
        change += _move(compiled, weeks, cover, day, at_work, kept)
    return change


def _move(
    compiled: Compiled,
    weeks: Weeks,
    cover: Cover,
    day: int,
    agents: list[int],
    breaks: NDArray[np.int64],
) -> float:
    total = 0.0
    for a in agents:
        total += leave(a, weeks, compiled.crew, cover, compiled.options)
    for a, starts in zip(agents, breaks, strict=True):
        weeks.breaks[a, day] = starts
        total += enter(a, weeks, compiled.crew, cover, compiled.options)
    return total


def _choose(
    compiled: Compiled,
    weeks: Weeks,
    cover: Cover,
    day: int,
    agents: list[int],
    seconds: float,
    seed: int,
) -> NDArray[np.int64] | None:
    """Break starts (agents, most breaks) that go best together; None if none were found in time."""
    model = cp_model.CpModel()
    moves: list[Move] = []
    starts = [
        _breaks(model, compiled, int(weeks.option[a, day]), weeks.breaks[a, day], a, moves)
        for a in agents
    ]
    objective = _queue_costs(model, compiled, cover, moves) + _band_costs(model, cover, moves)
    model.minimize(sum(objective))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.random_seed = seed
    # One worker and CP-SAT's own count of work: the same roster on every machine that is not slow.
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = WORK
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    found = weeks.breaks[agents, day].copy()
    for i, breaks in enumerate(starts):
        for b, picks in enumerate(breaks):
            found[i, b] = next(t for t, pick in picks.items() if solver.value(pick))
    return found


def _breaks(
    model: cp_model.CpModel,
    compiled: Compiled,
    option: int,
    now: NDArray[np.int64],
    agent: int,
    moves: list[Move],
) -> list[dict[int, cp_model.IntVar]]:
    """A choice of start for each break of a shift, in order; `moves` learns who is away when."""
    options = compiled.options
    k, base = options.template[option], int(options.start[option])
    chosen: list[dict[int, cp_model.IntVar]] = []
    ends: Expression = base
    for b in range(int(options.breaks[k])):
        length, away = int(options.break_len[k, b]), bool(options.break_away[k, b])
        window = range(base + options.break_from[k, b], base + options.break_to[k, b] + 1)
        picks = {int(t): model.new_bool_var("") for t in window}
        model.add_exactly_one(picks.values())
        for t, pick in picks.items():
            model.add_hint(pick, t == now[b])
            moves += [Move(agent, s, -pick, away) for s in range(t, t + length)]
        moves += [Move(agent, s, 1, away) for s in range(int(now[b]), int(now[b]) + length)]
        begins = sum(t * pick for t, pick in picks.items())
        model.add(begins >= ends + int(options.break_gap[k, b]))
        ends = begins + length
        chosen.append(picks)
    return chosen


def _queue_costs(
    model: cp_model.CpModel, compiled: Compiled, cover: Cover, moves: list[Move]
) -> list[Expression]:
    """The cost of the queues in every slot in which somebody's break can lie."""
    if not len(cover.heads):
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
    for b, where in enumerate(cover.where):
        for move in moves:
            size = int(cover.coefficients[b, move.agent]) * move.counted(Where(int(where)))
            if size:
                counts.setdefault((b, move.slot), []).append(size * move.at_work)
    costs: list[Expression] = []
    for (b, t), changes in counts.items():
        price, now = round(SCALE * float(cover.breach[b])), int(cover.bands[b, t])
        most = int(np.abs(cover.coefficients[b]).sum())
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
    queues = cover.heads.shape[0]
    heads: list[list[Expression]] = [[] for _ in range(queues)]
    for g, skills in enumerate(cover.skills):
        count = int(cover.spread[t, g].sum())
        most = count + len(moving.get(g, []))
        here = count + sum(moving.get(g, []))
        served = [q for q in range(queues) if (int(skills) >> q) & 1]
        if len(served) == 1:
            heads[served[0]].append(here)
        elif most and served:
            spread = [model.new_int_var(0, most, "") for _ in served]
            model.add(sum(spread) == here)
            for q, number in zip(served, spread, strict=True):
                heads[q].append(number)
    return [_cost(model, cover, t, q, sum(parts)) for q, parts in enumerate(heads) if parts]


def _cost(
    model: cp_model.CpModel, cover: Cover, t: int, q: int, heads: Expression
) -> cp_model.IntVar:
    """A variable that is at least the cost of a queue's heads: one line for each slope."""
    slopes = np.round(SCALE * cover.marginal[q, t]).astype(np.int64)
    costs = np.concatenate([[0], np.cumsum(slopes)])
    most = int(np.abs(slopes).sum()) + abs(int(slopes[-1])) * len(slopes)
    total = model.new_int_var(int(costs.min()), most, "")
    for h in [0, *(np.flatnonzero(np.diff(slopes)) + 1).tolist()]:
        model.add(total >= int(costs[h]) + int(slopes[h]) * (heads - h))
    return total
