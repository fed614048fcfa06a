"""Chat: agents who hold several contacts at a time, each of them slower for it.

An agent with i chats takes h_i seconds a chat, so finishes i/h_i chats a second. Chats are spread
evenly: with m chats and n agents, q = m ÷ n (whole) and r the rest, n − r agents hold q and r hold
q + 1 chats. That makes the number of chats a birth-death chain; beyond n·k chats customers wait
for the first reply of an agent, as in Erlang A. Least-loaded routing with immediate levelling;
within 5 % of the exact chain of all agents' states, and exact where h does not grow (compare
J. Luo and J. Zhang, "Staffing and control of instant messaging contact centers", Operations
Research 61, 2013, and T. Tezcan and J. Zhang, Operations Research 62, 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .line import Array, WaitingLine, impatient_line, patient_line

_CELLS = 1_000_000
"""States × elements worked on at a time."""


@dataclass(frozen=True)
class ChatLine:
    """`line` as customers meet it (the wait is the wait for an agent's first attention), and
    `slot_occupancy`, the share of chat slots (agents × concurrency limit) in use. Arrays of one
    shape. `level_share` is the share of chats, by the work done on them, that are served while
    their agent holds 1, 2 … chats: that shape + (concurrency limit,), sums 1 where any are."""

    line: WaitingLine
    slot_occupancy: Array
    level_share: Array


def balanced_chat(
    rate_per_s: ArrayLike,
    aht_s: ArrayLike,
    agents: ArrayLike,
    aht_by_concurrency: Sequence[float],
    patience_s: float | None = None,
    within_s: ArrayLike = 0.0,
) -> ChatLine:
    """Performance of `agents` (whole) who hold up to len(`aht_by_concurrency`) chats.

    `aht_s` is the handle time of a single chat; h_i = aht_s × aht_by_concurrency[i − 1]. Without
    `patience_s` nobody gives up, and the line grows without end if arrivals exceed n·k/h_k.
    Arrays broadcast.
    """
    rate, aht, n, within = np.broadcast_arrays(
        *(np.asarray(value, dtype=float) for value in (rate_per_s, aht_s, agents, within_s))
    )
    limit = len(aht_by_concurrency)
    log_odds, free = _below_full(rate * aht, n, np.asarray(aht_by_concurrency, float))
    full_rate = n * limit / aht_by_concurrency[-1]
    if patience_s is None:
        line = patient_line(log_odds, rate, full_rate / aht, within)
    else:
        patience = np.full_like(rate, patience_s)
        line = impatient_line(log_odds, rate, full_rate / aht, patience, within)
    not_full = (1.0 - line.p_wait)[..., None]
    by_level = not_full * free[..., 1:]
    by_level[..., -1] += line.p_wait * full_rate
    done = by_level.sum(axis=-1, keepdims=True)
    level_share = np.divide(by_level, done, out=np.zeros_like(by_level), where=done > 0)
    slots = np.where(n > 0, n * limit, 1.0)
    taken = 1.0 - not_full[..., 0] * free[..., 0] / slots
    return ChatLine(line, np.where(rate > 0, taken, 0.0), level_share)


def _below_full(load: Array, agents: Array, multiples: Array) -> tuple[Array, Array]:
    """log(P(a slot is free) ÷ P(exactly full)), shape of `load` (erlangs of single chats); and
    means while a slot is free, along a last axis of 1 + limit: the number of free slots, and the
    chats finished per handle time of a single chat at each number of chats an agent holds."""
    flat_load, flat_agents = load.ravel(), agents.ravel().astype(np.int64)
    log_odds = np.where(flat_load > 0, -np.inf, np.inf)
    means = np.zeros((flat_load.size, 1 + multiples.size))
    means[:, 0] = np.where(flat_load > 0, 0.0, flat_agents * multiples.size)
    for count in np.unique(flat_agents[flat_agents > 0]):
        mine = np.flatnonzero((flat_agents == count) & (flat_load > 0))
        by_level = finishing_by_level(int(count), multiples)
        # Weight of m chats against the full house: the product of all finishing rates above m,
        # each over the arrival rate. Column j holds the state with j + 1 free slots.
        log_rates = np.log(by_level[1:].sum(axis=1))[::-1].cumsum()
        free_count = np.arange(1.0, log_rates.size + 1)
        worth = np.column_stack([free_count, by_level[-2::-1]])
        for part in np.array_split(mine, 1 + mine.size * log_rates.size // _CELLS):
            weights = log_rates - np.log(flat_load[part])[:, None] * free_count
            top = weights.max(axis=1, initial=-np.inf)
            weights = np.exp(weights - top[:, None])
            total = weights.sum(axis=1)
            log_odds[part] = top + np.log(total)
            means[part] = weights @ worth / total[:, None]
    return log_odds.reshape(load.shape), means.reshape(*load.shape, means.shape[1])


def finishing_rates(agents: int, multiples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chats finished per handle time of a single chat with 1 … agents × limit chats in progress,
    spread evenly; shape (agents × limit,)."""
    rates: Array = finishing_by_level(agents, multiples)[1:].sum(axis=1)
    return rates


def finishing_by_level(agents: int, multiples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the chats finished per handle time of a single chat with 0 … agents × limit in progress
    (rows), those of agents who hold 1, 2 … chats (columns)."""
    limit = multiples.size
    each, extra = np.divmod(np.arange(agents * limit + 1), agents)
    holding = np.zeros((each.size, limit + 2))
    rows = np.arange(each.size)
    holding[rows, each] = agents - extra
    holding[rows, each + 1] = extra
    by_level: Array = holding[:, 1:-1] * (np.arange(1, limit + 1) / multiples)
    return by_level
