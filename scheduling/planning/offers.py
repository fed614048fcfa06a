"""What could be offered to people where a roster is short: a shift of overtime. Nobody is told to;
what the law asks for holds all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ...data.calendar import each_day
from ...data.people import Agent
from ...data.shifts import ShiftKind
from ..rostering.audit import audit
from ..rostering.engine import SolveLimit, place_breaks_anew
from ..rostering.options import ShiftOptions, shift_options
from ..rostering.problem import Demand, RosterProblem
from ..rostering.roster import Assignment, Roster, Violation
from ..rostering.rules import RULES
from ..rostering.why.short import shortage
from .exchanging import AgentDay, new_shift

CONTRACT = frozenset({"contract_days", "contract_hours", "period_hours", "days_off_together"})
"""Rules that who works overtime of their own will may go beyond."""

UNPLACED = frozenset({"skills", "shift_shape"})
"""Rules of breaks and queues, which a draft does not have yet."""

MOST_OFFERS = 5
MOST_TRIED = 60  # shifts that are held against the rules
LEAST_CLOSED = 1.0  # agent-hours that are worth a shift
BREAKS_LIMIT = SolveLimit(5.0, 1)


@dataclass(frozen=True)
class Overtime:
    """A shift on a day off: how many agent-hours short it closes, beside the offers before it, and
    which rules of the contract it goes beyond."""

    shift: Assignment
    hours: float
    beyond: tuple[str, ...]


def overtime_offers(
    problem: RosterProblem, roster: Roster, since: int, queues: Collection[str] | None = None
) -> tuple[Overtime, ...]:
    """Shifts from the minute `since` on, for agents who are off that day, that close most of what
    is short of the `queues` (None: of all), one an agent and `MOST_OFFERS` at most. Among those who
    close as much, whoever works least is named first; nobody is in a week with time off, who would
    be that. Every rule but those of `CONTRACT` holds."""
    if queues is not None:
        demands = (d if d.queue in queues else _of_nobody(d) for d in problem.demands)
        problem = replace(problem, demands=tuple(demands))
    drafts = _drafts(problem, roster, since)
    if not drafts:
        return ()
    rng = np.random.default_rng(0)
    everybody = Roster(roster.grid, (*roster.assignments, *drafts))
    days = {(shift.agent, shift.day) for shift in drafts}
    placed = place_breaks_anew(problem, everybody, BREAKS_LIMIT, rng, only=days).roster
    assert placed is not None
    ready = {(s.agent, s.day): s for s in placed.assignments if (s.agent, s.day) in days}
    return tuple(_judged(problem, roster, [ready[s.agent, s.day] for s in drafts]))


def _of_nobody(demand: Demand) -> Demand:
    return replace(demand, required=np.zeros_like(demand.required), points=None)


def _drafts(problem: RosterProblem, roster: Roster, since: int) -> list[Assignment]:
    """Overtime shifts by what they would serve, breaks not placed yet, one after another."""
    universe = shift_options(problem)
    missing = shortage(problem, roster)
    missing[:, np.arange(missing.shape[1]) * problem.grid.interval_min < since] = 0
    open_to = _open_to(problem, roster, universe, since, missing)
    minutes = np.array(
        [sum(s.paid_minutes for s in roster.of_agent(a.id)) for a in problem.agents], dtype=float
    )
    drafts: list[Assignment] = []
    for _ in range(MOST_TRIED if open_to.any() else 0):
        worth = np.where(open_to, _worth(problem, universe, missing), 0.0)
        if worth.max() < LEAST_CLOSED or len(drafts) == MOST_OFFERS:
            break
        # Half an hour more or less is no reason to ask who works much already.
        order = np.round(2 * worth) - minutes[:, None] / (1 + minutes.max())
        best = np.argmax(np.where(worth >= LEAST_CLOSED, order, -np.inf))
        a, o = np.unravel_index(best, worth.shape)
        agent = problem.agents[a]
        template = problem.shifts[universe.template[o]]
        day, start = int(universe.day[o]), int(universe.start[o])
        shift = new_shift(template, AgentDay(agent.id, day), start)
        open_to[a, o] = False
        if not _breaks_more(problem, roster, shift):
            drafts.append(shift)
            open_to[a] = False
            missing = _served(problem, shift, missing)
    return drafts


def _open_to(
    problem: RosterProblem,
    roster: Roster,
    universe: ShiftOptions,
    since: int,
    missing: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Which options each agent could take on days off on which somebody is missing: shape
    (agents, options)."""
    calls = np.array([s.kind is ShiftKind.ON_CALL for s in problem.shifts], dtype=bool)
    short_days = np.unique(problem.grid.day_of[missing.any(axis=0)])
    # A shift of the evening before may reach into the day.
    days = np.isin(universe.day, [*short_days, *(short_days - 1)])
    useful = days & (universe.start >= since) & ~calls[universe.template]
    weeks = np.array([problem.week(day) for day in universe.day.tolist()], dtype=np.int64)
    rows = []
    for agent in problem.agents:
        at_work = [shift.day for shift in roster.of_agent(agent.id)]
        mine = useful & ~np.isin(universe.day, at_work)
        mine &= ~np.isin(weeks, _weeks_away(problem, agent))
        for rule in RULES:
            if rule.allows is not None and np.isinf(problem.points_of(rule.name)):
                mine = mine & rule.allows(problem, agent, universe)
        rows.append(mine)
    return np.array(rows)


