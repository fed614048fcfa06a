"""Breaks and meetings of a roster placed anew, its shifts as they are."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..audit import audit
from ..objective import cost_breakdown
from ..options import shift_options
from ..problem import RosterProblem
from ..roster import Assignment, Roster, RosterResult, SolveStatus
from ..rules import RULES
from ..told import Told
from .by_columns import Progress
from .compile import Compiled, compile_problem
from .limit import Clock, SolveLimit
from .local_search import MOST_POLISHED, LocalSearch
from .naming import from_roster, to_roster
from .solver import warm_up
from .told_breaks import ToldBreaks

COUPLING = tuple(rule for rule in RULES if rule.bands is not None)
"""The rules that breaks have to do with; all others are as good as the shifts are."""


def place_breaks_anew(
    problem: RosterProblem,
    roster: Roster,
    limit: SolveLimit,
    rng: np.random.Generator,
    progress: Progress | None = None,
    frozen_until: int = 0,
    only: Collection[tuple[str, int]] | None = None,
    told: Told | None = None,
) -> RosterResult:
    """The roster with its breaks, meetings and queues placed as well as can be found within the
    limit, and every shift as it is, whatever rules that breaks.

    Shifts that begin before the minute `frozen_until` (0: none) keep their breaks and meetings too,
    and so do those of other days than `only` (agent, grid day; None: all), those that are none of
    the problem's, those that overlap another of the agent, and those with time away. What people
    were `told` moves where that saves more than its points, which are no part of the cost.
    The result has no bound. Ctrl-C ends the search: the best so far is returned.
    """
    warm_up()
    clock, cpu = Clock(limit), time.process_time()
    movable, left = _parted(problem, roster, frozen_until, only)
    history = (*problem.history, *left)
    asked = replace(problem, history=history, base=None)
    compiled = compile_problem(asked, COUPLING)
    search = LocalSearch(compiled, rng, None if told is None else _known(compiled, told))
    weeks, _ = from_roster(compiled, Roster(problem.grid, movable))
    search.take(weeks)
    tell: Progress = progress or (lambda _stage, _cost: None)
    try:
        _settle(search, clock, tell)
        search.hold_meetings(compiled)
        _polish(search, clock, limit, tell)
    except KeyboardInterrupt:
        tell("interrupted", search.best_cost)
    if problem.meetings and not search.best_sessions:
        search.hold_meetings(compiled)  # the search was stopped before
    search.restore()
    made = to_roster(compiled, search.weeks, search.cover, search.sessions)
    found = Roster(problem.grid, (*made.assignments, *left))
    return RosterResult(
        SolveStatus.FEASIBLE,
        found,
        cost_breakdown(problem, found).total,
        None,
        time.process_time() - cpu,
        audit(problem, found),
    )


def _known(compiled: Compiled, told: Told) -> ToldBreaks:
    weeks, _ = from_roster(compiled, told.roster)
    return ToldBreaks.of(compiled, told, weeks)


def _parted(
    problem: RosterProblem,
    roster: Roster,
    frozen_until: int,
    only: Collection[tuple[str, int]] | None,
) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """Shifts whose breaks can be placed, and those that stay as they are."""
    universe = shift_options(problem)
    codes = [problem.shifts[k].code for k in universe.template.tolist()]
    known = set(zip(codes, universe.start.tolist(), universe.end.tolist(), strict=True))
    clashing: set[Assignment] = set()
    for shifts in problem.timeline(roster).values():
        for one, other in pairwise(shifts):
            if other.start < one.end or other.day == one.day:
                clashing |= {one, other}
    movable: list[Assignment] = []
    left: list[Assignment] = []
    for shift in roster.assignments:
        fits = (shift.shift_code, shift.start, shift.end) in known
        asked = only is None or (shift.agent, shift.day) in only
        known_agent = shift.agent in problem.agent_of
        begun = shift.start < frozen_until and frozen_until > 0
        may_move = fits and known_agent and asked and not begun and not shift.away
        stays = shift in clashing or not may_move
        (left if stays else movable).append(shift)
    return tuple(movable), tuple(left)


def _settle(search: LocalSearch, clock: Clock, tell: Progress) -> None:
    """Everybody's breaks, one agent after another, until nothing is gained."""
    before = np.inf
    while search.cost < before - 1e-6 and clock.spent() < 1:
        before = search.cost
        search.settle_breaks()
        tell("sweep", search.best_cost)


def _polish(search: LocalSearch, clock: Clock, limit: SolveLimit, tell: Progress) -> None:
    """Day by day, as many at once as a model takes, until nothing is gained."""
    before, rounds = np.inf, 0
    while search.cost < before - 1e-6 and rounds != limit.rounds:
        before, rounds = search.cost, rounds + 1
        for day in range(search.compiled.problem.grid.days):
            at_work = np.count_nonzero(search.weeks.option[:, day] >= 0)
            for _ in range(-(-at_work // MOST_POLISHED)):
                if clock.spent() >= 1:
                    return
                search.polish(day, clock.left())
                tell("polish", search.best_cost)
