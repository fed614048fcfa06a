"""How soon an agent takes the next contact while customers wait: after-call work and absences.

While customers wait, an agent who is free takes one of them at once. The time from the end of a
contact to the agent's next one, seen as long as the queue does not empty, is therefore time that
no log names: finishing the contact, switching, short absences. Once the queue is empty the agent
may just be idle, so the time is cut off there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .estimate import UNKNOWN, Estimate, mean_estimate
from .log import ContactLog
from .survival import SurvivalCurve, survival_curve

AFTER_CALL_S = 60.0
"""An agent back within a minute was finishing the contact; later, the agent was away."""

AWAY_S = 300.0
"""Up to here a short absence; beyond, breaks and meetings, which are rostered."""

_BATCHES = 20


@dataclass(frozen=True)
class Returns:
    """Times between contacts while customers wait, in seconds a contact.

    `after_call_s` is the mean of the returns within `AFTER_CALL_S`, `hidden_s` that of all within
    `AWAY_S`, longer ones counting 0 in both. `curve` is the share not yet back.
    """

    after_call_s: Estimate
    hidden_s: Estimate
    curve: SurvivalCurve


def estimate_returns(log: ContactLog) -> Returns:
    """Returns of the agents of a log, who may serve all of its queues. UNKNOWN estimates where no
    contact ends while customers wait."""
    time_s, back, order = _returns(log)
    curve = survival_curve(time_s, back)
    if len(curve.time_s) == 0:
        return Returns(UNKNOWN, UNKNOWN, curve)
    batches = np.array_split(order, min(_BATCHES, len(order)))
    curves = [survival_curve(time_s[batch], back[batch]) for batch in batches]
    found = []
    for limit_s in (AFTER_CALL_S, AWAY_S):
        value = curve.mean_within(limit_s)
        spread = mean_estimate(np.array([part.mean_within(limit_s) for part in curves]))
        half = (spread.high - spread.low) / 2
        found.append(Estimate(value, max(value - half, 0.0), value + half, len(time_s)))
    return Returns(found[0], found[1], curve)


def _returns(
    log: ContactLog,
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Time from each end while customers wait until the agent is back or the queue is empty,
    whether the agent was back, and the order in time."""
    named = log.answered & (log.agent >= 0) & (np.nan_to_num(log.handle_s) > 0)
    order = np.lexsort((log.answered_s[named], log.agent[named]))
    agent = log.agent[named][order]
    start, end = log.answered_s[named][order], log.finished_s[named][order]
    following = np.full(len(start), np.inf)
    same = agent[1:] == agent[:-1]
    following[:-1][same] = start[1:][same]
    empty = _next_empty(log, end)
    seen = (empty > end) & (following >= end)
    until = np.minimum(following, empty)[seen]
    finite = np.isfinite(until)
    end, until = end[seen][finite], until[finite]
    back = following[seen][finite] <= empty[seen][finite]
    return until - end, back, np.argsort(end, kind="stable")


def _next_empty(log: ContactLog, moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """The first moment from each given one on at which nobody waits."""
    waited = log.wait_s > 0
    came, left = log.entered_s[waited], log.answered_s[waited]
    times = np.concatenate([came, left])
    change = np.repeat([1, -1], len(came))
    order = np.lexsort((-change, times))
    times, waiting = times[order], np.cumsum(change[order])
    last = np.searchsorted(times, moments, side="right") - 1
    now = np.where(last >= 0, waiting[np.maximum(last, 0)], 0) if len(times) else last * 0
    empties = np.append(times[waiting == 0], np.inf)
    after = empties[np.searchsorted(empties[:-1], moments, side="right")]
    return np.where(now <= 0, moments, after)
