"""Prices of people on shifts and of agents' totals at once: a bound of long horizons, and what good
rosters agree on.

At a price for one person on each cell and one for each unit of every agent's totals, everybody's
best roster is a walk over the automaton alone: some milliseconds for fifty agents and half a year,
where a legal roster takes as many for each agent. The prices rise where too few come and where a
total is too large, by steps that shrink geometrically (Goffin 1977, Math. Programming 13) along
directions that keep some of those before (Camerini, Fratta & Maffioli 1975, Math. Programming Study
3). At all prices the sum of what is least is a bound (Lagrangian relaxation), and the shares of the
rosters on the way tend to those of a best mixture (Anstreicher & Wolsey 2009, Math. Programming
120).

People who are alike would all go wherever one is wanted, and all leave together. So everybody's
options have points of their own besides, at random and less and less: the sum is smooth then, and
the prices settle in a tenth of the rounds.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from ....machine_code import inner
from ..agent_rules import AgentRules
from ..compile import Compiled
from ..crew import Crew
from ..multipliers import relax, relaxation
from ..one_agent import rules_of
from ..periods import Terms, begun_with, terms_of
from ..stretch import whole
from ..tables import Tables
from ..week import Options
from .cells import cells_of
from .column import FREE, FloatArray, IntArray
from .generation import Left

MOMENTUM = 0.9  # of the direction before that is kept
FOR_TOTALS = 0.5  # of a step, for the prices of totals
NOISE = 3.0  # of a step: how far the options' points are off at first, towards the end less,
JUDGED = 20  # but for one round in so many, which gives a bound
SEEN = 0.5  # part of the rounds whose rosters count for the shares


@inner
def value_cells(
    a: int,
    first: int,
    cell_price: FloatArray,
    fixed: IntArray,
    crew: Crew,
    options: Options,
    rules: AgentRules,
    value: FloatArray,
) -> None:
    """Values every option of an agent at prices of the cells, where nothing else couples agents;
    what fixed days (agents, days from `first` on) rule out costs infinitely much. Writes to
    `rules.off`."""
    for i in range(fixed.shape[1]):
        d, asked = first + i, fixed[a, i]
        if asked >= 0:
            rules.off[d] = np.inf
        for o in range(options.first[d], options.first[d + 1]):
            value[o] = np.inf
            if crew.allowed[a, o] and asked in (FREE, o):
                value[o] = crew.own_cost[a, o]
                if options.cell[o] >= 0:
                    value[o] += cell_price[options.cell[o]]


@njit(cache=True, nogil=True)
def _relax_all(
    cell_price: FloatArray,
    total_price: FloatArray,
    fixed: IntArray,
    crew: Crew,
    tables: Tables,
    options: Options,
    value: FloatArray,
    option: IntArray,
    least: FloatArray,
    excess: FloatArray,
    reached: IntArray,
) -> None:
    """Fills everybody's best days (agents, days) at the prices, what they cost at the least
    (agents,), by how much each total is above those that are best at its price (agents, periods),
    in days of the largest addition, and what each total is after a day (agents, totals, days)."""
    for a in range(len(option)):
        rules = rules_of(a, crew, tables)
        value_cells(a, 0, cell_price, fixed, crew, options, rules, value)
        terms = terms_of(rules, tables.totals, whole(rules), options, value)
        price, relaxed = total_price[a, : len(terms.periods.total)], relaxation(terms)
        least[a] = relax(price, terms, relaxed)
        if least[a] == np.inf:
            continue
        for d in range(option.shape[1]):
            option[a, d] = terms.offers.pick[d, relaxed.way[d]]
        _exceed(price, relaxed.way, terms, excess[a], reached[a])


@inner
def _exceed(
    price: FloatArray,
    way: IntArray,
    terms: Terms,
    excess: FloatArray,
    reached: IntArray,
) -> None:
    """Fills (periods,) how far the totals of a way are from those that are best at their prices,
    and (totals, days) what they are after each day."""
    rules, stretch, periods = terms.rules, terms.stretch, terms.periods
    totals, state = np.zeros(len(price), dtype=np.int64), stretch.state
    for q in range(len(price)):
        totals[q] = begun_with(q, periods, stretch)
    for i in range(len(way)):
        for r in range(len(rules.unit)):
            units = rules.units[rules.unit[r], stretch.first + i, state, way[i]]
            totals[periods.of[r, i]] += units
            reached[r, i] = totals[periods.of[r, i]]
        state = rules.step[stretch.first + i, state, way[i]]
    for q in range(len(price)):
        points = terms.tables.points[periods.table[q]]
        begun = begun_with(q, periods, stretch)
        best, low, high = np.inf, begun, begun
        for total in range(begun, len(points)):
            cost = points[total] - price[q] * (total - begun)
            if cost < best - 1e-9:
                best, low = cost, total
            if cost <= best + 1e-9:
                high = total
        largest = max(rules.largest[rules.unit[periods.total[q]]], 1)
        excess[q] = (totals[q] - min(max(totals[q], low), high)) / largest


class Ascent:
    """Prices of a long horizon in which only people on cells couple agents. `fixed` (agents, days)
    narrows the rosters and may be written to between two runs. The other tables are those of the
    last run: prices of the greatest bound, and of the rosters seen `share` (agents, options), `off`
    (agents, days), and `reached` (agents, totals, days), what each total is after each day."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        agents, days, totals = compiled.agents, compiled.problem.grid.days, compiled.crew.totals
        self.cells = cells_of(compiled)
        periods = totals.ends[:, :, :-1].sum(axis=2) + 1
        periods[np.arange(periods.shape[1]) >= totals.many[:, None]] = 0
        self.fixed = np.full((agents, days), FREE)
        # Half way between a person too many and one missing. Where people are just enough, every
        # level of all prices together proves the same, and one at an end would let them be wasted.
        self.cell_price: FloatArray = (self.cells.under - self.cells.over) / 2
        self.total_price = np.zeros((agents, int(periods.sum(axis=1).max(initial=0))))
        self.share = np.zeros((agents, len(compiled.options.cell)))
        self.off = np.zeros((agents, days))
        self.reached = np.zeros((*totals.unit.shape, days))
        self._value = np.zeros(len(compiled.options.cell))
        self._largest = self._largest_additions(periods)
        self._noise = np.random.default_rng(0).uniform(-1, 1, compiled.crew.own_cost.shape)

    def _largest_additions(self, periods: IntArray) -> FloatArray:
        """(agents, periods) most units that a day adds, periods one total after another."""
        crew, largest = self.compiled.crew, np.ones_like(self.total_price)
        for a in range(len(periods)):
            unit = crew.totals.unit[a]
            most = self.compiled.tables.largest[crew.automaton[a]][unit]
            each = np.repeat(np.maximum(most, 1), periods[a])
            largest[a, : len(each)] = each
        return largest

    def run(self, rounds: int, first: float, last: float, left: Left) -> float:
        """So many rounds, or what the time is enough for, with steps from `first` to `last` times
        the dearest person missing; the greatest bound. Inf if somebody has no roster at all."""
        compiled, cells, agents = self.compiled, self.cells, self.compiled.agents
        option, least = np.full(self.off.shape, -1), np.zeros(agents)
        reached = np.zeros(self.reached.shape, dtype=np.int64)
        excess = np.zeros_like(self.total_price)
        cell, total = self.cell_price, self.total_price
        toward_cell, toward_total = np.zeros_like(cell), np.zeros_like(total)
        best, counted, begun = -np.inf, 0, left()
        self.share[:], self.off[:], self.reached[:] = 0.0, 0.0, 0.0
        for i in range(rounds):
            done = max((i + 1) / rounds, 1 - left() / begun) if begun > 0 else 1.0
            step = cells.dearest * first * (last / first) ** done
            judged = i % JUDGED == 0 or done >= 1
            noise = 0.0 if judged else NOISE * step * (1 - done) ** 0.5
            _relax_all(
                -cell, total, self.fixed, self._crew(noise),
                compiled.tables, compiled.options, self._value, option, least, excess, reached,
            )  # fmt: skip
            if judged:
                bound = float(least.sum() + cell @ cells.wanted)
                if bound > best:
                    best, self.cell_price, self.total_price = bound, cell, total
                if best == np.inf or done >= 1:
                    break
                continue
            if done >= SEEN:
                self._count(option)
                self.reached += reached
                counted += 1
            short = cells.wanted - self._people(option)
            toward_cell = MOMENTUM * toward_cell + (1 - MOMENTUM) * short
            toward_total = MOMENTUM * toward_total + (1 - MOMENTUM) * excess
            cell = np.clip(cell + step * toward_cell, -cells.over, cells.under)
            total = total + FOR_TOTALS * step * toward_total / self._largest
        if counted:
            self.share /= counted
            self.off /= counted
            self.reached /= counted
        return best

    def _crew(self, noise: float) -> Crew:
        """The crew, its own points of options off by up to so many."""
        crew = self.compiled.crew
        own = crew.own_cost + noise * self._noise if noise else crew.own_cost
        return crew._replace(own_cost=own, off_cost=crew.off_cost.copy())

    def settle(self, first: int, last: int) -> None:
        """Prices of the days from `first` to before `last` at what one person more is worth there
        to those who are fixed."""
        options, cells = self.compiled.options, self.cells
        fixed = self.fixed[:, first:last]
        there = self._people(np.where(fixed >= 0, fixed, -1))
        cell = options.cell[options.first[first] : options.first[last]]
        cell = np.unique(cell[cell >= 0])
        short, over = there[cell] < cells.wanted[cell], there[cell] > cells.wanted[cell]
        price = np.where(short, cells.under[cell], self.cell_price[cell])
        self.cell_price = self.cell_price.copy()
        self.cell_price[cell] = np.where(over, -cells.over[cell], price)

    def _people(self, option: IntArray) -> FloatArray:
        """(cells,) people on each."""
        cells = self.compiled.options.cell[option[option >= 0]]
        return np.bincount(cells[cells >= 0], minlength=len(self.cells.wanted)).astype(float)

    def _count(self, option: IntArray) -> None:
        who, day = np.nonzero(option >= 0)
        self.share[who, option[who, day]] += 1.0
        self.off += option < 0

    def clearest(self) -> tuple[IntArray, FloatArray]:
        """Each agent's option of a day (agents, days) with the largest share, −1 a day off, and
        the share."""
        first = self.compiled.options.first
        choice, share = np.full(self.off.shape, -1), self.off.copy()
        for d in range(self.off.shape[1]):
            if first[d] == first[d + 1]:
                continue
            of_day = self.share[:, first[d] : first[d + 1]]
            most = of_day.argmax(axis=1)
            best = of_day[np.arange(len(most)), most]
            more = best > share[:, d]
            choice[more, d], share[more, d] = first[d] + most[more], best[more]
        return choice, share
