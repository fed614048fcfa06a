"""A stretch of days as the oracle of column generation: the rest of the roster stands, or what
comes after the stretch is not made yet.

Only people on shifts that are wanted by number couple agents here. A column is an agent's days of
the window; its points are those of the agent's whole roster with these days in it, as far as it is
made.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..compile import Compiled
from ..course import MOST, best_course
from ..crew import Crew
from ..one_agent import Scratch, rules_of
from ..stretch import standing
from ..tables import Tables
from ..totals import TotalTables
from ..week import Options, place_breaks
from ..weeks import Weeks
from .ahead import NOTHING, Ahead, followed_by, priced_ahead
from .ascent import value_cells
from .column import FREE, Column, FloatArray, IntArray, Priced, cheapest
from .following import Following


@njit(cache=True, nogil=True)
def _best_days(
    agents: IntArray,
    first: int,
    last: int,
    roster: IntArray,
    ahead: Ahead,
    fixed: IntArray,
    cell_price: FloatArray,
    crew: Crew,
    tables: Tables,
    totals: TotalTables,
    options: Options,
    scratch: Scratch,
    option: IntArray,
    breaks: IntArray,
    found: FloatArray,
    least: FloatArray,
    cutoff: FloatArray,
    slack: float,
    room: int,
) -> None:
    """Fills each agent's best options of the window (agents, days), break starts, points (agents,)
    at the prices, inf where there is none below the cutoff (agents,), and what any costs at the
    least; for `slack` and `room` see `best_course`. `roster` (crew, all days) is what stands;
    `fixed` (crew, days) narrows the window."""
    scratch.prefix[:] = 0.0
    scratch.pause[:] = 0.0
    for i in range(len(agents)):
        a = agents[i]
        rules = rules_of(a, crew, tables)
        value_cells(a, first, cell_price, fixed, crew, options, rules, scratch.value)
        days = standing(first, last, roster[a], rules, totals, options)
        if len(ahead.points) > 0:
            rules, days = priced_ahead(a, rules, days, ahead), followed_by(a, days, ahead)
        found[i], least[i] = best_course(
            a, rules, totals, options, scratch.value, days, scratch.memo, cutoff[i], slack,
            room, scratch.chosen,
        )  # fmt: skip
        if found[i] == np.inf:
            continue
        for d in range(first, last):
            o = scratch.chosen[d]
            option[i, d - first] = o
            if o >= 0:
                place_breaks(scratch.prefix, scratch.pause, options, o, breaks[i, d - first])


class Window:
    """The days from `first` to before `last` of a roster, as an oracle. Rows are the cells of these
    days, numbered from 0; `cells` are their numbers in the whole. Days that are `held` (days of the
    window,) stand, too, and have no rows. Without `following` so does what comes after the
    window."""

    def __init__(
        self,
        compiled: Compiled,
        weeks: Weeks,
        first: int,
        last: int,
        following: Following | None = None,
        held: NDArray[np.bool_] | None = None,
    ) -> None:
        self._compiled, self._weeks = compiled, weeks
        self.first, self.last = first, last
        self._slack, self._room = 0.0, MOST
        stands = Following(NOTHING, compiled.crew, compiled.tables.totals)
        self._following = stands if following is None else following
        self._scratch = compiled.scratch()
        self._held = np.zeros(last - first, dtype=bool) if held is None else held
        options, free = compiled.options, np.zeros(compiled.problem.grid.days, dtype=bool)
        free[first:last] = ~self._held
        mine = options.cell[np.repeat(free, np.diff(options.first))]
        self.cells: IntArray = np.unique(mine[mine >= 0])
        self._row = np.full(len(compiled.cells), -1, dtype=np.int64)
        self._row[self.cells] = np.arange(len(self.cells))

    @property
    def agents(self) -> int:
        return self._compiled.agents

    @property
    def days(self) -> int:
        return self.last - self.first

    def hasty(self, slack: float, room: int) -> Window:
        """The same window, whose best days may be `slack` points from the best, and more where
        `room` labels are not enough (see `best_course`)."""
        other = copy(self)
        other._slack, other._room = slack, room
        return other

    def price(
        self,
        duals: FloatArray,
        agents: Sequence[int],
        fixed: IntArray | None = None,
        known: Sequence[Column] = (),
    ) -> list[Priced]:
        """See `Oracle.price`."""
        compiled, whom = self._compiled, np.array(agents, dtype=np.int64)
        have = cheapest(known, agents, duals)
        cutoff = np.array([np.inf if mine is None else mine.reduced for mine in have])
        if fixed is None:
            fixed = np.full((self.agents, self.days), FREE)
        fixed = np.where(self._held, self._weeks.option[:, self.first : self.last], fixed)
        cell_price = np.zeros(len(compiled.cells))
        cell_price[self.cells] = -duals
        shape = len(whom), self.days
        option = np.full(shape, -1, dtype=np.int64)
        breaks = np.zeros((*shape, compiled.options.break_len.shape[1]), dtype=np.int64)
        found, least = np.zeros(len(whom)), np.zeros(len(whom))
        following = self._following
        _best_days(
            whom, self.first, self.last, self._weeks.option, following.ahead, fixed, cell_price,
            following.crew._replace(off_cost=following.crew.off_cost.copy()), compiled.tables,
            following.totals,
            compiled.options, self._scratch, option, breaks, found, least, cutoff, self._slack,
            self._room,
        )  # fmt: skip
        priced = []
        for i, (a, mine) in enumerate(zip(whom.tolist(), have, strict=True)):
            if np.isfinite(found[i]):
                column = self._column(a, float(found[i]), duals, option[i], breaks[i])
                priced.append(Priced(float(least[i]), column))
            elif mine is not None:
                priced.append(Priced(min(float(least[i]), mine.reduced), mine.column))
        return priced

    def _column(
        self, a: int, reduced: float, duals: FloatArray, option: IntArray, breaks: IntArray
    ) -> Column:
        cells = self._compiled.options.cell[option[option >= 0]]
        rows = self._row[cells[cells >= 0]]  # of different days, and so different themselves
        rows = rows[rows >= 0]
        points = reduced + float(duals[rows].sum())
        return Column(a, points, option.copy(), breaks.copy(), rows, np.ones(len(rows)))

    def standing(self, agents: Sequence[int]) -> list[Column]:
        """The columns that the roster has now."""
        fixed = self._weeks.option[:, self.first : self.last]
        return [p.column for p in self.price(np.zeros(len(self.cells)), agents, fixed)]

    def put(self, columns: Sequence[Column]) -> None:
        """Writes columns into the roster."""
        for column in columns:
            self._weeks.option[column.agent, self.first : self.last] = column.option
            self._weeks.breaks[column.agent, self.first : self.last] = column.breaks
