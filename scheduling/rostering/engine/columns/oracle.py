"""The kernel as the oracle of column generation: a compiled problem's rows, columns and prices.

Rows, in this order: people of each skill group at work in each slot (where there is one queue, the
work of all groups together), work on each queue in each slot where there are several, people on
each shift that is wanted by number, and the sums that rules on several people bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ....machine_code import inner, number
from ...objective import wanted_points
from ...rules.base import FAR, Doing
from ..compile import Compiled
from ..course import MOST
from ..crew import Crew
from ..one_agent import Scratch, best_of, own_points, sum_prices, value_options
from ..tables import Tables
from ..week import Options, place_breaks
from ..weeks import Weeks
from .column import FREE, Column, FloatArray, IntArray, Priced, cheapest
from .coupling import Coupling, bands, cells, slots, stacked
from .unit import common_unit

WORK, BREAK = number(Doing.WORK), number(Doing.BREAK)


@njit(cache=True, nogil=True)
def _narrowed(
    allowed: NDArray[np.bool_], off_cost: FloatArray, fixed: IntArray, first: IntArray
) -> None:
    """Takes out of `allowed` (agents, options) and `off_cost` (agents, days), in place, what fixed
    days (agents, days) rule out."""
    for a in range(fixed.shape[0]):
        for d in range(fixed.shape[1]):
            if fixed[a, d] == FREE:
                continue
            for o in range(first[d], first[d + 1]):
                if o != fixed[a, d]:
                    allowed[a, o] = False
            if fixed[a, d] >= 0:
                off_cost[a, d] = np.inf


@inner
def _add_bands(
    a: int,
    counted: IntArray,
    coefficients: NDArray[np.int32],
    band_duals: FloatArray,
    scratch: Scratch,
) -> None:
    """Adds to the prefix sums what agent a earns on the rows of rules on several people."""
    length = band_duals.shape[1]
    work = pause = 0.0
    for t in range(length):
        scratch.prefix[t] += work
        scratch.pause[t] += pause
        for b in range(len(counted)):
            earned = coefficients[b, a] * band_duals[b, t]
            work -= earned * counted[b, WORK]
            pause -= earned * counted[b, BREAK]
    scratch.prefix[length:] += work
    scratch.pause[length:] += pause


@njit(cache=True, nogil=True)
def _best_columns(
    agents: IntArray,
    slot_duals: FloatArray,
    cell_duals: FloatArray,
    band_duals: FloatArray,
    counted: IntArray,
    coefficients: NDArray[np.int32],
    crew: Crew,
    tables: Tables,
    options: Options,
    scratch: Scratch,
    option: IntArray,
    breaks: IntArray,
    points: FloatArray,
    reduced: FloatArray,
    cutoff: FloatArray,
    slack: float,
    room: int,
) -> None:
    """Fills each agent's best option a day (agents, days), break starts (agents, days, breaks), own
    points (agents,), inf where no roster is below the cutoff (agents,), and reduced points."""
    for i in range(len(agents)):
        a = agents[i]
        scratch.price[:] = -slot_duals[crew.group[a]]
        sum_prices(scratch)
        scratch.cell_price[:] = -cell_duals
        if len(counted) > 0:
            _add_bands(a, counted, coefficients, band_duals, scratch)
        value_options(a, crew, options, scratch)
        found, reduced[i] = best_of(a, crew, tables, options, scratch, cutoff[i], slack, room)
        if found == np.inf:
            points[i] = np.inf
            continue
        for d in range(len(scratch.chosen)):
            o = scratch.chosen[d]
            option[i, d] = o
            if o >= 0:
                place_breaks(scratch.prefix, scratch.pause, options, o, breaks[i, d])
        points[i] = own_points(a, crew, tables, options, option[i])


@njit(cache=True, nogil=True)
def _count(
    group: int,
    size: float,
    option: IntArray,
    breaks: IntArray,
    coefficients: IntArray,
    counted: IntArray,
    options: Options,
    at_work: FloatArray,
    on_cells: FloatArray,
    on_bands: FloatArray,
) -> None:
    """Adds one agent's roster to the dense counts (groups, slots), where the agent is of some size,
    (cells,) and (bands, slots with the overhang); a group below 0 serves no queue."""
    served = at_work.shape[1]
    for d in range(len(option)):
        o = option[d]
        if o < 0:
            continue
        if options.cell[o] >= 0:
            on_cells[options.cell[o]] += 1.0
        k = options.template[o]
        if options.covers[k] == 0:
            continue
        for b in range(-1, options.breaks[k]):
            # The stretch at work after break b, and the break.
            first = options.start[o] if b < 0 else breaks[d, b] + options.break_len[k, b]
            last = options.end[o] if b + 1 == options.breaks[k] else breaks[d, b + 1]
            if group >= 0:
                for t in range(first, min(last, served)):
                    at_work[group, t] += size
            for i in range(len(counted)):
                on_bands[i, first:last] += coefficients[i] * counted[i, WORK]
                if b >= 0 and options.break_away[k, b] == 0:
                    paused = coefficients[i] * counted[i, BREAK]
                    on_bands[i, breaks[d, b] : first] += paused


class CrewOracle:
    """All agents of a compiled problem, priced by the kernel; for `slack` and `room` see
    `course`."""

    def __init__(self, compiled: Compiled, slack: float = 0.0, room: int = MOST) -> None:
        self._compiled, self._scratch, self._room = compiled, compiled.scratch(), room
        self._slack = slack
        self._cover = compiled.cover(compiled.problem.weights)
        queues, groups = len(compiled.problem.demands), len(compiled.skills)
        self._work = compiled.work / compiled.problem.proficiency.unit
        # What a person of each group adds to the group's rows: with one queue, the work there.
        self._size = self._work[:, 0] if queues == 1 else np.ones(groups)
        # With one queue, or none, groups need not be told apart.
        self._group = compiled.crew.group if queues > 1 else np.zeros_like(compiled.crew.group)
        self._serves = compiled.skills[compiled.crew.group] > 0
        self._groups = groups if queues > 1 else min(queues, 1)
        self._slot_rows = self._groups * compiled.slots
        self._queue_rows = queues * compiled.slots if queues > 1 else 0
        bounded = (self._cover.least > -FAR) | (self._cover.most < FAR)
        self._band_cells = np.flatnonzero(bounded)
        self.coupling = self._coupling()

    @property
    def agents(self) -> int:
        return self._compiled.agents

    @property
    def days(self) -> int:
        return self._compiled.problem.grid.days

    def _coupling(self) -> Coupling:
        compiled, cover = self._compiled, self._cover
        parts = []
        if self._slot_rows:
            unit = compiled.problem.proficiency.unit
            most = max(compiled.agents, compiled.most_units / unit)
            parts.append(slots(cover.marginal, compiled.skills, self._work, most, unit))
        wanted = cover.wanted
        parts.append(cells(wanted[:, 0], wanted[:, 1], wanted[:, 2], compiled.agents))
        past, rows = cover.bands.ravel()[self._band_cells], self._band_cells
        length = cover.bands.shape[1]
        heaviest = np.abs(cover.counted).max(axis=1, initial=0)
        reach = float((heaviest * np.abs(cover.coefficients).sum(axis=1)).max(initial=0))
        least, top = cover.least.ravel()[rows], cover.most.ravel()[rows]
        parts.append(
            bands(
                np.where(least > -FAR, least - past, -FAR).astype(np.int64),
                np.where(top < FAR, top - past, FAR).astype(np.int64),
                cover.breach[rows // max(length, 1)],
                reach,
                FAR,
            )
        )
        empty = compiled.empty_cost(bands=False)
        return stacked(parts, empty - sum(wanted_points(w, 0) for w in compiled.cells))

    def price(
        self,
        duals: FloatArray,
        agents: Sequence[int],
        fixed: IntArray | None = None,
        known: Sequence[Column] = (),
    ) -> list[Priced]:
        """See `Oracle.price`."""
        compiled, crew = self._compiled, self._compiled.crew
        if fixed is not None:
            crew = crew._replace(allowed=crew.allowed.copy(), off_cost=crew.off_cost.copy())
            _narrowed(crew.allowed, crew.off_cost, fixed, compiled.options.first)
        slot_duals, cell_duals, band_duals = self._parts(duals)
        whom, have = np.array(agents, dtype=np.int64), cheapest(known, agents, duals)
        cutoff = np.array([np.inf if mine is None else mine.reduced for mine in have])
        weeks = compiled.nobody()
        option, breaks = weeks.option[: len(whom)], weeks.breaks[: len(whom)]
        points, reduced = np.zeros(len(whom)), np.zeros(len(whom))
        _best_columns(
            whom, slot_duals, cell_duals, band_duals, self._cover.counted, self._cover.coefficients,
            crew, compiled.tables, compiled.options, self._scratch, option, breaks, points, reduced,
            cutoff, self._slack, self._room,
        )  # fmt: skip
        priced = []
        for i, (a, mine) in enumerate(zip(whom.tolist(), have, strict=True)):
            if np.isfinite(points[i]):
                column = self._column(a, float(points[i]), option[i], breaks[i])
                priced.append(Priced(float(reduced[i]), column))
            elif mine is not None:
                priced.append(Priced(min(float(reduced[i]), mine.reduced), mine.column))
        return priced

    def _parts(self, duals: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Duals by (skill group, slot), cell and (band, slot)."""
        compiled, cover = self._compiled, self._cover
        by_group = np.zeros((len(compiled.skills), compiled.slots))
        if self._slot_rows:
            by_group[:] = duals[: self._slot_rows].reshape(self._groups, compiled.slots)
            by_group *= self._size[:, None]
        by_group[compiled.skills == 0] = 0.0
        first = self._slot_rows + self._queue_rows
        last = first + len(compiled.cells)
        by_band = np.zeros(cover.bands.size)
        by_band[self._band_cells] = duals[last : last + len(self._band_cells)]
        return by_group, duals[first:last], by_band.reshape(cover.bands.shape)

    def _column(self, a: int, points: float, option: IntArray, breaks: IntArray) -> Column:
        compiled, cover = self._compiled, self._cover
        at_work = np.zeros((self._groups, compiled.slots))
        on_cells, on_bands = np.zeros(len(compiled.cells)), np.zeros(cover.bands.shape)
        group = int(self._group[a]) if self._groups and self._serves[a] else -1
        mine = cover.coefficients[:, a].astype(np.int64)
        size = float(self._size[compiled.crew.group[a]])
        _count(
            group, size, option, breaks, mine, cover.counted, compiled.options, at_work, on_cells,
            on_bands,
        )  # fmt: skip
        dense = np.concatenate(
            [
                at_work.ravel(),
                np.zeros(self._queue_rows),
                on_cells,
                on_bands.ravel()[self._band_cells],
            ]
        )
        rows = np.flatnonzero(dense)
        return Column(a, points, option.copy(), breaks.copy(), rows, dense[rows])

    def columns(self, weeks: Weeks) -> list[Column]:
        """Everybody's present roster as columns."""
        return [
            self._column(a, float(weeks.cost[a]), weeks.option[a], weeks.breaks[a])
            for a in range(self.agents)
        ]

    def weeks(self, columns: Sequence[Column]) -> Weeks:
        """Weeks of one column for each agent, nobody placed in a cover yet."""
        weeks = self._compiled.nobody()
        for column in columns:
            weeks.option[column.agent] = column.option
            weeks.breaks[column.agent] = column.breaks
            weeks.cost[column.agent] = column.points
        return weeks

    @property
    def unit(self) -> float:
        """What all points of the problem are multiples of (see `unit.common_unit`)."""
        compiled, crew, tables = self._compiled, self._compiled.crew, self._compiled.tables
        cover, rest = self._cover, tables.rest
        sources = (
            cover.marginal, cover.wanted[:, 1:], cover.breach, crew.own_cost, crew.off_cost,
            tables.prices, tables.window_costs, rest.late, rest.begun, tables.totals.points,
            np.array([compiled.empty_cost(bands=False)]),
        )  # fmt: skip
        return common_unit(np.concatenate([np.unique(source) for source in sources]))