def _weeks_away(problem: RosterProblem, agent: Agent) -> list[int]:
    """Weeks in which an agent has time off, if only for hours."""
    off = [one for one in problem.time_off if one.agent == agent.id]
    days = {problem.grid.day_number(day) for one in off for day in each_day(one.first, one.last)}
    return sorted({problem.week(day) for day in days if 0 <= day < problem.grid.days})


def _worth(
    problem: RosterProblem, universe: ShiftOptions, missing: NDArray[np.float64]
) -> NDArray[np.float64]:
    """About how many agent-hours short each agent would close by each option."""
    step = problem.grid.interval_min
    edges = np.arange(missing.shape[1] + 1) * step
    present = universe.paid / (universe.end - universe.start)
    queues = np.array(problem.queues)
    of_skills: dict[frozenset[str], NDArray[np.float64]] = {}
    for skills in problem.skills_of.values():
        mine = np.isin(queues, list(skills))
        best = np.minimum(missing, 1.0).max(axis=0, where=mine[:, None], initial=0.0)
        so_far = np.append(0.0, np.cumsum(best)) * step / 60
        ends = np.interp(universe.end, edges, so_far)
        of_skills[skills] = (ends - np.interp(universe.start, edges, so_far)) * present
    return np.array([of_skills[problem.skills_of[agent.id]] for agent in problem.agents])


def _served(
    problem: RosterProblem, shift: Assignment, missing: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What is missing beside a shift whose agent is always where most are missing."""
    left = missing.copy()
    mine = [q for q, name in enumerate(problem.queues) if name in problem.skills_of[shift.agent]]
    step = problem.grid.interval_min
    first, last = max(shift.start, 0) // step, min(-(-shift.end // step), missing.shape[1])
    for i in range(first, last):
        best = max(mine, key=lambda q: left[q, i])
        left[best, i] = max(left[best, i] - 1, 0.0)
    return left


def _breaks_more(problem: RosterProblem, roster: Roster, shift: Assignment) -> set[str]:
    """Rules beyond the contract that the agent's roster would break with a further shift."""
    alone = replace(
        problem,
        agents=(problem.agent_of[shift.agent],),
        history=tuple(past for past in problem.history if past.agent == shift.agent),
        least_staffing=(),
        seat_limits=(),
        pairings=(),
        meetings=(),
    )
    own = roster.of_agent(shift.agent)
    before = audit(alone, Roster(roster.grid, own))
    after = audit(alone, Roster(roster.grid, (*own, shift)))
    return {fault.rule for fault in _new(after, before)} - CONTRACT - UNPLACED


def _judged(problem: RosterProblem, roster: Roster, shifts: list[Assignment]) -> Iterator[Overtime]:
    """The shifts that break nothing but the contract beside those before, with what they close."""
    each = problem.grid.interval_min / 60
    missing, faults = shortage(problem, roster), audit(problem, roster)
    for shift in shifts:
        after = Roster(roster.grid, (*roster.assignments, shift))
        broken = _new(audit(problem, after), faults)
        beyond = tuple(sorted({fault.rule for fault in broken}))
        left = shortage(problem, after)
        hours = float((missing - left).sum()) * each
        if set(beyond) <= CONTRACT and hours >= LEAST_CLOSED:
            yield Overtime(shift, hours, beyond)
            roster, missing, faults = after, left, (*faults, *broken)


def _new(after: tuple[Violation, ...], before: tuple[Violation, ...]) -> tuple[Violation, ...]:
    return tuple(fault for fault in after if fault not in before)
