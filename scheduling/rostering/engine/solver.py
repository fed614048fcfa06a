"""The roster engine: build, sweep, search, prove, judge."""

from __future__ import annotations

import time
from contextlib import nullcontext
from datetime import date
from functools import cache

import numpy as np

from ....data.grid import TimeGrid
from ....data.people import Agent, Contract
from ....data.presence import Meeting
from ....data.rules import Rules, Weights
from ....data.shifts import ShiftTemplate
from ..audit import audit
from ..objective import cost_breakdown
from ..problem import Demand, RosterProblem
from ..roster import Conflict, Roster, RosterResult, SolveStatus
from .bound import BoundBeside, LagrangianBound
from .by_columns import Progress, by_columns
from .compile import HARD, Compiled, compile_problem
from .conflicts.alone import agent_conflicts
from .conflicts.together import group_conflicts
from .cooling import CYCLES, noise_at
from .easing import ease_at
from .limit import Clock, SolveLimit, steps
from .local_search import LocalSearch
from .naming import to_roster
from .one_agent import own_points
from .weeks import leave

BOUND_SHARE = 0.2  # of the time, for the lower bound where it is not proven beside the search
SEARCH_SHARE = 0.9  # of what is left then, for the search; the rest polishes
FEW_AGENTS = 12  # up to so many, columns find and prove the best roster of any problem
FEW_SHARE = 0.5  # of the time, for that
FIRST_SWEEPS = 8
FIRST_SHARE = 0.05  # of the time, for them where columns come next
DRAWS = (CYCLES[0].until, 0.75)  # of the search: when shifts are drawn to other times for meetings


def solve(
    problem: RosterProblem,
    limit: SolveLimit,
    rng: np.random.Generator,
    start: Roster | None = None,
    progress: Progress | None = None,
) -> RosterResult:
    """The best roster found within the limit, with a proven bound and the audit's verdict.

    `start` is a roster to begin from; whatever of it is not legal here is built anew. `progress`
    is told (stage, best cost so far). Ctrl-C ends the search: the best roster so far is returned.
    """
    warm_up()
    clock, cpu = Clock(limit), time.process_time()
    compiled = compile_problem(problem)
    search = LocalSearch(compiled, rng)
    tell: Progress = progress or (lambda _stage, _cost: None)
    impossible = search.begin(start)
    if impossible:
        conflicts = agent_conflicts(problem, impossible, clock.left())
        return _without_roster(conflicts, time.process_time() - cpu)
    search.count_true_points()
    bound = LagrangianBound(compiled)
    try:
        _first_sweeps(search, clock, tell)
        if search.best_cost >= HARD:
            conflicts = group_conflicts(problem, clock.left())
            if conflicts:
                return _without_roster(conflicts, time.process_time() - cpu)
        _improve(search, compiled, bound, clock, limit, tell)
        _finish(search, compiled, max(bound.value, search.proven), clock, tell)
    except KeyboardInterrupt:
        tell("interrupted", search.best_cost)
    if problem.meetings and not search.best_sessions:
        search.hold_meetings(compiled)  # the search was stopped before
    search.restore()
    proven = max(bound.value, search.proven)
    return _judged(problem, search, proven, time.process_time() - cpu)


@cache
def warm_up() -> None:
    """Compiles the engine, or loads its compiled code, before the clock of a search starts: minutes
    on a new machine, a moment later on. One agent's one day is enough for that."""
    search = LocalSearch(compile_problem(tiny()), np.random.default_rng(1))
    search.begin(None)
    search.count_true_points()
    search.sweep()
    LagrangianBound(search.compiled).start_from(search.cover.supply, search.cover.cells)
    search.restore()
    search.draw_to_meetings(search.compiled)
    search.hold_meetings(search.compiled)
    own_points(
        0,
        search.compiled.crew,
        search.compiled.tables,
        search.compiled.options,
        search.weeks.option[0],
    )
    leave(0, search.weeks, search.compiled.crew, search.cover, search.compiled.options)


