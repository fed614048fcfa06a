"""One agent's choices: what each roster of theirs would cost where everybody else stays.

The agent is taken out of the roster's cover; what the agent is worth in each slot then prices every
shift, and the kernel finds the best legal roster under any conditions. Since one agent comes to a
slot at most once, these prices are exact.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..engine.compile import Compiled, compile_problem
from ..engine.floor import Floor, sessions_in
from ..engine.naming import from_roster
from ..engine.one_agent import best_exactly, own_points, price_agent, value_options
from ..engine.week import place_breaks
from ..engine.weeks import enter, leave
from ..options import ShiftOptions
from ..problem import RosterProblem
from ..roster import Roster
from ..rules import RULES
from ..rules.base import Rule
from .short import wanted_supply

NOBODY = "\n"  # an agent who carries nothing from earlier weeks
BROKEN = 1e6  # points that only a broken limit on how many are there costs


class Choice(NamedTuple):
    """A roster of the agent: option of each day (−1: off), and by how many points and hours short
    it differs from the present one; less is better."""

    options: NDArray[np.int64]
    points: float
    hours: float


class Market:
    """The prices that an agent meets under the given rules. Options are numbered as in
    `universe`."""

    def __init__(
        self,
        problem: RosterProblem,
        roster: Roster,
        agent: str,
        rules: tuple[Rule, ...] = RULES,
    ) -> None:
        self._a = [one.id for one in problem.agents].index(agent)
        self._rules = rules
        self._compiled = c = compile_problem(problem, rules)
        self._weeks, _ = from_roster(c, roster)
        self._cover = c.cover(problem.weights)
        for a in range(c.agents):
            self._weeks.cost[a] = own_points(a, c.crew, c.tables, c.options, self._weeks.option[a])
            enter(a, self._weeks, c.crew, self._cover, c.options)
        # The agent's own meetings go wherever the agent does.
        others = [s for s in sessions_in(c, roster) if s.present != (self._a,)]
        Floor(c, self._weeks, self._cover, others).step_away()
        self._wanted = wanted_supply(problem)
        self.present: NDArray[np.int64] = self._weeks.option[self._a].copy()
        self._hours = self._short_hours()
        worth = leave(self._a, self._weeks, c.crew, self._cover, c.options)
        self._points = float(self._weeks.cost[self._a] - worth)
        self._prices = c.scratch()
        price_agent(self._a, c.crew, self._cover, c.options, self._prices)
        self._alone = _alone(problem, self._a)
        self._kernel = compile_problem(self._alone, rules)

    @property
    def universe(self) -> ShiftOptions:
        return self._compiled.universe

    @property
    def allowed(self) -> NDArray[np.bool_]:
        """Which options the agent may work at all: (options,)."""
        allowed: NDArray[np.bool_] = self._compiled.crew.allowed[self._a]
        return allowed

    def best(
        self, barred: NDArray[np.bool_] | None = None, at_work: Collection[int] = ()
    ) -> Choice | None:
        """The best roster without the `barred` options (options,), with a shift on each of the
        days `at_work`; None if none is legal."""
        return self._chosen(self._kernel, barred, at_work)

    def best_without(self, rule: Rule) -> Choice | None:
        """The best roster if a rule of the agent's own did not hold."""
        fewer = tuple(other for other in self._rules if other is not rule)
        return self._chosen(compile_problem(self._alone, fewer))

    def _chosen(
        self,
        kernel: Compiled,
        barred: NDArray[np.bool_] | None = None,
        at_work: Collection[int] = (),
    ) -> Choice | None:
        scratch, prices = kernel.scratch(), self._prices
        scratch.prefix[:], scratch.pause[:] = prices.prefix, prices.pause
        scratch.cell_price[:] = prices.cell_price
        value_options(0, kernel.crew, kernel.options, scratch)
        if barred is not None:
            scratch.value[barred] = np.inf
        off_cost = kernel.crew.off_cost.copy()
        off_cost[0, list(at_work)] = np.inf
        crew = kernel.crew._replace(off_cost=off_cost)
        points, _ = best_exactly(0, crew, kernel.tables, kernel.options, scratch)
        points -= self._points
        if not points < BROKEN:
            return None
        return Choice(scratch.chosen, points, self._hours_with(scratch.chosen) - self._hours)

    def _hours_with(self, chosen: NDArray[np.int64]) -> float:
        """Hours short in all if the agent works the options."""
        a, c, weeks, prices = self._a, self._compiled, self._weeks, self._prices
        weeks.option[a] = chosen
        for day in np.flatnonzero(chosen >= 0):
            place_breaks(prices.prefix, prices.pause, c.options, chosen[day], weeks.breaks[a, day])
        enter(a, weeks, c.crew, self._cover, c.options)
        hours = self._short_hours()
        leave(a, weeks, c.crew, self._cover, c.options)
        return hours

    def _short_hours(self) -> float:
        problem = self._compiled.problem
        supply = self._cover.supply / problem.proficiency.unit
        return float(np.maximum(self._wanted - supply, 0.0).sum()) * problem.slot_min / 60


def _alone(problem: RosterProblem, a: int) -> RosterProblem:
    """The problem of one agent, and of one who carries nothing, so that shares of earlier weeks
    count as they do among all."""
    agent = problem.agents[a]
    nobody = replace(agent, id=NOBODY)
    return replace(
        problem,
        agents=(agent, nobody),
        carried=(problem.carried_above[agent.id],),
    )
