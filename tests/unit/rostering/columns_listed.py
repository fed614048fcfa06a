"""Column generation where every column is listed: an oracle for tests, and the optimum by looking
at every roster there is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from shiftcast.scheduling.rostering.engine.columns.column import (
    Column,
    FloatArray,
    IntArray,
    Priced,
)
from shiftcast.scheduling.rostering.engine.columns.coupling import Coupling, cells
from shiftcast.scheduling.rostering.engine.columns.master import together

UNDER, OVER = 10.0, 1.0


class ListedOracle:
    """Prices by trying all columns of an agent."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = list(columns)
        self.agents = 1 + max(column.agent for column in columns)
        self.days = len(columns[0].option)

    def price(
        self,
        duals: FloatArray,
        agents: Sequence[int],
        fixed: IntArray | None = None,
        known: Sequence[Column] = (),
    ) -> list[Priced]:
        found = []
        for agent in agents:
            mine = [c for c in self.columns if c.agent == agent]
            if fixed is not None:
                mine = [c for c in mine if c.keeps(fixed[agent])]
            if mine:
                best = min(mine, key=lambda c: c.reduced(duals))
                found.append(Priced(best.reduced(duals), best))
        return found


def a_column(agent: int, option: Sequence[int], points: float = 0.0, options: int = 2) -> Column:
    """A column that adds one person to the cell (day, option) of each day it works."""
    days = np.array(option, dtype=np.int64)
    worked = np.flatnonzero(days >= 0)
    rows = worked * options + days[worked]
    nothing = np.zeros((len(days), 0), dtype=np.int64)
    return Column(agent, points, days, nothing, rows, np.ones(len(rows)))


def wanted(*numbers: float, most: int = 10) -> Coupling:
    """Cells that want so many people, at UNDER points each one missing and OVER each one extra."""
    want = np.array(numbers, dtype=float)
    return cells(want, np.full(len(want), UNDER), np.full(len(want), OVER), most)


def random_case(seed: int) -> tuple[ListedOracle, Coupling]:
    """Three agents with two to five rosters of three days with two shifts, and random wants."""
    rng = np.random.default_rng(seed)
    columns: list[Column] = []
    for agent in range(3):
        for _ in range(int(rng.integers(2, 6))):
            column = a_column(agent, rng.integers(-1, 2, 3).tolist(), float(rng.integers(0, 4)))
            if all(c.key != column.key for c in columns):
                columns.append(column)
    return ListedOracle(columns), wanted(*rng.integers(0, 3, 6).tolist())


def optimum(oracle: ListedOracle, coupling: Coupling) -> float:
    """Least points of any roster."""
    choices = [[c for c in oracle.columns if c.agent == a] for a in range(oracle.agents)]
    return min(together(coupling, roster).points for roster in product(*choices))


def first_roster(oracle: ListedOracle) -> list[Column]:
    """Everybody's first listed column."""
    return [next(c for c in oracle.columns if c.agent == a) for a in range(oracle.agents)]
