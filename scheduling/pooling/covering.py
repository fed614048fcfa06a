"""The cheapest groups of agents that cover what sets of queues need together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint
from scipy.sparse import block_diag, eye_array, kron

from .crew import Crew, Flags
from .programs import least_cost

Array = NDArray[np.float64]

_BEYOND_PRICE = 2.0
"""An agent of a group that has no more, as a multiple of its cost: first come those there are."""

_UNUSUAL_PRICE = 0.02
"""An agent more or less of a group than its share of the crew, as a part of its cost: among mixes
that cost the same, the one that rosters of this crew come to."""


_UNEVEN_PRICE = 0.001
"""An agent off a queue's fair share, in parts of what a queue wants."""

_MOST_PART = 10.0
"""A queue that wants nothing has no part; this bounds the least of the others."""


def cheapest_groups(crew: Crew, sets: Flags, needs: Array) -> Array:
    """Agents of each group, shape (groups, intervals), that are cheapest among those with

        Σ agents of groups that serve any queue of a set ≥ the set's need

    for each of `sets` (sets, queues), `needs` (sets, intervals). Agents beyond a group's headcount
    would have to be found first, and cost more.
    """
    found = [_block(crew, sets, needs[:, at]) for at in _blocks(needs.shape[1])]
    return np.concatenate(found, axis=1)


def _blocks(intervals: int, size: int = 96) -> list[slice]:
    return [slice(first, first + size) for first in range(0, intervals, size)]


def _block(crew: Crew, sets: Flags, needs: Array) -> Array:
    """One linear program over some intervals; variables are, by interval: agents of each group
    that there are, agents beyond them, and how far each group is above and below its usual share
    of all."""
    groups, intervals = len(crew.serves), needs.shape[1]
    helps = ((sets.astype(int) @ crew.serves.T.astype(int)) > 0).astype(float)
    apart = np.eye(groups) - _shares(crew)[:, None]
    cover = np.hstack([helps, helps, np.zeros((len(sets), 2 * groups))])
    usual = np.hstack([apart, apart, -np.eye(groups), np.eye(groups)])
    price = np.outer([1.0, _BEYOND_PRICE, _UNUSUAL_PRICE, _UNUSUAL_PRICE], crew.hourly_cost)
    most = np.concatenate([crew.headcount, np.full(3 * groups, np.inf)])
    each = eye_array(intervals)
    found = least_cost(
        np.tile(price.ravel(), intervals),
        [
            LinearConstraint(kron(each, cover, format="csr"), lb=needs.T.ravel()),
            LinearConstraint(kron(each, usual, format="csr"), 0.0, 0.0),
        ],
        np.tile(most, intervals),
    ).reshape(intervals, -1)
    agents: Array = (found[:, :groups] + found[:, groups : 2 * groups]).T
    return agents


def _shares(crew: Crew) -> Array:
    """Each group's share of the crew; equal shares where heads are without limit."""
    known = np.isfinite(crew.headcount).all() and crew.headcount.sum() > 0
    heads = crew.headcount if known else np.ones(len(crew.serves))
    shares: Array = heads / heads.sum()
    return shares


def shared_out(crew: Crew, agents: Array, wanted: Array) -> Array:
    """Agents of groups given to queues, shape (queues, intervals), so that the queue that gets
    least of what it wants alone gets as much as can be; the sums are those of `agents`
    (groups, intervals). `wanted` has shape (queues, intervals)."""
    found = [_shared_block(crew, agents[:, at], wanted[:, at]) for at in _blocks(wanted.shape[1])]
    return np.concatenate(found, axis=1)


def _shared_block(crew: Crew, agents: Array, wanted: Array) -> Array:
    """Variables are, by interval: agents of each (group, queue) that it serves, what each queue
    gets above and below its fair share of all agents (kept small, so that the rest is spread
    evenly too), and the least part of what it wants that any queue gets."""
    group, queue = np.nonzero(crew.serves)
    pairs, queues, intervals = len(group), len(crew.queues), wanted.shape[1]
    given = (queue == np.arange(queues)[:, None]).astype(float)
    spent = (group == np.arange(len(agents))[:, None]).astype(float)
    total = wanted.sum(axis=0)
    fair = np.divide(wanted * agents.sum(axis=0), total, out=np.zeros_like(wanted), where=total > 0)
    equal = np.block(
        [
            [spent, np.zeros((len(agents), 2 * queues + 1))],
            [given, -np.eye(queues), np.eye(queues), np.zeros((queues, 1))],
        ]
    )
    at_least = np.hstack([-given, np.zeros((queues, 2 * queues))])
    cost = np.concatenate([np.zeros(pairs), np.full(2 * queues, _UNEVEN_PRICE), [-1.0]])
    of_queues = block_diag([np.column_stack([at_least, wants]) for wants in wanted.T], format="csr")
    split = np.concatenate([agents, fair], axis=0).T.ravel()
    most = np.append(np.full(pairs + 2 * queues, np.inf), _MOST_PART)
    found = least_cost(
        np.tile(cost, intervals),
        [
            LinearConstraint(of_queues, ub=0.0),
            LinearConstraint(kron(eye_array(intervals), equal, format="csr"), split, split),
        ],
        np.tile(most, intervals),
    ).reshape(intervals, -1)
    shared: Array = (found[:, :pairs] @ given.T).T
    return shared
