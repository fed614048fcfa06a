"""Choosing columns: one for each agent, at least points together, by HiGHS.

On these models HiGHS, which branches on the linear programme, is far ahead of CP-SAT.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, vstack

from .column import Column
from .coupling import Coupling
from .master import Master, Mixture

MOST_NODES = 200  # of HiGHS's tree: a count of work, so that runs can be repeated


def choose(
    master: Master, mixture: Mixture, cutoff: float, seconds: float
) -> tuple[list[Column] | None, bool]:
    """The best columns, one for each agent of the master in its order, of at most `cutoff` points
    together, and whether the search was complete; None if no such columns were found in time.

    Columns whose reduced points alone lead above the cutoff are left out beforehand.
    """
    duals = dict(zip(master.agents, mixture.agent_duals.tolist(), strict=True))
    slack = cutoff - mixture.points + 1e-6
    columns = [
        column
        for column in master.columns
        if column.reduced(mixture.duals) - duals[column.agent] <= slack
    ]
    if slack < 0 or len({column.agent for column in columns}) < len(master.agents):
        return None, True
    found, complete = _solve(master.coupling, master.agents, columns, cutoff, seconds)
    if found is None:
        return None, complete
    by_agent = {column.agent: column for column in found}
    return [by_agent[agent] for agent in master.agents], complete


def _solve(
    coupling: Coupling,
    agents: Sequence[int],
    columns: Sequence[Column],
    cutoff: float,
    seconds: float,
) -> tuple[list[Column] | None, bool]:
    count = len(columns)
    matrix = _matrix(coupling, agents, columns)
    points = np.concatenate([[column.points for column in columns], coupling.price])
    goal = csc_array(points[None, :])
    fixed = np.concatenate([np.ones(len(agents)), coupling.rhs])
    result = milp(
        points,
        integrality=np.concatenate([np.ones(count), np.zeros(coupling.variables)]),
        bounds=Bounds(
            np.zeros(len(points)), np.concatenate([np.ones(count), coupling.upper])
        ),
        constraints=LinearConstraint(
            vstack([matrix, goal]).tocsc(),
            np.append(fixed, -np.inf),
            np.append(fixed, cutoff - coupling.constant),
        ),
        options={"time_limit": max(seconds, 0.01), "node_limit": MOST_NODES},
    )  # fmt: skip
    complete = result.status in (0, 2)
    if result.x is None:
        return None, complete
    return [
        column for column, x in zip(columns, result.x[:count], strict=True) if x > 0.5
    ], complete


def _matrix(coupling: Coupling, agents: Sequence[int], columns: Sequence[Column]) -> csc_array:
    """Rows of the agents, then the coupling's; columns, then the coupling's variables."""
    place = {agent: i for i, agent in enumerate(agents)}
    count = len(columns)
    number = np.repeat(np.arange(count), [len(column.rows) for column in columns])
    of_agent = np.array([place[column.agent] for column in columns], dtype=np.int64)
    row = np.concatenate(
        [
            of_agent,
            len(agents) + np.concatenate([column.rows for column in columns]),
            len(agents) + coupling.entry_row,
        ]
    )
    col = np.concatenate([np.arange(count), number, count + coupling.entry_variable])
    size = np.concatenate(
        [np.ones(count), *(column.sizes for column in columns), coupling.entry_size]
    )
    shape = (len(agents) + coupling.rows, count + coupling.variables)
    return csc_array((size, (row, col)), shape=shape)
