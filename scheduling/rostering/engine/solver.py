"""The roster engine: build, sweep, search, prove, judge."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from ....data.grid import TimeGrid
from ....data.people import Agent, Contract
from ....data.rules import Rules, Weights
from ....data.shifts import ShiftTemplate
from ..audit import audit
from ..objective import cost_breakdown
from ..problem import Demand, RosterProblem
from ..roster import Conflict, Roster, RosterResult, SolveStatus
from .bound import BoundBeside, LagrangianBound
from .compile import Compiled, compile_problem
from .conflicts import agent_conflicts
from .cover import Cover
from .naming import from_roster, to_roster
from .search import Weeks, copy_weeks, enter, leave, own_points, settle, sweep

Progress = Callable[[str, float], None]
BOUND_SHARE = 0.2  # of the time, for the lower bound where it is not proven beside the search
SEARCH_SHARE = 0.9  # of what is left then, for the search; the rest polishes
TICKS = 50  # of the column search for a round of the others
MOST_REGROUPED = 4  # agents taken out together
MOST_POLISHED = 60  # agents whose breaks CP-SAT moves together
CYCLE = 0.25  # of the search: the first of two cooling cycles
GUIDE = 0.3  # evenness of the weights that the first roster is built by
FIRST_SWEEPS = 8
# Noise on prices, as a share of the price of a missing agent, at the start and the end of a cycle.
# Charon & Hudry 1993 (Oper. Res. Letters 14): noise that fades lets a descent leave poor optima.
NOISE = (1.0, 0.005)


@dataclass(frozen=True)
class SolveLimit:
    """When to stop: after `seconds` of the clock (of CPU time if `cpu_time`) or after `rounds`
    rounds of the search, whichever comes first. Only a limit of rounds makes runs repeatable."""

    seconds: float = 30.0
    rounds: int | None = None
    cpu_time: bool = False

    def part(self, share: float) -> SolveLimit:
        """A share of this limit."""
        rounds = None if self.rounds is None else max(1, round(share * self.rounds))
        return replace(self, seconds=share * self.seconds, rounds=rounds)

    @property
    def two_threads(self) -> bool:
        """Whether the bound is proven beside the search, not before it: only where neither CPU
        time nor work is counted."""
        return not self.cpu_time and self.rounds is None

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(f"seconds is {self.seconds}, expected above 0")


class _Clock:
    """Time spent, by the clock that the limit names."""

    def __init__(self, limit: SolveLimit) -> None:
        self._limit = limit
        self._now = time.process_time if limit.cpu_time else time.perf_counter
        # CPU limits count from the start of the process, as CPU seconds are measured outside.
        self._begin = 0.0 if limit.cpu_time else self._now()

    def spent(self) -> float:
        """Share of the time limit that is used up."""
        return (self._now() - self._begin) / self._limit.seconds

    def left(self) -> float:
        """Seconds that are left, at least a hundredth."""
        return max(self._limit.seconds * (1 - self.spent()), 0.01)


class _Search:
    """The state of one solve: everybody's weeks, the cover that holds them, and the best so far."""

    def __init__(self, compiled: Compiled, rng: np.random.Generator) -> None:
        self.compiled, self.rng = compiled, rng
        self.weeks: Weeks = compiled.nobody()
        self.cover: Cover = compiled.cover(guide(compiled.problem.weights))
        self.scratch = compiled.scratch()
        self.best_cost = self.cost = np.inf
        self.best: Weeks = self.weeks
        self.proven = -np.inf

    def begin(self, start: Roster | None) -> list[int]:
        """Places everybody; the agents (by position) who have no legal roster."""
        if start is not None:
            self._begin_from(start)
        self._shuffle(NOISE[1])
        impossible = []
        for a in self.rng.permutation(self.compiled.agents):
            if not self.weeks.placed[a] and not np.isfinite(self._run(settle, int(a))):
                impossible.append(int(a))
        return sorted(impossible)

    def _begin_from(self, start: Roster) -> None:
        """Places the agents whose part of a given roster is legal here."""
        compiled = self.compiled
        illegal = {violation.agent for violation in audit(compiled.problem, start)}
        given, known = from_roster(compiled, start)
        for a, agent in enumerate(compiled.problem.agents):
            if agent.id in illegal or not known[a]:
                continue
            self.weeks.option[a] = given.option[a]
            self.weeks.breaks[a] = given.breaks[a]
            self.weeks.cost[a] = own_points(
                a, compiled.crew, compiled.tables, compiled.options, given.option[a]
            )
            enter(a, self.weeks, compiled.crew, self.cover, compiled.options)

    def count_true_points(self) -> None:
        """Leaves the guide's prices: from here on cover costs what it costs."""
        self._place(self.weeks, self.compiled.cover(self.compiled.problem.weights))
        self.remember()

    def sweep(self, noise: float) -> None:
        """Everybody once, in random order, at prices with noise."""
        self._shuffle(noise)
        self.cost += self._run(sweep, self.rng.permutation(self.compiled.agents), False)
        self.remember()

    def regroup(self) -> None:
        """Small groups of agents out and in again together."""
        agents = self.compiled.agents
        for _ in range(1 + 12 // agents if agents > 1 else 0):
            self._shuffle(NOISE[0] * self.rng.random() ** 3)
            size = int(self.rng.integers(2, 1 + min(MOST_REGROUPED, agents)))
            self.cost += self._run(sweep, self.rng.choice(agents, size, replace=False), True)
        self.remember()

    def polish(self, day: int, seconds: float) -> None:
        """Moves the breaks of a day together, of up to `MOST_POLISHED` agents."""
        from .polish import polish_breaks  # CP-SAT takes a moment to load

        order = self.rng.permutation(self.compiled.agents)
        at_work = [int(a) for a in order if self.weeks.option[a, day] >= 0]
        self.cost += polish_breaks(
            self.compiled,
            self.weeks,
            self.cover,
            day,
            at_work[:MOST_POLISHED],
            seconds,
            int(self.rng.integers(2**31)),
        )
        self.remember()

    def remember(self) -> None:
        """Keeps the present roster if it is the best so far."""
        if self.cost < self.best_cost - 1e-6:
            self.best_cost, self.best = self.cost, copy_weeks(self.weeks)

    def restore(self) -> None:
        """Goes back to the best roster."""
        self._place(copy_weeks(self.best), self.compiled.cover(self.compiled.problem.weights))

    def take(self, weeks: Weeks) -> None:
        """Goes on from a roster found elsewhere."""
        self._place(weeks, self.compiled.cover(self.compiled.problem.weights))
        self.remember()

    def _place(self, weeks: Weeks, cover: Cover) -> None:
        compiled = self.compiled
        self.weeks, self.cover = weeks, cover
        self.cost = compiled.empty_cost() + float(weeks.cost.sum())
        for a in range(compiled.agents):
            self.cost += enter(a, weeks, compiled.crew, cover, compiled.options)

    def _shuffle(self, noise: float) -> None:
        weights = self.compiled.problem.weights
        scale = noise * weights.under * self.compiled.problem.slot_min / 60
        self.scratch.noise[:] = scale * self.rng.random(self.compiled.slots)

    def _run(self, what: Callable[..., float], *whom: object) -> float:
        compiled = self.compiled
        return what(
            *whom,
            self.weeks,
            compiled.crew,
            compiled.tables,
            self.cover,
            compiled.options,
            self.scratch,
        )


def guide(weights: Weights) -> Weights:
    """Weights to build the first roster by: an even shortage leads the first agents to the peaks,
    where a count of hours alone would find every short interval equally good."""
    return replace(weights, evenness=max(weights.evenness, GUIDE))


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
    clock, cpu = _Clock(limit), time.process_time()
    search = _Search(compile_problem(problem), rng)
    tell: Progress = progress or (lambda _stage, _cost: None)
    impossible = search.begin(start)
    if impossible:
        conflicts = agent_conflicts(problem, impossible)
        return _without_roster(conflicts, time.process_time() - cpu)
    search.count_true_points()
    bound = LagrangianBound(search.compiled)
    try:
        _improve(search, bound, clock, limit, tell)
    except KeyboardInterrupt:
        tell("interrupted", search.best_cost)
    search.restore()
    proven = max(bound.value, search.proven)
    return _judged(problem, search, proven, time.process_time() - cpu)


@cache
def warm_up() -> None:
    """Compiles the engine, or loads its compiled code, before the clock of a search starts: half a
    minute on a new machine, a moment later on. One agent's one day is enough for that."""
    grid = TimeGrid(date(2026, 1, 5), 1, 60)
    tiny = RosterProblem(
        grid,
        (Demand("queue", "skill", np.ones(grid.size)),),
        (Agent("agent", "", "contract", frozenset({"skill"})),),
        (Contract("contract"),),
        (ShiftTemplate("shift", 480, 480, 480),),
        Rules(),
        Weights(),
    )
    search = _Search(compile_problem(tiny), np.random.default_rng(1))
    search.begin(None)
    search.count_true_points()
    search.sweep(NOISE[1])
    LagrangianBound(search.compiled).start_from(search.cover.heads, search.cover.cells)
    search.restore()
    own_points(
        0,
        search.compiled.crew,
        search.compiled.tables,
        search.compiled.options,
        search.weeks.option[0],
    )
    leave(0, search.weeks, search.compiled.crew, search.cover, search.compiled.options)


def _improve(
    search: _Search,
    bound: LagrangianBound,
    clock: _Clock,
    limit: SolveLimit,
    tell: Progress,
) -> None:
    """First sweeps, then the bound, the search, and the polish, until the limit or until cost and
    bound meet."""
    for _ in range(FIRST_SWEEPS):
        search.sweep(NOISE[1])
        tell("sweep", search.best_cost)
        if clock.spent() >= 1:
            break
    if search.compiled.cells:
        _by_columns(search, clock, limit, tell)
        return
    cover = search.cover
    beside = BoundBeside(bound, cover, lambda: search.best_cost) if limit.two_threads else None
    if beside is None:
        bound.start_from(cover.heads, cover.cells)
        for _ in _steps(clock, limit, BOUND_SHARE):
            bound.improve(search.best_cost)
            if bound.exhausted or _closed(search, bound):
                break
    with beside or nullcontext():
        for part in _steps(clock, limit, SEARCH_SHARE):
            if _closed(search, bound):
                return
            # Two cycles of cooling: a short one finds a good roster soon, a long one a better one.
            cooled = part / CYCLE if part < CYCLE else (part - CYCLE) / (1 - CYCLE)
            search.sweep(NOISE[0] * (1 - cooled) + NOISE[1] * cooled)
            search.regroup()
            tell("search", search.best_cost)
    search.restore()
    for day in range(search.compiled.problem.grid.days if search.compiled.problem.demands else 0):
        if clock.spent() < 1:
            search.polish(day, clock.left())
            tell("polish", search.best_cost)


def _by_columns(search: _Search, clock: _Clock, limit: SolveLimit, tell: Progress) -> None:
    """The rest of the time for column generation, from the rosters of the first sweeps."""
    from .columns.oracle import CrewOracle  # the solvers take a moment to load
    from .columns.solve import ColumnSearch

    oracle = CrewOracle(search.compiled)
    columns = ColumnSearch(
        oracle, oracle.coupling, oracle.unit, search.rng, roster=oracle.columns(search.best)
    )
    ticks = iter(range(TICKS * (limit.rounds or 0), 0, -1))

    def left() -> float:
        """Seconds, or what is left of the work if rounds are counted."""
        by_clock = limit.seconds * (1 - clock.spent())
        return by_clock if limit.rounds is None else min(by_clock, float(next(ticks, 0)))

    try:
        columns.run([], left, lambda _stage, cost, _bound: tell("columns", cost))
    finally:
        search.take(oracle.weeks(columns.roster))
        search.proven = max(search.proven, columns.bound)
        tell("columns", search.best_cost)


def _steps(clock: _Clock, limit: SolveLimit, share: float) -> Iterator[float]:
    """Goes on for a share of the time that is left, or of the rounds; yields how far it is, 0–1."""
    begun = clock.spent()
    length = share * (1 - begun)
    rounds = 0
    most = None if limit.rounds is None else max(1, round(share * limit.rounds))
    while clock.spent() < begun + length and (most is None or rounds < most):
        by_clock = (clock.spent() - begun) / length
        yield by_clock if most is None else rounds / most
        rounds += 1


def _closed(search: _Search, bound: LagrangianBound) -> bool:
    return search.best_cost - bound.value <= 1e-6 * max(1.0, search.best_cost)


def _judged(
    problem: RosterProblem, search: _Search, bound: float, cpu_seconds: float
) -> RosterResult:
    """The result, its cost computed anew from the roster, which must pass the audit."""
    roster = to_roster(search.compiled, search.weeks, search.cover)
    violations = audit(problem, roster)
    if violations:
        return RosterResult(SolveStatus.UNKNOWN, None, None, bound, cpu_seconds, violations)
    cost = cost_breakdown(problem, roster).total
    closed = cost - bound <= 1e-6 * max(1.0, cost)
    status = SolveStatus.OPTIMAL if closed else SolveStatus.FEASIBLE
    return RosterResult(status, roster, cost, min(bound, cost), cpu_seconds)


def _without_roster(conflicts: tuple[Conflict, ...], cpu_seconds: float) -> RosterResult:
    return RosterResult(SolveStatus.INFEASIBLE, None, None, None, cpu_seconds, conflicts=conflicts)
