"""Column generation on the roster that the first sweeps have left, whole or window by window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .course import FEW
from .limit import Clock, SolveLimit
from .local_search import LocalSearch
from .one_agent import own_points

if TYPE_CHECKING:
    from .columns.generation import Left

Progress = Callable[[str, float], None]
TICKS = 8  # of the column search for a round of the others
LONG = 42  # days; a longer horizon is improved window by window first,
LONGEST = 98  # and one longer than this is no more than bounded as a whole
WINDOWS = 0.5  # of the time, for windows,
ONLY_WINDOWS = 0.85  # and where there is nothing but the bound after them


def by_columns(
    search: LocalSearch, clock: Clock, limit: SolveLimit, share: float, tell: Progress
) -> None:
    """A share of the time that is left for column generation, from the search's best roster."""
    until = clock.spent() + share * (1 - clock.spent())
    ticks = iter(range(TICKS * (limit.rounds or 0), 0, -1))

    def left() -> float:
        """Seconds, or what is left of the work if rounds are counted."""
        by_clock = limit.seconds * (until - clock.spent())
        return by_clock if limit.rounds is None else min(by_clock, float(next(ticks, 0)))

    days = search.compiled.problem.grid.days
    alone = search.compiled.straight and not search.compiled.problem.demands
    if alone and days > LONG and limit.rounds is None:
        _by_windows(search, left, WINDOWS if days <= LONGEST else ONLY_WINDOWS, tell)
        if days > LONGEST:
            return
    _whole(search, left, tell)


def _whole(search: LocalSearch, left: Left, tell: Progress) -> None:
    from .columns.oracle import CrewOracle  # the solvers take a moment to load
    from .columns.solve import ColumnSearch

    oracle = CrewOracle(search.compiled)
    columns = ColumnSearch(
        oracle, oracle.coupling, oracle.unit, search.rng, roster=oracle.columns(search.best)
    )
    try:
        columns.run(
            [], left, lambda _stage, cost, _bound: tell("columns", min(cost, search.best_cost))
        )
    finally:
        search.take(oracle.weeks(columns.roster))
        if not search.compiled.problem.meetings:  # columns know nothing of who is away for them
            search.proven = max(search.proven, columns.bound)
    tell("columns", search.best_cost)


def _by_windows(search: LocalSearch, left: Left, share: float, tell: Progress) -> None:
    """Windows for a share of the time, then the bound that their prices prove."""
    from .columns.oracle import CrewOracle  # the solvers take a moment to load
    from .columns.rolling import Rolling
    from .columns.unit import rounded_up

    compiled = search.compiled
    oracle = CrewOracle(compiled, room=FEW)
    rolling = Rolling(compiled, search.best, search.best_cost, oracle.unit, search.rng)
    until = (1 - share) * left()
    try:
        rolling.run(lambda: left() - until, lambda cost: tell("windows", cost))
    finally:
        weeks = rolling.weeks
        for a in range(compiled.agents):
            weeks.cost[a] = own_points(
                a, compiled.crew, compiled.tables, compiled.options, weeks.option[a]
            )
        weeks.placed[:] = 0
        search.take(weeks)
    priced = oracle.price(rolling.duals, range(compiled.agents), known=oracle.columns(search.best))
    proven = oracle.coupling.least_points(rolling.duals) + sum(p.reduced for p in priced)
    if not compiled.problem.meetings:
        search.proven = max(search.proven, rounded_up(proven, oracle.unit))
    tell("windows", search.best_cost)
