"""The closed loop: where the simulated roster misses a target, the requirement is raised there and
the roster is searched again, from where it stands.

The rounds share the time limit of the search. They are simulated with another seed than the plan's
promise, so that what is promised is not fitted to the noise that it was corrected by.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from ...data.centre import Centre
from ...forecasting.forecast import Forecast
from ..kpis import paid_by_day
from ..rostering.engine import SolveLimit
from ..rostering.objective import cost_breakdown
from ..rostering.problem import RosterProblem
from ..rostering.roster import Roster, RosterResult
from ..staffing.requirement import DeadlineWork, StaffingRequirement
from .budget import Budget
from .correction import NO_FACTORS, Correction, Factors, Gap, Raise, Round, Standing
from .gaps import gaps_of, misses, worst_of
from .lowering import lower_for, usual_limits
from .raising import raise_for, raised_requirement
from .roster_stage import roster_stage, search, with_deadline_work
from .scarcity import robbed, short_of_people
from .stages import StageClock

LEAST_ANSWER = 0.25
"""A raise that gained less than asked for is followed by one that is larger by what it lacked, up
to four times as large."""

ROUGH, CORRECTED = 0.2, 0.5
"""Shares of the search for the roster that deadline work is placed by at first, and for the rounds
of correction together."""


@dataclass(frozen=True)
class Rostered:
    """A roster, the problem that it solves, the requirement behind it, and how it was corrected."""

    requirement: StaffingRequirement
    problem: RosterProblem
    result: RosterResult
    correction: Correction | None = None


@dataclass(frozen=True)
class _Try:
    """A roster on its way. `usual` are limits that nobody asked for, `points` those under the
    requirement as it was at first."""

    number: int
    factors: Factors
    problem: RosterProblem
    result: RosterResult
    standing: Standing
    usual: tuple[Gap, ...]
    points: float

    @property
    def roster(self) -> Roster:
        assert self.result.roster is not None
        return self.result.roster

    @property
    def found(self) -> tuple[RosterProblem, Roster]:
        return self.problem, self.roster

    @property
    def order(self) -> tuple[int, float, float]:
        return (*misses(self.standing.gaps), self.points)


@dataclass(frozen=True)
class _Loop:
    """What stays the same from round to round; `budget` is what the search still has."""

    centre: Centre
    forecast: Forecast
    requirement: StaffingRequirement
    problem: RosterProblem
    rng: np.random.Generator
    clock: StageClock
    seed: int
    budget: Budget

    def rough(self, factors: Factors, start: Roster | None) -> RosterResult:
        """A first roster, which only says who has time for work with deadlines."""
        requirement = raised_requirement(self.centre, self.forecast, self.requirement, factors)
        with self.clock.stage("roster"):
            problem = with_deadline_work(self.centre, requirement, self.problem, factors, start)
            return search(problem, self.budget.part(ROUGH), self.rng, start, self.clock)

    def attempt(self, number: int, share: float, factors: Factors, start: Roster | None) -> _Try:
        """A roster for the raised requirement, found in a share of the limit, or at once if the
        planner has stopped the search."""
        share = 0.0 if self.clock.interrupted else share
        requirement = raised_requirement(self.centre, self.forecast, self.requirement, factors)
        with self.clock.stage("roster"):
            problem = with_deadline_work(self.centre, requirement, self.problem, factors, start)
            result = search(problem, self.budget.part(share), self.rng, start, self.clock)
        assert result.roster is not None
        with self._beside():
            standing, usual = self._standing(result.roster)
            points = self._points(result.roster)
        return _Try(number, factors, problem, result, standing, usual, points)

    @contextmanager
    def _beside(self) -> Iterator[None]:
        begin = time.perf_counter()
        with self.clock.stage("correct"):
            yield
        self.budget.spend(time.perf_counter() - begin)

    def raised(
        self,
        last: _Try,
        gaps: tuple[Gap, ...],
        factors: Factors,
        answers: Mapping[str, float],
    ) -> tuple[Factors, tuple[Raise, ...]]:
        """The factors that make up for the gaps of a roster, and what they add to these."""
        with self._beside():
            raised, more = raise_for(
                self.centre,
                self.forecast,
                self.requirement,
                last.roster,
                gaps,
                factors,
                answers,
            )
            every = (*last.standing.gaps, *last.usual)
            raised, less = lower_for(self.centre, self.forecast, every, raised)
            return raised, (*more, *less)

    def _standing(self, roster: Roster) -> tuple[Standing, tuple[Gap, ...]]:
        from ..promised import replications_for
        from ..simulation.rosters import simulate_roster

        present = Roster(roster.grid, (*self.problem.history, *roster.assignments))
        played = replications_for(self.forecast)
        simulated = simulate_roster(
            self.centre, self.forecast, present, replications=played, seed=self.seed
        )
        paid = paid_by_day(self.centre, roster)
        gaps = gaps_of(simulated)
        standing = Standing(gaps, float(paid["paid_hours"].sum()), float(paid["cost"].sum()))
        return standing, usual_limits(self.centre, simulated)

    def _points(self, roster: Roster) -> float:
        problem = with_deadline_work(self.centre, self.requirement, self.problem, {}, roster)
        return cost_breakdown(problem, roster).total


def rostering_stage(
    centre: Centre,
    forecast: Forecast,
    requirement: StaffingRequirement,
    problem: RosterProblem,
    limit: SolveLimit,
    rng: np.random.Generator,
    clock: StageClock,
    *,
    rounds: int,
    seed: int,
    start: Roster | None = None,
    factors: Factors = NO_FACTORS,
) -> Rostered:
    """The best roster found within the limit, corrected in up to `rounds` rounds (0: not at all).

    Best is: fewest targets missed, then missed by least, then fewest points. `factors` raise the
    requirement from the beginning; `seed` is that of the plan. Raises NoSolutionError as
    `roster_stage` does.
    """
    if rounds < 1:
        requirement = raised_requirement(centre, forecast, requirement, factors)
        with clock.stage("roster"):
            problem, result = roster_stage(
                centre, requirement, problem, limit, rng, clock, start, factors
            )
        return Rostered(requirement, problem, result)
    own_seed = correction_seed(seed)
    budget = Budget(limit)
    loop = _Loop(centre, forecast, requirement, problem, rng, clock, own_seed, budget)
    return _corrected(loop, rounds, start, factors)


def correction_seed(seed: int) -> int:
    """The seed of the simulations that a plan of this seed is corrected by."""
    return int(np.random.SeedSequence(seed).spawn(3)[2].generate_state(1)[0])


def _corrected(loop: _Loop, rounds: int, start: Roster | None, factors: Factors) -> Rostered:
    spent = 0.0
    if start is None and any(isinstance(q, DeadlineWork) for q in loop.requirement.queues):
        rough = loop.rough(factors, start)
        start, spent = rough.roster, rough.cpu_seconds
    last = best = loop.attempt(0, loop.budget.left - CORRECTED, factors, start)
    first, spent = best.standing, spent + best.result.cpu_seconds
    told: list[Round] = []
    short: dict[str, float] = {}
    takers: set[str] = set()
    answers: dict[str, float] = {}
    while loop.budget.left > 0 and not loop.clock.interrupted:
        settled = short.keys() | takers
        gaps = tuple(gap for gap in last.standing.gaps if gap.queue not in settled)
        if not worst_of(gaps) or len(told) == rounds:
            last = loop.attempt(best.number, loop.budget.left, best.factors, best.roster)
            spent += last.result.cpu_seconds
            best = min(best, last, key=lambda each: each.order)
            continue
        before = last
        asked = _without(before.factors, settled, best.factors)
        raised, raises = loop.raised(before, gaps, asked, answers)
        last = loop.attempt(len(told) + 1, CORRECTED / rounds, raised, best.roster)
        spent += last.result.cpu_seconds
        lost = robbed(loop.centre, raises, best.standing, last.standing)
        told.append(Round(raises, last.standing, tuple(lost)))
        short |= short_of_people(loop.requirement, raises, before.found, last.found, last.standing)
        takers |= _takers(lost, best.standing)
        answers |= _answers(raises, last)
        if not lost and _worth_it(raises, short, best.standing, last.standing):
            best = min(best, last, key=lambda each: each.order)
    missing = {gap.queue for gap in best.standing.missed}
    return Rostered(
        raised_requirement(loop.centre, loop.forecast, loop.requirement, best.factors),
        best.problem,
        replace(best.result, cpu_seconds=spent),
        Correction(
            rounds,
            first,
            tuple(told),
            best.number,
            dict(best.factors),
            tuple(pair for pair in short.items() if pair[0] in missing),
        ),
    )


def _takers(lost: Mapping[str, Collection[str]], before: Standing) -> set[str]:
    """Queues that would go on taking from others that lacked people before."""
    lacking = {gap.queue for gap in before.missed}
    return {taker for queue, takers in lost.items() if queue in lacking for taker in takers}


def _worth_it(
    raises: tuple[Raise, ...], short: Collection[str], before: Standing, after: Standing
) -> bool:
    """People who are not there are not asked for in vain, unless a target more is met by it."""
    in_vain = all(one.queue in short for one in raises if one.hours > 0)
    return not in_vain or len(after.missed) < len(before.missed)


def _answers(raises: tuple[Raise, ...], after: _Try) -> dict[str, float]:
    """Of what each raise asked for, the part that was gained, at least `LEAST_ANSWER`."""
    now = {(gap.queue, gap.measure): gap for gap in after.standing.gaps}
    return {
        one.queue: min(
            max(
                (one.gap.short - now[one.queue, one.gap.measure].short) / one.gap.wanting,
                LEAST_ANSWER,
            ),
            1.0,
        )
        for one in raises
        if one.hours > 0 and (one.queue, one.gap.measure) in now
    }


def _without(factors: Factors, queues: Collection[str], instead: Factors) -> Factors:
    """The factors with those of some queues as they are in others."""
    kept = {queue: by_day for queue, by_day in factors.items() if queue not in queues}
    return kept | {queue: by_day for queue, by_day in instead.items() if queue in queues}
