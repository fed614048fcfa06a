"""Reply rates of chat: first replies, and the replies inside a chat whose agent holds several.

Inside a chat the customer writes (a turn), the agent replies, the customer thinks and writes
again. An agent with i chats is one server for i customers: each of them thinks for c seconds on
average, then waits until the agent has worked through the turns that came before and its own, w
seconds each (a closed queue, the machine-repair model; exponential times, first come first
served). A chat then takes

    h_i = turns × (c + R_i),   R_i = w (1 + Q_{i−1}),   Q_i = i R_i / (c + R_i)

(mean-value analysis: M. Reiser and S. S. Lavenberg, Journal of the ACM 27, 1980). So how much h_i
grows with i tells what part u = w/(w + c) of a chat is the agent's work; it is taken from the
largest i, where agents are when it matters. A turn finds j of the other i − 1 turns before it with
the probability of that queue with i − 1 customers, and is replied to after j + 1 exponential
times of mean w.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammainc, gammaln

from ...data.replies import ReplyTarget, ReplyUnit
from .line import Array, WaitingLine


def work_share(aht_by_concurrency: Sequence[float]) -> float:
    """u: the part of a chat held alone in which its agent works on it, from 0 (handle times do not
    grow with the number of chats) to 1 (they grow as if chats were served in turn). Where agents
    hold one chat only nothing tells, and all of it counts as work."""
    limit, longest = len(aht_by_concurrency), aht_by_concurrency[-1]
    if longest >= limit:
        return 1.0
    if longest <= 1.0:
        return 0.0
    return float(brentq(lambda u: _stretch(u, limit) - longest, 0.0, 1.0, xtol=1e-12))


def _stretch(work: float, chats: int) -> float:
    """h_i ÷ h_1 for i = `chats`, by mean-value analysis."""
    queue, cycle = 0.0, 1.0
    for held in range(1, chats + 1):
        reply = work * (1.0 + queue)
        cycle = 1.0 - work + reply
        queue = held * reply / cycle
    return cycle


def turn_in_time(
    aht_s: Array, aht_by_concurrency: Sequence[float], turns_per_chat: float, within_s: float
) -> Array:
    """P(a turn inside a chat is replied to within `within_s`) while its agent holds 1, 2 … chats;
    `aht_s` is the handle time of a chat alone. Shape of `aht_s` + (concurrency limit,)."""
    limit, work = len(aht_by_concurrency), work_share(aht_by_concurrency)
    with np.errstate(divide="ignore"):
        jobs_in_time = np.divide(within_s * turns_per_chat, work * aht_s)  # of mean length
    enough = gammainc(np.arange(1.0, limit + 1), jobs_in_time[..., None])
    in_time = np.empty((*aht_s.shape, limit))
    for others in range(limit):
        before = _turns_before(others, work)
        in_time[..., others] = enough[..., : others + 1] @ before
    return in_time


def _turns_before(others: int, work: float) -> Array:
    """P(0, 1 … `others` turns wait or are worked on) with so many customers: binomial-like weights
    others!/(others − j)! · w^j · c^(others − j)."""
    count = np.arange(others + 1)
    if work == 1.0:
        return np.asarray(count == others, dtype=float)
    if work == 0.0:
        return np.asarray(count == 0, dtype=float)
    log_weight = count * np.log(work / (1.0 - work)) - gammaln(others - count + 1.0)
    weight: Array = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    return weight


def replied_of_counted(
    target: ReplyTarget, first: WaitingLine, level_share: Array, turn_in_time: Array
) -> tuple[Array, Array]:
    """Numerator and denominator of a reply rate, both per contact that arrives.

    `first` is the line at the threshold of the target: whoever is taken by an agent within it has
    a first reply in time, and whoever gives up before has none. `level_share` and `turn_in_time`
    run over the number of chats that the agent holds (last axis). A chat's number of turns is
    geometric, and its agent holds as many chats all through as at its end: then a chat has all its
    turns answered in time with probability 1 / (1 + (turns − 1)(1 − p)).
    """
    later_turns = target.turns_per_chat - 1.0
    everybody = np.ones_like(first.p_wait)
    match target.counts:
        case ReplyUnit.CUSTOMERS:
            return first.answered_within, everybody
        case ReplyUnit.TURNS:
            later = first.answered * later_turns
            in_time = (level_share * turn_in_time).sum(axis=-1)
            return first.answered_within + later * in_time, everybody + later
        case ReplyUnit.WHOLE_CHATS:
            all_in_time = level_share / (1.0 + later_turns * (1.0 - turn_in_time))
            return first.answered_within * all_in_time.sum(axis=-1), everybody
