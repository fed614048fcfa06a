"""Agents at work, read from who served when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .log import ContactLog

BRIDGED_S = 1800.0
"""Up to this long without a contact an agent is taken to be at work; longer gaps are breaks,
meetings, or the end of the shift."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spells:
    """Times in which agents were at work; arrays of shape (spells,), in order of agent and start.

    `start_s` and `end_s` in seconds of the log's grid; `share`, shape (queues, spells), is the part
    of the agent's contact time in the spell that each queue took, and sums to 1.
    """

    agent: NDArray[np.int64]
    start_s: Floats
    end_s: Floats
    share: Floats


def spells_of(log: ContactLog, bridged_s: float = BRIDGED_S) -> Spells:
    """Spells of every named agent, from the contacts of all queues; gaps of up to `bridged_s`
    seconds between two contacts belong to a spell."""
    named = log.answered & (log.agent >= 0)
    order = np.lexsort((log.answered_s[named], log.agent[named]))
    agent, queue = log.agent[named][order], log.queue[named][order]
    start, end = log.answered_s[named][order], log.finished_s[named][order]
    if len(agent) == 0:
        return Spells(agent, start, end, np.zeros((len(log.queues), 0)))
    # The latest end so far of the same agent: contacts may overlap (chats, wrong clocks).
    first_of_agent = np.append(True, agent[1:] != agent[:-1])
    shift = agent * (end.max() - min(start.min(), 0.0) + 1.0)
    latest = np.maximum.accumulate(end + shift) - shift
    opens = first_of_agent | np.append(True, start[1:] - latest[:-1] > bridged_s)
    first = np.flatnonzero(opens)
    spell = np.cumsum(opens) - 1
    busy = np.zeros((len(log.queues), len(first)))
    np.add.at(busy, (queue, spell), np.maximum(end - start, 1.0))
    last = np.append(first[1:], len(agent)) - 1
    return Spells(agent[first], start[first], latest[last], busy / busy.sum(axis=0))


def mean_present(spells: Spells, weight: Floats, edges_s: Floats) -> Floats:
    """Weighted agents at work between neighbouring `edges_s` (…, cells + 1): shape (…, cells).

    `weight` has one value a spell; with weights of 1 the mean number of agents present.
    """
    arrived = _time_since(spells.start_s, weight, edges_s)
    gone = _time_since(spells.end_s, weight, edges_s)
    widths = np.diff(edges_s, axis=-1)
    time = np.diff(arrived - gone, axis=-1)
    return np.divide(time, widths, out=np.zeros_like(time), where=widths > 0)


def _time_since(moments: Floats, weight: Floats, edges_s: Floats) -> Floats:
    """Sum over moments of weight × time from the moment until each edge."""
    order = np.argsort(moments)
    at, w = moments[order], weight[order]
    total = np.concatenate([[0.0], np.cumsum(w)])
    weighted = np.concatenate([[0.0], np.cumsum(w * at)])
    passed = np.searchsorted(at, edges_s)
    return np.asarray(total[passed] * edges_s - weighted[passed])