def tiny() -> RosterProblem:
    """One agent's one day, with a meeting."""
    grid = TimeGrid(date(2026, 1, 5), 1, 60)
    return RosterProblem(
        grid,
        (Demand("queue", "skill", np.ones(grid.size)),),
        (Agent("agent", "", "contract", frozenset({"skill"})),),
        (Contract("contract"),),
        (ShiftTemplate("shift", 480, 480, 480),),
        Rules(),
        Weights(),
        meetings=(Meeting("meeting", 60, grid.first_day, grid.first_day, ("agent",)),),
    )


def _first_sweeps(search: LocalSearch, clock: Clock, tell: Progress) -> None:
    for _ in range(FIRST_SWEEPS):
        search.sweep()
        tell("sweep", search.best_cost)
        if clock.spent() >= (FIRST_SHARE if search.compiled.cells else 1):
            break


def _improve(
    search: LocalSearch,
    compiled: Compiled,
    bound: LagrangianBound,
    clock: Clock,
    limit: SolveLimit,
    tell: Progress,
) -> None:
    """The bound and the search, until the limit or until cost and bound meet."""
    draws = [*DRAWS] if compiled.problem.meetings else []
    if draws:
        search.draw_to_meetings(compiled)
    share = 1.0 if search.compiled.cells else FEW_SHARE
    few = search.compiled.agents <= FEW_AGENTS and limit.rounds is None
    if search.compiled.cells or few:
        by_columns(search, clock, limit, share, tell)
        if search.compiled.cells or _closed(search, search.proven):
            return
    cover = search.cover
    beside = BoundBeside(bound, cover) if limit.two_threads else None
    if beside is None:
        bound.start_from(cover.supply, cover.cells)
        for part in steps(clock, limit, BOUND_SHARE):
            if bound.exhausted or _closed(search, bound.value):
                break
            bound.improve(part)
    with beside or nullcontext():
        for part in steps(clock, limit, SEARCH_SHARE):
            if _closed(search, bound.value):
                return
            if beside is not None:
                beside.part = part
            if draws and part >= draws[0]:
                draws.pop(0)
                search.draw_to_meetings(compiled)
            if search.best_cost < HARD:
                search.ease(ease_at(part))
            search.sweep(noise_at(part))
            search.regroup()
            tell("search", search.best_cost)


def _finish(
    search: LocalSearch, compiled: Compiled, proven: float, clock: Clock, tell: Progress
) -> None:
    """Meetings into the best roster, then the polish, day by day."""
    search.restore()
    if compiled.problem.meetings:
        search.hold_meetings(compiled)
    elif compiled.cells or _closed(search, proven):
        return
    for day in range(compiled.problem.grid.days if compiled.problem.demands else 0):
        if clock.spent() < 1:
            search.polish(day, clock.left())
            tell("polish", search.best_cost)


def _closed(search: LocalSearch, bound: float) -> bool:
    if search.compiled.problem.meetings:
        return False  # what the meetings cost is still to come
    return search.best_cost - bound <= 1e-6 * max(1.0, search.best_cost)


def _judged(
    problem: RosterProblem, search: LocalSearch, bound: float, cpu_seconds: float
) -> RosterResult:
    """The result, its cost computed anew from the roster, which must pass the audit."""
    roster = to_roster(search.compiled, search.weeks, search.cover, search.sessions)
    violations = audit(problem, roster)
    if violations:
        return RosterResult(SolveStatus.UNKNOWN, None, None, bound, cpu_seconds, violations)
    cost = cost_breakdown(problem, roster).total
    closed = cost - bound <= 1e-6 * max(1.0, cost)
    status = SolveStatus.OPTIMAL if closed else SolveStatus.FEASIBLE
    return RosterResult(status, roster, cost, min(bound, cost), cpu_seconds)


def _without_roster(conflicts: tuple[Conflict, ...], cpu_seconds: float) -> RosterResult:
    return RosterResult(SolveStatus.INFEASIBLE, None, None, None, cpu_seconds, conflicts=conflicts)
