"""Column generation on the roster that the first sweeps have left, whole or window by window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .course import FEW
from .limit import Clock, SolveLimit
from .local_search import LocalSearch
from .one_agent import own_points
from .weeks import Weeks

if TYPE_CHECKING:
    from .columns.column import Column
    from .columns.generation import Left

Progress = Callable[[str, float], None]
TICKS = 8  # of the column search for a round of the others
LONG = 42  # days; a longer horizon is made and improved window by window first,
LONGEST = 98  # and one longer than this is no more than bounded as a whole
WINDOWS = 0.65  # of the time, for windows,
ONLY_WINDOWS = 0.97  # and where there is nothing but the bound after them
STEPS = (0.3, 0.0001)  # first and last step of the ascent that they begin with,
RISING = 0.2  # its part of their time, at the most,
ROUNDS = 400  # and its rounds
OPENED = 0.6  # of what is left then, at the most, for the roster that is made of it


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
    known: list[Column] = []
    if alone and days > LONG and limit.rounds is None:
        known = _by_windows(search, left, tell)
        if days > LONGEST:
            return
    _whole(search, known, left, tell)


def _whole(search: LocalSearch, known: Sequence[Column], left: Left, tell: Progress) -> None:
    from .columns.oracle import CrewOracle  # the solvers take a moment to load
    from .columns.solve import ColumnSearch

    oracle = CrewOracle(search.compiled)
    columns = ColumnSearch(
        oracle, oracle.coupling, oracle.unit, search.rng, roster=oracle.columns(search.best)
    )
    try:
        columns.run(
            known, left, lambda _stage, cost, _bound: tell("columns", min(cost, search.best_cost))
        )
    finally:
        search.take(oracle.weeks(columns.roster))
        _prove(search, columns.bound)
    tell("columns", search.best_cost)


def _by_windows(search: LocalSearch, left: Left, tell: Progress) -> list[Column]:
    """A bound of the whole horizon, a roster made block by block at the prices that prove it, and
    window after window of that, for a share of the time. Columns of those prices, if the whole is
    looked at afterwards."""
    from .columns.ascent import Ascent  # the solvers take a moment to load
    from .columns.generation import part
    from .columns.opening import opening
    from .columns.oracle import CrewOracle
    from .columns.rolling import Rolling
    from .columns.unit import rounded_up

    compiled = search.compiled
    whole_follows = compiled.problem.grid.days <= LONGEST
    windows = part(left, WINDOWS if whole_follows else ONLY_WINDOWS)
    oracle, ascent = CrewOracle(compiled, room=FEW), Ascent(compiled)
    bound = ascent.run(ROUNDS, *STEPS, part(windows, RISING))
    _prove(search, rounded_up(bound, oracle.unit))
    everybody = range(compiled.agents if whole_follows else 0)
    known = [p.column for p in oracle.price(ascent.cell_price, everybody)]
    making = part(windows, OPENED)
    _take(search, opening(ascent, search.best, search.best_cost, search.rng, making))
    tell("opening", search.best_cost)
    rolling = Rolling(compiled, search.best, search.best_cost, oracle.unit, search.rng)
    try:
        rolling.run(windows, lambda cost: tell("windows", cost))
    finally:
        _take(search, rolling.weeks)
    tell("windows", search.best_cost)
    return known


def _take(search: LocalSearch, weeks: Weeks) -> None:
    """Takes a roster over, what each agent costs counted anew."""
    compiled = search.compiled
    for a in range(compiled.agents):
        weeks.cost[a] = own_points(
            a, compiled.crew, compiled.tables, compiled.options, weeks.option[a]
        )
    weeks.placed[:] = 0
    search.take(weeks)


def _prove(search: LocalSearch, bound: float) -> None:
    """Keeps a bound of the roster. Columns know nothing of who is away for meetings."""
    if not search.compiled.problem.meetings:
        search.proven = max(search.proven, bound)
