"""The restricted master: the cheapest mixture of the columns known so far, by GLOP.

GLOP keeps its basis between solves as long as presolve is off and only columns are added or bounds
change, so that a solve after a round of pricing takes a few pivots only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp

from .column import Column, FloatArray, IntArray
from .coupling import Coupling

ABSENCE = 100.0
"""Points of an agent without a column above those of the agent's dearest, as a multiple of the
dearest variable: only while columns that keep all fixed days are still to be found."""


@dataclass(frozen=True)
class Mixture:
    """A solution of the master: its points, the duals of the coupling rows and of the agents, the
    share of each column, and the coupling's variables."""

    points: float
    duals: FloatArray  # (rows,)
    agent_duals: FloatArray  # (agents,) in the master's order
    shares: FloatArray  # (columns,)
    variables: FloatArray  # (variables,)


@dataclass(frozen=True)
class Choices:
    """The different (agent, day, option) of a mixture, −1 being a day off, and their shares."""

    agent: IntArray
    day: IntArray
    option: IntArray
    share: FloatArray


class Master:
    """Shares of columns that add up to 1 for each agent, at least points."""

    def __init__(self, coupling: Coupling, agents: Sequence[int]) -> None:
        self.coupling, self.agents = coupling, list(agents)
        self.columns: list[Column] = []
        self._known: set[tuple[int, bytes, bytes]] = set()
        self._place = {agent: i for i, agent in enumerate(self.agents)}
        self._lp = pywraplp.Solver.CreateSolver("GLOP")
        self._lp.SetSolverSpecificParametersAsString(
            "use_preprocessing: false use_dual_simplex: false"
        )
        self._goal = self._lp.Objective()
        self._goal.SetMinimization()
        self._goal.SetOffset(coupling.constant)
        self._one = [self._lp.Constraint(1.0, 1.0) for _ in self.agents]
        self._rows = [self._lp.Constraint(b, b) for b in coupling.rhs.tolist()]
        self._shares: list[pywraplp.Variable] = []
        self._allowed: list[bool] = []
        self._variables = [
            self._variable(price, upper)
            for price, upper in zip(coupling.price.tolist(), coupling.upper.tolist(), strict=True)
        ]
        entries = (coupling.entry_row, coupling.entry_variable, coupling.entry_size)
        for row, variable, size in zip(*(part.tolist() for part in entries), strict=True):
            self._rows[row].SetCoefficient(self._variables[variable], size)
        self._absence = ABSENCE * max(float(np.abs(coupling.price).max(initial=0.0)), 1.0)
        self._absent = [self._variable(self._absence, 1.0) for _ in self.agents]
        for one, absent in zip(self._one, self._absent, strict=True):
            one.SetCoefficient(absent, 1.0)

    def _variable(self, price: float, upper: float) -> pywraplp.Variable:
        made = self._lp.NumVar(0.0, upper, "")
        self._goal.SetCoefficient(made, price)
        return made

    def add(self, columns: Iterable[Column]) -> int:
        """Adds the columns that are new; how many were."""
        before = len(self.columns)
        for column in columns:
            if column.key in self._known:
                continue
            self._known.add(column.key)
            share, place = (
                self._variable(column.points, self._lp.infinity()),
                self._place[column.agent],
            )
            self._one[place].SetCoefficient(share, 1.0)
            if column.points + self._absence > self._goal.GetCoefficient(self._absent[place]):
                self._goal.SetCoefficient(self._absent[place], column.points + self._absence)
            for row, size in zip(column.rows.tolist(), column.sizes.tolist(), strict=True):
                self._rows[row].SetCoefficient(share, size)
            self._shares.append(share)
            self._allowed.append(True)
            self.columns.append(column)
        return len(self.columns) - before

    def allow(self, allowed: Sequence[bool]) -> None:
        """Which columns, in the order of `columns`, the mixture may use."""
        for share, before, now in zip(self._shares, self._allowed, allowed, strict=True):
            if before != now:
                share.SetUb(self._lp.infinity() if now else 0.0)
        self._allowed = list(allowed)

    def solve(self) -> Mixture:
        """The best mixture. Raises RuntimeError where GLOP finds none."""
        status = self._lp.Solve()
        if status != pywraplp.Solver.OPTIMAL:  # where it began from has led it astray
            status = self._lp.Solve(_from_nothing())
        if status != pywraplp.Solver.OPTIMAL:
            raise RuntimeError(f"the master has no optimum: status {status}")
        return Mixture(
            self._goal.Value(),
            np.array([row.dual_value() for row in self._rows]),
            np.array([one.dual_value() for one in self._one]),
            np.array([share.solution_value() for share in self._shares]),
            np.array([variable.solution_value() for variable in self._variables]),
        )

    def choices(self, mixture: Mixture) -> Choices:
        """How much of the mixture goes into each option of each agent's day."""
        used = np.flatnonzero(mixture.shares > 1e-9)
        agent = np.array([self.columns[place].agent for place in used], dtype=np.int64)
        option = np.stack([self.columns[place].option for place in used])
        days = option.shape[1]
        triples = np.stack(
            [np.repeat(agent, days), np.tile(np.arange(days), len(used)), option.ravel()]
        )
        different, number = np.unique(triples, axis=1, return_inverse=True)
        share = np.zeros(different.shape[1])
        np.add.at(share, number.ravel(), np.repeat(mixture.shares[used], days))
        return Choices(different[0], different[1], different[2], share)


def _from_nothing() -> pywraplp.MPSolverParameters:
    """Solving anew, with nothing kept of the solution before."""
    found = pywraplp.MPSolverParameters()
    found.SetIntegerParam(found.INCREMENTALITY, found.INCREMENTALITY_OFF)
    return found


def together(coupling: Coupling, roster: Sequence[Column]) -> Mixture:
    """A roster of one column for each agent, its coupling at its best: its points, and what one
    person more is worth on each row (the duals)."""
    master = Master(coupling, [column.agent for column in roster])
    master.add(roster)
    return master.solve()
